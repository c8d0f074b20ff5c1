import { duty, itemsOut, LOAN, notDueThen, onTheDueDay } from './about-loans.js';
import { ASKS, MOMENT, once, trigger } from './trigger.js';
import { DAY, TEXT } from './variables.js';

export const loanRecalled = trigger({
  urgent: true,
  tellsOf: ['loan'],
  variables: { ...LOAN, siteName: TEXT, dueOn: DAY },
  timing: MOMENT,
  shippedRules: [once(ASKS)],
  endsWith: 'due_day',
  leavesBy: onTheDueDay,
  dropReason: ({ loan }, topic) => notDueThen(loan, topic),
  facts: ({ loan }) => ({ ...itemsOut(loan), ...duty(loan) }),
});
