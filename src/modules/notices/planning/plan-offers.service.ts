import { Injectable } from '@nestjs/common';
import { Clock, type Job, type JobOf, type Tx } from '../../../platform/index.js';
import {
  type APPOINTMENT_CANCELLED,
  type OFFER_END_MOVED,
  type OFFER_ENDED,
  type OFFER_MADE,
  OfferNoticeService,
} from '../../allocation/index.js';
import { NO_EVENT_TIMES } from '../domain/triggers/trigger.js';
import { triggersEndingWith } from '../domain/triggers.js';
import { PlannedNoticesRepository } from './planned-notices.repository.js';
import { NoticePlanner, type NotifiableEvent } from './notice-planner.js';
import { appointmentRemindersOf, endReminderOf } from './notifiable-events.js';
import { type OfferToPlan, PlanningRepository } from './planning.repository.js';

/** Notices that ask for an answer to an offer. */
const OPEN_OFFER_TRIGGERS = triggersEndingWith('open_offer');
const APPOINTMENT_TRIGGERS = triggersEndingWith('appointment');

/** Plans the notices about offers and appointments, and drops planned ones at once that are no longer true. */
@Injectable()
export class PlanOffersService {
  constructor(
    private readonly planning: PlanningRepository,
    private readonly planned: PlannedNoticesRepository,
    private readonly planner: NoticePlanner,
    private readonly offers: OfferNoticeService,
    private readonly clock: Clock,
  ) {}

  made(job: JobOf<typeof OFFER_MADE>): Promise<void> {
    return this.ofOffer(job, async (tx, offer) => {
      if (offer.state !== 'open') return;
      const settings = await this.planner.settings(tx);
      // When a council's policy has no notice of offers, the council tells families itself, at the time at which it makes an offer.
      if (!settings.policy.rules.some(({ trigger }) => trigger === 'offer_made')) {
        await this.offers.left(tx, offer.id, offer.createdAt, { byLetter: false });
      }
      const times = { ...NO_EVENT_TIMES, expiresAt: offer.expiresAt };
      await this.planner.plan(tx, [{ ...this.planner.happeningNow('offer_made'), ...subjectOf(offer, null), times }], settings);
      await this.planEnd(tx, offer.id);
    });
  }

  /** Plans the reminder that an offer ends, in place of one for another end. The caller holds the lock of its household. */
  async planEnd(tx: Tx, offerId: string): Promise<void> {
    const [offer] = await this.planning.offers(tx, [offerId]);
    if (offer?.state !== 'open') return;
    const settings = await this.planner.settings(tx);
    const end = endReminderOf(offer, settings.timeZone);
    const drop = { triggers: ['offer_expiring'], reason: 'DUE_DAY_CHANGED', now: this.clock.now() } as const;
    await this.planned.dropOthersOfOffer(tx, offerId, end.about, drop);
    await this.planner.plan(tx, [end], settings);
  }

  /** The council's time zone has changed, and with it the end of an offer, or the local time of its appointment. */
  endMoved(job: JobOf<typeof OFFER_END_MOVED>): Promise<void> {
    return this.ofOffer(job, async (tx, offer) => {
      await this.planEnd(tx, offer.id);
      const settings = await this.planner.settings(tx);
      if (offer.state === 'accepted') await this.planner.planAgain(tx, appointmentRemindersOf(offer, settings.timeZone), settings);
    });
  }

  /** Plans the notices of an offer that was accepted, or for which another slot was booked. The caller holds the lock of the household. */
  async planBooking(tx: Tx, lineId: string): Promise<void> {
    const offer = await this.planning.liveOfferOfLine(tx, lineId);
    if (offer?.state !== 'accepted') return;
    const { id: offerId, pickupSlotId: slotId, pickupAt } = offer;
    const now = this.clock.now();
    await this.planned.dropOfOffer(tx, offerId, { triggers: OPEN_OFFER_TRIGGERS, reason: 'OFFER_ENDED', now });
    await this.planned.dropOthersOfOffer(tx, offerId, slotId, { triggers: APPOINTMENT_TRIGGERS, reason: 'PICKUP_CHANGED', now });
    // Notices that this slot was cancelled are dropped too: it may be cancelled once more later.
    await this.planned.dropOthersOfOffer(tx, offerId, null, { triggers: ['pickup_cancelled'], reason: 'PICKUP_CHANGED', now });
    if (slotId === null) return;
    const settings = await this.planner.settings(tx);
    const booked: NotifiableEvent = {
      ...this.planner.happeningNow('pickup_booked'),
      ...subjectOf(offer, slotId),
      times: { ...NO_EVENT_TIMES, pickupAt },
    };
    await this.planner.plan(tx, [booked], settings);
    // A reminder that would be sent at once would repeat the notice of the booking.
    const isToldNow = settings.policy.rules.some(({ trigger, when }) => trigger === 'pickup_booked' && when === 'at');
    await this.planner.plan(tx, appointmentRemindersOf(offer, settings.timeZone), settings, { laterOnly: isToldNow });
  }

  /** An appointment was cancelled because its day was closed; the device is still held. */
  appointmentCancelled(job: JobOf<typeof APPOINTMENT_CANCELLED>): Promise<void> {
    const { slotId } = job.ids;
    return this.ofOffer(job, async (tx, offer) => {
      if (offer.state !== 'accepted' || offer.pickupSlotId === slotId) return;
      const drop = { triggers: APPOINTMENT_TRIGGERS, reason: 'PICKUP_CHANGED', now: this.clock.now() } as const;
      await this.planned.dropOthersOfOffer(tx, offer.id, offer.pickupSlotId, drop);
      if (offer.pickupSlotId === null) await this.tellCancelled(tx, offer, slotId);
    });
  }

  /**
   * An offer has ended, so that reminders of it are dropped. The family is told unless it ended the offer itself: when the offer expired, or
   * was revoked.
   */
  ended(job: JobOf<typeof OFFER_ENDED>): Promise<void> {
    const { from } = job.ids;
    return this.ofOffer(job, async (tx, offer) => {
      const { id, state, pickupSlotId: slotId, pickupAt, told } = offer;
      const now = this.clock.now();
      const triggers = [...OPEN_OFFER_TRIGGERS, ...APPOINTMENT_TRIGGERS] as const;
      await this.planned.dropOfOffer(tx, id, { triggers, reason: 'OFFER_ENDED', now });
      if (state === 'expired' || state === 'pickup_expired') await this.tell(tx, 'offer_expired', offer, null);
      if (state !== 'revoked' || !(told || from === 'accepted')) return;
      if (slotId !== null && pickupAt !== null && pickupAt > now) await this.tellCancelled(tx, offer, slotId);
      else await this.tellWithdrawn(tx, offer, from);
    });
  }

  /**
   * A notice of the offer was sent. If the offer was revoked before that was recorded, nobody has been told of the end yet. (Of the end of an
   * accepted offer, the family was told.)
   */
  async noticeSent(tx: Tx, offerId: string): Promise<void> {
    if (!(await this.planning.lockHouseholdOf(tx, 'offers', offerId))) return;
    const [offer] = await this.planning.offers(tx, [offerId]);
    if (offer?.state === 'revoked' && offer.pickupSlotId === null) await this.tellWithdrawn(tx, offer, 'open');
  }

  /** When the family is still to be told that its appointment is cancelled, that notice also says that the request waits again. */
  private async tellWithdrawn(tx: Tx, offer: OfferToPlan, from: 'open' | 'accepted'): Promise<void> {
    if (!(await this.planning.isCancellationAhead(tx, offer.id))) await this.tell(tx, 'offer_withdrawn', offer, from);
  }

  /** `from`: the state of the offer before. A family knows of an offer that it accepted, whether or not a notice told it. */
  private async tell(
    tx: Tx,
    trigger: 'offer_expired' | 'offer_withdrawn',
    offer: OfferToPlan,
    from: 'open' | 'accepted' | null,
  ): Promise<void> {
    const event: NotifiableEvent = { ...this.planner.happeningNow(trigger), ...subjectOf(offer, null), about: from, times: NO_EVENT_TIMES };
    await this.planner.plan(tx, [event], await this.planner.settings(tx));
  }

  private async tellCancelled(tx: Tx, offer: OfferToPlan, slotId: string): Promise<void> {
    const times = { ...NO_EVENT_TIMES, pickupAt: await this.planning.slotTime(tx, slotId) };
    const cancelled: NotifiableEvent = { ...this.planner.happeningNow('pickup_cancelled'), ...subjectOf(offer, slotId), times };
    await this.planner.plan(tx, [cancelled], await this.planner.settings(tx));
  }

  /** Plans for an offer under the lock of its household. */
  private ofOffer(job: Job<{ offerId: string }>, plan: (tx: Tx, offer: OfferToPlan) => Promise<void>): Promise<void> {
    const { offerId } = job.ids;
    return job.complete(async (tx) => {
      if (!(await this.planning.lockHouseholdOf(tx, 'offers', offerId))) return;
      const [offer] = await this.planning.offers(tx, [offerId]);
      if (offer) await plan(tx, offer);
    });
  }
}

function subjectOf({ id: offerId, householdId, lineId }: OfferToPlan, slotId: string | null) {
  return { householdId, lineId, offerId, about: slotId, id: slotId === null ? offerId : `${offerId}:${slotId}` };
}
