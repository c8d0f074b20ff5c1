import { Id, jobKind } from '../../../platform/index.js';

/** The time to accept an offer, or to collect its device, has run out. */
export const OFFER_ENDS = jobKind('offer.ends', { offerId: Id.text }, { lane: 'urgent' });
