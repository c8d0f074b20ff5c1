import { fc, test } from '@fast-check/jest';
import { describe, expect } from '@jest/globals';
import { CRITERION_NAMES, EQUIPMENT_CRITERIA, type PriorityScale, scaleOf, SHIPPED_SCALE } from './priority-policy.rules.js';
import { type FactSources, type PriorityFacts, scoreOf, sourceOf } from './score.rules.js';

const nothing: PriorityFacts = {
  uncoveredMinutes: 0,
  demandedMinutes: 0,
  ownComputers: 1,
  lentComputers: 0,
  ownSmartphones: 0,
  lentSmartphones: 0,
  connectivity: 'fixed',
  lentConnections: 0,
  learners: 0,
  examLearners: 0,
  bursaryLevel: null,
  schoolIndex: null,
  homeAlone: null,
  waitingDays: 0,
  missedOffers: 0,
};
const points = (facts: Partial<PriorityFacts>, scale = SHIPPED_SCALE) =>
  Object.fromEntries(
    scoreOf({ ...nothing, ...facts }, scale)
      .criteria.filter((each) => each.points !== 0)
      .map((each) => [each.criterion, each.points]),
  );

const anyFacts: fc.Arbitrary<PriorityFacts> = fc
  .record({
    demandedMinutes: fc.nat(5000),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    ownComputers: fc.nat(3),
    lentComputers: fc.nat(2),
    ownSmartphones: fc.nat(2),
    lentSmartphones: fc.nat(1),
    connectivity: fc.constantFrom('fixed' as const, 'mobile' as const, 'none' as const, null),
    lentConnections: fc.nat(1),
    learners: fc.nat(9),
    examLearners: fc.nat(2),
    bursaryLevel: fc.option(fc.nat(8)),
    schoolIndex: fc.option(fc.nat(1800).map((tenths) => tenths / 10)),
    homeAlone: fc.option(fc.boolean()),
    waitingDays: fc.nat(400),
    missedOffers: fc.nat(4),
  })
  .map(({ share, ...facts }) => ({ ...facts, uncoveredMinutes: Math.floor(facts.demandedMinutes * share) }));

const anyScale: fc.Arbitrary<PriorityScale> = fc
  .tuple(
    ...CRITERION_NAMES.map((criterion) =>
      fc.record({
        criterion: fc.constant(criterion),
        points: criterion === 'schoolIndex' ? fc.constant(0) : fc.integer({ min: criterion === 'missedOffers' ? -100 : 0, max: 1000 }),
        cap: fc.option(fc.nat(500)),
        bands:
          criterion === 'schoolIndex'
            ? fc
                .uniqueArray(fc.nat(180), { maxLength: 3 })
                .map((bounds) => [...bounds].sort((a, b) => a - b).map((below) => ({ below, points: 180 - below })))
            : fc.constant([]),
      }),
    ),
  )
  .map((criteria) => scaleOf(criteria));

describe('the score', () => {
  test.prop([anyFacts, anyScale])('is the sum of its criteria, in whole points, and the same every time', (facts, scale) => {
    const { score, criteria } = scoreOf(facts, scale);
    expect(score).toBe(criteria.reduce((sum, each) => sum + each.points, 0));
    expect(criteria.map(({ criterion }) => criterion)).toEqual(CRITERION_NAMES);
    expect(criteria.every((each) => Number.isInteger(each.points))).toBe(true);
    expect(scoreOf(facts, scale)).toEqual({ score, criteria });
  });

  test.prop([anyFacts, anyScale])('no criterion leaves its cap, and of equipment one counts at most: the highest', (facts, scale) => {
    const { criteria } = scoreOf(facts, scale);
    for (const { points: counted, weight } of criteria) expect(Math.abs(counted)).toBeLessThanOrEqual(weight.cap ?? Infinity);
    const equipment = criteria.filter(({ criterion }) => EQUIPMENT_CRITERIA.includes(criterion));
    expect(equipment.filter((each) => each.points > 0).length).toBeLessThanOrEqual(1);
    expect(equipment.reduce((sum, each) => sum + each.points, 0)).toBe(Math.max(...equipment.map(({ earned }) => earned)));
  });

  test.prop([anyFacts, fc.nat(500)])('more minutes out of reach, more days, a lost computer: never fewer points', (facts, more) => {
    const score = (changes: Partial<PriorityFacts>) => scoreOf({ ...facts, ...changes }, SHIPPED_SCALE).score;
    const now = score({});
    const uncoveredMinutes = Math.min(facts.demandedMinutes, facts.uncoveredMinutes + more);
    expect(score({ uncoveredMinutes })).toBeGreaterThanOrEqual(now);
    expect(score({ waitingDays: facts.waitingDays + more })).toBeGreaterThanOrEqual(now);
    expect(score({ ownComputers: Math.max(0, facts.ownComputers - 1) })).toBeGreaterThanOrEqual(now);
  });

  test('a fraction rounds down once, and nothing demanded earns nothing', () => {
    expect(points({ uncoveredMinutes: 2, demandedMinutes: 3 })).toEqual({ uncoveredShare: 333 });
    expect(points({ uncoveredMinutes: 3, demandedMinutes: 3 })).toEqual({ uncoveredShare: 500 });
    expect(points({ uncoveredMinutes: 0, demandedMinutes: 0 })).toEqual({});
  });

  test('a smartphone and no computer: the two criteria hold, the higher counts', () => {
    const facts = { ownComputers: 0, ownSmartphones: 1 };
    expect(points(facts)).toEqual({ noComputer: 100 });
    expect(points(facts, { ...SHIPPED_SCALE, smartphoneOnly: { points: 120, cap: null, bands: [] } })).toEqual({ smartphoneOnly: 120 });
    const shown = scoreOf({ ...nothing, ...facts }, SHIPPED_SCALE).criteria.find(({ criterion }) => criterion === 'smartphoneOnly');
    expect(shown).toMatchObject({ value: true, earned: 60, points: 0 });
  });

  test('one computer for three learners is shared, one for two is not; a lent one is one', () => {
    expect(points({ learners: 3 })).toEqual({ sharedDevice: 40, learners: 30 });
    expect(points({ learners: 2 })).toEqual({ learners: 20 });
    expect(points({ learners: 5, ownComputers: 1, lentComputers: 1 })).toEqual({ learners: 50 });
    expect(points({ learners: 6, ownComputers: 0, lentComputers: 2 })).toEqual({ sharedDevice: 40, learners: 50 });
    expect(points({ ownComputers: 0, lentComputers: 1 })).toEqual({});
  });

  test('no internet is stated, and ends with a lent router', () => {
    expect(points({ connectivity: 'none' })).toEqual({ noInternet: 100 });
    expect(points({ connectivity: null })).toEqual({});
    expect(points({ connectivity: 'none', lentConnections: 1 })).toEqual({});
  });

  test('the rest of the shipped scale', () => {
    expect(points({ learners: 2, examLearners: 1, bursaryLevel: 8, homeAlone: true, waitingDays: 181, missedOffers: 2 })).toEqual({
      learners: 20,
      examYear: 60,
      bursaryLevel: 80,
      homeAlone: 40,
      waitingDays: 180,
    });
    expect(points({ homeAlone: false, bursaryLevel: 0 })).toEqual({});
  });

  test('bands and points taken away', () => {
    const scale = scaleOf([
      { criterion: 'schoolIndex', bands: [{ below: 80, points: 60 }, { below: 95.5, points: 30 }] }, // prettier-ignore
      { criterion: 'missedOffers', points: -20, cap: 50 },
    ]);
    expect([79.9, 80, 95.4, 95.5, null].map((schoolIndex) => scoreOf({ ...nothing, schoolIndex }, scale).score)).toEqual([
      60, 30, 30, 0, 0,
    ]);
    expect([0, 1, 2, 3].map((missedOffers) => scoreOf({ ...nothing, missedOffers }, scale).score)).toEqual([0, -20, -40, -50]);
  });
});

describe('the source of a value', () => {
  const declared = { source: 'declared', verifiedBy: null, verifiedAt: null } as const;
  const seen = { source: 'verified', verifiedBy: 'user:7', verifiedAt: '2026-11-02T08:00:00.000Z' } as const;
  const sources: FactSources = {
    equipment: seen,
    connectivity: declared,
    learners: declared,
    examYear: declared,
    bursaryLevel: seen,
    homeAlone: declared,
  };

  test('is the stated fact, or the program for what it reckons itself', () => {
    expect(sourceOf('noComputer', nothing, sources)).toEqual(seen);
    expect(sourceOf('bursaryLevel', nothing, sources)).toEqual(seen);
    expect(sourceOf('noInternet', nothing, sources)).toEqual(declared);
    for (const criterion of ['uncoveredShare', 'schoolIndex', 'waitingDays', 'missedOffers'] as const) {
      expect(sourceOf(criterion, nothing, sources).source).toBe('computed');
    }
  });

  test('is the loans where something is lent', () => {
    expect(sourceOf('sharedDevice', { ...nothing, lentComputers: 1 }, sources).source).toBe('computed');
    expect(sourceOf('noInternet', { ...nothing, lentConnections: 1 }, sources).source).toBe('computed');
    expect(sourceOf('bursaryLevel', { ...nothing, lentComputers: 1 }, sources)).toEqual(seen);
  });
});
