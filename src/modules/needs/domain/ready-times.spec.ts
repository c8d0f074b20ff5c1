import { fc, test } from '@fast-check/jest';
import { expect } from '@jest/globals';
import { type DayHours, rangesOfAvailability } from './ready-times.js';
import { minutesOf, timeOf } from './time-of-day.js';

const WEEK = 7 * 24 * 60;
const hours: fc.Arbitrary<DayHours> = fc
  .tuple(fc.subarray([1, 2, 3, 4, 5, 6, 7]), fc.nat(1438), fc.nat(1439))
  .map(([weekdays, from, more]) => ({ weekdays, from: timeOf(from), to: timeOf(Math.min(1440, from + 1 + more)) }));
const minutesIn = (ranges: ReturnType<typeof rangesOfAvailability>) =>
  (ranges ?? []).reduce((sum, { from, to }) => sum + minutesOf(to) - minutesOf(from), 0);

test.prop([hours])('what is left of the week beside work is all of the rest of it', (work) => {
  const atWork = rangesOfAvailability({ time: 'hours', hours: work });
  expect(minutesIn(rangesOfAvailability({ time: 'not_at_work', hours: work })) + minutesIn(atWork)).toBe(WEEK);
});

test('whoever works from eight to five gives the phone before, after, and on the other days', () => {
  const work = { weekdays: [1], from: '08:00', to: '17:00' };
  expect(rangesOfAvailability({ time: 'not_at_work', hours: work })?.slice(0, 3)).toEqual([
    { weekday: 1, from: '00:00', to: '08:00' },
    { weekday: 1, from: '17:00', to: '24:00' },
    { weekday: 2, from: '00:00', to: '24:00' },
  ]);
});

test('always is no limit, and evenings begin at five but on Saturdays and Sundays', () => {
  expect(rangesOfAvailability({ time: 'always' })).toBeNull();
  const evenings = rangesOfAvailability({ time: 'evenings' });
  expect(evenings?.map(({ from }) => from)).toEqual([...Array.from({ length: 5 }, () => '17:00'), '00:00', '00:00']);
});
