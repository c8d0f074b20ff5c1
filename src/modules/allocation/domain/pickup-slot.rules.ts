import { dayIn, instantAt, isOpen, isoWeekday } from '../../../shared/day.js';
import type { Fault } from '../../../shared/denial.js';
import { refusalsHolding, type Refusal, type RefusalTable } from '../../../shared/refusal.js';
import { PROMISE_REFUSALS, type PromiseFacts, promiseRefusals } from '../../../shared/promise.js';
import type { Calendar } from './offer.rules.js';

/** The time of a collection slot; at most `capacity` families can book it. */
export interface SlotTimes {
  readonly startsAt: Date;
  readonly endsAt: Date;
}

interface OpeningPeriod {
  readonly weekday: number;
  readonly from: string;
  readonly to: string;
}

/**
 * Everything that is wrong with a new slot. It must lie within the site's opening hours (null means that they are not known), on one open
 * day in the future.
 */
export function slotFaults(
  { startsAt, endsAt }: SlotTimes,
  hours: readonly OpeningPeriod[] | null,
  calendar: Calendar,
  now: Date,
): Fault[] {
  if (endsAt <= startsAt) return [{ pointer: '/endsAt', code: 'OUT_OF_RANGE', message: 'must be later than startsAt' }];
  const day = dayIn(startsAt, calendar.timeZone);
  const opens = hours?.filter(({ weekday }) => weekday === isoWeekday(day)) ?? null;
  const isWithin = ({ from, to }: OpeningPeriod) =>
    instantAt(day, from, calendar.timeZone) <= startsAt && endsAt <= instantAt(day, to, calendar.timeZone);
  const faults: Fault[] = [];
  if (startsAt <= now) faults.push({ pointer: '/startsAt', code: 'TIME_PASSED', message: 'must be in the future' });
  if (dayIn(new Date(endsAt.getTime() - 1), calendar.timeZone) !== day)
    faults.push({ pointer: '/endsAt', code: 'OUT_OF_RANGE', message: 'must be on the day of startsAt' });
  if (!isOpen(day, calendar.closedDays)) faults.push({ pointer: '/startsAt', code: 'CLOSED_DAY', message: 'must be on an open day' });
  if (opens !== null && !opens.some(isWithin))
    faults.push({ pointer: '/startsAt', code: 'OUTSIDE_OPENING_HOURS', message: 'must be within the opening hours of the site' });
  return faults;
}

/** Whether the council is closed on the day of a slot. */
export function isOnClosedDay({ startsAt }: Pick<SlotTimes, 'startsAt'>, { timeZone, closedDays }: Calendar): boolean {
  return !isOpen(dayIn(startsAt, timeZone), closedDays);
}

/** Reasons against accepting an offer or booking a slot for it, in the order in which the API lists them. */
export const BOOKING_REFUSALS = {
  OFFER_EXPIRED: { overridable: false, message: 'This device was held until a time that has passed; wait for the next offer.' },
  SLOT_PASSED: { overridable: false, message: 'This time has passed; choose a later one.' },
  SLOT_ON_CLOSED_DAY: { overridable: false, message: 'Nothing is handed over on that day; choose a time on another one.' },
  SLOT_AT_ANOTHER_SITE: { overridable: false, message: 'The device is at another site; choose a time there.' },
  SLOT_FULL: { overridable: false, message: 'This time is fully booked; choose another.' },
  ...PROMISE_REFUSALS,
} as const satisfies RefusalTable;

/** The facts that decide whether a booking is possible. */
export interface BookingFacts {
  readonly offer: { readonly expiresAt: Date; readonly pickupSlotId: string | null; readonly siteId: string };
  /** The locked slot; null when no slot is booked. */
  readonly slot: (SlotTimes & { readonly id: string; readonly siteId: string; readonly capacity: number; readonly booked: number }) | null;
  readonly promise: PromiseFacts;
}

/**
 * Every reason against accepting an offer or rebooking its slot at an instant. A family that already has a place in the slot takes no
 * second one. The reasons of the desk are checked for today, and the fund must still pay on the day of the slot.
 */
export function bookingRefusals({ offer, slot, promise }: BookingFacts, calendar: Calendar, now: Date): Refusal[] {
  const { timeZone } = calendar;
  const comesOn = slot && dayIn(slot.startsAt, timeZone);
  const codes = new Set(promiseRefusals(promise, dayIn(now, timeZone), comesOn).map(({ code }) => code));
  return refusalsHolding(BOOKING_REFUSALS, {
    OFFER_EXPIRED: offer.expiresAt <= now,
    SLOT_PASSED: slot !== null && slot.endsAt <= now,
    SLOT_ON_CLOSED_DAY: slot !== null && isOnClosedDay(slot, calendar),
    SLOT_AT_ANOTHER_SITE: slot !== null && slot.siteId !== offer.siteId,
    SLOT_FULL: slot !== null && slot.id !== offer.pickupSlotId && slot.booked >= slot.capacity,
    CATEGORY_NOT_ACCEPTABLE: codes.has('CATEGORY_NOT_ACCEPTABLE'),
    FUND_NOT_ELIGIBLE: codes.has('FUND_NOT_ELIGIBLE'),
    LINE_HAS_NO_LEARNER: codes.has('LINE_HAS_NO_LEARNER'),
    HOUSEHOLD_LIMIT_REACHED: codes.has('HOUSEHOLD_LIMIT_REACHED'),
    HOUSEHOLD_HAS_OVERDUE_LOAN: codes.has('HOUSEHOLD_HAS_OVERDUE_LOAN'),
  });
}
