import { lineNotIn } from './about-lines.js';
import { anyTime, ASKS, MOMENT, once, trigger } from './trigger.js';
import { DEVICE_CLASS, TEXT_OR_NULL } from './variables.js';

export const requestRefused = trigger({
  urgent: false,
  tellsOf: ['line'],
  variables: { deviceClass: DEVICE_CLASS, reason: TEXT_OR_NULL },
  timing: MOMENT,
  shippedRules: [once(ASKS)],
  endsWith: null,
  leavesBy: anyTime,
  dropReason: ({ line }) => lineNotIn(line, ['refused']),
  facts: ({ line }) => ({ deviceClass: line.class, reason: line.reason }),
});
