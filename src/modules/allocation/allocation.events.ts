import { Id, jobEvent } from '../../platform/index.js';
import { LIVE_OFFER_STATES } from './domain/offer.machine.js';

export const OFFER_MADE = jobEvent('offer.made', { offerId: Id.text, lineId: Id.text });
/** `from` is the state that the offer had before. */
export const OFFER_ENDED = jobEvent('offer.ended', { offerId: Id.text, from: Id.word(LIVE_OFFER_STATES) });
export const OFFER_END_MOVED = jobEvent('offer.end_moved', { offerId: Id.text });
export const APPOINTMENT_CANCELLED = jobEvent('offer.appointment_cancelled', { offerId: Id.text, slotId: Id.text });
export const ROUND_PUBLISHED = jobEvent('round.published', { roundId: Id.text });
