import type { Day } from '../../../../shared/day.js';
import type { Channel } from '../channels.js';
import type { DropReason } from '../drop-reasons.js';
import type { Situation, Topic } from '../situation.js';
import type { ValuesOf, Variables } from './variables.js';

/** What a notice may be about, apart from the household. */
export type SubjectName = 'loan' | 'line' | 'offer' | 'incident';

/** A situation in which the things that a trigger tells of are known. */
export type SituationOf<Subject extends SubjectName> = Situation & { readonly [Name in Subject]: NonNullable<Situation[Name]> };

/** The moment at which a notice is looked at; `today` is its day in the council's time zone. */
export interface CouncilTime {
  readonly at: Date;
  readonly today: Day;
  readonly timeZone: string;
}

/** The times of the events that a notice announces; null where it announces no such event. */
export interface EventTimes {
  readonly pickupAt: Date | null;
  readonly expiresAt: Date | null;
  readonly dueOn: Day | null;
  readonly overdueFrom: Day | null;
}

export const NO_EVENT_TIMES: EventTimes = { pickupAt: null, expiresAt: null, dueOn: null, overdueFrom: null };

export const RELATIVE_TIMES = ['before', 'at', 'after'] as const;
export type RelativeTime = (typeof RELATIVE_TIMES)[number];

/** What a rule says about its trigger: when it is told, how often, and by which channels. */
export interface RuleOfTrigger {
  /** Whether it is before, at or after what the trigger counts from (`timing`). */
  readonly when: RelativeTime;
  /** By how many days: 0 for `at`, else 1 or more. */
  readonly days: number;
  /** After how many days it is repeated; null when `times` is 1. */
  readonly everyDays: number | null;
  /** How many times in all. */
  readonly times: number;
  /** The channels in the order in which they are tried. A channel that the person prefers goes before the others. */
  readonly channels: readonly Channel[];
}

/** What the times of a trigger's rules count from. */
export interface Timing {
  /** `moment`: something that happens now. `day`: a day that is known before. */
  readonly from: 'moment' | 'day';
  readonly relativeTimes: readonly RelativeTime[];
}

/** Describes an event that families get notices about: everything that holds for it alone, except its texts and the service that plans it. */
export interface Trigger<Of extends Variables = Variables, Subject extends SubjectName = SubjectName> {
  /** An urgent notice goes alone, and at every hour that the law allows. */
  readonly urgent: boolean;
  readonly tellsOf: readonly Subject[];
  /** The variables that its texts may use beside those of every notice. */
  readonly variables: Of;
  readonly timing: Timing;
  /** The rules of a council that has written no policy. */
  readonly shippedRules: readonly [RuleOfTrigger, ...RuleOfTrigger[]];
  /**
   * What makes its planned notices superfluous. Those that end with a due day end with the loan too. Null when nothing does: they are dropped
   * when they are no longer true.
   */
  readonly endsWith: 'due_day' | 'loan' | 'open_offer' | 'appointment' | null;
  /** What it reminds of. Of reminders of one thing, whatever their triggers, only the latest that is due is sent. */
  readonly remindsOf?: 'return';
  /** What its `about` names, where the situation is looked up by it. */
  readonly aboutNames?: 'moment_of_return' | 'pickup_slot';
  /** Set when the time of what it announces begins with its letter, so that the days of the post take nothing from it. */
  readonly waitsForLetter?: true;
  /** Returns the last instant at which it is of use; null when there is none. */
  usefulUntil(times: EventTimes, timeZone: string): Date | null;
  /** Returns the day from whose reminder hour on it is true; left out when it is true at once. */
  trueFrom?(times: EventTimes): Day | null;
  /** Whether the situation has everything that its texts need; left out when nothing is needed beyond `tellsOf`. */
  isComplete?(situation: SituationOf<Subject>): boolean;
  /** Returns why it is not sent; null when it is still true. */
  dropReason(situation: SituationOf<Subject>, topic: Topic, now: CouncilTime): DropReason | null;
  /** Returns the facts from which its texts are written. */
  facts(situation: SituationOf<Subject>, now: CouncilTime): ValuesOf<Of>;
}

/** Describes a trigger, with the types that follow from its variables and from what it tells of. */
export function trigger<const Of extends Variables, const Subject extends SubjectName = never>(
  description: Trigger<Of, Subject>,
): Trigger<Of, Subject> {
  return description;
}

export const AT_OR_AFTER_MOMENT: Timing = { from: 'moment', relativeTimes: ['at', 'after'] };
export const AT_MOMENT: Timing = { from: 'moment', relativeTimes: ['at'] };

export const anyTime = (): null => null;

/**
 * The order of channels of notices that ask for something, and of those that only inform. A letter is always the last: some families have
 * neither a number nor a mailbox.
 */
export const SMS_FIRST: readonly Channel[] = ['sms', 'email', 'letter'];
export const EMAIL_FIRST: readonly Channel[] = ['email', 'sms', 'letter'];

export const once = (channels: readonly Channel[], when: RelativeTime = 'at', days = 0): RuleOfTrigger => ({
  when,
  days,
  everyDays: null,
  times: 1,
  channels,
});
