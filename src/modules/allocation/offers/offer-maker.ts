import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Audit, Clock, Outbox, type Tx } from '../../../platform/index.js';
import type { Day } from '../../../shared/day.js';
import { type Denial, invalid, invalidMove, type Outcome, refusedFor, unknownReference } from '../../../shared/denial.js';
import { newId } from '../../../shared/ids.js';
import { attempt } from '../../../shared/machine.js';
import { ok, refused, type Result } from '../../../shared/result.js';
import { classOf } from '../../../shared/vocabulary.js';
import type { LoanPolicy } from '../../councils/index.js';
import { DeviceMover } from '../../inventory/index.js';
import { type RequestLine, requestLineMachine, RequestLinesService } from '../../requests/index.js';
import { OFFER_MADE } from '../allocation.events.js';
import { offerMachine } from '../domain/offer.machine.js';
import { offerExpiresAt, placementRefusals } from '../domain/offer.rules.js';
import { OFFER_ENDS } from './offer-expiry.jobs.js';
import { type OfferSettings, OfferSettingsReader, policiesFor } from './offer-settings.js';
import { type LineHousehold, type NewOffer, type OfferDevice, OffersRepository } from './offers.repository.js';
import { heldOfClass, promiseFacts } from './promise-facts.js';

/** A device that is to be held for a line. Within one call, no line and no device is named twice. */
export interface PlannedOffer {
  readonly lineId: string;
  readonly deviceId: string;
  /** The round that proposes it; null when a person chose it. */
  readonly roundId: string | null;
  /** Why a person chose it, in words that the family is told; null when no person did. */
  readonly reason: string | null;
}

/** Why a device cannot be held as asked. */
export interface DeniedOffer {
  readonly plan: PlannedOffer;
  readonly denial: Denial;
}

/** The locked lines and devices of one call, and what is known of the households. */
interface LockedFacts {
  readonly lines: ReadonlyMap<string, RequestLine>;
  readonly devices: ReadonlyMap<string, OfferDevice>;
  readonly households: ReadonlyMap<string, LineHousehold>;
}

/** After this many offers other work of this process has its turn. */
const BATCH = 2500;

/** Makes one or many offers in the caller's transaction. The number of statements does not grow with the number of offers. */
@Injectable()
export class OfferMaker {
  constructor(
    private readonly offers: OffersRepository,
    private readonly settings: OfferSettingsReader,
    private readonly lines: RequestLinesService,
    private readonly devices: DeviceMover,
    private readonly audit: Audit,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * Holds every device for its line, or none of them. If it cannot, the reason names every planned offer that is denied. Locks households, devices
   * and lines.
   */
  async make(tx: Tx, actor: { readonly id: string }, plans: readonly PlannedOffer[]): Promise<Result<NewOffer[], DeniedOffer[]>> {
    const { timeZone } = await this.settings.read(tx);
    const stock = await this.lock(tx, plans, this.clock.today(timeZone));
    const terms = termsOf(await this.settings.readKept(tx), this.clock);
    const given = new GivenDevices();
    const denied: DeniedOffer[] = [];
    const made: NewOffer[] = [];
    for (const [index, plan] of plans.entries()) {
      const offer = this.decide(plan, stock, terms, given);
      if (offer.ok) made.push(offer.value);
      else denied.push({ plan, denial: offer.reason });
      if (index % BATCH === BATCH - 1) await setImmediate();
    }
    if (denied.length > 0) return refused(denied);
    await this.write(tx, actor, plans, made, stock);
    return ok(made);
  }

  private async lock(tx: Tx, plans: readonly PlannedOffer[], today: Day): Promise<LockedFacts> {
    const lineIds = plans.map(({ lineId }) => lineId);
    await this.lines.lockHouseholds(tx, lineIds);
    const devices = await this.offers.lockDevicesToPromise(
      tx,
      plans.map(({ deviceId }) => deviceId),
    );
    const lines = await this.lines.lockMany(tx, lineIds);
    const households = await this.offers.households(tx, lineIds, today);
    return { devices, lines: new Map(lines.map((line) => [line.id, line])), households };
  }

  private decide(
    { lineId, deviceId, roundId }: PlannedOffer,
    { lines, devices, households }: LockedFacts,
    terms: OfferTerms,
    given: GivenDevices,
  ): Outcome<NewOffer> {
    const [line, device, household] = [lines.get(lineId), devices.get(deviceId), households.get(lineId)];
    if (!line || !device || !household) {
      return invalid(...(line ? [] : [unknownReference('/lineId')]), ...(device ? [] : [unknownReference('/deviceId')]));
    }
    const moved = attempt(requestLineMachine, line.state, 'offer');
    if (!moved.ok) return invalidMove(moved.reason);
    const { householdId } = line;
    const policy = terms.policyOf(line, household, device);
    const promised = heldOfClass(household, device.category).length + given.to(householdId, device);
    const facts = promiseFacts({ line, household, device, policy, promised });
    const reasons = placementRefusals({ ...facts, device }, terms.today);
    if (reasons.length > 0) return refusedFor(reasons);
    given.add(householdId, device);
    const { timeZone } = terms;
    return ok({ id: newId(), lineId, householdId, deviceId, roundId, expiresAt: terms.end(policy), timeZone });
  }

  private async write(
    tx: Tx,
    actor: { readonly id: string },
    plans: readonly PlannedOffer[],
    made: readonly NewOffer[],
    stock: LockedFacts,
  ): Promise<void> {
    const orders = plans.map(({ deviceId }) => ({ deviceId, move: 'reserve' as const }));
    const reserved = await this.devices.moveLocked(tx, actor, [...stock.devices.values()], orders);
    if (!reserved.ok) throw new Error('a device that was found available could not be reserved');
    await this.lines.offer(
      tx,
      actor.id,
      plans.map(({ lineId, reason }) => ({ line: stock.lines.get(lineId) as RequestLine, reason })),
    );
    await this.offers.insert(tx, made, offerMachine.initial, this.clock.now());
    await this.audit.recordEach(
      tx,
      made.map(({ id }) => ({ actor: actor.id, action: 'offer.made', subject: id })),
    );
    await this.outbox.addEach(
      tx,
      OFFER_ENDS,
      made.map(({ id, expiresAt }) => ({ ids: { offerId: id }, at: expiresAt })),
    );
    await this.outbox.announceEach(
      tx,
      OFFER_MADE,
      made.map(({ id, lineId }) => ({ offerId: id, lineId })),
    );
  }
}

/** The terms on which devices are held today: which policy applies, and until when an offer is held. */
interface OfferTerms {
  readonly timeZone: string;
  readonly today: Day;
  readonly policyOf: ReturnType<typeof policiesFor>;
  readonly end: (policy: Pick<LoanPolicy, 'offerHoldDays'>) => Date;
}

/** Counts what this call has given to each household so far, by class of device. */
class GivenDevices {
  private readonly counts = new Map<string, number>();

  to(householdId: string, device: OfferDevice): number {
    return this.counts.get(keyOf(householdId, device)) ?? 0;
  }

  add(householdId: string, device: OfferDevice): void {
    this.counts.set(keyOf(householdId, device), this.to(householdId, device) + 1);
  }
}

function keyOf(householdId: string, { category }: OfferDevice): string {
  return `${householdId}/${classOf(category)}`;
}

/** The end for each number of days is computed once. */
function termsOf(settings: OfferSettings, clock: Clock): OfferTerms {
  const today = clock.today(settings.timeZone);
  const policyOf = policiesFor(settings);
  const ends = new Map<number, Date>();
  const end: OfferTerms['end'] = (policy) => {
    const known = ends.get(policy.offerHoldDays) ?? offerExpiresAt(today, policy, settings);
    ends.set(policy.offerHoldDays, known);
    return known;
  };
  return { timeZone: settings.timeZone, today, policyOf, end };
}
