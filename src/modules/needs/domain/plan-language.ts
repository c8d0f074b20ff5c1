import type { Day } from '../../../shared/day.js';
import { hasText } from '../../../shared/language.js';
import { PLAN_TEXTS, type PlanTexts } from './plan-texts.js';

/** The language of a plan: its words, and how times, days and lengths are written. */
export interface PlanLanguage {
  /** BCP 47: the language that was asked for, or English when there are no words in it. */
  readonly tag: string;
  readonly texts: PlanTexts;
  /** Writes minutes since midnight as a time on a 24-hour clock, as in printed timetables. */
  readonly time: (minutes: number) => string;
  /** Writes a number of minutes, such as `3 h 30 min`. */
  readonly length: (minutes: number) => string;
  /** Writes a weekday, from 1 for Monday to 7 for Sunday. */
  readonly weekday: (number: number) => string;
  readonly days: (from: Day, until: Day) => string;
}

const MINUTE = 60_000;
const A_MONDAY = Date.UTC(2026, 5, 1);

/** Those of the languages themselves, without a region: making one takes as long as laying out a page. */
const made = new Map<string, PlanLanguage>();

/**
 * Returns the words for a BCP 47 tag: those of its language (`fr-CA` has those of `fr`), or the English ones. Throws a RangeError when it is
 * no tag.
 */
export function planLanguage(asked: string): PlanLanguage {
  const language = made.get(asked) ?? newPlanLanguage(asked);
  if (hasText(asked) && asked.length === 2) made.set(asked, language);
  return language;
}

function newPlanLanguage(asked: string): PlanLanguage {
  const locale = new Intl.Locale(asked);
  const known = Object.hasOwn(PLAN_TEXTS, locale.language);
  const tag = known ? locale.baseName : 'en';
  const texts = PLAN_TEXTS[(known ? locale.language : 'en') as keyof typeof PLAN_TEXTS];

  const inUtc = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(tag, { ...options, timeZone: 'UTC' });
  const clock = inUtc({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const weekdays = inUtc({ weekday: 'long' });
  const dates = inUtc({ dateStyle: 'long' });
  const unit = (name: 'hour' | 'minute') => new Intl.NumberFormat(tag, { style: 'unit', unit: name, unitDisplay: texts.units });
  const [hours, rest] = [unit('hour'), unit('minute')];

  return {
    tag,
    texts,
    time: (minutes) => clock.format(minutes * MINUTE),
    length: (minutes) => {
      const whole = Math.floor(minutes / 60);
      const parts = [
        ...(whole > 0 || minutes === 0 ? [hours.format(whole)] : []),
        ...(minutes % 60 > 0 ? [rest.format(minutes % 60)] : []),
      ];
      return parts.join('\u00a0');
    },
    weekday: (number) => weekdays.format(A_MONDAY + (number - 1) * 24 * 60 * MINUTE),
    days: (from, until) => dates.formatRange(new Date(from), new Date(until)),
  };
}
