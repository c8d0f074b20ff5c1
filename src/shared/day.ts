import { IANAZone } from 'luxon';

declare const calendarDay: unique symbol;

/** A calendar day as `YYYY-MM-DD`, years 1000 to 9999; days compare as their texts do. */
export type Day = string & { readonly [calendarDay]: true };

/** What to do with a day that falls on a closed one. */
export type ClosedDayRule = 'keep' | 'day_before' | 'day_after';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const FIRST = Date.UTC(1000, 0, 1) / DAY;
const LAST = Date.UTC(9999, 11, 31) / DAY;

/** The day that a text names; throws a RangeError unless it is a real day of the calendar. */
export function day(text: string): Day {
  if (!isDay(text)) throw new RangeError(`Not a calendar day: ${text}`);
  return text;
}

export function isDay(text: string): text is Day {
  return /^[1-9]\d{3}-\d{2}-\d{2}$/.test(text) && nameOf(numberOf(text as Day)) === text;
}

/**
 * The days that a body, a query or a file may name. They are so far from the ends of the calendar that every day and instant that is
 * computed from them, in any time zone, can still be represented by the program and by the database.
 */
export const [EARLIEST_DAY, LATEST_DAY] = [day('1900-01-01'), day('2199-12-31')];

/** Whether the day is one that a body, a query or a file may name. */
export function isNearDay(date: Day): boolean {
  return date >= EARLIEST_DAY && date <= LATEST_DAY;
}

/** The day `count` days later, or earlier when negative; throws a RangeError beyond the calendar or for part of a day. */
export function addDays(start: Day, count: number): Day {
  const sum = numberOf(start) + count;
  if (!Number.isInteger(sum) || sum < FIRST || sum > LAST) throw new RangeError(`No calendar day lies ${count} days after ${start}`);
  return nameOf(sum);
}

/** How many days `to` lies after `from`: negative when it lies before. */
export function daysBetween(from: Day, to: Day): number {
  return numberOf(to) - numberOf(from);
}

/** 1 for Monday to 7 for Sunday (ISO 8601). */
export function isoWeekday(date: Day): number {
  return new Date(numberOf(date) * DAY).getUTCDay() || 7;
}

export function isWeekend(date: Day): boolean {
  return isoWeekday(date) >= 6;
}

/** Whether anything is due or handed over that day: neither Saturday, nor Sunday, nor on the council's list. */
export function isOpen(date: Day, closedDays: ReadonlySet<Day>): boolean {
  return !isWeekend(date) && !closedDays.has(date);
}

/** The day itself when it is open or kept, else the nearest open day on the side that the rule names. */
export function onOpenDay(date: Day, rule: ClosedDayRule, closedDays: ReadonlySet<Day>): Day {
  if (rule === 'keep') return date;
  const step = rule === 'day_before' ? -1 : 1;
  let candidate = date;
  while (!isOpen(candidate, closedDays)) candidate = addDays(candidate, step);
  return candidate;
}

/** The `count`-th open day after a day, which itself never counts; none (0) is the day itself. */
export function nthOpenDayAfter(date: Day, count: number, closedDays: ReadonlySet<Day>): Day {
  if (!Number.isInteger(count) || count < 0) throw new RangeError(`Not a number of days: ${count}`);
  let candidate = date;
  for (let counted = 0; counted < count; counted += 1) candidate = onOpenDay(addDays(candidate, 1), 'day_after', closedDays);
  return candidate;
}

/** The day that it is at an instant in an IANA time zone; throws a RangeError for an unknown zone or an invalid instant. */
export function dayIn(instant: Date, timeZone: string): Day {
  const local = instant.getTime() + offsetAt(zoneNamed(timeZone), instant.getTime());
  return day(new Date(local).toISOString().slice(0, 10));
}

/** The time (`HH:MM`) that the clocks of an IANA time zone show at an instant. */
export function timeIn(instant: Date, timeZone: string): string {
  const local = instant.getTime() + offsetAt(zoneNamed(timeZone), instant.getTime());
  return new Date(local).toISOString().slice(11, 16);
}

/** The first instant of a day in an IANA time zone: not always midnight, which daylight saving skips in some zones. */
export function startOfDay(date: Day, timeZone: string): Date {
  return instantAt(date, '00:00', timeZone);
}

/** The first instant after a day: the start of the next. */
export function endOfDay(date: Day, timeZone: string): Date {
  return startOfDay(addDays(date, 1), timeZone);
}

/**
 * When the clocks of an IANA time zone first show a day and a time (`HH:MM`): of two such instants the earlier, and for a time that
 * daylight saving skips the first instant after the gap. Throws a RangeError for an unknown zone or a time that no clock shows.
 */
export function instantAt(date: Day, time: string, timeZone: string): Date {
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) throw new RangeError(`Not a time of day: ${time}`);
  const zone = zoneNamed(timeZone);
  const shown = numberOf(date) * DAY + Number(time.slice(0, 2)) * 60 * MINUTE + Number(time.slice(3)) * MINUTE;
  // No time zone is a whole day away from UTC, so these are the offsets before and after any change near that time.
  const early = shown - offsetAt(zone, shown - DAY);
  const late = shown - offsetAt(zone, shown + DAY);
  const showing = [early, late].filter((instant) => instant + offsetAt(zone, instant) === shown);
  return new Date(showing.length > 0 ? Math.min(...showing) : changeBetween(zone, late, early));
}

/** Whether a text names an IANA time zone. Mere offsets such as `+02:00` are refused: Postgres reads their sign the other way. */
export function isTimeZone(text: string): boolean {
  return /^[A-Za-z]/.test(text) && IANAZone.isValidZone(text);
}

/** Days since 1970-01-01. */
function numberOf(date: Day): number {
  return Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8))) / DAY;
}

function nameOf(number: number): Day {
  return new Date(number * DAY).toISOString().slice(0, 10) as Day;
}

function zoneNamed(timeZone: string): IANAZone {
  const zone = IANAZone.create(timeZone);
  if (!zone.isValid) throw new RangeError(`Not a time zone: ${timeZone}`);
  return zone;
}

/** How far the clocks of a zone are ahead of UTC at an instant, in milliseconds. */
function offsetAt(zone: IANAZone, instant: number): number {
  return Math.round(zone.offset(instant) * MINUTE);
}

/** The first instant with the offset of `after`, by bisection; one change lies between the two instants. */
function changeBetween(zone: IANAZone, before: number, after: number): number {
  if (after - before <= 1) return after;
  const middle = Math.floor((before + after) / 2);
  return offsetAt(zone, middle) === offsetAt(zone, after) ? changeBetween(zone, before, middle) : changeBetween(zone, middle, after);
}
