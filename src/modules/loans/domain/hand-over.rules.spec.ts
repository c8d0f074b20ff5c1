import { test } from '@fast-check/jest';
import { describe, expect } from '@jest/globals';
import fc from 'fast-check';
import { addDays, day } from '../../../shared/day.js';
import { PROMISE_REFUSALS } from '../../../shared/promise.js';
import { HAND_OVER_REFUSALS, handOverRefusals, othersAreWaiting, type HandOverFacts, type HandOverItem } from './hand-over.rules.js';

const today = day('2026-11-02');
const pupil = { level: 'college', schoolId: 'jean-moulin' } as const;
const anItem = (facts: Partial<HandOverItem> = {}): HandOverItem => ({
  deviceId: 'LT-1',
  class: 'computer',
  status: 'available',
  siteId: 'gonesse',
  reservedFor: null,
  fund: null,
  isForLine: true,
  learners: [pupil],
  pool: { id: 'laptops', available: 5, linesAhead: 0 },
  policy: { itemsPerHousehold: 2, itemsPerLearner: 1 },
  ...facts,
});
const aHandOver = (facts: Partial<HandOverFacts> = {}, household: Partial<HandOverFacts['household']> = {}): HandOverFacts => ({
  siteId: 'gonesse',
  today,
  agreement: { signed: '2026-09', wanted: ['2026-09'] },
  dueOn: addDays(today, 180),
  dueOnByPolicy: addDays(today, 180),
  household: { id: 'F-1', learners: 2, overdueLoans: 0, itemsOut: { computer: 0, connectivity: 0, accessory: 0 }, ...household },
  items: [anItem()],
  ...facts,
});
const codes = (facts: HandOverFacts) => handOverRefusals(facts).map(({ code }) => code);

const few = fc.integer({ min: 0, max: 3 });
const item = fc.record<HandOverItem>({
  deviceId: fc.constantFrom('LT-1', 'LT-2', 'LT-3', 'LT-4'),
  class: fc.constantFrom('computer', 'connectivity', 'accessory'),
  status: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom('available' as const, 'reserved' as const) },
    { weight: 1, arbitrary: fc.constantFrom('intake' as const, 'on_loan' as const, 'inspection' as const, 'missing' as const) },
  ),
  siteId: fc.constantFrom('gonesse', 'sarcelles'),
  reservedFor: fc.constantFrom('F-1', 'F-2', null),
  fund: fc.constantFrom(null, { eligibleLevels: ['lycee' as const], eligibleSchoolIds: null, startsOn: null, endsOn: null }),
  isForLine: fc.boolean(),
  learners: fc.constantFrom([pupil], []),
  pool: fc.record({ id: fc.constantFrom('one', 'other'), available: few, linesAhead: few }),
  policy: fc.record({ itemsPerHousehold: few, itemsPerLearner: few }),
});
const handOver = fc.record<HandOverFacts>({
  siteId: fc.constant('gonesse'),
  today: fc.constant(today),
  agreement: fc.record({ signed: fc.constantFrom(null, '2025-09', '2026-09'), wanted: fc.constant(['2026-09']) }),
  dueOn: few.map((count) => addDays(today, count)),
  dueOnByPolicy: few.map((count) => addDays(today, count)),
  household: fc.record({
    id: fc.constant('F-1'),
    learners: few,
    overdueLoans: few,
    itemsOut: fc.record({ computer: few, connectivity: few, accessory: few }),
  }),
  items: fc.array(item, { minLength: 1, maxLength: 4 }),
});

describe('every hand-over', () => {
  test.prop([handOver])('is told every reason once, in the order of the table', (facts) => {
    const told = codes(facts);
    expect(told).toEqual(Object.keys(HAND_OVER_REFUSALS).filter((code) => told.includes(code as (typeof told)[number])));
  });

  test.prop([handOver, item])('one device more never takes a reason away', (facts, another) => {
    expect(codes({ ...facts, items: [...facts.items, another] })).toEqual(expect.arrayContaining(codes(facts)));
  });

  test.prop([handOver])('the order of the devices does not matter', (facts) => {
    expect(codes({ ...facts, items: [...facts.items].reverse() })).toEqual(codes(facts));
  });

  test.prop([handOver])('a device that is not refused is available, or held for this household', (facts) => {
    const told = codes(facts);
    if (told.includes('DEVICE_NOT_AVAILABLE') || told.includes('DEVICE_RESERVED_FOR_ANOTHER')) return;
    for (const { status, reservedFor } of facts.items) {
      expect(status === 'available' || (status === 'reserved' && reservedFor === 'F-1')).toBe(true);
    }
  });

  test('the order in which reasons are listed, and which of them may be overridden', () => {
    expect(Object.entries(HAND_OVER_REFUSALS).map(([code, { overridable }]) => `${code} ${overridable}`)).toEqual([
      'DEVICE_NOT_AVAILABLE false',
      'DEVICE_RESERVED_FOR_ANOTHER false',
      'DEVICE_AT_ANOTHER_SITE false',
      'AGREEMENT_MISSING false',
      'AGREEMENT_NOT_IN_FORCE false',
      'OTHERS_ARE_WAITING true',
      'FUND_NOT_ELIGIBLE true',
      'LINE_HAS_NO_LEARNER true',
      'HOUSEHOLD_LIMIT_REACHED true',
      'HOUSEHOLD_HAS_OVERDUE_LOAN true',
      'DUE_DATE_BEYOND_POLICY true',
    ]);
  });

  test('whoever would be refused at the desk is promised nothing, but for what only the desk can know', () => {
    // A new reason stands in PROMISE_REFUSALS (shared/promise.ts), or here where nobody can know it before the family stands at the desk.
    const ofTheDesk = [
      'DEVICE_NOT_AVAILABLE',
      'DEVICE_RESERVED_FOR_ANOTHER',
      'DEVICE_AT_ANOTHER_SITE',
      'AGREEMENT_MISSING',
      'AGREEMENT_NOT_IN_FORCE',
      'OTHERS_ARE_WAITING',
      'DUE_DATE_BEYOND_POLICY',
    ];
    const promised = Object.keys(PROMISE_REFUSALS).filter((code) => code !== 'CATEGORY_NOT_ACCEPTABLE');
    expect(Object.keys(HAND_OVER_REFUSALS).filter((code) => !ofTheDesk.includes(code))).toEqual(promised);
  });

  test('nothing against it, and everything against it', () => {
    expect(codes(aHandOver())).toEqual([]);
    const fund = { eligibleLevels: ['lycee' as const], eligibleSchoolIds: null, startsOn: null, endsOn: null };
    const items = [
      anItem({ status: 'repair', siteId: 'sarcelles', fund, learners: [] }),
      anItem({ deviceId: 'LT-2', status: 'reserved', reservedFor: 'F-2', pool: { id: 'tablets', available: 0, linesAhead: 1 } }),
    ];
    const all = (signed: string | null) =>
      codes(aHandOver({ items, agreement: { signed, wanted: ['2026-09'] }, dueOnByPolicy: today }, { overdueLoans: 1, learners: 1 }));
    const but = (code: string) => Object.keys(HAND_OVER_REFUSALS).filter((each) => each !== code);
    expect(all(null)).toEqual(but('AGREEMENT_NOT_IN_FORCE'));
    expect(all('2025-09')).toEqual(but('AGREEMENT_MISSING'));
  });
});

describe('the agreement', () => {
  const told = (signed: string | null, ...wanted: string[]) =>
    handOverRefusals(aHandOver({ agreement: { signed, wanted } })).map(({ code, message }) => `${code}: ${message}`);

  test('names the text that is wanted, whether none was signed or another', () => {
    expect(told(null, '2026-09', '2026-09')).toEqual([
      'AGREEMENT_MISSING: Nobody has signed the agreement; have the text "2026-09" signed first.',
    ]);
    expect(told('2025-09', '2026-09')).toEqual([
      'AGREEMENT_NOT_IN_FORCE: The agreement that was signed, "2025-09", does not hold here; have the text "2026-09" signed first.',
    ]);
  });

  test('of devices under two texts: a loan for each', () => {
    const toDo = 'the texts that hold are "2026-09" and "R-1": hand these devices over as a loan for each text.';
    expect(told(null, 'R-1', '2026-09')).toEqual([`AGREEMENT_MISSING: Nobody has signed the agreement; ${toDo}`]);
    expect(told('R-1', 'R-1', '2026-09')).toEqual([
      `AGREEMENT_NOT_IN_FORCE: The agreement that was signed, "R-1", does not hold here; ${toDo}`,
    ]);
  });
});

describe('the device', () => {
  test('held for this household it may be handed over, for another it may not, and is not called unavailable', () => {
    expect(codes(aHandOver({ items: [anItem({ status: 'reserved', reservedFor: 'F-1' })] }))).toEqual([]);
    const forAnother = [anItem({ status: 'reserved', reservedFor: 'F-2', pool: { id: 'laptops', available: 3, linesAhead: 0 } })];
    expect(codes(aHandOver({ items: forAnother }))).toEqual(['DEVICE_RESERVED_FOR_ANOTHER']);
  });

  test('named twice it is there only once', () => {
    expect(codes(aHandOver({ items: [anItem(), anItem()] }))).toEqual(['DEVICE_NOT_AVAILABLE']);
  });
});

describe('the queue', () => {
  test.prop([fc.nat({ max: 50 }), fc.nat({ max: 50 })])(
    'one device: refused when no more are available than lines are ahead',
    (available, ahead) => {
      expect(othersAreWaiting({ available, linesAhead: ahead }, 1)).toBe(available <= ahead);
    },
  );

  test('two laptops of one pool, three left, two families ahead: the second would be one of theirs', () => {
    const pool = { id: 'laptops', available: 3, linesAhead: 2 };
    const items = [anItem({ pool }), anItem({ deviceId: 'LT-2', pool })];
    expect(codes(aHandOver({ items: items.slice(0, 1) }))).toEqual([]);
    expect(codes(aHandOver({ items }))).toEqual(['OTHERS_ARE_WAITING']);
  });

  test('a laptop and a tablet are taken from a pool each', () => {
    const laptop = anItem({ pool: { id: 'laptops', available: 1, linesAhead: 0 } });
    const tablet = anItem({ deviceId: 'TB-1', pool: { id: 'tablets', available: 1, linesAhead: 0 } });
    expect(codes(aHandOver({ items: [laptop, tablet] }))).toEqual([]);
  });

  test('a device held for the household asks nobody who is waiting, and takes nothing from the pool', () => {
    const pool = { id: 'laptops', available: 1, linesAhead: 0 };
    const held = anItem({ status: 'reserved', reservedFor: 'F-1', pool: { ...pool, linesAhead: 9 } });
    expect(codes(aHandOver({ items: [held] }))).toEqual([]);
    expect(codes(aHandOver({ items: [{ ...held, pool }, anItem({ deviceId: 'LT-2', pool })] }))).toEqual([]);
  });
});

describe('the limit', () => {
  test('counts what is out and what is being handed over, of the class only', () => {
    const second = aHandOver({}, { itemsOut: { computer: 1, connectivity: 5, accessory: 5 } });
    expect(codes(second)).toEqual([]);
    expect(codes({ ...second, items: [anItem(), anItem({ deviceId: 'LT-2' })] })).toEqual(['HOUSEHOLD_LIMIT_REACHED']);
    expect(
      codes({
        ...second,
        items: [anItem(), anItem({ deviceId: 'HS-1', class: 'accessory', policy: { itemsPerHousehold: 9, itemsPerLearner: 9 } })],
      }),
    ).toEqual([]);
    expect(codes({ ...second, household: { ...second.household, learners: 1 } })).toEqual(['HOUSEHOLD_LIMIT_REACHED']);
  });
});
