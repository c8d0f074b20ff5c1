import { lineNotIn, OPEN_LINE_STATES } from './about-lines.js';
import { beforeTheSlot, hasPickupTime, lastDay, PICKUP_VARIABLES, pickupFacts } from './about-offers.js';
import { AT_MOMENT, once, SMS_FIRST, trigger } from './trigger.js';
import { DAY_OR_NULL } from './variables.js';

/**
 * The pickup was cancelled: by staff, because the device is no longer there, or because its day was closed. `expiresOn` is the day until which
 * the device is still held; null when the request waits again.
 */
export const pickupCancelled = trigger({
  urgent: true,
  tellsOf: ['line', 'offer'],
  variables: { ...PICKUP_VARIABLES, expiresOn: DAY_OR_NULL },
  timing: AT_MOMENT,
  shippedRules: [once(SMS_FIRST)],
  endsWith: null,
  aboutNames: 'pickup_slot',
  usefulUntil: beforeTheSlot,
  isComplete: hasPickupTime,
  /** A family that has booked another appointment since, or has given the offer up itself, needs no notice: it was told of that. */
  dropReason({ line, offer: { state, pickupSlotId } }, { about }) {
    if (state === 'revoked') return lineNotIn(line, OPEN_LINE_STATES);
    if (state !== 'accepted') return 'OFFER_ENDED';
    return pickupSlotId === null ? null : pickupSlotId === about ? 'NOT_NEEDED' : 'PICKUP_CHANGED';
  },
  facts: (situation, { timeZone }) => ({
    ...pickupFacts(situation),
    expiresOn: situation.offer.state === 'accepted' ? lastDay(situation, timeZone) : null,
  }),
});
