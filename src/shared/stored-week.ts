import { listOf, matchingOr, membersOf, type Reader, wholeOr } from './stored-json.js';

/** Part of a week: Monday is 1; times are `HH:MM`. */
interface PartOfWeek {
  readonly weekday: number;
  readonly from: string;
  readonly to: string;
}

const time = matchingOr(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, null);
const weekdayOf: Reader<number | null> = (stored) => {
  const weekday = wholeOr(null)(stored);
  return weekday !== null && weekday >= 1 && weekday <= 7 ? weekday : null;
};

// Members stand in PostgreSQL's order: the version of a need is a hash of their text, and must not change for how they are read.

const partOfWeek: Reader<PartOfWeek | null> = (stored) => {
  const part = membersOf(stored);
  const [weekday, from, to] = [weekdayOf(part.weekday), time(part.from), time(part.to)];
  return weekday === null || from === null || to === null || to <= from ? null : { to, from, weekday };
};

/** Times of a week as they were stored, such as opening hours or lessons; what is no time is left out. */
export const storedWeek: Reader<PartOfWeek[]> = listOf(partOfWeek);

const minutesOfDay: Reader<{ readonly weekday: number; readonly minutes: number } | null> = (stored) => {
  const day = membersOf(stored);
  const [weekday, minutes] = [weekdayOf(day.weekday), wholeOr(null, { min: 0, max: 1440 })(day.minutes)];
  return weekday === null || minutes === null ? null : { minutes, weekday };
};

/** Minutes of work by day as they were stored. */
export const storedWork: Reader<{ readonly weekday: number; readonly minutes: number }[]> = listOf(minutesOfDay);
