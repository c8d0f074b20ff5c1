import { expect, test } from '@jest/globals';
import { isOpen } from '../shared/day.js';
import { Timeline } from './timeline.js';

test.each([
  ['a Sunday', '2026-11-15T12:00:00Z'],
  ['a Monday at night', '2026-11-15T23:30:00Z'],
  ['Christmas', '2026-12-25T09:00:00Z'],
  ['New Year', '2027-01-01T09:00:00Z'],
  ['the end of a February', '2028-02-29T09:00:00Z'],
])('%s: whatever has happened, and whatever will, is on an open day', (_, now) => {
  const timeline = new Timeline(new Date(now), 'Europe/Paris');
  const days = [1, 2, 15, 40].flatMap((count) => [timeline.ago(count), timeline.ahead(count)]);
  expect(days.filter((day) => !isOpen(day, timeline.closedDays))).toEqual([]);
  expect(timeline.ago(1) < timeline.today && timeline.today < timeline.ahead(1)).toBe(true);
  expect(timeline.at(timeline.ago(1), '10:00') < new Date(now)).toBe(true);
});

test('open days are counted without weekends and holidays', () => {
  const timeline = new Timeline(new Date('2026-11-16T12:00:00Z'), 'Europe/Paris');
  expect([1, 3, 4, 5].map((count) => timeline.ago(count))).toEqual(['2026-11-13', '2026-11-10', '2026-11-09', '2026-11-06']);
});

test('there are closed days soon', () => {
  const timeline = new Timeline(new Date('2026-09-07T12:00:00Z'), 'Europe/Paris');
  expect([...timeline.closedDays].filter((day) => day > '2026-09-07' && day < '2026-10-01')).toEqual(['2026-09-21', '2026-09-22']);
});
