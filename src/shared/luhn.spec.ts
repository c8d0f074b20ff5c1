import { test } from '@fast-check/jest';
import { describe, expect } from '@jest/globals';
import fc from 'fast-check';
import { luhnValid, normaliseIccid, normaliseImei } from './luhn.js';

const DIGITS = Array.from('0123456789');

/** Digits with their check digit, which is found by trying. */
const checked = (pattern: RegExp): fc.Arbitrary<string> =>
  fc.stringMatching(pattern).map((digits) => DIGITS.map((check) => digits + check).find(luhnValid) ?? '');

const separated = (digits: string, separators: readonly string[]): string =>
  [...digits].map((digit, place) => digit + (separators[place % separators.length] ?? '')).join('');
const separators = fc.array(fc.constantFrom('', ' ', '-', '/', '\u00A0', '\u2011'), { minLength: 1 });

describe('the check digit', () => {
  test.prop([fc.stringMatching(/^\d{1,25}$/)])('exactly one digit completes a number', (digits) => {
    expect(DIGITS.filter((check) => luhnValid(digits + check))).toHaveLength(1);
  });

  test.prop([checked(/^\d{5,20}$/), fc.nat(20), fc.integer({ min: 1, max: 9 })])('one wrong digit is noticed', (digits, place, shift) => {
    const at = place % digits.length;
    expect(luhnValid(digits.slice(0, at) + ((Number(digits[at]) + shift) % 10) + digits.slice(at + 1))).toBe(false);
  });

  test('the example of the standard', () => {
    expect([luhnValid('79927398713'), luhnValid('79927398710'), luhnValid(''), luhnValid('7992739871x')]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});

describe('IMEI', () => {
  test.prop([checked(/^\d{14}$/), separators])('separators make no difference', (digits, between) => {
    expect(normaliseImei(separated(digits, between))).toBe(digits);
  });

  test('as printed on a box', () => {
    expect(normaliseImei(' 49-015420-323751-8 ')).toBe('490154203237518');
    expect(normaliseImei('49 015420 323751 / 8')).toBe('490154203237518');
  });

  test.each(['490154203237519', '49015420323751', '4901542032375180', '49015420323751B', ''])('%j is none', (text) =>
    expect(normaliseImei(text)).toBeNull(),
  );
});

describe('ICCID', () => {
  test.prop([checked(/^89\d{16,17}$/), separators])('of 19 or 20 digits, separators make no difference', (digits, between) => {
    expect(normaliseIccid(separated(digits, between))).toBe(digits);
  });

  test.prop([checked(/^89\d{16}$/)])('the filler of a 19-digit number is dropped', (digits) => {
    expect([normaliseIccid(`${digits}F`), normaliseIccid(`${digits}f`)]).toEqual([digits, digits]);
  });

  test.prop([checked(/^89\d{17}$/)])('a 20-digit number has no room for a filler', (digits) => {
    expect(normaliseIccid(`${digits}F`)).toBeNull();
  });

  test.prop([fc.oneof(checked(/^89\d{8,15}$/), checked(/^89\d{18,20}$/), checked(/^[0-7]\d{17}$/))])(
    'other lengths and other industries are none',
    (digits) => expect(normaliseIccid(digits)).toBeNull(),
  );
});
