import { deviceList, LOAN_VARIABLES } from './about-loans.js';
import { anyTime, AT_OR_AFTER_MOMENT, EMAIL_FIRST, once, trigger } from './trigger.js';
import { COUNT } from './variables.js';

/** `devices` and `items` are what came back now; `remaining` is how many are still out. */
export const loanReturned = trigger({
  urgent: false,
  tellsOf: ['loan'],
  variables: { ...LOAN_VARIABLES, remaining: COUNT },
  timing: AT_OR_AFTER_MOMENT,
  shippedRules: [once(EMAIL_FIRST)],
  endsWith: null,
  aboutNames: 'moment_of_return',
  usefulUntil: anyTime,
  dropReason: () => null,
  facts: ({ loan: { reference, items } }) => ({
    ...deviceList(
      reference,
      items.filter(({ returnedThen }) => returnedThen),
    ),
    remaining: items.filter(({ state }) => state === 'on_loan').length,
  }),
});
