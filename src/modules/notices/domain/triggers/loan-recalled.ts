import { endOfDueDay, itemsOut, LOAN_VARIABLES, notDueOnThatDay, returnPlaceAndDay } from './about-loans.js';
import { AT_OR_AFTER_MOMENT, once, SMS_FIRST, trigger } from './trigger.js';
import { DAY, TEXT } from './variables.js';

export const loanRecalled = trigger({
  urgent: true,
  tellsOf: ['loan'],
  variables: { ...LOAN_VARIABLES, siteName: TEXT, dueOn: DAY },
  timing: AT_OR_AFTER_MOMENT,
  shippedRules: [once(SMS_FIRST)],
  endsWith: 'due_day',
  usefulUntil: endOfDueDay,
  dropReason: ({ loan }, topic) => notDueOnThatDay(loan, topic),
  facts: ({ loan }) => ({ ...itemsOut(loan), ...returnPlaceAndDay(loan) }),
});
