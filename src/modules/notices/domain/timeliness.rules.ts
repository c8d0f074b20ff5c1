import { addDays, dayIn, endOfDay, instantAt, timeIn, type Day } from '../../../shared/day.js';
import { POST_DAYS } from '../../../shared/post.js';
import { sendableFrom, type SendingHours } from './sendable.rules.js';
import { type Channel, TRIGGERS, type TriggerName } from './triggers.js';

/** When the things come that a notice speaks of beforehand; null where it speaks of no such thing. */
export interface EventTimes {
  readonly pickupAt: Date | null;
  readonly expiresAt: Date | null;
  readonly dueOn: Day | null;
  readonly overdueFrom: Day | null;
}

export const NO_EVENT: EventTimes = { pickupAt: null, expiresAt: null, dueOn: null, overdueFrom: null };

/** Somebody who reads it at once can still be there, or stay at home. */
const ON_THE_WAY_MS = 2 * 3600 * 1000;

type LeavesBy = (times: EventTimes, timeZone: string) => Date | null;

const ANY_TIME: LeavesBy = () => null;
const BEFORE_THE_SLOT: LeavesBy = ({ pickupAt }) => pickupAt && new Date(pickupAt.getTime() - ON_THE_WAY_MS);
const BEFORE_THE_OFFER_ENDS: LeavesBy = ({ expiresAt }) => expiresAt;
const ON_THE_DUE_DAY: LeavesBy = ({ dueOn }, timeZone) => dueOn && endOfDay(dueOn, timeZone);

const LEAVES_BY: Readonly<Record<TriggerName, LeavesBy>> = {
  request_received: ANY_TIME,
  request_refused: ANY_TIME,
  appeal_decided: ANY_TIME,
  request_suspended: ANY_TIME,
  offer_made: BEFORE_THE_OFFER_ENDS,
  offer_expiring: BEFORE_THE_OFFER_ENDS,
  offer_expired: ANY_TIME,
  offer_withdrawn: ANY_TIME,
  pickup_booked: BEFORE_THE_SLOT,
  pickup_tomorrow: BEFORE_THE_SLOT,
  pickup_cancelled: BEFORE_THE_SLOT,
  loan_handed_over: ANY_TIME,
  loan_due: ON_THE_DUE_DAY,
  loan_overdue: ANY_TIME,
  loan_renewed: ANY_TIME,
  loan_recalled: ON_THE_DUE_DAY,
  loan_returned: ANY_TIME,
  incident_opened: ANY_TIME,
  incident_closed: ANY_TIME,
  agreement_unsigned: ANY_TIME,
  need_review_due: ANY_TIME,
};

/** Until when a notice is of use before what it speaks of; null: it may come at any time. */
export function leavesBy(trigger: TriggerName, times: EventTimes, timeZone: string): Date | null {
  return LEAVES_BY[trigger](times, timeZone);
}

/** When a message that leaves then is with the person: a letter takes its days, but an offer is held from its letter on and has those more. */
export function arrivesAt(trigger: TriggerName, channel: Channel, leaves: Date, timeZone: string): Date {
  if (channel !== 'letter' || trigger === 'offer_made') return leaves;
  return instantAt(addDays(dayIn(leaves, timeZone), POST_DAYS), timeIn(leaves, timeZone), timeZone);
}

/** Before when a notice is not true yet: nobody is told that a loan is overdue on the evening before, whatever zone it was planned in. */
export function trueFrom(trigger: TriggerName, { overdueFrom }: EventTimes, timeZone: string, { reminderTime }: SendingHours): Date | null {
  return trigger === 'loan_overdue' && overdueFrom !== null ? instantAt(overdueFrom, reminderTime, timeZone) : null;
}

/**
 * Whether school holidays hold a notice back: not what is urgent, nor what would come too late after them. What can be told before them is
 * planned so, and the rest had better be told in them than never.
 */
export function waitsForHolidays(trigger: TriggerName, by: Date | null, now: Date, timeZone: string, hours: SendingHours): boolean {
  if (TRIGGERS[trigger].urgent) return false;
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
  const leaving = { channel: mayBeSms ? ('sms' as const) : null, urgent: TRIGGERS[trigger].urgent };
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
