import { Id, jobKind } from '../../../platform/index.js';

/** An offer's time, to be accepted or to be collected, has run out. */
export const OFFER_ENDS = jobKind('offer.ends', { offerId: Id.text }, { lane: 'urgent' });
