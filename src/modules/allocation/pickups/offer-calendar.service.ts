import { Injectable } from '@nestjs/common';
import { Audit, Clock, Id, type Job, jobKind, type JobOf, LONGEST_TRANSACTION_MS, Outbox, type Tx } from '../../../platform/index.js';
import { dayIn, endOfDay } from '../../../shared/day.js';
import { type LoanPolicy, CouncilsRepository } from '../../councils/index.js';
import { RequestLinesService } from '../../requests/index.js';
import { APPOINTMENT_CANCELLED, OFFER_END_MOVED } from '../allocation.events.js';
import { pickupExpiresAt, sameDayEnd } from '../domain/offer.rules.js';
import { isOnClosedDay } from '../domain/pickup-slot.rules.js';
import { OFFER_ENDS } from '../offers/offer-expiry.jobs.js';
import { OffersInTimeRepository } from '../offers/offers-in-time.repository.js';
import { type OfferSettings, OfferSettingsReader, policyFor } from '../offers/offer-settings.js';
import { type Offer, OffersRepository } from '../offers/offers.repository.js';
import { PickupSlotsRepository } from './pickup-slots.repository.js';

/** Computes the ends of the next offers again, in the council's present time zone. */
export const COUNT_OFFERS = jobKind('offers.count_again', { after: Id.optional(Id.text) }, { lane: 'bulk' });
/** Checks whether the day of an offer's appointment is closed. */
export const APPOINTMENT_CLOSED = jobKind('offer.appointment_closed', { offerId: Id.text });

const SYSTEM = { id: 'system' };
const BATCH = 200;

/** Keeps live offers in line with the council's calendar: its time zone and its closed days. */
@Injectable()
export class OfferCalendarService {
  constructor(
    private readonly offers: OffersRepository,
    private readonly inTime: OffersInTimeRepository,
    private readonly settings: OfferSettingsReader,
    private readonly slots: PickupSlotsRepository,
    private readonly lines: RequestLinesService,
    private readonly councils: CouncilsRepository,
    private readonly audit: Audit,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  timeZoneChanged(job: Job): Promise<void> {
    return job.complete(async (tx) => {
      await this.outbox.add(tx, COUNT_OFFERS, {});
      // A transaction that is making an offer at this moment may have read the old time zone: hence the delay.
      await this.outbox.add(tx, COUNT_OFFERS, {}, { at: new Date(this.clock.now().getTime() + LONGEST_TRANSACTION_MS) });
    });
  }

  /** Keeps the calendar day of each end, and computes the instant in the council's present time zone. */
  countAgain(job: JobOf<typeof COUNT_OFFERS>): Promise<void> {
    const { after = null } = job.ids;
    return job.complete(async (tx) => {
      const { timeZone } = await this.councils.facts(tx);
      const next = await this.inTime.nextOfOtherZone(tx, timeZone, after, BATCH);
      await this.lines.lockHouseholds(
        tx,
        next.map(({ lineId }) => lineId),
      );
      const locked = await this.inTime.lockLive(
        tx,
        next.map(({ id }) => id),
      );
      await this.moveEnds(tx, locked, timeZone);
      const last = next.at(-1);
      if (last && next.length === BATCH) await this.outbox.add(tx, COUNT_OFFERS, { after: last.id });
    });
  }

  /** Computes the end of a locked offer in the council's present time zone. Returns whether it is another instant than before. */
  async countNow(tx: Tx, offer: Offer): Promise<boolean> {
    const { timeZone } = await this.councils.facts(tx);
    if (offer.timeZone === timeZone) return false;
    await this.moveEnds(tx, [offer], timeZone);
    return true;
  }

  /** Families with an appointment on a closed day are told and keep the device. Each offer is handled in a transaction of its own. */
  closedDaysChanged(job: Job): Promise<void> {
    return job.complete(async (tx) => {
      const { timeZone, closedDays } = await this.councils.facts(tx);
      const now = this.clock.now();
      const offerIds = await this.inTime.withAppointmentOn(tx, [...closedDays], timeZone, now);
      await this.outbox.addEach(
        tx,
        APPOINTMENT_CLOSED,
        offerIds.map((offerId) => ({ ids: { offerId }, at: now })),
      );
    });
  }

  appointmentClosed(job: JobOf<typeof APPOINTMENT_CLOSED>): Promise<void> {
    const { offerId } = job.ids;
    return job.complete(async (tx) => {
      const lineId = await this.offers.lineOf(tx, offerId);
      if (lineId === null || !(await this.lines.lockHousehold(tx, lineId))) return;
      const offer = await this.offers.lockLive(tx, offerId);
      if (offer) await this.postponeClosed(tx, offer);
    });
  }

  /** If the day of the family's slot has been closed, holds the device longer, without a slot. Returns whether that was so. */
  async postponeClosed(tx: Tx, offer: Offer): Promise<boolean> {
    const { pickupSlotId: slotId } = offer;
    const slot = slotId === null ? undefined : (await this.slots.lock(tx, [slotId])).get(slotId);
    const settings = await this.settings.read(tx);
    if (slot === undefined || !isOnClosedDay(slot, settings)) return false;
    const { timeZone } = settings;
    const expiresAt = pickupExpiresAt(null, this.clock.today(timeZone), await this.policyOf(tx, offer, settings), timeZone);
    await this.offers.change(tx, offer, { state: offer.state, expiresAt, timeZone, pickupSlotId: null }, this.clock.now());
    await this.audit.record(tx, {
      actor: SYSTEM.id,
      action: 'offer.postponed',
      subject: offer.id,
      fields: ['expiresAt', 'pickupSlotId'],
    });
    await this.outbox.add(tx, OFFER_ENDS, { offerId: offer.id }, { at: expiresAt });
    await this.outbox.announce(tx, APPOINTMENT_CANCELLED, { offerId: offer.id, slotId: slot.id });
    return true;
  }

  async policyOf(tx: Tx, { lineId, deviceId }: Offer, settings: OfferSettings): Promise<LoanPolicy> {
    const [line] = await this.lines.lockMany(tx, [lineId]);
    const household = (await this.offers.households(tx, [lineId], this.clock.today(settings.timeZone))).get(lineId);
    const device = (await this.offers.lockDevices(tx, [deviceId])).get(deviceId);
    if (!line || !household || !device) throw new Error('an offer without its line, its household or its device');
    return policyFor(settings, line, household, device);
  }

  private async moveEnds(tx: Tx, offers: readonly Offer[], timeZone: string): Promise<void> {
    if (offers.length === 0) return;
    const slots = await this.inTime.slotTimes(
      tx,
      offers.flatMap(({ pickupSlotId }) => pickupSlotId ?? []),
    );
    const moved = offers.map((offer) => {
      const slotAt = slots.get(offer.pickupSlotId ?? '');
      return { id: offer.id, expiresAt: slotAt ? endOfDay(dayIn(slotAt, timeZone), timeZone) : sameDayEnd(offer, timeZone), timeZone };
    });
    await this.inTime.moveEnds(tx, moved, this.clock.now());
    await this.outbox.addEach(
      tx,
      OFFER_ENDS,
      moved.map(({ id: offerId, expiresAt: at }) => ({ ids: { offerId }, at })),
    );
    await this.outbox.announceEach(
      tx,
      OFFER_END_MOVED,
      moved.map(({ id: offerId }) => ({ offerId })),
    );
  }
}
