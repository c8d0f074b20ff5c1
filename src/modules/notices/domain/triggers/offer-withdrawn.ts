import { lineNotIn, OPEN_LINE_STATES } from './about-lines.js';
import { OFFER_VARIABLES, offerFacts } from './about-offers.js';
import { anyTime, AT_MOMENT, once, SMS_FIRST, trigger } from './trigger.js';

/** Staff revoked the offer, or its device is not available any more. Families who had accepted it, or had been told of it, are told. */
export const offerWithdrawn = trigger({
  urgent: true,
  tellsOf: ['line', 'offer'],
  variables: OFFER_VARIABLES,
  timing: AT_MOMENT,
  shippedRules: [once(SMS_FIRST)],
  endsWith: null,
  usefulUntil: anyTime,
  dropReason: ({ line, offer }, { about: from }) => (from === 'accepted' || offer.told ? lineNotIn(line, OPEN_LINE_STATES) : 'NOT_NEEDED'),
  facts: offerFacts,
});
