import { fc, test } from '@fast-check/jest';
import { describe, expect } from '@jest/globals';
import { CRITERIA, CRITERION_NAMES, type PolicyCriterion, priorityPolicyFaults, scaleOf, SHIPPED_SCALE } from './priority-policy.rules.js';

const told = (...criteria: PolicyCriterion[]) => priorityPolicyFaults(criteria).map(({ pointer, message }) => `${pointer} ${message}`);

describe('a policy', () => {
  test('the shipped one, written as a list, is itself and without fault', () => {
    const criteria = CRITERION_NAMES.map((criterion) =>
      criterion === 'schoolIndex' ? { criterion, bands: [] } : { criterion, ...SHIPPED_SCALE[criterion] },
    );
    expect(priorityPolicyFaults(criteria)).toEqual([]);
    expect(scaleOf(criteria)).toEqual(SHIPPED_SCALE);
  });

  test('the shipped one stays as it is: it is version 1 of councils that have set none, so what is new weighs 0 in it', () => {
    const weights = Object.entries(SHIPPED_SCALE).map(([name, { points, cap }]) => [name, points, cap] as const);
    expect(weights.filter(([, points]) => points !== 0)).toEqual([
      ['uncoveredShare', 500, null],
      ['noComputer', 100, null],
      ['smartphoneOnly', 60, null],
      ['sharedDevice', 40, null],
      ['noInternet', 100, null],
      ['learners', 10, 50],
      ['examYear', 60, null],
      ['bursaryLevel', 10, 80],
      ['homeAlone', 40, null],
      ['waitingDays', 1, 180],
    ]);
  });

  test('what it does not name weighs nothing', () => {
    const scale = scaleOf([{ criterion: 'learners', points: 3 }]);
    expect(Object.values(scale).filter(({ points, bands }) => points !== 0 || bands.length > 0)).toEqual([
      { points: 3, cap: null, bands: [] },
    ]);
    expect(Object.keys(scale)).toEqual(CRITERION_NAMES);
  });

  test('says what is wrong with points and caps', () => {
    expect(told({ criterion: 'learners', points: 1.5 })).toEqual(['/criteria/0/points points must be a whole number']);
    expect(told({ criterion: 'learners', points: -1 })).toEqual([
      '/criteria/0/points points must not be negative; only missedOffers may take points away',
    ]);
    expect(told({ criterion: 'missedOffers', points: -20, cap: 60 })).toEqual([]);
    expect(told({ criterion: 'learners', points: 10_001 })).toEqual(['/criteria/0/points points must be at most 10000']);
    expect(told({ criterion: 'learners' })).toEqual(['/criteria/0/points points must be given: each learner']);
    expect(told({ criterion: 'learners', points: 1, cap: -1 })[0]).toContain('/criteria/0/cap a cap must be 0 or more');
    expect(told({ criterion: 'learners', points: 1, cap: 0.5 })).toEqual(['/criteria/0/cap a cap must be a whole number']);
    expect(told({ criterion: 'learners', points: 1, cap: 1_000_001 })).toEqual(['/criteria/0/cap a cap must be at most 1000000']);
    expect(told({ criterion: 'homeAlone', points: 1 }, { criterion: 'homeAlone', points: 2 })).toEqual([
      '/criteria/1/criterion stands in the list twice; keep one',
    ]);
  });

  test('says what is wrong with bands', () => {
    const bands = (...below: number[]) => below.map((each) => ({ below: each, points: 10 }));
    expect(told({ criterion: 'schoolIndex', bands: bands(80, 90.5, 110) })).toEqual([]);
    expect(told({ criterion: 'schoolIndex', bands: bands(90, 80, 80) })).toEqual([
      '/criteria/0/bands/1/below bands must rise: the lowest bound first',
      '/criteria/0/bands/2/below bands must rise: the lowest bound first',
    ]);
    expect(told({ criterion: 'schoolIndex', bands: [{ below: 80, points: 0.5 }] })).toEqual([
      '/criteria/0/bands/0/points points must be a whole number',
    ]);
    expect(told({ criterion: 'schoolIndex', points: 5, bands: bands(80) })).toEqual([
      '/criteria/0/points schoolIndex takes its points from bands; leave points out',
    ]);
    expect(told({ criterion: 'schoolIndex' })[0]).toContain('/criteria/0/bands bands must be given');
    expect(told({ criterion: 'learners', points: 1, bands: bands(80) })).toEqual(['/criteria/0/bands learners has no bands; give points']);
  });

  test('schoolIndex alone has bands: score.rules.ts and score.sql.ts count those of no other', () => {
    expect(CRITERION_NAMES.filter((name) => CRITERIA[name].measure === 'band')).toEqual(['schoolIndex']);
  });

  test.prop([
    fc.uniqueArray(
      fc.record({
        criterion: fc.constantFrom(...CRITERION_NAMES.filter((name) => CRITERIA[name].measure !== 'band')),
        points: fc.integer({ min: 0, max: 10_000 }),
        cap: fc.option(fc.integer({ min: 0, max: 1_000_000 })),
      }),
      { selector: ({ criterion }) => criterion },
    ),
  ])('of whole numbers in range, each criterion once, has no fault', (criteria) => {
    expect(priorityPolicyFaults(criteria)).toEqual([]);
  });
});
