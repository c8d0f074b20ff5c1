import { lineNotIn, OPEN_LINE_STATES } from './about-lines.js';
import { anyTime, AT_OR_AFTER_MOMENT, once, SMS_FIRST, trigger } from './trigger.js';
import { DEVICE_CLASS, TEXT_OR_NULL } from './variables.js';

const DECISIONS = ['upheld', 'dismissed'] as const;
export type AppealDecision = (typeof DECISIONS)[number];

export const appealDecided = trigger({
  urgent: false,
  tellsOf: ['line'],
  variables: { deviceClass: DEVICE_CLASS, decision: { kind: 'choice', values: DECISIONS }, reason: TEXT_OR_NULL },
  timing: AT_OR_AFTER_MOMENT,
  shippedRules: [once(SMS_FIRST)],
  endsWith: null,
  usefulUntil: anyTime,
  dropReason: ({ line }, { about: decision }) => lineNotIn(line, decision === 'dismissed' ? ['refused'] : OPEN_LINE_STATES),
  facts: ({ line: { class: deviceClass, state, reason } }) => ({
    deviceClass,
    decision: state === 'refused' ? 'dismissed' : 'upheld',
    reason,
  }),
});
