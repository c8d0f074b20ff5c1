import { lineNotIn } from './about-lines.js';
import { OFFER_VARIABLES, offerFacts } from './about-offers.js';
import { anyTime, AT_OR_AFTER_MOMENT, once, SMS_FIRST, trigger } from './trigger.js';
import { COUNT } from './variables.js';

export const offerExpired = trigger({
  urgent: false,
  tellsOf: ['line', 'offer'],
  variables: { ...OFFER_VARIABLES, missed: COUNT },
  timing: AT_OR_AFTER_MOMENT,
  shippedRules: [once(SMS_FIRST)],
  endsWith: null,
  usefulUntil: anyTime,
  dropReason: ({ line }) => lineNotIn(line, ['waiting', 'suspended']),
  facts: (situation) => ({ ...offerFacts(situation), missed: situation.line.missed }),
});
