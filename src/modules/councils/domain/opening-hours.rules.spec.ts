import { expect, test } from '@jest/globals';
import { openingHoursFaults } from './opening-hours.rules.js';

const hours = (weekday: number, from: string, to: string) => ({ weekday, from, to });
const faults = (...week: Parameters<typeof openingHoursFaults>[0]) =>
  openingHoursFaults(week, '/openingHours').map(({ pointer, code }) => [pointer, code]);

test('a morning and an afternoon that meet are no overlap, nor is the same time of another day', () => {
  expect(faults(hours(1, '08:00', '12:00'), hours(1, '12:00', '17:00'), hours(2, '08:00', '12:00'))).toEqual([]);
});

test('each must end after it begins', () => {
  expect(faults(hours(1, '12:00', '12:00'), hours(2, '12:00', '08:00'))).toEqual([
    ['/openingHours/0/to', 'OUT_OF_RANGE'],
    ['/openingHours/1/to', 'OUT_OF_RANGE'],
  ]);
});

test('the later named of two that overlap is at fault', () => {
  expect(faults(hours(3, '10:00', '12:00'), hours(3, '08:00', '10:01'))).toEqual([['/openingHours/1', 'OVERLAPS']]);
});
