import { addDays, dayIn, instantAt, timeIn } from '../../../shared/day.js';
import { POST_DAYS } from '../../../shared/post-days.js';
import type { Channel } from './channels.js';
import { sendableFrom, type SendingHours } from './sendable.rules.js';
import type { EventTimes } from './triggers/trigger.js';
import { type TriggerName, triggerOf } from './triggers.js';

/** Until when a notice is of use before what it speaks of; null: it may come at any time. */
export function leavesBy(trigger: TriggerName, times: EventTimes, timeZone: string): Date | null {
  return triggerOf(trigger).leavesBy(times, timeZone);
}

/** When a message that leaves then is with the person: a letter takes its days, but an offer is held from its letter on and has those more. */
export function arrivesAt(trigger: TriggerName, channel: Channel, leaves: Date, timeZone: string): Date {
  if (channel !== 'letter' || triggerOf(trigger).waitsForLetter) return leaves;
  return instantAt(addDays(dayIn(leaves, timeZone), POST_DAYS), timeIn(leaves, timeZone), timeZone);
}

/** Before when a notice is not true yet; null: it is true at once. */
export function trueFrom(trigger: TriggerName, times: EventTimes, timeZone: string, { reminderTime }: SendingHours): Date | null {
  const day = triggerOf(trigger).trueFrom?.(times) ?? null;
  return day && instantAt(day, reminderTime, timeZone);
}

/**
 * Whether school holidays hold a notice back: not what is urgent, nor what would come too late after them. What can be told before them is
 * planned so, and the rest had better be told in them than never.
 */
export function waitsForHolidays(trigger: TriggerName, by: Date | null, now: Date, timeZone: string, hours: SendingHours): boolean {
  if (triggerOf(trigger).urgent) return false;
  return by === null || sendableFrom(now, timeZone, hours, { channel: null, urgent: false }) <= by;
}

interface Planned {
  readonly trigger: TriggerName;
  /** When its rule has it leave. */
  readonly at: Date;
  /** Until when it is of use; null: always. */
  readonly by: Date | null;
  /** Whether it may go by SMS, which has the most hours against it. */
  readonly mayBeSms: boolean;
}

/**
 * When a planned notice is looked at first. Where the night, a Sunday or holidays would hold it back until it is of no use, that is before
 * them: at the reminder hour of the last day on which it may leave, or in the morning of that day; where no such day is left, as soon as it
 * may; where that is too late as well, at its own time, and then another channel is tried.
 */
export function lookedAtFrom({ trigger, at, by, mayBeSms }: Planned, now: Date, timeZone: string, hours: SendingHours): Date {
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
