import { listOf, matchingOr, membersOf, type Reader, wholeOr } from './stored-json.js';

/** A part of a week. Monday is 1; times are `HH:MM`. */
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

// The members are in PostgreSQL's order. The version of a need is a hash of their text, and must not change because of the way in which
// they are read.

const partOfWeek: Reader<PartOfWeek | null> = (stored) => {
  const part = membersOf(stored);
  const [weekday, from, to] = [weekdayOf(part.weekday), time(part.from), time(part.to)];
  return weekday === null || from === null || to === null || to <= from ? null : { to, from, weekday };
};

/** Reads stored times of a week, such as opening hours or lessons; invalid times are left out. */
export const storedWeek: Reader<PartOfWeek[]> = listOf(partOfWeek);

const minutesOfDay: Reader<{ readonly weekday: number; readonly minutes: number } | null> = (stored) => {
  const day = membersOf(stored);
  const [weekday, minutes] = [weekdayOf(day.weekday), wholeOr(null, { min: 0, max: 1440 })(day.minutes)];
  return weekday === null || minutes === null ? null : { minutes, weekday };
};

/** Reads stored minutes of work by day. */
export const storedWork: Reader<{ readonly weekday: number; readonly minutes: number }[]> = listOf(minutesOfDay);
