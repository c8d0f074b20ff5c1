import { itemsOut, LOAN, notDueThen } from './about-loans.js';
import { anyTime, MOMENT, once, TELLS, trigger } from './trigger.js';
import { DAY } from './variables.js';

export const loanRenewed = trigger({
  urgent: false,
  tellsOf: ['loan'],
  variables: { ...LOAN, dueOn: DAY },
  timing: MOMENT,
  shippedRules: [once(TELLS)],
  endsWith: 'due_day',
  leavesBy: anyTime,
  dropReason: ({ loan }, topic) => notDueThen(loan, topic),
  facts: ({ loan }) => ({ ...itemsOut(loan), dueOn: loan.dueOn }),
});
