import { describe, expect } from '@jest/globals';
import { fc, test } from '@fast-check/jest';
import { exhaustiveShares } from '../../../../test/support/plan-oracle.js';
import { aHousehold, brokenRules, SMALL } from '../../../../test/support/plan-households.js';
import type { PlanInput } from './plan-input.js';
import { coverage, sharingPlan } from './sharing-plan.js';

const served = (input: PlanInput) => {
  const { learners } = coverage(input);
  return {
    live: learners.map(({ liveMinutes }) => liveMinutes.served / input.slotMinutes),
    work: learners.map(({ workMinutes }) => workMinutes.served / input.slotMinutes),
  };
};

describe('against every way to use every slot', () => {
  test.prop([aHousehold(SMALL)], { numRuns: 5000 })(
    'the shares are the best, ties included',
    (input) => {
      expect(served(input)).toEqual(exhaustiveShares(input));
    },
    120_000,
  );
});

describe('of any household', () => {
  test.prop([aHousehold()], { numRuns: 600 })('no rule is broken, and the blocks are what is served', (input) => {
    expect(brokenRules(input, sharingPlan(input))).toEqual([]);
  });

  test.prop([aHousehold(), fc.constantFrom('laptop', 'tablet', 'smartphone')], { numRuns: 300 })(
    'one device more never leaves more uncovered',
    (input, category) => {
      const more = { ...input, equipment: [...input.equipment, { id: 'one more', category, available: null } as const] };
      expect(coverage(more).uncoveredMinutes).toBeLessThanOrEqual(coverage(input).uncoveredMinutes);
    },
  );

  test.prop([aHousehold()], { numRuns: 300 })('a device or a connection that is there longer never leaves more uncovered', (input) => {
    const now = coverage(input).uncoveredMinutes;
    const longer = { ...input, equipment: input.equipment.map((device, i) => (i === 0 ? { ...device, available: null } : device)) };
    const alwaysOnline = { ...input, connectivity: { ...input.connectivity, available: null } };
    expect(coverage(longer).uncoveredMinutes).toBeLessThanOrEqual(now);
    expect(coverage(alwaysOnline).uncoveredMinutes).toBeLessThanOrEqual(now);
  });

  test.prop([aHousehold()], { numRuns: 300 })('the order of the equipment does not change what is served', (input) => {
    expect(served({ ...input, equipment: [...input.equipment].reverse() })).toEqual(served(input));
  });

  test.prop([aHousehold()], { numRuns: 300 })('a device on a day without demand changes nothing', (input) => {
    const sunday = [{ weekday: 7, from: input.day.from, to: input.day.to }];
    const more = { ...input, equipment: [...input.equipment, { id: 'sunday', category: 'laptop', available: sunday } as const] };
    expect(sharingPlan(more)).toEqual(sharingPlan(input));
  });

  test.prop([aHousehold({ slotMinutes: 60, alwaysOnline: true })], { numRuns: 300 })(
    'slots of half the length leave as much uncovered where everything is a multiple of the longer',
    (input) => {
      const halved = { ...input, slotMinutes: 30 } as const;
      expect(coverage(halved).uncoveredMinutes).toBe(coverage(input).uncoveredMinutes);
    },
  );

  test.prop([aHousehold()], { numRuns: 100 })('the same input gives the same bytes', (input) => {
    expect(JSON.stringify(sharingPlan(structuredClone(input)))).toBe(JSON.stringify(sharingPlan(input)));
  });
});
