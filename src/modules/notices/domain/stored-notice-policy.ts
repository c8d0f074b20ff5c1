import { isDay, type Day } from '../../../shared/day.js';
import { flagOr, isObject, listOf, matchingOr, membersOf, type Reader, wholeOr, wordOr } from '../../../shared/stored-json.js';
import { type NoticePolicy, type NoticeRule, SHIPPED_NOTICE_POLICY } from './notice-policy.rules.js';
import { RELATIVE_TIMES } from './triggers/trigger.js';
import { CHANNELS } from './channels.js';
import { TRIGGER_NAMES } from './triggers.js';

const time = <Otherwise>(otherwise: Otherwise) => matchingOr(/^([01]\d|2[0-3]):[0-5]\d$/, otherwise);

/** A rule without a known trigger, time or channel is left out. */
const rule: Reader<NoticeRule | null> = (stored) => {
  const { trigger, when, days, everyDays, times, channels } = membersOf(stored);
  const [about, at] = [wordOr(TRIGGER_NAMES, null)(trigger), wordOr(RELATIVE_TIMES, null)(when)];
  const ways = listOf(wordOr(CHANNELS, null))(channels);
  if (about === null || at === null || ways.length === 0) return null;
  const every = wholeOr(null, { min: 1, max: 3650 })(everyDays);
  return {
    trigger: about,
    when: at,
    days: at === 'at' ? 0 : wholeOr(1, { min: 1, max: 3650 })(days),
    everyDays: every,
    times: every === null ? 1 : wholeOr(1, { min: 1, max: 100 })(times),
    channels: [...new Set(ways)],
  };
};

const holiday: Reader<{ readonly from: Day; readonly to: Day } | null> = (stored) => {
  const { from, to } = membersOf(stored);
  return typeof from === 'string' && typeof to === 'string' && isDay(from) && isDay(to) && from <= to ? { from, to } : null;
};

/** Reads a stored policy. What an older policy does not say is as in the shipped one, except for its rules. */
export const storedNoticePolicy: Reader<NoticePolicy> = (stored) => {
  const { rules, reminderTime, quietHours, sundays, holidays } = membersOf(stored);
  const shipped = SHIPPED_NOTICE_POLICY;
  const quiet = membersOf(quietHours);
  const [from, to] = [time(null)(quiet.from), time(null)(quiet.to)];
  return {
    rules: Array.isArray(rules) ? listOf(rule)(rules) : shipped.rules,
    reminderTime: time(shipped.reminderTime)(reminderTime),
    quietHours: from === null || to === null ? shipped.quietHours : { from, to },
    sundays: flagOr(shipped.sundays)(sundays),
    holidays: listOf(holiday)(holidays),
  };
};

/** Returns null when the council has stored no policy, so that the shipped one holds. */
export const storedNoticePolicyOrNull: Reader<NoticePolicy | null> = (stored) => (isObject(stored) ? storedNoticePolicy(stored) : null);
