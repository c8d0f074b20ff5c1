import { describe, expect, test } from '@jest/globals';
import { day } from '../../../shared/day.js';
import { type DateOrder, orderOfDays, orderShownBy, readCents, readDay } from './cell-values.js';
import { UnreadableCell } from './row-cells.js';

const TODAY = day('2026-11-02');
const codeOf = (value: unknown) => (value instanceof UnreadableCell ? value.code : value);

describe('an amount', () => {
  test.each([
    ['320', 32_000],
    ['2266.13', 226_613],
    ['1234,5', 123_450],
    ['1 234,50 €', 123_450],
    ['1\u202F234\u202F567,50\u00A0€', 123_456_750],
    ['1,234.50', 123_450],
    ['1.234,50', 123_450],
    ['$ 12.00', 1200],
    ["1'234.50", 123_450],
    ['12 EUR', 1200],
    ['0', 0],
  ])('%j is %i cents', (text, cents) => expect(readCents(text)).toBe(cents));

  test.each(['1,234', '1.234', '1.2.3', '-5', 'free', '12.345', '1 23', '1.234.50', '€'])('%j is none', (text) => {
    expect(codeOf(readCents(text))).toBe('INVALID_AMOUNT');
  });

  test('too much is told', () => expect(codeOf(readCents('99999999999'))).toBe('OUT_OF_RANGE'));
});

describe('a day', () => {
  test.each<[string, DateOrder | null, string]>([
    ['2026-09-01', null, '2026-09-01'],
    ['2026-09-01 00:00:00', null, '2026-09-01'],
    ['2026-09-01T10:00:00Z', null, '2026-09-01'],
    ['3/1/2026', 'day', '2026-01-03'],
    ['3/1/26', 'month', '2026-03-01'],
    ['31.12.2026', 'day', '2026-12-31'],
    ['5/5/2026', null, '2026-05-05'],
    ['12/05/68', 'day', '1968-05-12'],
    ['1/11/26', 'day', '2026-11-01'],
    ['2/11/26', 'day', '2026-11-02'],
    ['3/11/26', 'day', '1926-11-03'],
    ['2/12/26', 'day', '1926-12-02'],
    ['3/11/2027', 'day', '2027-11-03'],
    ['2026/9/1', null, '2026-09-01'],
    ['２０２６‑09‑01', null, '2026-09-01'],
  ])('%j in the order %j is %s', (text, order, day) => expect(readDay(text, order, TODAY)).toBe(day));

  test.each<[string, DateOrder | null, string]>([
    ['3/1/2026', null, 'AMBIGUOUS_DAY'],
    ['31/2/2026', 'day', 'INVALID_DAY'],
    ['1/23/26', 'day', 'INVALID_DAY'],
    ['2026-02-30', null, 'INVALID_DAY'],
    ['yesterday', null, 'INVALID_DAY'],
  ])('%j in the order %j is %s', (text, order, code) => expect(codeOf(readDay(text, order, TODAY))).toBe(code));

  test('the order of days is what the clear ones of a file show, else the custom of the language', () => {
    expect(['23/1/26', '1/23/26', '1/2/26', '30/30/26', '2026-01-23', ''].map(orderShownBy)).toEqual([
      'day',
      'month',
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    const order = (shown: DateOrder[], locale: string) => orderOfDays(new Set(shown), locale);
    expect([
      order(['month'], 'fr'),
      order([], 'fr'),
      order(['month', 'day'], 'fr-FR'),
      order([], 'en-US'),
      order([], 'en-GB'),
      order([], 'en'),
    ]).toEqual(['month', 'day', 'day', 'month', 'day', null]);
  });
});
