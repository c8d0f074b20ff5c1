import { fc, test } from '@fast-check/jest';
import { describe, expect, test as plainTest } from '@jest/globals';
import { answerOfConnectivity, answerOfRanges, filedConnectivity, filedRanges, HOME_CONNECTIONS } from './home-answers.js';
import type { Availability } from './ready-times.js';

const quarter = (from: number, to: number) =>
  fc.integer({ min: from, max: to }).map((n) => `${String(Math.floor(n / 4)).padStart(2, '0')}:${String((n % 4) * 15).padStart(2, '0')}`);
const hours = fc.record({
  weekdays: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
  from: quarter(0, 47),
  to: quarter(48, 96),
});
const availability: fc.Arbitrary<Availability> = fc.oneof(
  fc.constantFrom<Availability>({ time: 'always' }, { time: 'evenings' }),
  fc.record({ time: fc.constantFrom('not_at_work' as const, 'hours' as const), hours }),
);
const sorted = (ranges: ReturnType<typeof filedRanges>) => ranges?.map((each) => JSON.stringify(each)).sort();

describe('the hours of a file', () => {
  test.prop([availability])('are times of day on quarters, and give an answer that gives the same hours', (when) => {
    const ranges = filedRanges(when);
    for (const { from, to } of ranges ?? []) {
      expect([from, to]).toEqual([expect.stringMatching(/^\d\d:(00|15|30|45)$/), expect.stringMatching(/^\d\d:(00|15|30|45)$/)]);
      expect(from < to && to <= '23:45').toBe(true);
    }
    const answer = answerOfRanges(ranges);
    // Somebody who works on all days from midnight to midnight leaves no hours, and is asked again.
    if (ranges?.length === 0) expect(answer).toBeNull();
    else {
      expect(answer).not.toBeNull();
      const again = answer?.hours ? { time: answer.time, hours: answer.hours } : { time: answer?.time };
      expect(sorted(filedRanges(again as Availability))).toEqual(sorted(ranges));
    }
  });

  plainTest('are within what was answered, where that was not on quarters', () => {
    expect(filedRanges({ time: 'hours', hours: { weekdays: [2], from: '08:05', to: '10:20' } })).toEqual([
      { weekday: 2, from: '08:15', to: '10:15' },
    ]);
    expect(filedRanges({ time: 'hours', hours: { weekdays: [2], from: '08:05', to: '08:10' } })).toEqual([]);
  });

  plainTest('that no answer gives are asked again', () => {
    const range = { weekday: 1, from: '08:00', to: '10:00' };
    expect(answerOfRanges([range, { ...range, weekday: 2, to: '11:00' }])).toBeNull();
    expect(answerOfRanges([range, { ...range, from: '14:00', to: '15:00' }])).toBeNull();
    expect(answerOfRanges([])).toBeNull();
  });
});

describe('the connection of a file', () => {
  plainTest.each(HOME_CONNECTIONS)('%s is answered as it was filed', (connection) => {
    const evenings = filedRanges({ time: 'evenings' });
    const phone = { category: 'smartphone', label: null, available: evenings } as const;
    expect(answerOfConnectivity(filedConnectivity(connection, [phone]))).toBe(connection);
  });

  plainTest('that a telephone shares is there when any of them is', () => {
    const phone = { category: 'smartphone', label: null } as const;
    const [one, other] = [[{ weekday: 1, from: '08:00', to: '10:00' }], [{ weekday: 2, from: '08:00', to: '10:00' }]];
    const shared = (...ranges: (typeof one | null)[]) =>
      filedConnectivity(
        'phone',
        ranges.map((available) => ({ ...phone, available })),
      ).available;
    expect([shared(one, other), shared(one, null), shared()]).toEqual([[...one, ...other], null, null]);
  });
});
