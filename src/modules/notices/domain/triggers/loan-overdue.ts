import { daysBetween } from '../../../../shared/day.js';
import { duty, itemsOut, LOAN, notToRemind } from './about-loans.js';
import { anyTime, ASKS, trigger } from './trigger.js';
import { COUNT, DAY, TEXT } from './variables.js';

/** Devices that are still out. Counted from the first day overdue; `days` since the due day. Before its day it waits. */
export const loanOverdue = trigger({
  urgent: false,
  tellsOf: ['loan'],
  variables: { ...LOAN, siteName: TEXT, dueOn: DAY, days: COUNT },
  timing: { from: 'day', whens: ['at', 'after'] },
  shippedRules: [{ when: 'at', days: 0, everyDays: 7, times: 4, channels: ASKS }],
  endsWith: 'due_day',
  leavesBy: anyTime,
  /** Nobody is told that a loan is overdue on the evening before, whatever zone it was planned in. */
  trueFrom: ({ overdueFrom }) => overdueFrom,
  dropReason: ({ loan }, topic) => notToRemind(loan, topic),
  facts: ({ loan }, { today }) => ({ ...itemsOut(loan), ...duty(loan), days: Math.max(0, daysBetween(loan.dueOn, today)) }),
});
