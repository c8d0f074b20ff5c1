import { beforeTheOfferEnds, lastDay, OFFER_VARIABLES, offerFacts, offerNotOpen } from './about-offers.js';
import { AT_MOMENT, once, SMS_FIRST, trigger } from './trigger.js';
import { DAY, TEXT } from './variables.js';

/** The time of an offer begins with the first notice about it. */
export const offerMade = trigger({
  urgent: true,
  tellsOf: ['line', 'offer'],
  variables: { ...OFFER_VARIABLES, siteName: TEXT, expiresOn: DAY },
  timing: AT_MOMENT,
  shippedRules: [once(SMS_FIRST)],
  endsWith: 'open_offer',
  waitsForLetter: true,
  usefulUntil: beforeTheOfferEnds,
  dropReason: ({ offer }, _, { at }) => offerNotOpen(offer, at),
  facts: (situation, { timeZone }) => ({
    ...offerFacts(situation),
    siteName: situation.offer.siteName,
    expiresOn: lastDay(situation, timeZone),
  }),
});
