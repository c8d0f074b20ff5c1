import { Injectable } from '@nestjs/common';
import { Audit, Clock, type Job, Log, Transactions, type Tx } from '../../../platform/index.js';
import type { Day } from '../../../shared/day.js';
import { newId } from '../../../shared/ids.js';
import { classOf } from '../../../shared/vocabulary.js';
import { CouncilsRepository } from '../../councils/index.js';
import { roundMachine } from '../domain/round.machine.js';
import { StandingDecisions } from '../standing/standing-decisions.js';
import { CameBackRepository } from './came-back.repository.js';
import { RoundPublicationService } from './round-publication.service.js';
import { RoundSolvingService } from './round-solving.service.js';
import { type AllocationRound, RoundsRepository } from './rounds.repository.js';

const SYSTEM = { id: 'system' };
const DAY_MS = 86_400_000;

/** A device that comes back is proposed to the best line that waits: a round of one line, which a person confirms or a standing decision does. */
@Injectable()
export class ProposeAtOnceService {
  constructor(
    private readonly transactions: Transactions,
    private readonly rounds: RoundsRepository,
    private readonly devices: CameBackRepository,
    private readonly solving: RoundSolvingService,
    private readonly publications: RoundPublicationService,
    private readonly standing: StandingDecisions,
    private readonly councils: CouncilsRepository,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** Opens a round for a device, where the council wants that and somebody waits whom it can serve. */
  propose(job: Job): Promise<void> {
    const deviceId = String(job.ids.deviceId);
    return job.complete(async (tx) => {
      const { proposeAtOnce, timeZone } = await this.councils.facts(tx);
      const device = proposeAtOnce ? await this.devices.device(tx, deviceId) : null;
      if (!device?.isFree) return;
      if ((await this.devices.firstLine(tx, device, this.clock.today(timeZone))) === null) return;
      const draft = await this.devices.draftOf(tx, deviceId);
      const roundId = draft ?? newId();
      const now = this.clock.now();
      if (draft !== null) {
        await this.rounds.lock(tx, null, draft);
        await this.rounds.ask(tx, draft, now);
      } else {
        // Whose administrators see it is known once it is known to whom it is proposed.
        const scope = { schoolIds: null, siteIds: [device.siteId], ownerSchoolId: null };
        await this.rounds.insert(tx, { id: roundId, class: classOf(device.category), ...scope, deviceId, openedBy: SYSTEM.id }, now);
        await this.audit.record(tx, { actor: SYSTEM.id, action: 'allocation_round.opened', subject: roundId });
      }
      await this.solving.scheduleNow(tx, roundId);
    });
  }

  /**
   * Once a device's round is solved: nothing is left of it where nobody is served, what does not stand any more is solved again, and a
   * standing decision publishes it. While it waits for a person it is looked at every day: its device may go, or its line.
   */
  async settle(councilId: string, roundId: string): Promise<void> {
    await this.transactions.write(councilId, async (tx) => {
      const round = await this.rounds.lock(tx, null, roundId);
      if (round?.state !== 'draft' || round.deviceId === null || round.solution !== round.asked) return;
      if (round.stats?.served === 0) return this.discard(tx, roundId);
      await this.devices.settleAlone(tx);
      const now = this.clock.now();
      if (!(await this.devices.stands(tx, { roundId, solution: round.solution }, round.deviceId))) {
        await this.rounds.ask(tx, roundId, now);
        return this.solving.scheduleNow(tx, roundId);
      }
      const today = this.clock.today((await this.councils.facts(tx)).timeZone);
      if (await this.publish(tx, round, today)) return;
      await this.solving.scheduleLook(tx, roundId, new Date(now.getTime() + DAY_MS), today);
    });
  }

  /** False where no standing decision covers it, or something of it is a person's to look at, such as facts that changed lately. */
  private async publish(tx: Tx, { id, class: deviceClass, siteIds }: AllocationRound, today: Day): Promise<boolean> {
    const siteId = siteIds?.[0];
    const decision = siteId === undefined ? null : await this.standing.holding(tx, { class: deviceClass, siteId }, today);
    if (!decision) return false;
    const published = await this.publications.publishInside(tx, { ...SYSTEM, standingDecisionId: decision.id }, null, id, []);
    if (!published.ok) this.log.info('a round made at once waits for a person', { roundId: id });
    return published.ok;
  }

  private async discard(tx: Tx, id: string): Promise<void> {
    await this.rounds.decide(tx, id, { state: roundMachine.moves.discard.to, by: SYSTEM.id, standingDecisionId: null }, this.clock.now());
    await this.audit.record(tx, { actor: SYSTEM.id, action: 'allocation_round.discarded', subject: id, fields: ['state'] });
  }
}
