import { beforeTheSlot, hasPickupTime, PICKUP_VARIABLES, pickupFacts, pickupNotBooked } from './about-offers.js';
import { AT_OR_AFTER_MOMENT, EMAIL_FIRST, once, trigger } from './trigger.js';

export const pickupBooked = trigger({
  urgent: false,
  tellsOf: ['line', 'offer'],
  variables: PICKUP_VARIABLES,
  timing: AT_OR_AFTER_MOMENT,
  shippedRules: [once(EMAIL_FIRST)],
  endsWith: 'appointment',
  usefulUntil: beforeTheSlot,
  isComplete: hasPickupTime,
  dropReason: ({ offer }, topic, now) => pickupNotBooked(offer, topic, now),
  facts: pickupFacts,
});
