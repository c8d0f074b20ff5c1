import { dayIn, daysBetween } from '../../../../shared/day.js';
import { beforeTheSlot, hasPickupTime, PICKUP_VARIABLES, pickupFacts, pickupNotBooked } from './about-offers.js';
import { once, SMS_FIRST, trigger } from './trigger.js';

/** How near the pickup is when its reminder is sent: the night or a Sunday may have delayed the reminder. */
const PICKUP_DAYS = ['today', 'tomorrow', 'later'] as const;
export type PickupDay = (typeof PICKUP_DAYS)[number];

/** Its days count from the day of the slot. */
export const pickupTomorrow = trigger({
  urgent: false,
  tellsOf: ['line', 'offer'],
  variables: { ...PICKUP_VARIABLES, pickupDay: { kind: 'choice', values: PICKUP_DAYS } },
  timing: { from: 'day', relativeTimes: ['before', 'at'] },
  shippedRules: [once(SMS_FIRST, 'before', 1)],
  endsWith: 'appointment',
  usefulUntil: beforeTheSlot,
  isComplete: hasPickupTime,
  dropReason: ({ offer }, topic, now) => pickupNotBooked(offer, topic, now),
  facts(situation, { today, timeZone }) {
    const told = pickupFacts(situation);
    const days = daysBetween(today, dayIn(told.pickupAt, timeZone));
    return { ...told, pickupDay: days <= 0 ? 'today' : days === 1 ? 'tomorrow' : 'later' };
  },
});
