import { daysBetween } from '../../../../shared/day.js';
import { itemsOut, LOAN_VARIABLES, notToRemind, returnPlaceAndDay } from './about-loans.js';
import { anyTime, SMS_FIRST, trigger } from './trigger.js';
import { COUNT, DAY, TEXT } from './variables.js';

/** It is about devices that are still out, and its days count from the first overdue day. `days` is the number of days since the due day. */
export const loanOverdue = trigger({
  urgent: false,
  tellsOf: ['loan'],
  variables: { ...LOAN_VARIABLES, siteName: TEXT, dueOn: DAY, days: COUNT },
  timing: { from: 'day', relativeTimes: ['at', 'after'] },
  shippedRules: [{ when: 'at', days: 0, everyDays: 7, times: 4, channels: SMS_FIRST }],
  endsWith: 'due_day',
  remindsOf: 'return',
  usefulUntil: anyTime,
  /**
   * It waits for that day when the council's time zone has changed since it was planned: nobody is told on the evening before that a loan is
   * overdue.
   */
  trueFrom: ({ overdueFrom }) => overdueFrom,
  dropReason: ({ loan }, topic) => notToRemind(loan, topic),
  facts: ({ loan }, { today }) => ({ ...itemsOut(loan), ...returnPlaceAndDay(loan), days: Math.max(0, daysBetween(loan.dueOn, today)) }),
});
