import { DateTime, IANAZone } from 'luxon';
import { addDays, type Day, endOfDay, startOfDay } from '../../../shared/day.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/**
 * Returns the VTIMEZONE (RFC 5545, 3.6.5) of an IANA zone for the days from `from` to `until`: the offset at their start, then each change. It
 * is made from the zones that the rest of the program uses. A published list has other names for some (`Indian/Reunion` as `Asia/Dubai`), and
 * rules that some zones do not follow (Morocco's clocks follow the moon).
 */
export function icalTimeZone(timeZone: string, from: Day, until: Day): string[] {
  const zone = IANAZone.create(timeZone);
  const start = startOfDay(addDays(from, -1), timeZone).getTime();
  const end = endOfDay(addDays(until, 1), timeZone).getTime();
  const observances = [observance(start, zone.offset(start), zone)];
  for (let instant = start; instant < end; instant += DAY) {
    const next = Math.min(end, instant + DAY);
    const before = zone.offset(instant);
    if (zone.offset(next) !== before) observances.push(observance(changeBetween(instant, next, zone), before, zone));
  }
  return ['BEGIN:VTIMEZONE', `TZID:${timeZone}`, ...observances.flat(), 'END:VTIMEZONE'];
}

/** Returns one observance, which begins at an instant; its local time is by the offset before it. */
function observance(onset: number, before: number, zone: IANAZone): string[] {
  const name = DateTime.fromMillis(onset, { zone }).isInDST ? 'DAYLIGHT' : 'STANDARD';
  return [
    `BEGIN:${name}`,
    `DTSTART:${new Date(onset + before * MINUTE).toISOString().slice(0, 19).replace(/[-:]/g, '')}`,
    `TZOFFSETFROM:${offsetText(before)}`,
    `TZOFFSETTO:${offsetText(zone.offset(onset))}`,
    `END:${name}`,
  ];
}

function offsetText(minutes: number): string {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60].map((part) => String(part).padStart(2, '0'));
  return `${minutes < 0 ? '-' : '+'}${hours}${rest}`;
}

/** Returns the first instant with the offset of `after`, by bisection to the minute; there is one change between the two. */
function changeBetween(before: number, after: number, zone: IANAZone): number {
  if (after - before <= MINUTE) return after;
  const middle = before + Math.floor((after - before) / MINUTE / 2) * MINUTE;
  return zone.offset(middle) === zone.offset(after) ? changeBetween(before, middle, zone) : changeBetween(middle, after, zone);
}
