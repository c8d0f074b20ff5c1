import { Injectable } from '@nestjs/common';
import { Audit, Clock, type JobOf, Log, Transactions, type Tx } from '../../../platform/index.js';
import type { Day } from '../../../shared/day.js';
import { newId } from '../../../shared/ids.js';
import { classOf } from '../../../shared/vocabulary.js';
import { CouncilsRepository } from '../../councils/index.js';
import type { DEVICE_CAME_BACK } from '../../inventory/index.js';
import { roundMachine } from '../domain/round.machine.js';
import { OfferSettingsReader } from '../offers/offer-settings.js';
import { StandingDecisionsService } from '../standing/standing-decisions.service.js';
import { isOfOneDevice } from './device-round-sources.js';
import { type ReturnedDevice, ReturnedDevicesRepository } from './returned-devices.repository.js';
import { PromisableLines } from './promisable-lines.js';
import { RoundPublicationService } from './round-publication.service.js';
import { RoundSolvingService } from './round-solving.service.js';
import { type AllocationRound, RoundsRepository } from './rounds.repository.js';

const SYSTEM = { id: 'system' };
const DAY_MS = 86_400_000;

/** Proposes a returned device at once to the best waiting line: a round of one line. A person confirms it, or a standing decision does. */
@Injectable()
export class ProposeAtOnceService {
  constructor(
    private readonly transactions: Transactions,
    private readonly rounds: RoundsRepository,
    private readonly devices: ReturnedDevicesRepository,
    private readonly solving: RoundSolvingService,
    private readonly publications: RoundPublicationService,
    private readonly standing: StandingDecisionsService,
    private readonly councils: CouncilsRepository,
    private readonly settings: OfferSettingsReader,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** Opens a round for a device, if the council wants that and the device can serve a waiting line. */
  propose(job: JobOf<typeof DEVICE_CAME_BACK>): Promise<void> {
    const { deviceId } = job.ids;
    return job.complete(async (tx) => {
      if (!(await this.councils.facts(tx)).proposeAtOnce) return;
      const draft = await this.lockDraft(tx, deviceId);
      const device = await this.devices.device(tx, deviceId);
      if (device?.isFree) await this.open(tx, device, draft);
    });
  }

  /**
   * Runs once the round of a device is solved. A round that serves nobody is deleted, one whose facts have changed is solved again, and one
   * that a standing decision covers is published. While a round waits for a person, this runs again every day, because its device or its
   * line may be gone, or a line with more points may have come. A device that was sent to another site is proposed again when it arrives
   * there.
   */
  async settle(councilId: string, roundId: string): Promise<void> {
    await this.transactions.write(councilId, async (tx) => {
      const round = await this.rounds.lock(tx, null, roundId);
      if (round?.state !== 'draft' || !isOfOneDevice(round) || round.solution !== round.asked) return;
      const { proposeAtOnce, timeZone } = await this.councils.facts(tx);
      const today = this.clock.today(timeZone);
      const device = await this.devices.device(tx, round.deviceId);
      if (device?.isOnItsWay) return this.lookAgain(tx, roundId, today);
      if (device?.isFree && proposeAtOnce && !isRoundOf(round, device)) return this.open(tx, device, round);
      if (!device || round.stats?.served === 0) return this.discard(tx, roundId);
      await this.devices.settleAlone(tx);
      if (!(await this.stands(tx, round, device, today))) {
        await this.rounds.ask(tx, roundId, this.clock.now());
        return this.solving.scheduleNow(tx, roundId);
      }
      if (!(await this.publish(tx, round, today))) await this.lookAgain(tx, roundId, today);
    });
  }

  /** Proposes a free device, if it can serve a waiting line. `draft`, if it is about this device at this site, is solved again. */
  private async open(tx: Tx, device: ReturnedDevice, draft: AllocationRound | null): Promise<void> {
    const isSame = draft !== null && isRoundOf(draft, device);
    if (draft && !isSame) await this.discard(tx, draft.id);
    const today = this.clock.today((await this.councils.facts(tx)).timeZone);
    if ((await this.devices.firstLine(tx, device, today, await this.promisable(tx))) === null) return;
    const now = this.clock.now();
    const roundId = isSame ? draft.id : newId();
    if (isSame) await this.rounds.ask(tx, roundId, now);
    else {
      // Which school's administrators see the round is known once it is known to which line the device is proposed.
      const scope = { schoolIds: null, siteIds: [device.siteId], ownerSchoolId: null };
      await this.rounds.insert(
        tx,
        { id: roundId, class: classOf(device.category), ...scope, deviceId: device.id, openedBy: SYSTEM.id },
        now,
      );
      await this.audit.record(tx, { actor: SYSTEM.id, action: 'allocation_round.opened', subject: roundId });
    }
    await this.solving.scheduleNow(tx, roundId);
  }

  /** The locked draft round in which a device is proposed; null also when it was decided while this waited for the lock. */
  private async lockDraft(tx: Tx, deviceId: string): Promise<AllocationRound | null> {
    const id = await this.devices.draftOf(tx, deviceId);
    const round = id === null ? null : await this.rounds.lock(tx, null, id);
    return round?.state === 'draft' ? round : null;
  }

  /** Whether the device is still free, and the line that it is proposed to is still the first that can have it. */
  private async stands(tx: Tx, { id, solution }: AllocationRound, device: ReturnedDevice, today: Day): Promise<boolean> {
    const proposedTo = await this.devices.proposedTo(tx, { roundId: id, solution });
    return (
      device.isFree && proposedTo !== null && proposedTo === (await this.devices.firstLine(tx, device, today, await this.promisable(tx)))
    );
  }

  private async promisable(tx: Tx): Promise<PromisableLines> {
    return new PromisableLines((await this.settings.read(tx)).rules);
  }

  private lookAgain(tx: Tx, roundId: string, today: Day): Promise<void> {
    return this.solving.scheduleLook(tx, roundId, new Date(this.clock.now().getTime() + DAY_MS), today);
  }

  /**
   * Returns false when no standing decision covers the round, or when a person must look at it, for example because a declared fact changed
   * recently.
   */
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

/** Whether the round proposes the device with its present site and category. */
function isRoundOf(round: AllocationRound, { siteId, category }: ReturnedDevice): boolean {
  return round.siteIds?.[0] === siteId && round.class === classOf(category);
}
