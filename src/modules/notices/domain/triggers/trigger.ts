import type { Day } from '../../../../shared/day.js';
import type { Channel } from '../channels.js';
import type { DropReason } from '../drop-reasons.js';
import type { Situation, Topic } from '../situation.js';
import type { ValuesOf, Variables } from './variables.js';

/** What a notice may be about, beside the household. */
export type SubjectName = 'loan' | 'line' | 'offer' | 'incident';

/** How things stand where what a trigger tells of is known. */
export type SituationOf<Subject extends SubjectName> = Situation & { readonly [Name in Subject]: NonNullable<Situation[Name]> };

/** When a notice is looked at; `today` is the day of `at` in the council's time zone. */
export interface Now {
  readonly at: Date;
  readonly today: Day;
  readonly timeZone: string;
}

/** When the things come that a notice speaks of beforehand; null where it speaks of no such thing. */
export interface EventTimes {
  readonly pickupAt: Date | null;
  readonly expiresAt: Date | null;
  readonly dueOn: Day | null;
  readonly overdueFrom: Day | null;
}

export const NO_EVENT: EventTimes = { pickupAt: null, expiresAt: null, dueOn: null, overdueFrom: null };

export const WHENS = ['before', 'at', 'after'] as const;
export type When = (typeof WHENS)[number];

/** What a rule says of its trigger: when it is told, how often, and how. */
export interface RuleOfTrigger {
  /** Before, at or after what the trigger counts from (`timing`). */
  readonly when: When;
  /** By how many days: 0 for `at`, else 1 or more. */
  readonly days: number;
  /** Repeated every so many days; null with `times` 1. */
  readonly everyDays: number | null;
  /** How often in all. */
  readonly times: number;
  /** In order: the first by which the person can be reached is taken, the one that they prefer before the others. */
  readonly channels: readonly Channel[];
}

/** What the times of a trigger's rules count from. */
export interface Timing {
  /** A moment, which tells itself as it comes, or a day that is known before. */
  readonly from: 'moment' | 'day';
  readonly whens: readonly When[];
}

/** Something that people are told about: everything that holds for it and for no other, but its texts and who plans it. */
export interface Trigger<Of extends Variables = Variables, Subject extends SubjectName = SubjectName> {
  /** Goes alone, at any hour at which the law lets it. */
  readonly urgent: boolean;
  readonly tellsOf: readonly Subject[];
  /** What its texts may use beside the facts of every notice. */
  readonly variables: Of;
  readonly timing: Timing;
  /** What holds where a council says nothing. */
  readonly shippedRules: readonly [RuleOfTrigger, ...RuleOfTrigger[]];
  /** With what its planned notices end: those of a due day end with the loan too. Null: they only stop being true. */
  readonly endsWith: 'due_day' | 'loan' | 'open_offer' | 'appointment' | null;
  /** What it tells of is held from its letter's arrival on, so that a letter takes no time from it. */
  readonly waitsForLetter?: true;
  /** Until when it is of use; null: always. */
  leavesBy(times: EventTimes, timeZone: string): Date | null;
  /** The day before whose reminder hour it is not true yet; left out: it is true at once. */
  trueFrom?(times: EventTimes): Day | null;
  /** Whether the situation has everything that its texts say; left out: it has, where all that it tells of is there. */
  isComplete?(situation: SituationOf<Subject>): boolean;
  /** Why it is not sent when it is about to leave; null: it still says what is true. */
  dropReason(situation: SituationOf<Subject>, topic: Topic, now: Now): DropReason | null;
  /** From what its texts are written. */
  facts(situation: SituationOf<Subject>, now: Now): ValuesOf<Of>;
}

/** Describes a trigger: its facts and checks have the types of its variables and of what it tells of. */
export function trigger<const Of extends Variables, const Subject extends SubjectName = never>(
  description: Trigger<Of, Subject>,
): Trigger<Of, Subject> {
  return description;
}

export const MOMENT: Timing = { from: 'moment', whens: ['at', 'after'] };
export const MOMENT_ITSELF: Timing = { from: 'moment', whens: ['at'] };

export const anyTime = (): null => null;

/** By letter at the end, always: some families have neither a number nor a mailbox. */
export const ASKS: readonly Channel[] = ['sms', 'email', 'letter'];
export const TELLS: readonly Channel[] = ['email', 'sms', 'letter'];

export const once = (channels: readonly Channel[], when: When = 'at', days = 0): RuleOfTrigger => ({
  when,
  days,
  everyDays: null,
  times: 1,
  channels,
});
