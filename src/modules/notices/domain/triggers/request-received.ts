import { lineNotIn, OPEN_LINE_STATES } from './about-lines.js';
import { anyTime, AT_OR_AFTER_MOMENT, EMAIL_FIRST, once, trigger } from './trigger.js';
import { DEVICE_CLASS } from './variables.js';

export const requestReceived = trigger({
  urgent: false,
  tellsOf: ['line'],
  variables: { deviceClass: DEVICE_CLASS },
  timing: AT_OR_AFTER_MOMENT,
  shippedRules: [once(EMAIL_FIRST)],
  endsWith: null,
  usefulUntil: anyTime,
  dropReason: ({ line }) => lineNotIn(line, OPEN_LINE_STATES),
  facts: ({ line }) => ({ deviceClass: line.class }),
});
