import { addDays, dayIn, instantAt, isoWeekday, timeIn, type Day } from '../../../shared/day.js';
import type { Channel } from './channels.js';

/** When a council allows messages to be sent. Times are `HH:MM` in the council's time zone. */
export interface SendingHours {
  /** When reminders are sent, and notices that waited for another day. */
  readonly reminderTime: string;
  /** No SMS is sent between these two times. When both are the same, there are no quiet hours. */
  readonly quietHours: { readonly from: string; readonly to: string };
  /** Whether an SMS may leave on a Sunday. */
  readonly sundays: boolean;
  /** School holidays, both days included. Notices that are not urgent wait until they are over. */
  readonly holidays: readonly { readonly from: Day; readonly to: Day }[];
}

export interface SendingConditions {
  /** Null while the channel is not known: then only what holds for every channel counts. */
  readonly channel: Channel | null;
  readonly urgent: boolean;
}

const SUNDAY = 7;
const MINUTE = 60_000;
/** Limits the search: each hindrance ends, but a table of holidays without a gap must not keep it running for ever. */
const MOST_STEPS = 2000;

/** Returns the first instant from `now` on at which a message may be sent; `now` itself when nothing is against it. */
export function sendableFrom(now: Date, timeZone: string, hours: SendingHours, leaving: SendingConditions): Date {
  let candidate = now;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const later = hindranceEnd(candidate, timeZone, hours, leaving);
    if (later === null) return candidate;
    candidate = later;
  }
  return candidate;
}

/** Returns when the reminders of the next day are sent. */
export function nextReminders(now: Date, timeZone: string, { reminderTime }: SendingHours): Date {
  return instantAt(addDays(dayIn(now, timeZone), 1), reminderTime, timeZone);
}

/** Returns when one hindrance to sending at that instant ends; null when there is none. */
function hindranceEnd(
  at: Date,
  timeZone: string,
  { reminderTime, quietHours, sundays, holidays }: SendingHours,
  leaving: SendingConditions,
): Date | null {
  const today = dayIn(at, timeZone);
  const holiday = leaving.urgent ? undefined : holidays.find(({ from, to }) => from <= today && today <= to);
  if (holiday) return instantAt(addDays(holiday.to, 1), reminderTime, timeZone);
  if (leaving.channel !== 'sms') return null;
  if (!sundays && isoWeekday(today) === SUNDAY) return instantAt(addDays(today, 1), '00:00', timeZone);
  const time = timeIn(at, timeZone);
  if (!isQuiet(time, quietHours)) return null;
  const end = instantAt(time < quietHours.to ? today : addDays(today, 1), quietHours.to, timeZone);
  // When clocks go back in autumn, one hour comes twice: its first `quietHours.to` may have passed.
  return end > at ? end : new Date(at.getTime() + (minutesOf(quietHours.to) - minutesOf(time)) * MINUTE);
}

/** Whether a local time lies in the quiet hours, which may go over midnight. */
function isQuiet(time: string, { from, to }: SendingHours['quietHours']): boolean {
  return from <= to ? from <= time && time < to : time >= from || time < to;
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}
