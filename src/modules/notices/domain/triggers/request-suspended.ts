import { lineNotIn } from './about-lines.js';
import { anyTime, AT_OR_AFTER_MOMENT, once, SMS_FIRST, trigger } from './trigger.js';
import { COUNT, DAY_OR_NULL, DEVICE_CLASS } from './variables.js';

/** `missed` is how many offers and pickups the family missed; `until` is the day on which the line waits again by itself. */
export const requestSuspended = trigger({
  urgent: false,
  tellsOf: ['line'],
  variables: { deviceClass: DEVICE_CLASS, missed: COUNT, until: DAY_OR_NULL },
  timing: AT_OR_AFTER_MOMENT,
  shippedRules: [once(SMS_FIRST)],
  endsWith: null,
  usefulUntil: anyTime,
  dropReason: ({ line }) => lineNotIn(line, ['suspended']),
  facts: ({ line: { class: deviceClass, missed, suspendedUntil: until } }) => ({ deviceClass, missed, until }),
});
