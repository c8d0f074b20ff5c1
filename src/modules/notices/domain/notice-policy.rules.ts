import { addDays, dayIn, daysBetween, instantAt, type Day } from '../../../shared/day.js';
import type { Fault } from '../../../shared/denial.js';
import type { SendingHours } from './sendable.rules.js';
import type { RuleOfTrigger } from './triggers/trigger.js';
import { TRIGGER_NAMES, type TriggerName, triggerOf } from './triggers.js';

/** Longer holidays are refused: with a wrong year, notices that are not urgent would wait for years. */
const LONGEST_HOLIDAYS = 120;

/** One rule of a policy: which trigger, when, how often, and by which channels. */
export interface NoticeRule extends RuleOfTrigger {
  readonly trigger: TriggerName;
}

export interface NoticePolicy extends SendingHours {
  readonly rules: readonly NoticeRule[];
}

/** The policy of a council that has written none. */
export const SHIPPED_NOTICE_POLICY: NoticePolicy = {
  rules: TRIGGER_NAMES.flatMap((trigger) => triggerOf(trigger).shippedRules.map((rule) => ({ trigger, ...rule }))),
  reminderTime: '09:00',
  quietHours: { from: '20:00', to: '08:00' },
  sundays: false,
  holidays: [],
};

/** What the times of a trigger's notices are counted from. With `since` it is the day of the first reminder hour after that instant. */
export type Anchor = { readonly moment: Date } | { readonly day: Day } | { readonly since: Date };

export interface PlannedNotice {
  readonly rule: NoticeRule;
  /** Its number within its rule, from 1. */
  readonly number: number;
  readonly at: Date;
}

/** Returns every notice that a policy asks for of one trigger, in the order of its rules, including those whose time has passed. */
export function plannedNotices(policy: NoticePolicy, trigger: TriggerName, anchor: Anchor, timeZone: string): PlannedNotice[] {
  return policy.rules
    .filter((rule) => rule.trigger === trigger)
    .flatMap((rule) =>
      Array.from({ length: rule.times }, (_, index) => ({ rule, number: index + 1, at: timeOf(rule, index, anchor, timeZone, policy) })),
    );
}

/** Names a rule among the rules of its trigger. */
export function slotOf({ when, days }: Pick<NoticeRule, 'when' | 'days'>): string {
  return `${when}:${days}`;
}

/** Returns the rule by which a notice was planned; null when the policy no longer has it. */
export function ruleOf({ rules }: NoticePolicy, trigger: TriggerName, slot: string): NoticeRule | null {
  return rules.find((rule) => rule.trigger === trigger && slotOf(rule) === slot) ?? null;
}

/**
 * Returns everything that is wrong with a policy: rules that contradict each other or that their triggers do not allow, and wrong holidays.
 */
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
  const { relativeTimes } = triggerOf(trigger).timing;
  const faults: Fault[] = [];
  if (!relativeTimes.includes(when))
    faults.push({ pointer: `${at}/when`, code: 'NOT_ONE_OF', message: `must be ${relativeTimes.join(' or ')} for ${trigger}` });
  if ((when === 'at') !== (days === 0))
    faults.push({ pointer: `${at}/days`, code: 'OUT_OF_RANGE', message: 'must be 0 for "at", else 1 or more' });
  if (times > 1 !== (everyDays !== null))
    faults.push({ pointer: `${at}/everyDays`, code: 'OUT_OF_RANGE', message: 'must be given where times is 2 or more, and only there' });
  if (new Set(channels).size < channels.length)
    faults.push({ pointer: `${at}/channels`, code: 'DUPLICATE', message: 'must not name a channel twice' });
  return faults;
}
