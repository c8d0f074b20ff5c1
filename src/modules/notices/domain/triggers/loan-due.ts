import { daysBetween } from '../../../../shared/day.js';
import { endOfDueDay, itemsOut, LOAN_VARIABLES, notToRemind, returnPlaceAndDay } from './about-loans.js';
import { once, SMS_FIRST, trigger } from './trigger.js';
import { COUNT, DAY, TEXT } from './variables.js';

/** It is about devices that are still out, and its days count from the due day. `days` is the number of days until then; 0 is today. */
export const loanDue = trigger({
  urgent: false,
  tellsOf: ['loan'],
  variables: { ...LOAN_VARIABLES, siteName: TEXT, dueOn: DAY, days: COUNT },
  timing: { from: 'day', relativeTimes: ['before', 'at'] },
  shippedRules: [once(SMS_FIRST, 'before', 3), once(SMS_FIRST)],
  endsWith: 'due_day',
  remindsOf: 'return',
  usefulUntil: endOfDueDay,
  dropReason: ({ loan }, topic, { today }) => notToRemind(loan, topic) ?? (today > loan.dueOn ? 'OVERTAKEN' : null),
  facts: ({ loan }, { today }) => ({ ...itemsOut(loan), ...returnPlaceAndDay(loan), days: Math.max(0, daysBetween(today, loan.dueOn)) }),
});
