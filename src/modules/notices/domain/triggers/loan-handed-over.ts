import { duty, itemsOut, LOAN, settled } from './about-loans.js';
import { anyTime, MOMENT, once, TELLS, trigger } from './trigger.js';
import { DAY, TEXT } from './variables.js';

export const loanHandedOver = trigger({
  urgent: false,
  tellsOf: ['loan'],
  variables: { ...LOAN, siteName: TEXT, dueOn: DAY },
  timing: MOMENT,
  shippedRules: [once(TELLS)],
  endsWith: 'loan',
  leavesBy: anyTime,
  dropReason: ({ loan }) => settled(loan.items),
  facts: ({ loan }) => ({ ...itemsOut(loan), ...duty(loan) }),
});
