import { itemsOut, LOAN_VARIABLES, nothingOut } from './about-loans.js';
import { isSameInstant } from './about-offers.js';
import { anyTime, SMS_FIRST, trigger } from './trigger.js';
import { TEXT } from './variables.js';

/**
 * Its days count from the first reminder hour after another agreement text was asked for. A text that is asked for later has notices of its
 * own.
 */
export const agreementUnsigned = trigger({
  urgent: false,
  tellsOf: ['loan'],
  variables: { ...LOAN_VARIABLES, siteName: TEXT },
  timing: { from: 'day', relativeTimes: ['at', 'after'] },
  shippedRules: [{ when: 'at', days: 0, everyDays: 7, times: 3, channels: SMS_FIRST }],
  endsWith: 'loan',
  usefulUntil: anyTime,
  dropReason({ loan: { items, unsignedSince } }, { about, overtaken }) {
    const isOver = nothingOut(items);
    if (isOver !== null) return isOver;
    if (unsignedSince === null) return 'SIGNED';
    return overtaken || !isSameInstant(unsignedSince, about) ? 'OVERTAKEN' : null;
  },
  facts: ({ loan }) => ({ ...itemsOut(loan), siteName: loan.siteName }),
});
