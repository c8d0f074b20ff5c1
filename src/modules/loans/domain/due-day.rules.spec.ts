import { test } from '@fast-check/jest';
import { describe, expect } from '@jest/globals';
import fc from 'fast-check';
import { addDays, day, daysBetween, isOpen } from '../../../shared/day.js';
import { POLICY_VALUES } from '../../councils/index.js';
import { dueOnByPolicy, isOverdue, overdueFrom, typedDueOnFaults } from './due-day.rules.js';

const epoch = day('2026-01-01');
const anyDay = fc.integer({ min: 0, max: 2000 }).map((count) => addDays(epoch, count));
const closedDays = fc.uniqueArray(anyDay, { maxLength: 60 }).map((days) => new Set(days));
const policy = fc.record({
  loanDays: fc.integer({ min: 1, max: 400 }),
  fixedDueOn: fc.constant(null),
  closedDay: fc.constantFrom('keep' as const, 'day_before' as const, 'day_after' as const),
});
const none = new Set<never>();
const lasting = (loanDays: number, closedDay: 'keep' | 'day_before' | 'day_after' = 'keep') => ({ loanDays, fixedDueOn: null, closedDay });
const until = (fixedDueOn: string) => ({ loanDays: null, fixedDueOn: day(fixedDueOn), closedDay: 'day_after' as const });
/** A Monday. */
const today = day('2026-11-02');

describe('due day by policy', () => {
  test.prop([policy, anyDay, closedDays])(
    'open unless kept, on the side that the policy says, never before the hand-over',
    (one, from, closed) => {
      const dueOn = dueOnByPolicy([one], from, closed);
      const moved = daysBetween(addDays(from, one.loanDays), dueOn);
      expect(dueOn >= from).toBe(true);
      if (one.closedDay === 'keep') expect(moved).toBe(0);
      if (one.closedDay === 'day_after') expect([isOpen(dueOn, closed), moved >= 0]).toEqual([true, true]);
      if (one.closedDay === 'day_before') expect([isOpen(dueOn, closed) || dueOn === from, moved <= 0]).toEqual([true, true]);
    },
  );

  test.prop([policy, policy, anyDay])('of several policies the earliest day, in whatever order they come', (one, other, from) => {
    const [a, b] = [dueOnByPolicy([one], from, none), dueOnByPolicy([other], from, none)];
    expect(dueOnByPolicy([one, other], from, none)).toBe(a < b ? a : b);
    expect(dueOnByPolicy([other, one], from, none)).toBe(a < b ? a : b);
  });

  test('180 days from 2 November are 1 May, a Saturday: Monday, or Friday', () => {
    expect(dueOnByPolicy([lasting(180)], today, none)).toBe('2027-05-01');
    expect(dueOnByPolicy([lasting(180, 'day_after')], today, none)).toBe('2027-05-03');
    expect(dueOnByPolicy([lasting(180, 'day_before')], today, none)).toBe('2027-04-30');
    expect(dueOnByPolicy([lasting(180, 'day_after')], today, new Set([day('2027-05-03')]))).toBe('2027-05-04');
  });

  test('a fixed end is the day itself; one that has passed makes the loan due today', () => {
    expect(dueOnByPolicy([until('2027-07-02')], today, none)).toBe('2027-07-02');
    expect(dueOnByPolicy([until('2026-07-03')], today, none)).toBe(today);
    expect(dueOnByPolicy([until('2026-07-03')], day('2026-11-01'), none)).toBe(today); // handed over on a Sunday
  });
});

test('a typed day may be today, may be a Sunday, and may be neither past nor in another age', () => {
  expect(typedDueOnFaults(today, today)).toEqual([]);
  expect(typedDueOnFaults(day('2026-11-08'), today)).toEqual([]);
  expect(typedDueOnFaults(day('2026-11-01'), today).map(({ code }) => code)).toEqual(['DAY_PASSED']);
  expect(typedDueOnFaults(day('9999-12-31'), today).map(({ code }) => code)).toEqual(['OUT_OF_RANGE']);
  expect(typedDueOnFaults(addDays(today, POLICY_VALUES.loanDays.max), today)).toEqual([]);
  expect(typedDueOnFaults(addDays(today, POLICY_VALUES.loanDays.max + 1), today).map(({ code }) => code)).toEqual(['OUT_OF_RANGE']);
});

describe('overdue', () => {
  test.prop([anyDay, fc.integer({ min: 0, max: 60 }), anyDay])('means today > due day + grace, and nothing else', (dueOn, grace, now) => {
    expect(isOverdue({ state: 'open', dueOn }, grace, now)).toBe(now > addDays(dueOn, grace));
    expect(isOverdue({ state: 'open', dueOn }, grace, now)).toBe(now >= overdueFrom(dueOn, grace));
    expect(isOverdue({ state: 'closed', dueOn }, grace, now)).toBe(false);
  });

  test('due on Monday with three days of grace: not on Thursday, on Friday', () => {
    expect(isOverdue({ state: 'open', dueOn: today }, 3, day('2026-11-05'))).toBe(false);
    expect(isOverdue({ state: 'open', dueOn: today }, 3, day('2026-11-06'))).toBe(true);
  });
});
