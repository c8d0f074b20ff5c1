import { test } from '@fast-check/jest';
import { describe, expect } from '@jest/globals';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import {
  addDays,
  day,
  dayIn,
  daysBetween,
  endOfDay,
  instantAt,
  isDay,
  isOpen,
  isoWeekday,
  isTimeZone,
  isWeekend,
  nthOpenDayAfter,
  onOpenDay,
  startOfDay,
  timeIn,
  type Day,
} from './day.js';

const noClosedDays: ReadonlySet<Day> = new Set();
const anyDay = fc.integer({ min: 0, max: 40_000 }).map((count) => addDays(day('1970-01-01'), count));
const fewDays = fc.integer({ min: -20_000, max: 20_000 });
/** Lists with so many closed days around one day that whole weeks are closed. */
const dayWithClosedDays = anyDay.chain((date) =>
  fc.record({
    date: fc.constant(date),
    closedDays: fc.array(fc.integer({ min: -12, max: 12 })).map((counts) => new Set(counts.map((count) => addDays(date, count)))),
  }),
);
const zone = fc.constantFrom(
  'Europe/Paris',
  'America/Sao_Paulo',
  'Asia/Beirut',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Indian/Reunion',
  'UTC',
);
const time = fc.record({ hour: fc.nat(23), minute: fc.nat(59) }).map(({ hour, minute }) => `${padded(hour)}:${padded(minute)}`);

const padded = (count: number): string => String(count).padStart(2, '0');
const clock = (instant: Date, timeZone: string): string =>
  DateTime.fromJSDate(instant, { zone: timeZone }).toFormat("yyyy-MM-dd'T'HH:mm:ss.SSS");

describe('the calendar', () => {
  test.prop([anyDay, fewDays])('adding days and counting them are each other’s inverse', (start, count) => {
    expect(daysBetween(start, addDays(start, count))).toBe(count);
  });

  test.prop([anyDay, fewDays])('days are those of an independent calendar', (start, count) => {
    const other = DateTime.fromISO(start, { zone: 'utc' }).plus({ days: count });
    expect(addDays(start, count)).toBe(other.toISODate());
    expect(isoWeekday(addDays(start, count))).toBe(other.weekday);
  });

  test.prop([anyDay, anyDay])('days compare as their texts do', (one, other) => {
    expect(one < other).toBe(daysBetween(one, other) > 0);
  });

  test.prop([fc.integer({ min: 1900, max: 2100 }), fc.nat(19), fc.nat(39)])(
    'a text is a day exactly when the calendar has it',
    (year, month, date) => {
      expect(isDay(`${year}-${padded(month)}-${padded(date)}`)).toBe(DateTime.utc(year, month, date).isValid);
    },
  );

  test.each(['', '2026-02-29', '2026-9-1', '2026-09-01T00:00', ' 2026-09-01', '2026-09-01\n', '0026-09-01', '+12026-09-01', '2026-13-01'])(
    '%j is no day',
    (text) => {
      expect(isDay(text)).toBe(false);
      expect(() => day(text)).toThrow(RangeError);
    },
  );

  test('29 February exists in leap years', () => {
    expect(addDays(day('2028-02-28'), 1)).toBe('2028-02-29');
    expect(addDays(day('2026-02-28'), 1)).toBe('2026-03-01');
    expect(isDay('2000-02-29')).toBe(true);
    expect(isDay('2100-02-29')).toBe(false);
  });

  test('the calendar ends, and has no half days', () => {
    expect(() => addDays(day('9999-12-31'), 1)).toThrow(RangeError);
    expect(() => addDays(day('1000-01-01'), -1)).toThrow(RangeError);
    expect(() => addDays(day('2026-09-01'), 0.5)).toThrow(RangeError);
  });
});

describe('open days', () => {
  test.prop([dayWithClosedDays])('a day moved to an open one is open, and no open day was passed over', ({ date, closedDays }) => {
    const after = onOpenDay(date, 'day_after', closedDays);
    const before = onOpenDay(date, 'day_before', closedDays);
    expect([isOpen(after, closedDays), isOpen(before, closedDays)]).toEqual([true, true]);
    for (let between = addDays(before, 1); between < after; between = addDays(between, 1)) expect(isOpen(between, closedDays)).toBe(false);
    expect(before <= date && date <= after).toBe(true);
  });

  test.prop([dayWithClosedDays])('a kept day is kept, and so is an open one', ({ date, closedDays }) => {
    expect(onOpenDay(date, 'keep', closedDays)).toBe(date);
    if (isOpen(date, closedDays)) expect(onOpenDay(date, 'day_after', closedDays)).toBe(date);
  });

  test.prop([dayWithClosedDays, fc.nat(30)])('up to the n-th open day after a day there are n open days', ({ date, closedDays }, count) => {
    const last = nthOpenDayAfter(date, count, closedDays);
    const passed = Array.from({ length: daysBetween(date, last) }, (_, index) => addDays(date, index + 1));
    expect(passed.filter((candidate) => isOpen(candidate, closedDays))).toHaveLength(count);
    expect(count === 0 ? last === date : isOpen(last, closedDays)).toBe(true);
  });

  test('a Saturday before a listed Monday', () => {
    const monday = day('2026-11-02');
    const saturday = day('2026-10-31');
    expect(isWeekend(saturday)).toBe(true);
    expect(onOpenDay(saturday, 'day_after', noClosedDays)).toBe(monday);
    expect(onOpenDay(saturday, 'day_after', new Set([monday]))).toBe('2026-11-03');
    expect(onOpenDay(saturday, 'day_before', new Set([monday]))).toBe('2026-10-30');
  });

  test('five open days after a Friday are the next Friday', () => {
    expect(nthOpenDayAfter(day('2026-09-04'), 5, noClosedDays)).toBe('2026-09-11');
    expect(() => nthOpenDayAfter(day('2026-09-04'), -1, noClosedDays)).toThrow(RangeError);
  });
});

describe('time zones', () => {
  test.prop([anyDay, zone])('the first instant of a day is on it, and the one before is not', (date, timeZone) => {
    const start = startOfDay(date, timeZone);
    const skipped = timeZone === 'Pacific/Apia' && date === '2011-12-30';
    expect(dayIn(start, timeZone)).toBe(skipped ? '2011-12-31' : date);
    expect(dayIn(new Date(start.getTime() - 1), timeZone)).toBe(addDays(date, -1));
    expect(endOfDay(addDays(date, -1), timeZone)).toEqual(start);
  });

  test.prop([anyDay, time, zone])('the clock shows what was asked for, or has just jumped over it', (date, asked, timeZone) => {
    const instant = instantAt(date, asked, timeZone);
    const wanted = `${date}T${asked}:00.000`;
    expect(clock(instant, timeZone) >= wanted).toBe(true);
    expect(clock(new Date(instant.getTime() - 1), timeZone) < wanted).toBe(true);
  });

  test('the hour that Paris skips in spring', () => {
    expect(instantAt(day('2026-03-29'), '02:30', 'Europe/Paris')).toEqual(new Date('2026-03-29T01:00:00Z'));
    expect(instantAt(day('2026-03-29'), '09:00', 'Europe/Paris')).toEqual(new Date('2026-03-29T07:00:00Z'));
  });

  test('of the hour that Paris has twice in autumn, the first', () => {
    expect(instantAt(day('2026-10-25'), '02:30', 'Europe/Paris')).toEqual(new Date('2026-10-25T00:30:00Z'));
  });

  test('a day without midnight', () => {
    expect(startOfDay(day('2018-11-04'), 'America/Sao_Paulo')).toEqual(new Date('2018-11-04T03:00:00Z'));
    expect(clock(startOfDay(day('2018-11-04'), 'America/Sao_Paulo'), 'America/Sao_Paulo')).toBe('2018-11-04T01:00:00.000');
  });

  test('one instant is two days', () => {
    const instant = new Date('2026-09-01T22:30:00Z');
    expect([dayIn(instant, 'Europe/Paris'), dayIn(instant, 'America/Guadeloupe')]).toEqual(['2026-09-02', '2026-09-01']);
  });

  test('clocks show one time twice in autumn, and jump in spring', () => {
    const shown = (instant: string) => timeIn(new Date(instant), 'Europe/Paris');
    expect(['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z'].map(shown)).toEqual(['02:30', '02:30']);
    expect(['2027-03-28T00:59:00Z', '2027-03-28T01:00:00Z'].map(shown)).toEqual(['01:59', '03:00']);
  });

  test('what is no time, zone or instant is a fault', () => {
    expect(() => instantAt(day('2026-09-01'), '24:00', 'Europe/Paris')).toThrow(RangeError);
    expect(() => instantAt(day('2026-09-01'), '9:00', 'Europe/Paris')).toThrow(RangeError);
    expect(() => startOfDay(day('2026-09-01'), 'Europe/Gonesse')).toThrow(RangeError);
    expect(() => dayIn(new Date(Number.NaN), 'Europe/Paris')).toThrow(RangeError);
  });

  test('zones are named', () => {
    expect(['Europe/Paris', 'UTC', 'Indian/Reunion'].map(isTimeZone)).toEqual([true, true, true]);
    expect(['', 'Europe/Gonesse', '+02:00', 'Paris'].map(isTimeZone)).toEqual([false, false, false, false]);
  });
});
