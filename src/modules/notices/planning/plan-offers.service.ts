import { Injectable } from '@nestjs/common';
import { Clock, type Job, type JobOf, type Tx } from '../../../platform/index.js';
import {
  type APPOINTMENT_CANCELLED,
  type OFFER_END_MOVED,
  type OFFER_ENDED,
  type OFFER_MADE,
  OfferNoticeService,
} from '../../allocation/index.js';
import { NO_EVENT } from '../domain/triggers/trigger.js';
import { triggersEndingWith } from '../domain/triggers.js';
import { PlannedNoticesRepository } from './planned-notices.repository.js';
import { NoticePlanner, type NotifiableEvent } from './notice-planner.js';
import { appointmentOf, endOf } from './notifiable-events.js';
import { type OfferToPlan, PlanningRepository } from './planning.repository.js';

/** What asks for an answer to an offer. */
const OF_OPEN_OFFERS = triggersEndingWith('open_offer');
const OF_APPOINTMENTS = triggersEndingWith('appointment');

/** Plans what is told of offers and of appointments; what was planned and is overtaken is dropped at once. */
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
      // A council that tells families of offers in its own way tells them as it makes them.
      if (!settings.policy.rules.some(({ trigger }) => trigger === 'offer_made')) {
        await this.offers.left(tx, offer.id, offer.createdAt, { byLetter: false });
      }
      const times = { ...NO_EVENT, expiresAt: offer.expiresAt };
      await this.planner.plan(tx, [{ ...this.planner.now('offer_made'), ...about(offer, null), times }], settings);
      await this.ends(tx, offer.id);
    });
  }

  /** An offer ends at another time than was planned for. The caller holds the lock of its household. */
  async ends(tx: Tx, offerId: string): Promise<void> {
    const [offer] = await this.planning.offers(tx, [offerId]);
    if (offer?.state !== 'open') return;
    const settings = await this.planner.settings(tx);
    const end = endOf(offer, settings.timeZone);
    const dropping = { triggers: ['offer_expiring'], reason: 'DUE_DAY_CHANGED', now: this.clock.now() } as const;
    await this.planned.dropOthersOfOffer(tx, offerId, end.about, dropping);
    await this.planner.plan(tx, [end], settings);
  }

  /** The council's time zone has moved the end of an offer, or its appointment in the calendar. */
  endMoved(job: JobOf<typeof OFFER_END_MOVED>): Promise<void> {
    return this.ofOffer(job, async (tx, offer) => {
      await this.ends(tx, offer.id);
      const settings = await this.planner.settings(tx);
      if (offer.state === 'accepted') await this.planner.planAgain(tx, appointmentOf(offer, settings.timeZone), settings);
    });
  }

  /** The offer of a line was accepted, or another slot was booked for it. The caller holds the lock of the household. */
  async booked(tx: Tx, lineId: string): Promise<void> {
    const offer = await this.planning.liveOfferOfLine(tx, lineId);
    if (offer?.state !== 'accepted') return;
    const { id: offerId, pickupSlotId: slotId, pickupAt } = offer;
    const now = this.clock.now();
    await this.planned.dropOfOffer(tx, offerId, { triggers: OF_OPEN_OFFERS, reason: 'OFFER_ENDED', now });
    await this.planned.dropOthersOfOffer(tx, offerId, slotId, { triggers: OF_APPOINTMENTS, reason: 'PICKUP_CHANGED', now });
    // Also that this very slot was cancelled, which it may be once more.
    await this.planned.dropOthersOfOffer(tx, offerId, null, { triggers: ['pickup_cancelled'], reason: 'PICKUP_CHANGED', now });
    if (slotId === null) return;
    const settings = await this.planner.settings(tx);
    const booked: NotifiableEvent = { ...this.planner.now('pickup_booked'), ...about(offer, slotId), times: { ...NO_EVENT, pickupAt } };
    await this.planner.plan(tx, [booked], settings);
    // A reminder that would leave at once would say again what they are told now.
    const isToldNow = settings.policy.rules.some(({ trigger, when }) => trigger === 'pickup_booked' && when === 'at');
    await this.planner.plan(tx, appointmentOf(offer, settings.timeZone), settings, { laterOnly: isToldNow });
  }

  /** The appointment cannot be kept, the device can: its day was closed. */
  appointmentCancelled(job: JobOf<typeof APPOINTMENT_CANCELLED>): Promise<void> {
    const { slotId } = job.ids;
    return this.ofOffer(job, async (tx, offer) => {
      if (offer.state !== 'accepted' || offer.pickupSlotId === slotId) return;
      const dropping = { triggers: OF_APPOINTMENTS, reason: 'PICKUP_CHANGED', now: this.clock.now() } as const;
      await this.planned.dropOthersOfOffer(tx, offer.id, offer.pickupSlotId, dropping);
      if (offer.pickupSlotId === null) await this.tellCancelled(tx, offer, slotId);
    });
  }

  /** Whatever asked for an answer or a visit does so no longer; who did not end it is told: what ran out, and what was taken away. */
  ended(job: JobOf<typeof OFFER_ENDED>): Promise<void> {
    const { from } = job.ids;
    return this.ofOffer(job, async (tx, offer) => {
      const { id, state, pickupSlotId: slotId, pickupAt, told } = offer;
      const now = this.clock.now();
      const triggers = [...OF_OPEN_OFFERS, ...OF_APPOINTMENTS] as const;
      await this.planned.dropOfOffer(tx, id, { triggers, reason: 'OFFER_ENDED', now });
      if (state === 'expired' || state === 'pickup_expired') await this.tell(tx, 'offer_expired', offer, null);
      if (state !== 'revoked' || !(told || from === 'accepted')) return;
      if (slotId !== null && pickupAt !== null && pickupAt > now) await this.tellCancelled(tx, offer, slotId);
      else await this.tellWithdrawn(tx, offer, from);
    });
  }

  /**
   * A notice of the offer has left. If the offer was taken away before that was known, it ended as one that nobody was told of; of one that
   * was accepted, its end was told.
   */
  async left(tx: Tx, offerId: string): Promise<void> {
    if (!(await this.planning.lockHouseholdOf(tx, 'offers', offerId))) return;
    const [offer] = await this.planning.offers(tx, [offerId]);
    if (offer?.state === 'revoked' && offer.pickupSlotId === null) await this.tellWithdrawn(tx, offer, 'open');
  }

  /** Where they are yet to hear that their appointment is cancelled, they hear with it that their request waits again. */
  private async tellWithdrawn(tx: Tx, offer: OfferToPlan, from: 'open' | 'accepted'): Promise<void> {
    if (!(await this.planning.isCancellationAhead(tx, offer.id))) await this.tell(tx, 'offer_withdrawn', offer, from);
  }

  /** `from`: what the offer was; an offer that was accepted is known to the family, however it was told. */
  private async tell(
    tx: Tx,
    trigger: 'offer_expired' | 'offer_withdrawn',
    offer: OfferToPlan,
    from: 'open' | 'accepted' | null,
  ): Promise<void> {
    const event: NotifiableEvent = { ...this.planner.now(trigger), ...about(offer, null), about: from, times: NO_EVENT };
    await this.planner.plan(tx, [event], await this.planner.settings(tx));
  }

  private async tellCancelled(tx: Tx, offer: OfferToPlan, slotId: string): Promise<void> {
    const times = { ...NO_EVENT, pickupAt: await this.planning.slotTime(tx, slotId) };
    const cancelled: NotifiableEvent = { ...this.planner.now('pickup_cancelled'), ...about(offer, slotId), times };
    await this.planner.plan(tx, [cancelled], await this.planner.settings(tx));
  }

  /** Under the lock of the offer's household. */
  private ofOffer(job: Job<{ offerId: string }>, plan: (tx: Tx, offer: OfferToPlan) => Promise<void>): Promise<void> {
    const { offerId } = job.ids;
    return job.complete(async (tx) => {
      if (!(await this.planning.lockHouseholdOf(tx, 'offers', offerId))) return;
      const [offer] = await this.planning.offers(tx, [offerId]);
      if (offer) await plan(tx, offer);
    });
  }
}

function about({ id: offerId, householdId, lineId }: OfferToPlan, slotId: string | null) {
  return { householdId, lineId, offerId, about: slotId, id: slotId === null ? offerId : `${offerId}:${slotId}` };
}
