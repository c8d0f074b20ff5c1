import { daysBetween } from '../../../../shared/day.js';
import { duty, itemsOut, LOAN, notToRemind, onTheDueDay } from './about-loans.js';
import { ASKS, once, trigger } from './trigger.js';
import { COUNT, DAY, TEXT } from './variables.js';

/** It is about devices that are still out, and its days count from the due day. `days` is the number of days until then; 0 is today. */
export const loanDue = trigger({
  urgent: false,
  tellsOf: ['loan'],
  variables: { ...LOAN, siteName: TEXT, dueOn: DAY, days: COUNT },
  timing: { from: 'day', whens: ['before', 'at'] },
  shippedRules: [once(ASKS, 'before', 3), once(ASKS)],
  endsWith: 'due_day',
  leavesBy: onTheDueDay,
  dropReason: ({ loan }, topic, { today }) => notToRemind(loan, topic) ?? (today > loan.dueOn ? 'OVERTAKEN' : null),
  facts: ({ loan }, { today }) => ({ ...itemsOut(loan), ...duty(loan), days: Math.max(0, daysBetween(today, loan.dueOn)) }),
});
