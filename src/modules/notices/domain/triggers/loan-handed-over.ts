import { itemsOut, LOAN_VARIABLES, nothingOut, returnPlaceAndDay } from './about-loans.js';
import { anyTime, AT_OR_AFTER_MOMENT, EMAIL_FIRST, once, trigger } from './trigger.js';
import { DAY, TEXT } from './variables.js';

export const loanHandedOver = trigger({
  urgent: false,
  tellsOf: ['loan'],
  variables: { ...LOAN_VARIABLES, siteName: TEXT, dueOn: DAY },
  timing: AT_OR_AFTER_MOMENT,
  shippedRules: [once(EMAIL_FIRST)],
  endsWith: 'loan',
  usefulUntil: anyTime,
  dropReason: ({ loan }) => nothingOut(loan.items),
  facts: ({ loan }) => ({ ...itemsOut(loan), ...returnPlaceAndDay(loan) }),
});
