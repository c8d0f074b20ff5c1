import { daysBetween } from '../../../../shared/day.js';
import { beforeTheOfferEnds, isSameInstant, lastDay, OFFER_VARIABLES, offerFacts, offerNotOpen } from './about-offers.js';
import { once, SMS_FIRST, trigger } from './trigger.js';
import { COUNT, DAY, TEXT } from './variables.js';

/** Its days count from the last day of the offer, which is `expiresOn`. `days` is the number of days until then; 0 is today. */
export const offerExpiring = trigger({
  urgent: true,
  tellsOf: ['line', 'offer'],
  variables: { ...OFFER_VARIABLES, siteName: TEXT, expiresOn: DAY, days: COUNT },
  timing: { from: 'day', relativeTimes: ['before', 'at'] },
  shippedRules: [once(SMS_FIRST, 'before', 1)],
  endsWith: 'open_offer',
  usefulUntil: beforeTheOfferEnds,
  dropReason: ({ offer }, { about }, { at }) =>
    offerNotOpen(offer, at) ?? (isSameInstant(offer.expiresAt, about) ? null : 'DUE_DAY_CHANGED'),
  facts(situation, { today, timeZone }) {
    const expiresOn = lastDay(situation, timeZone);
    return {
      ...offerFacts(situation),
      siteName: situation.offer.siteName,
      expiresOn,
      days: Math.max(0, daysBetween(today, expiresOn)),
    };
  },
});
