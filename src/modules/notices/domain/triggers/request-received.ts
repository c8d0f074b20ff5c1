import { lineNotIn, OPEN_LINE_STATES } from './about-lines.js';
import { anyTime, MOMENT, once, TELLS, trigger } from './trigger.js';
import { DEVICE_CLASS } from './variables.js';

export const requestReceived = trigger({
  urgent: false,
  tellsOf: ['line'],
  variables: { deviceClass: DEVICE_CLASS },
  timing: MOMENT,
  shippedRules: [once(TELLS)],
  endsWith: null,
  leavesBy: anyTime,
  dropReason: ({ line }) => lineNotIn(line, OPEN_LINE_STATES),
  facts: ({ line }) => ({ deviceClass: line.class }),
});
