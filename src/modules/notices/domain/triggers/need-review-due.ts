import { dayIn } from '../../../../shared/day.js';
import { anyTime, ASKS, once, trigger } from './trigger.js';

/** What the household said about itself has grown old. Counted from the day on which its file last changed. */
export const needReviewDue = trigger({
  urgent: false,
  tellsOf: [],
  variables: {},
  timing: { from: 'day', whens: ['after'] },
  shippedRules: [once(ASKS, 'after', 365)],
  endsWith: null,
  leavesBy: anyTime,
  dropReason({ household }, { about: day }, { timeZone }) {
    if (dayIn(new Date(household.changedAt), timeZone) !== day) return 'DUE_DAY_CHANGED';
    return household.concerned ? null : 'NOT_NEEDED';
  },
  facts: () => ({}),
});
