import { addDays, dayIn, instantAt, isoWeekday, timeIn, type Day } from '../../../shared/day.js';
import type { Channel } from './channels.js';

/** When a council lets messages leave. Times are `HH:MM` in its own zone. */
export interface SendingHours {
  /** When reminders leave, and what waited for another day. */
  readonly reminderTime: string;
  /** No SMS from this time until that one; the same time twice: never quiet. */
  readonly quietHours: { readonly from: string; readonly to: string };
  /** Whether an SMS may leave on a Sunday. */
  readonly sundays: boolean;
  /** School holidays, both days included: what is not urgent waits for their end. */
  readonly holidays: readonly { readonly from: Day; readonly to: Day }[];
}

export interface Leaving {
  /** Null while it is not known yet: then only what holds for every channel counts. */
  readonly channel: Channel | null;
  readonly urgent: boolean;
}

const SUNDAY = 7;
const MINUTE = 60_000;
/** Every hindrance ends; a table of holidays without a gap must not keep us for ever. */
const MOST_STEPS = 2000;

/** The first instant from `now` on at which a message may leave: `now` itself where nothing is against it. */
export function sendableFrom(now: Date, timeZone: string, hours: SendingHours, leaving: Leaving): Date {
  let candidate = now;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const later = hindranceEnd(candidate, timeZone, hours, leaving);
    if (later === null) return candidate;
    candidate = later;
  }
  return candidate;
}

/** When the reminders of the next day leave. */
export function nextReminders(now: Date, timeZone: string, { reminderTime }: SendingHours): Date {
  return instantAt(addDays(dayIn(now, timeZone), 1), reminderTime, timeZone);
}

/** The end of one thing that is against sending at that instant; null where nothing is. */
function hindranceEnd(
  at: Date,
  timeZone: string,
  { reminderTime, quietHours, sundays, holidays }: SendingHours,
  leaving: Leaving,
): Date | null {
  const today = dayIn(at, timeZone);
  const holiday = leaving.urgent ? undefined : holidays.find(({ from, to }) => from <= today && today <= to);
  if (holiday) return instantAt(addDays(holiday.to, 1), reminderTime, timeZone);
  if (leaving.channel !== 'sms') return null;
  if (!sundays && isoWeekday(today) === SUNDAY) return instantAt(addDays(today, 1), '00:00', timeZone);
  const time = timeIn(at, timeZone);
  if (!isQuiet(time, quietHours)) return null;
  const end = instantAt(time < quietHours.to ? today : addDays(today, 1), quietHours.to, timeZone);
  // In the hour that autumn shows twice the first showing of the end may have passed.
  return end > at ? end : new Date(at.getTime() + (minutesOf(quietHours.to) - minutesOf(time)) * MINUTE);
}

/** By what clocks show: from 20:00 to 08:00 is the night. */
function isQuiet(time: string, { from, to }: SendingHours['quietHours']): boolean {
  return from <= to ? from <= time && time < to : time >= from || time < to;
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}
