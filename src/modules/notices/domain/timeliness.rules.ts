import { addDays, dayIn, instantAt, timeIn } from '../../../shared/day.js';
import { POST_DAYS } from '../../../shared/post-days.js';
import type { Channel } from './channels.js';
import { sendableFrom, type SendingHours } from './sendable.rules.js';
import type { EventTimes } from './triggers/trigger.js';
import { type TriggerName, triggerOf } from './triggers.js';

/** Returns the last instant at which a notice is of use, before the event that it announces; null when it may come at any time. */
export function usefulUntil(trigger: TriggerName, times: EventTimes, timeZone: string): Date | null {
  return triggerOf(trigger).usefulUntil(times, timeZone);
}

/**
 * Returns when a message that is sent at that instant reaches the person. A letter takes some days, except for offers: an offer is held only
 * from its letter on.
 */
export function arrivesAt(trigger: TriggerName, channel: Channel, leaves: Date, timeZone: string): Date {
  if (channel !== 'letter' || triggerOf(trigger).waitsForLetter) return leaves;
  return instantAt(addDays(dayIn(leaves, timeZone), POST_DAYS), timeIn(leaves, timeZone), timeZone);
}

/** Returns the instant before which a notice is not true yet; null when it is true at once. */
export function trueFrom(trigger: TriggerName, times: EventTimes, timeZone: string, { reminderTime }: SendingHours): Date | null {
  const day = triggerOf(trigger).trueFrom?.(times) ?? null;
  return day && instantAt(day, reminderTime, timeZone);
}

/** Whether a notice waits for the end of school holidays. An urgent notice does not, and neither does one that would then come too late. */
export function waitsForHolidays(trigger: TriggerName, by: Date | null, now: Date, timeZone: string, hours: SendingHours): boolean {
  if (triggerOf(trigger).urgent) return false;
  return by === null || sendableFrom(now, timeZone, hours, { channel: null, urgent: false }) <= by;
}

interface NoticeTimes {
  readonly trigger: TriggerName;
  /** When its rule lets it be sent. */
  readonly at: Date;
  /** The last instant at which it is of use; null when there is none. */
  readonly by: Date | null;
  /** Whether it may go by SMS: that channel has the most restrictions. */
  readonly mayBeSms: boolean;
}

/**
 * Returns when a planned notice is looked at first. Normally that is its own time. If the night, a Sunday or holidays would then hold it back
 * until it is of no use, it is an earlier time: the reminder hour of the last day on which it may be sent, or the morning of that day; if
 * there is no such day, as soon as it may be sent. If that is too late as well, it is looked at at its own time, and another channel is tried.
 */
export function firstLookAt({ trigger, at, by, mayBeSms }: NoticeTimes, now: Date, timeZone: string, hours: SendingHours): Date {
  if (by === null) return at;
  const leaving = { channel: mayBeSms ? ('sms' as const) : null, urgent: triggerOf(trigger).urgent };
  const isFree = (instant: Date) => sendableFrom(instant, timeZone, hours, leaving).getTime() === instant.getTime();
  if (sendableFrom(at, timeZone, hours, leaving) <= by) return at;
  const isBefore = (instant: Date) => instant >= now && instant < at && instant <= by;
  const first = dayIn(now, timeZone);
  for (let day = dayIn(at < by ? at : by, timeZone); day >= first; day = addDays(day, -1)) {
    const times = [hours.reminderTime, hours.quietHours.to].map((time) => instantAt(day, time, timeZone));
    const found = times.find((instant) => isBefore(instant) && isFree(instant));
    if (found) return found;
  }
  const soonest = sendableFrom(now, timeZone, hours, leaving);
  return soonest < at && soonest <= by ? soonest : at;
}
