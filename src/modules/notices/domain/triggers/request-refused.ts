import { lineNotIn } from './about-lines.js';
import { anyTime, AT_OR_AFTER_MOMENT, once, SMS_FIRST, trigger } from './trigger.js';
import { DEVICE_CLASS, TEXT_OR_NULL } from './variables.js';

export const requestRefused = trigger({
  urgent: false,
  tellsOf: ['line'],
  variables: { deviceClass: DEVICE_CLASS, reason: TEXT_OR_NULL },
  timing: AT_OR_AFTER_MOMENT,
  shippedRules: [once(SMS_FIRST)],
  endsWith: null,
  usefulUntil: anyTime,
  dropReason: ({ line }) => lineNotIn(line, ['refused']),
  facts: ({ line }) => ({ deviceClass: line.class, reason: line.reason }),
});
