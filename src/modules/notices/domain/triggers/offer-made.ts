import { beforeTheOfferEnds, lastDay, OFFER, offered, offerNotOpen } from './about-offers.js';
import { ASKS, MOMENT_ITSELF, once, trigger } from './trigger.js';
import { DAY, TEXT } from './variables.js';

/** The time of an offer begins with the first notice about it. */
export const offerMade = trigger({
  urgent: true,
  tellsOf: ['line', 'offer'],
  variables: { ...OFFER, siteName: TEXT, expiresOn: DAY },
  timing: MOMENT_ITSELF,
  shippedRules: [once(ASKS)],
  endsWith: 'open_offer',
  waitsForLetter: true,
  leavesBy: beforeTheOfferEnds,
  dropReason: ({ offer }, _, { at }) => offerNotOpen(offer, at),
  facts: (situation, { timeZone }) => ({
    ...offered(situation),
    siteName: situation.offer.siteName,
    expiresOn: lastDay(situation, timeZone),
  }),
});
