import { beforeTheSlot, hasPickupTime, PICKUP, pickup, pickupNotBooked } from './about-offers.js';
import { MOMENT, once, TELLS, trigger } from './trigger.js';

export const pickupBooked = trigger({
  urgent: false,
  tellsOf: ['line', 'offer'],
  variables: PICKUP,
  timing: MOMENT,
  shippedRules: [once(TELLS)],
  endsWith: 'appointment',
  leavesBy: beforeTheSlot,
  isComplete: hasPickupTime,
  dropReason: ({ offer }, topic, now) => pickupNotBooked(offer, topic, now),
  facts: pickup,
});
