import { Injectable } from '@nestjs/common';
import { Clock, Every, Id, type Job, jobKind, Outbox, Transactions, type Tx } from '../../../platform/index.js';
import { type Day, dayIn } from '../../../shared/day.js';
import { classOf } from '../../../shared/vocabulary.js';
import { type PromiseRefusal, promiseRefusals } from '../../../shared/promise.js';
import { CouncilsService } from '../../councils/index.js';
import { type RequestLine, RequestLinesService } from '../../requests/index.js';
import { isOnClosedDay } from '../domain/pickup-slot.rules.js';
import { OfferCalendarService } from '../pickups/offer-calendar.service.js';
import { type OfferSettings, OfferSettingsReader, policiesFor } from './offer-settings.js';
import { OfferWithdrawalService } from './offer-withdrawal.service.js';
import { OffersInTimeRepository } from './offers-in-time.repository.js';
import { type LineHousehold, type LiveOffer, type Offer, type OfferDevice, OffersRepository } from './offers.repository.js';
import { promisedBefore, promiseFacts } from './promise-facts.js';

/** Checks the next live offers, of the whole council or of one fund, and finds those that can no longer be kept. */
export const JUDGE_OFFERS = jobKind('offers.judge', { fundId: Id.optional(Id.text), after: Id.optional(Id.text) });
/** Checks the offers of one household, under its lock. */
export const JUDGE_HOUSEHOLD = jobKind('offers.judge_household', { householdId: Id.text }, { lane: 'urgent' });

/** The number of offers that one transaction checks. */
const BATCH = 500;

/** The facts about an offer's line, household, device and slot by which the offer is judged. */
interface JudgedOffer {
  readonly line: RequestLine;
  readonly household: LineHousehold;
  readonly device: OfferDevice;
  /** The beginning of the slot that the family booked; null when it booked none. */
  readonly slotStartsAt: Date | null;
}

/**
 * Judges offers again when the facts behind them have changed, and every night, since time passes too. The rule is the one by which offers
 * are made. An offer that the desk would refuse is taken back before the family comes.
 */
@Injectable()
export class OfferJudgementService {
  constructor(
    private readonly transactions: Transactions,
    private readonly offers: OffersRepository,
    private readonly inTime: OffersInTimeRepository,
    private readonly calendar: OfferCalendarService,
    private readonly settings: OfferSettingsReader,
    private readonly withdrawal: OfferWithdrawalService,
    private readonly lines: RequestLinesService,
    private readonly councils: CouncilsService,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Once a day in each council, in its own time zone, because loans become overdue and funds end at midnight. */
  @Every(60)
  judgeEach(): Promise<void> {
    return this.councils.each('promises', (councilId) =>
      this.transactions.write(councilId, async (tx) => {
        const { timeZone } = await this.settings.read(tx);
        await this.outbox.add(tx, JUDGE_OFFERS, {}, { key: this.clock.today(timeZone) });
      }),
    );
  }

  /** Looks at the next offers. Each household with a doubtful offer gets a job of its own; another job continues with the rest. */
  next(job: Job<{ fundId?: string; after?: string }>): Promise<void> {
    const { fundId, after } = job.ids;
    return job.complete(async (tx) => {
      const page = await this.offers.live(tx, fundId ?? null, after ?? null, BATCH);
      const doubtful = await this.doubtful(tx, page);
      await this.outbox.addEach(
        tx,
        JUDGE_HOUSEHOLD,
        doubtful.map((householdId) => ({ ids: { householdId }, at: this.clock.now() })),
      );
      const last = page.length === BATCH ? page.at(-1) : undefined;
      if (last) await this.outbox.add(tx, JUDGE_OFFERS, { ...(fundId !== undefined && { fundId }), after: last.id });
    });
  }

  household(job: Job<{ householdId: string }>): Promise<void> {
    const { householdId } = job.ids;
    return job.complete(async (tx) => {
      const seen = await this.offers.liveOfHousehold(tx, householdId);
      if (seen.length === 0) return;
      await this.lines.lockHouseholds(
        tx,
        seen.map(({ lineId }) => lineId),
      );
      const held = await this.offers.liveOfHousehold(tx, householdId);
      const settings = await this.settings.read(tx);
      const cases = await this.locked(tx, held, this.clock.today(settings.timeZone));
      const kept: OfferDevice[] = [];
      for (const { id } of held) {
        const offer = await this.offers.lockLive(tx, id);
        const found = offer && cases.get(offer.id);
        if (!offer || !found) continue;
        const promised = kept.filter(({ category }) => classOf(category) === classOf(found.device.category)).length;
        const why = this.reasonsAgainst(found, promised, settings);
        if (why.length > 0) await this.withdrawal.takeBack(tx, offer, found.line, why);
        else {
          kept.push(found.device);
          // A slot on a day that has been closed since is given up at once, or the family would stand before a closed door.
          await this.calendar.postponeClosed(tx, offer);
        }
      }
    });
  }

  /** The households with an offer that perhaps cannot be kept, as far as one can see without locks. */
  private async doubtful(tx: Tx, page: readonly LiveOffer[]): Promise<string[]> {
    const settings = await this.settings.read(tx);
    const lineIds = page.map(({ lineId }) => lineId);
    const lines = new Map((await this.lines.findMany(tx, lineIds)).map((line) => [line.id, line]));
    const households = await this.offers.households(tx, lineIds, this.clock.today(settings.timeZone));
    const devices = await this.offers.devices(
      tx,
      page.map(({ deviceId }) => deviceId),
    );
    const found = page.filter((offer) => {
      const [line, household, device] = [lines.get(offer.lineId), households.get(offer.lineId), devices.get(offer.deviceId)];
      if (!line || !household || !device) return false;
      const { slotStartsAt } = offer;
      if (slotStartsAt !== null && isOnClosedDay({ startsAt: slotStartsAt }, settings)) return true;
      return (
        this.reasonsAgainst({ line, household, device, slotStartsAt }, promisedBefore(offer, household, device.category), settings).length >
        0
      );
    });
    return [...new Set(found.map(({ householdId }) => householdId))];
  }

  private reasonsAgainst(
    { line, household, device, slotStartsAt }: JudgedOffer,
    promised: number,
    settings: OfferSettings,
  ): PromiseRefusal[] {
    const policy = policiesFor(settings)(line, household, device);
    const facts = promiseFacts({ line, household, device, policy, promised });
    const comesOn = slotStartsAt && dayIn(slotStartsAt, settings.timeZone);
    return promiseRefusals(facts, this.clock.today(settings.timeZone), comesOn).map(({ code }) => code);
  }

  private async locked(tx: Tx, held: readonly Offer[], today: Day): Promise<ReadonlyMap<string, JudgedOffer>> {
    const devices = await this.offers.lockDevices(
      tx,
      held.map(({ deviceId }) => deviceId),
    );
    const lineIds = held.map(({ lineId }) => lineId);
    const lines = new Map((await this.lines.lockMany(tx, lineIds)).map((line) => [line.id, line]));
    const households = await this.offers.households(tx, lineIds, today);
    const slots = await this.inTime.slotTimes(
      tx,
      held.flatMap(({ pickupSlotId }) => pickupSlotId ?? []),
    );
    return new Map(
      held.flatMap(({ id, lineId, deviceId, pickupSlotId }) => {
        const slotStartsAt = slots.get(pickupSlotId ?? '') ?? null;
        const [line, household, device] = [lines.get(lineId), households.get(lineId), devices.get(deviceId)];
        return line && household && device ? [[id, { line, household, device, slotStartsAt }] as const] : [];
      }),
    );
  }
}
