import { test } from '@fast-check/jest';
import { describe, expect } from '@jest/globals';
import fc from 'fast-check';
import { day } from './day.js';
import { BARRING_REASONS, itemLimit, PROMISE_REFUSALS, type PromiseFacts, promisableCategories, promiseRefusals } from './promise.js';

const today = day('2026-11-02');
const few = fc.integer({ min: 0, max: 3 });
const household = fc.record({ learners: few, itemsOut: few, promised: few, hasOverdueLoan: fc.boolean() });
const policy = fc.record({ itemsPerHousehold: few, itemsPerLearner: few });
const pupil = { level: 'college', schoolId: null } as const;

describe('the limit', () => {
  test.prop([few, few, few])('is the smaller of the two', (itemsPerHousehold, itemsPerLearner, learners) => {
    const limit = itemLimit({ itemsPerHousehold, itemsPerLearner }, learners);
    expect([itemsPerHousehold, itemsPerLearner * learners]).toContain(limit);
    expect(limit <= itemsPerHousehold && limit <= itemsPerLearner * learners).toBe(true);
  });

  test.prop([household, policy])('counts what is out, what was promised before, and this one', (of, limits) => {
    const facts: PromiseFacts = {
      device: { category: 'laptop', fund: null },
      line: { acceptableCategories: ['laptop'], learners: [pupil] },
      household: of,
      policy: limits,
    };
    const codes = promiseRefusals(facts, today).map(({ code }) => code);
    expect(codes.includes('HOUSEHOLD_LIMIT_REACHED')).toBe(of.itemsOut + of.promised + 1 > itemLimit(limits, of.learners));
    expect(codes.includes('HOUSEHOLD_HAS_OVERDUE_LOAN')).toBe(of.hasOverdueLoan);
  });
});

describe('what a line may be promised', () => {
  test.prop([household, policy, policy, fc.boolean()])(
    'is what nothing stands against, device by device',
    (of, laptops, tablets, hasLearner) => {
      const policyOf = (category: string) => (category === 'laptop' ? laptops : tablets);
      const acceptableCategories = ['tablet', 'laptop'] as const;
      const { categories, barredFor } = promisableCategories({ acceptableCategories, hasLearner, household: of }, policyOf);
      const fine = acceptableCategories.filter((category) => {
        const line = { acceptableCategories, learners: hasLearner ? [pupil] : [] };
        return promiseRefusals({ device: { category, fund: null }, line, household: of, policy: policyOf(category) }, today).length === 0;
      });
      expect(categories).toEqual(fine);
      expect(barredFor === null).toBe(fine.length > 0);
      if (barredFor !== null) expect(BARRING_REASONS).toContain(barredFor);
    },
  );

  test('every reason that bars a line is one against a promise', () => {
    for (const reason of BARRING_REASONS) expect(PROMISE_REFUSALS).toHaveProperty(reason);
  });
});
