import type { Fault } from '../../../shared/denial.js';
import type { Reader } from '../../../shared/stored-json.js';
import { storedWeek } from '../../../shared/stored-week.js';

interface OpeningPeriod {
  readonly weekday: number;
  readonly from: string;
  readonly to: string;
}

/** What is wrong with a week of opening hours: each period must end after it begins, and no two of one day may overlap. */
export function openingHoursFaults(week: readonly OpeningPeriod[], pointer: string): Fault[] {
  return week.flatMap((hours, index) => {
    if (hours.to <= hours.from) return [{ pointer: `${pointer}/${index}/to`, code: 'OUT_OF_RANGE', message: 'must be later than from' }];
    const earlier = week.slice(0, index).some((other) => other.weekday === hours.weekday && other.from < hours.to && hours.from < other.to);
    return earlier ? [{ pointer: `${pointer}/${index}`, code: 'OVERLAPS', message: 'overlaps another time of the same day' }] : [];
  });
}

/** Reads stored opening hours; null means that they are not known. */
export const storedOpeningHours: Reader<OpeningPeriod[] | null> = (stored) => (Array.isArray(stored) ? storedWeek(stored) : null);
