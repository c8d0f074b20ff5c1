import { addDays, dayIn, endOfDay, nthOpenDayAfter, type Day } from '../../../shared/day.js';
import { POST_DAYS } from '../../../shared/post-days.js';
import type { Refusal, RefusalTable } from '../../../shared/refusal.js';
import { PROMISE_REFUSALS, type PromiseFacts, promiseRefusals } from '../../../shared/promise.js';
import type { LoanPolicy } from '../../councils/index.js';
import type { DeviceStatus } from '../../inventory/index.js';

/** Reasons against holding a device for a line, in the order in which the API lists them. */
export const PLACEMENT_REFUSALS = {
  DEVICE_NOT_AVAILABLE: { overridable: false, message: 'The device cannot be held now; take another, or see its status in the inventory.' },
  ...PROMISE_REFUSALS,
} as const satisfies RefusalTable;

/** The facts about a device and a line that decide whether the device may be held for the line. */
export interface PlacementFacts extends PromiseFacts {
  readonly device: PromiseFacts['device'] & {
    readonly status: DeviceStatus;
    /** An offer still holds the device although it is not reserved any more: it went missing and came back. */
    readonly isHeld: boolean;
  };
}

/** Every reason against holding a device for a line on `today`. */
export function placementRefusals(facts: PlacementFacts, today: Day): Refusal[] {
  const { status, isHeld } = facts.device;
  const code = 'DEVICE_NOT_AVAILABLE';
  const isGone = status !== 'available' || isHeld;
  return [...(isGone ? [{ code, ...PLACEMENT_REFUSALS[code] }] : []), ...promiseRefusals(facts, today)];
}

/** The council's calendar, by which the ends of offers are computed. */
export interface Calendar {
  readonly timeZone: string;
  readonly closedDays: ReadonlySet<Day>;
}

/** When an offer that was made on a day expires: at the end of the n-th open day after that day. */
export function offerExpiresAt(madeOn: Day, policy: Pick<LoanPolicy, 'offerHoldDays'>, { timeZone, closedDays }: Calendar): Date {
  return endOfDay(nthOpenDayAfter(madeOn, policy.offerHoldDays, closedDays), timeZone);
}

/** When an offer whose first notice left on a day expires. If the notice is a letter, the days of the post are added. */
export function offerExpiresAfterNotice(
  leftOn: Day,
  policy: Pick<LoanPolicy, 'offerHoldDays'>,
  calendar: Calendar,
  byLetter: boolean,
): Date {
  const last = nthOpenDayAfter(leftOn, policy.offerHoldDays, calendar.closedDays);
  return endOfDay(byLetter ? addDays(last, POST_DAYS) : last, calendar.timeZone);
}

/** The end of the same calendar day in another time zone. */
export function sameDayEnd({ expiresAt, timeZone }: { readonly expiresAt: Date; readonly timeZone: string }, zone: string): Date {
  return endOfDay(dayIn(new Date(expiresAt.getTime() - 1), timeZone), zone);
}

/**
 * Until when an accepted device may be collected. With a slot: the end of the slot's day. Without one: the end of the n-th day after the
 * acceptance.
 */
export function pickupExpiresAt(
  slot: { readonly startsAt: Date } | null,
  acceptedOn: Day,
  policy: Pick<LoanPolicy, 'pickupHoldDays'>,
  timeZone: string,
): Date {
  return endOfDay(slot ? dayIn(slot.startsAt, timeZone) : addDays(acceptedOn, policy.pickupHoldDays), timeZone);
}
