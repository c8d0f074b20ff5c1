import { daysBetween } from '../../../../shared/day.js';
import { duty, itemsOut, LOAN, notToRemind } from './about-loans.js';
import { anyTime, ASKS, trigger } from './trigger.js';
import { COUNT, DAY, TEXT } from './variables.js';

/** It is about devices that are still out, and its days count from the first overdue day. `days` is the number of days since the due day. */
export const loanOverdue = trigger({
  urgent: false,
  tellsOf: ['loan'],
  variables: { ...LOAN, siteName: TEXT, dueOn: DAY, days: COUNT },
  timing: { from: 'day', whens: ['at', 'after'] },
  shippedRules: [{ when: 'at', days: 0, everyDays: 7, times: 4, channels: ASKS }],
  endsWith: 'due_day',
  leavesBy: anyTime,
  /**
   * It waits for that day when the council's time zone has changed since it was planned: nobody is told on the evening before that a loan is
   * overdue.
   */
  trueFrom: ({ overdueFrom }) => overdueFrom,
  dropReason: ({ loan }, topic) => notToRemind(loan, topic),
  facts: ({ loan }, { today }) => ({ ...itemsOut(loan), ...duty(loan), days: Math.max(0, daysBetween(loan.dueOn, today)) }),
});
