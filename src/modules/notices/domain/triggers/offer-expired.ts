import { lineNotIn } from './about-lines.js';
import { OFFER, offered } from './about-offers.js';
import { anyTime, ASKS, MOMENT, once, trigger } from './trigger.js';
import { COUNT } from './variables.js';

export const offerExpired = trigger({
  urgent: false,
  tellsOf: ['line', 'offer'],
  variables: { ...OFFER, missed: COUNT },
  timing: MOMENT,
  shippedRules: [once(ASKS)],
  endsWith: null,
  leavesBy: anyTime,
  dropReason: ({ line }) => lineNotIn(line, ['waiting', 'suspended']),
  facts: (situation) => ({ ...offered(situation), missed: situation.line.missed }),
});
