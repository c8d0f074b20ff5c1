import type { WeekRange } from './plan-input.js';

/** The answers to when children may have a thing that their parents use too; the last two are given with hours. */
export const READY_TIMES = ['always', 'evenings', 'not_at_work', 'hours'] as const;
export type ReadyTime = (typeof READY_TIMES)[number];

/** The same hours on some days of the week; 1 is Monday, times are `HH:MM`. */
export interface DayHours {
  readonly weekdays: readonly number[];
  readonly from: string;
  readonly to: string;
}

/** When children may have a thing: the hours of work for `not_at_work`, the children's own for `hours`. */
export type Availability = { readonly time: 'always' | 'evenings' } | { readonly time: 'not_at_work' | 'hours'; readonly hours: DayHours };

const [DAY_START, DAY_END] = ['00:00', '24:00'];
/** The afternoon's school is over then. */
const EVENING = '17:00';
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const LAST_SCHOOL_DAY = 5;

/** An availability as ranges of the week; null for always. */
export function rangesOfAvailability(when: Availability): WeekRange[] | null {
  switch (when.time) {
    case 'always':
      return null;
    case 'evenings':
      return EVERY_DAY.map((weekday) => ({ weekday, from: weekday <= LAST_SCHOOL_DAY ? EVENING : DAY_START, to: DAY_END }));
    case 'hours':
      return when.hours.weekdays.map((weekday) => ({ weekday, from: when.hours.from, to: when.hours.to }));
    case 'not_at_work':
      return EVERY_DAY.flatMap((weekday) => aroundWork(weekday, when.hours));
  }
}

function aroundWork(weekday: number, { weekdays, from, to }: DayHours): WeekRange[] {
  if (!weekdays.includes(weekday)) return [{ weekday, from: DAY_START, to: DAY_END }];
  const before = { weekday, from: DAY_START, to: from };
  const after = { weekday, from: to, to: DAY_END };
  return [before, after].filter((range) => range.from < range.to);
}
