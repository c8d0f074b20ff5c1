import { itemsOut, LOAN_VARIABLES, notDueOnThatDay } from './about-loans.js';
import { anyTime, AT_OR_AFTER_MOMENT, EMAIL_FIRST, once, trigger } from './trigger.js';
import { DAY } from './variables.js';

export const loanRenewed = trigger({
  urgent: false,
  tellsOf: ['loan'],
  variables: { ...LOAN_VARIABLES, dueOn: DAY },
  timing: AT_OR_AFTER_MOMENT,
  shippedRules: [once(EMAIL_FIRST)],
  endsWith: 'due_day',
  usefulUntil: anyTime,
  dropReason: ({ loan }, topic) => notDueOnThatDay(loan, topic),
  facts: ({ loan }) => ({ ...itemsOut(loan), dueOn: loan.dueOn }),
});
