import { listed, LOAN } from './about-loans.js';
import { anyTime, MOMENT, once, TELLS, trigger } from './trigger.js';
import { COUNT } from './variables.js';

/** `devices` and `items` are what came back now; `remaining` is how many are still out. */
export const loanReturned = trigger({
  urgent: false,
  tellsOf: ['loan'],
  variables: { ...LOAN, remaining: COUNT },
  timing: MOMENT,
  shippedRules: [once(TELLS)],
  endsWith: null,
  leavesBy: anyTime,
  dropReason: () => null,
  facts: ({ loan: { reference, items } }) => ({
    ...listed(
      reference,
      items.filter(({ returnedThen }) => returnedThen),
    ),
    remaining: items.filter(({ state }) => state === 'on_loan').length,
  }),
});
