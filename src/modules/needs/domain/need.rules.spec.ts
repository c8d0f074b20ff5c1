import { describe, expect } from '@jest/globals';
import { fc, test } from '@fast-check/jest';
import { BORROWER_CATEGORIES, DEVICE_CATEGORIES } from '../../../shared/vocabulary.js';
import { type NeedHousehold, needInput } from './need-input.js';
import { type KitContent, type Need, needOf as needInSteps } from './need.rules.js';
import { planFaults } from './plan-input.rules.js';
import { coverage } from './sharing-plan.js';
import { SHIPPED_TIMETABLES, timetableOf } from './timetable.rules.js';

/** Runs all steps of the generator. */
function needOf(...given: Parameters<typeof needInSteps>): Need {
  const steps = needInSteps(...given);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

const kit = (id: string, costCents: number, ...categories: KitContent['components'][number]['category'][]): KitContent => ({
  id,
  costCents,
  components: categories.map((category) => ({ category, count: 1 })),
});
const learner = (id: string, level: 'primary' | 'college' | 'lycee') => ({ id, level, timetable: SHIPPED_TIMETABLES[level] });
const evenings = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '18:00', to: '20:00' }));
/** One smartphone that leaves with a parent, and its connection with it. */
const family: NeedHousehold = {
  learners: [learner('amal', 'college'), learner('idris', 'primary')],
  equipment: [{ id: 'phone', category: 'smartphone', available: evenings }],
  lent: [],
  connectivity: { kind: 'mobile', simultaneousLive: null, available: evenings },
};
const laptop = kit('laptop', 32_000, 'laptop');
const both = kit('both', 38_000, 'laptop', 'router');

describe('the need', () => {
  test('with a phone in the evenings nothing of school can be done', () => {
    const need = needOf(family, [], 1);
    expect(need.uncoveredMinutes).toBe(5 * (240 + 180));
    expect([need.recommendation, need.noRecommendation]).toEqual([null, 'NO_KITS']);
  });

  test('a laptop alone does the work; with a router the lessons too', () => {
    const { kits } = needOf(family, [laptop, both], 1);
    // Half of the work needs no connection, and the rest can be done in the evening.
    expect(kits).toEqual([
      { kitId: 'laptop', valueMinutes: 5 * 240, uncoveredMinutes: 5 * 180 },
      { kitId: 'both', valueMinutes: 5 * 420, uncoveredMinutes: 0 },
    ]);
  });

  test('the cheapest kit within a tenth of the best is recommended, with who gains', () => {
    const dear = kit('dear', 90_000, 'laptop', 'laptop', 'router');
    const { recommendation } = needOf(family, [dear, laptop, both], 1);
    expect(recommendation).toEqual({
      kitId: 'both',
      valueMinutes: 2100,
      secondAddsMinutes: 0,
      gaining: [
        { learnerId: 'amal', lackingMinutes: 1200, gainedMinutes: 1200 },
        { learnerId: 'idris', lackingMinutes: 900, gainedMinutes: 900 },
      ],
      losing: [],
    });
  });

  test('whom a lesson of somebody else takes the laptop from is named', () => {
    const monday = { weekday: 1, from: '09:00', to: '11:00' };
    const { recommendation } = needOf(
      {
        learners: [
          { id: 'a', level: 'primary', timetable: { live: [monday], work: [] } },
          { id: 'b', level: 'lycee', timetable: { live: [], work: [{ weekday: 1, minutes: 120 }] } },
        ],
        equipment: [{ id: 'laptop', category: 'laptop', available: [monday] }],
        lent: [],
        connectivity: { kind: 'none', simultaneousLive: null, available: null },
      },
      [kit('router', 1, 'router')],
      1,
    );
    expect(recommendation).toMatchObject({
      valueMinutes: 60,
      gaining: [{ learnerId: 'a', gainedMinutes: 120 }],
      losing: [{ learnerId: 'b', lostMinutes: 60 }],
    });
  });

  test('what a second one adds', () => {
    const six: NeedHousehold = {
      ...family,
      learners: Array.from({ length: 6 }, (_, i) => learner(`l${i}`, 'lycee')),
      connectivity: { kind: 'fixed', simultaneousLive: null, available: null },
    };
    const { recommendation, uncoveredMinutes } = needOf(six, [laptop], 1);
    expect(recommendation?.secondAddsMinutes).toBeGreaterThan(0);
    expect(uncoveredMinutes).toBeGreaterThan((recommendation?.valueMinutes ?? 0) + (recommendation?.secondAddsMinutes ?? 0));
  });

  test('why nothing is recommended', () => {
    expect(needOf({ ...family, learners: [] }, [laptop], 1).noRecommendation).toBe('NO_LEARNERS');
    expect(
      needOf({ ...family, lent: both.components.map(({ category }) => ({ id: category, category })) }, [laptop], 1).noRecommendation,
    ).toBe('NOTHING_MISSING');
    expect(needOf(family, [kit('charger', 900, 'charger')], 1).noRecommendation).toBe('NO_KIT_HELPS');
  });
});

describe('what is lent is at home', () => {
  test('a router makes the connection always there, with the streams of the council', () => {
    const lent = [{ id: 'r', category: 'router' as const }];
    expect(needInput({ ...family, lent }, 3).connectivity).toEqual({ kind: 'mobile', simultaneousLive: 3, available: null });
    expect(
      needInput({ ...family, lent, connectivity: { kind: 'fixed', simultaneousLive: null, available: evenings } }, 3).connectivity,
    ).toEqual({
      kind: 'fixed',
      simultaneousLive: null,
      available: null,
    });
    expect(
      needInput({ ...family, lent, connectivity: { kind: 'mobile', simultaneousLive: 4, available: null } }, 1).connectivity
        .simultaneousLive,
    ).toBe(4);
  });

  const range = fc
    .tuple(fc.integer({ min: 1, max: 7 }), fc.nat({ max: 94 }), fc.nat({ max: 94 }))
    .map(([weekday, one, other]) => ({ weekday, from: quarter(Math.min(one, other)), to: quarter(Math.max(one, other) + 1) }));
  const anyFamily: fc.Arbitrary<NeedHousehold> = fc.record({
    learners: fc
      .array(
        fc.record({
          level: fc.constantFrom(...BORROWER_CATEGORIES),
          live: fc.array(range, { maxLength: 3 }),
          minutes: fc.nat({ max: 300 }),
        }),
        { maxLength: 3 },
      )
      .map((list) =>
        list.map(({ level, live, minutes }, i) => ({
          id: `${i}`,
          level,
          timetable: { live, work: [1, 2, 3].map((weekday) => ({ weekday, minutes })) },
        })),
      ),
    equipment: fc
      .array(fc.record({ category: fc.constantFrom(...DEVICE_CATEGORIES), available: fc.option(fc.array(range, { maxLength: 3 })) }), {
        maxLength: 3,
      })
      .map((list) => list.map((each, i) => ({ id: `e${i}`, ...each }))),
    lent: fc
      .array(fc.constantFrom(...DEVICE_CATEGORIES), { maxLength: 2 })
      .map((list) => list.map((category, i) => ({ id: `d${i}`, category }))),
    connectivity: fc.option(
      fc.record({
        kind: fc.constantFrom('fixed', 'mobile', 'none'),
        simultaneousLive: fc.constantFrom(null, 2),
        available: fc.option(fc.array(range, { maxLength: 3 })),
      }),
    ),
  });

  test.prop([anyFamily, fc.integer({ min: 1, max: 4 })], { numRuns: 200 })(
    'any family at all is one that the engine takes',
    (household, streams) => {
      expect(planFaults(needInput(household, streams))).toEqual([]);
    },
  );

  test.prop([anyFamily, fc.constantFrom(...DEVICE_CATEGORIES)], { numRuns: 200 })(
    'a kit never does harm, and is worth what it does once it is lent',
    (household, category) => {
      const { kits, uncoveredMinutes } = needOf(household, [kit('k', 1, category)], 2);
      expect(kits[0]?.valueMinutes).toBeGreaterThanOrEqual(0);
      const lent = coverage(needInput({ ...household, lent: [...household.lent, { id: 'new', category }] }, 2));
      expect(kits[0]).toEqual({
        kitId: 'k',
        valueMinutes: uncoveredMinutes - lent.uncoveredMinutes,
        uncoveredMinutes: lent.uncoveredMinutes,
      });
    },
  );
});

test('how work is rounded does not hang on what is at home', () => {
  const work = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, minutes: 100 }));
  const demanded = (from: string) => {
    const available = [{ weekday: 1, from, to: '20:00' }];
    const household: NeedHousehold = {
      ...family,
      learners: [{ id: 'a', level: 'college', timetable: { live: [], work } }],
      equipment: [{ id: 'phone', category: 'smartphone', available }],
      connectivity: { kind: 'mobile', simultaneousLive: null, available },
    };
    return needOf(household, [], 1).learners[0]?.workMinutes.demanded;
  };
  expect([demanded('18:00'), demanded('18:15')]).toEqual([600, 600]);
});

describe('whose timetable holds', () => {
  const profile = (schoolId: string | null, className: string | null, minutes: number) => ({
    schoolId,
    className,
    level: 'college' as const,
    live: [],
    work: [{ weekday: 1, minutes }],
  });
  const profiles = [profile(null, null, 1), profile('s', null, 2), profile('s', '4e B', 3), profile('other', null, 4)];
  const pupil = { level: 'college', schoolId: 's', className: '4E b', timetable: null } as const;
  const found = (who: Parameters<typeof timetableOf>[0], among = profiles) => {
    const { source, timetable } = timetableOf(who, among);
    return [source, timetable.work[0]?.minutes];
  };

  test('the nearest first: the own, of the class, of the school, of the council, the shipped one', () => {
    expect(found({ ...pupil, timetable: { live: [], work: [{ weekday: 1, minutes: 9 }] } })).toEqual(['learner', 9]);
    expect(found(pupil)).toEqual(['class', 3]);
    expect(found({ ...pupil, className: '3e' })).toEqual(['school', 2]);
    expect(found({ ...pupil, className: null })).toEqual(['school', 2]);
    expect(found({ ...pupil, schoolId: 'third' })).toEqual(['council', 1]);
    expect(found({ ...pupil, schoolId: null })).toEqual(['council', 1]);
    expect(found({ ...pupil, level: 'lycee' })).toEqual(['shipped', 120]);
    expect(found(pupil, [])).toEqual(['shipped', 120]);
  });
});

function quarter(slot: number): string {
  return `${String(Math.floor(slot / 4)).padStart(2, '0')}:${String((slot % 4) * 15).padStart(2, '0')}`;
}
