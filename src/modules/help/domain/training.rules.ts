import { dayIn } from '../../../shared/day.js';
import type { Fault } from '../../../shared/denial.js';
import { type Refusal, refusalsHolding, type RefusalTable } from '../../../shared/refusal.js';

/** When a workshop takes place, and for how many households. */
export interface SessionValues {
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly places: number;
}

/** Everything that is wrong with a workshop as it is to be. `booked` places are taken already; a time that stays may have passed. */
export function sessionFaults(
  { startsAt, endsAt, places }: SessionValues,
  { booked, timeZone, now, isMoved }: { readonly booked: number; readonly timeZone: string; readonly now: Date; readonly isMoved: boolean },
): Fault[] {
  const faults: Fault[] = [];
  if (isMoved && startsAt <= now) faults.push({ pointer: '/startsAt', code: 'TIME_PASSED', message: 'must be in the future' });
  if (endsAt <= startsAt) faults.push({ pointer: '/endsAt', code: 'OUT_OF_RANGE', message: 'must be later than startsAt' });
  else if (dayIn(new Date(endsAt.getTime() - 1), timeZone) !== dayIn(startsAt, timeZone))
    faults.push({ pointer: '/endsAt', code: 'OUT_OF_RANGE', message: 'must be on the day of startsAt' });
  if (places < booked)
    faults.push({ pointer: '/places', code: 'OUT_OF_RANGE', message: `must be ${booked} or more: so many households have a place` });
  return faults;
}

/** Reasons against a place in a workshop, in the order in which the API lists them. */
export const TRAINING_REFUSALS = {
  SESSION_CANCELLED: { overridable: false, message: 'This workshop does not take place; choose another.' },
  SESSION_STARTED: { overridable: false, message: 'This workshop has begun; choose a later one.' },
  ALREADY_BOOKED: { overridable: false, message: 'This family has a place already; it needs no second one.' },
  SESSION_FULL: { overridable: false, message: 'All places are taken; choose another workshop.' },
} as const satisfies RefusalTable;

/** The locked workshop, and whether the household has a place in it. */
export interface BookingFacts {
  readonly session: Pick<SessionValues, 'startsAt' | 'places'> & { readonly booked: number; readonly cancelledAt: Date | null };
  readonly hasPlace: boolean;
}

/** Every reason against giving a household a place at an instant. */
export function trainingRefusals({ session, hasPlace }: BookingFacts, now: Date): Refusal<keyof typeof TRAINING_REFUSALS>[] {
  return refusalsHolding(TRAINING_REFUSALS, {
    SESSION_CANCELLED: session.cancelledAt !== null,
    SESSION_STARTED: session.startsAt <= now,
    ALREADY_BOOKED: hasPlace,
    SESSION_FULL: !hasPlace && session.booked >= session.places,
  });
}
