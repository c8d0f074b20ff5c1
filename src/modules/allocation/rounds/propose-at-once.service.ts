import { Injectable } from '@nestjs/common';
import { Audit, Clock, type Job, Log, Transactions } from '../../../platform/index.js';
import { newId } from '../../../shared/ids.js';
import { classOf } from '../../../shared/vocabulary.js';
import { CouncilsRepository } from '../../councils/index.js';
import { roundMachine } from '../domain/round.machine.js';
import { StandingDecisions } from '../standing/standing-decisions.js';
import { CameBackRepository } from './came-back.repository.js';
import { RoundPublicationService } from './round-publication.service.js';
import { RoundSolvingService } from './round-solving.service.js';
import { RoundsRepository } from './rounds.repository.js';

const SYSTEM = { id: 'system' };

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
        const scope = { schoolIds: null, siteIds: [device.siteId], ownerSchoolId: device.siteSchoolId };
        await this.rounds.insert(tx, { id: roundId, class: classOf(device.category), ...scope, deviceId, openedBy: SYSTEM.id }, now);
        await this.audit.record(tx, { actor: SYSTEM.id, action: 'allocation_round.opened', subject: roundId });
      }
      await this.solving.scheduleNow(tx, roundId);
    });
  }

  /** Once a device's round is solved: nothing is left of it where nobody is served, and a standing decision publishes it. */
  async settle(councilId: string, roundId: string): Promise<void> {
    await this.transactions.write(councilId, async (tx) => {
      const round = await this.rounds.lock(tx, null, roundId);
      if (round?.state !== 'draft' || round.deviceId === null || round.solution !== round.asked || !round.siteIds?.[0]) return;
      if (round.stats?.served === 0) {
        await this.rounds.decide(
          tx,
          roundId,
          { state: roundMachine.moves.discard.to, by: SYSTEM.id, standingDecisionId: null },
          this.clock.now(),
        );
        return;
      }
      const today = this.clock.today((await this.councils.facts(tx)).timeZone);
      const decision = await this.standing.holding(tx, { class: round.class, siteId: round.siteIds[0] }, today);
      if (!decision) return;
      const published = await this.publications.publishInside(tx, { ...SYSTEM, standingDecisionId: decision.id }, null, roundId, []);
      // A person looks at what the decision does not cover, such as facts that changed lately.
      if (!published.ok) this.log.info('a round made at once waits for a person', { roundId });
    });
  }
}
