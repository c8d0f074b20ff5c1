import { dayIn } from '../../../../shared/day.js';
import { anyTime, once, SMS_FIRST, trigger } from './trigger.js';

/** It asks the family whether its file is still right. Its days count from the day on which the file last changed. */
export const needReviewDue = trigger({
  urgent: false,
  tellsOf: [],
  variables: {},
  timing: { from: 'day', relativeTimes: ['after'] },
  shippedRules: [once(SMS_FIRST, 'after', 365)],
  endsWith: null,
  usefulUntil: anyTime,
  dropReason({ household }, { about: day }, { timeZone }) {
    if (dayIn(new Date(household.changedAt), timeZone) !== day) return 'DUE_DAY_CHANGED';
    return household.concerned ? null : 'NOT_NEEDED';
  },
  facts: () => ({}),
});
