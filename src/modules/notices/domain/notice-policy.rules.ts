import { addDays, dayIn, daysBetween, instantAt, type Day } from '../../../shared/day.js';
import type { Fault } from '../../../shared/denial.js';
import type { SendingHours } from './sendable.rules.js';
import type { Channel, TriggerName } from './triggers.js';

/** A slip in the year would hold back for years what is not urgent. */
const LONGEST_HOLIDAYS = 120;

export const WHENS = ['before', 'at', 'after'] as const;
export type When = (typeof WHENS)[number];

/** One rule: what is told when, how often, and how. */
export interface NoticeRule {
  readonly trigger: TriggerName;
  /** Before, at or after what the trigger counts from (`TIMING`). */
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

export interface NoticePolicy extends SendingHours {
  readonly rules: readonly NoticeRule[];
}

interface Timing {
  /** A moment, which tells itself as it comes, or a day that is known before. */
  readonly from: 'moment' | 'day';
  readonly whens: readonly When[];
}

const MOMENT = { from: 'moment', whens: ['at', 'after'] } as const;

/** What the times of each trigger's rules count from. */
export const TIMING = {
  request_received: MOMENT,
  request_refused: MOMENT,
  appeal_decided: MOMENT,
  request_suspended: MOMENT,
  offer_made: { from: 'moment', whens: ['at'] }, // the offer is held from its first notice on
  offer_expiring: { from: 'day', whens: ['before', 'at'] }, // the offer's last day
  offer_expired: MOMENT,
  offer_withdrawn: { from: 'moment', whens: ['at'] },
  pickup_booked: MOMENT,
  pickup_tomorrow: { from: 'day', whens: ['before', 'at'] }, // the day of the slot
  pickup_cancelled: { from: 'moment', whens: ['at'] },
  loan_handed_over: MOMENT,
  loan_due: { from: 'day', whens: ['before', 'at'] }, // the due day
  loan_overdue: { from: 'day', whens: ['at', 'after'] }, // the first day overdue
  loan_renewed: MOMENT,
  loan_recalled: MOMENT,
  loan_returned: MOMENT,
  incident_opened: MOMENT,
  incident_closed: MOMENT,
  agreement_unsigned: { from: 'day', whens: ['at', 'after'] }, // the first morning after another text was asked
  need_review_due: { from: 'day', whens: ['after'] }, // the day on which the family's file last changed
} as const satisfies Record<TriggerName, Timing>;

const once = (trigger: TriggerName, channels: readonly Channel[], when: When = 'at', days = 0): NoticeRule => ({
  ...{ trigger, when, days, everyDays: null, times: 1, channels },
});
/** By letter at the end, always: some families have neither a number nor a mailbox. */
const ASKS = ['sms', 'email', 'letter'] as const;
const TELLS = ['email', 'sms', 'letter'] as const;

/** What holds where a council says nothing. */
export const SHIPPED_NOTICE_POLICY: NoticePolicy = {
  rules: [
    once('request_received', TELLS),
    once('request_refused', ASKS),
    once('appeal_decided', ASKS),
    once('request_suspended', ASKS),
    once('offer_made', ASKS),
    once('offer_expiring', ASKS, 'before', 1),
    once('offer_expired', ASKS),
    once('offer_withdrawn', ASKS),
    once('pickup_booked', TELLS),
    once('pickup_tomorrow', ASKS, 'before', 1),
    once('pickup_cancelled', ASKS),
    once('loan_handed_over', TELLS),
    once('loan_due', ASKS, 'before', 3),
    once('loan_due', ASKS),
    { trigger: 'loan_overdue', when: 'at', days: 0, everyDays: 7, times: 4, channels: ASKS },
    once('loan_renewed', TELLS),
    once('loan_recalled', ASKS),
    once('loan_returned', TELLS),
    once('incident_opened', TELLS),
    once('incident_closed', TELLS),
    { trigger: 'agreement_unsigned', when: 'at', days: 0, everyDays: 7, times: 3, channels: ASKS },
    once('need_review_due', ASKS, 'after', 365),
  ],
  reminderTime: '09:00',
  quietHours: { from: '20:00', to: '08:00' },
  sundays: false,
  holidays: [],
};

/** From what the times of a trigger's notices are counted; `since`: the day on which the next reminder hour after it comes. */
export type Anchor = { readonly moment: Date } | { readonly day: Day } | { readonly since: Date };

export interface PlannedNotice {
  readonly rule: NoticeRule;
  /** From 1 within its rule. */
  readonly number: number;
  readonly at: Date;
}

/** Every notice that a policy asks for of one trigger, in the order of its rules, those whose time has passed included. */
export function plannedNotices(policy: NoticePolicy, trigger: TriggerName, anchor: Anchor, timeZone: string): PlannedNotice[] {
  return policy.rules
    .filter((rule) => rule.trigger === trigger)
    .flatMap((rule) =>
      Array.from({ length: rule.times }, (_, index) => ({ rule, number: index + 1, at: timeOf(rule, index, anchor, timeZone, policy) })),
    );
}

/** Tells a rule from the others of its trigger. */
export function slotOf({ when, days }: Pick<NoticeRule, 'when' | 'days'>): string {
  return `${when}:${days}`;
}

/** The rule by which a notice was planned; null when the policy has it no longer. */
export function ruleOf({ rules }: NoticePolicy, trigger: TriggerName, slot: string): NoticeRule | null {
  return rules.find((rule) => rule.trigger === trigger && slotOf(rule) === slot) ?? null;
}

/** Everything that a policy's rules say against themselves or against what their triggers allow. */
export function noticePolicyFaults({ rules, holidays }: NoticePolicy): Fault[] {
  const slots = new Set<string>();
  const ofRules = rules.flatMap((rule, index) => {
    const at = `/rules/${index}`;
    const slot = `${rule.trigger} ${slotOf(rule)}`;
    const faults = ruleFaults(rule, at);
    if (slots.has(slot))
      faults.push({ pointer: at, code: 'DUPLICATE_RULE', message: 'must not have the trigger and the time of a rule before it' });
    slots.add(slot);
    return faults;
  });
  const ofHolidays = holidays.flatMap(({ from, to }, index) => {
    const pointer = `/holidays/${index}/to`;
    if (to < from) return [{ pointer, code: 'ENDS_BEFORE_START', message: 'must not lie before its first day' }];
    if (daysBetween(from, to) < LONGEST_HOLIDAYS) return [];
    return [{ pointer, code: 'OUT_OF_RANGE', message: `must end holidays of ${LONGEST_HOLIDAYS} days or fewer` }];
  });
  return [...ofRules, ...ofHolidays];
}

function timeOf(
  { when, days, everyDays }: NoticeRule,
  index: number,
  anchor: Anchor,
  timeZone: string,
  { reminderTime }: NoticePolicy,
): Date {
  const isAtOnce = 'moment' in anchor && when === 'at' && index === 0;
  if (isAtOnce) return anchor.moment;
  const base = baseDay(anchor, reminderTime, timeZone);
  const shift = (when === 'before' ? -days : days) + index * (everyDays ?? 0);
  return instantAt(addDays(base, shift), reminderTime, timeZone);
}

function baseDay(anchor: Anchor, reminderTime: string, timeZone: string): Day {
  if ('day' in anchor) return anchor.day;
  if ('moment' in anchor) return dayIn(anchor.moment, timeZone);
  const day = dayIn(anchor.since, timeZone);
  return instantAt(day, reminderTime, timeZone) < anchor.since ? addDays(day, 1) : day;
}

function ruleFaults({ trigger, when, days, everyDays, times, channels }: NoticeRule, at: string): Fault[] {
  const whens: readonly When[] = TIMING[trigger].whens;
  const faults: Fault[] = [];
  if (!whens.includes(when))
    faults.push({ pointer: `${at}/when`, code: 'NOT_ONE_OF', message: `must be ${whens.join(' or ')} for ${trigger}` });
  if ((when === 'at') !== (days === 0))
    faults.push({ pointer: `${at}/days`, code: 'OUT_OF_RANGE', message: 'must be 0 for "at", else 1 or more' });
  if (times > 1 !== (everyDays !== null))
    faults.push({ pointer: `${at}/everyDays`, code: 'OUT_OF_RANGE', message: 'must be given where times is 2 or more, and only there' });
  if (new Set(channels).size < channels.length)
    faults.push({ pointer: `${at}/channels`, code: 'DUPLICATE', message: 'must not name a channel twice' });
  return faults;
}
