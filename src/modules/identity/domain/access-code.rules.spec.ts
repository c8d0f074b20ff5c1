import { describe, expect } from '@jest/globals';
import { fc, test } from '@fast-check/jest';
import { accessCodeEnd, makeAccessCode, normaliseAccessCode } from './access-code.rules.js';

const bytes = fc.uint8Array({ minLength: 8, maxLength: 12 });

describe('a printed code', () => {
  test.prop([bytes])('is read back as it was made, however it is typed', (random) => {
    const code = makeAccessCode(random);
    const meant = code.replace('-', '');
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
    for (const typed of [code, meant, code.toLowerCase(), ` ${[...meant].join(' ')} `, meant.replaceAll('0', 'o').replaceAll('1', 'l')]) {
      expect(normaliseAccessCode(typed)).toBe(meant);
    }
  });

  test.each([
    ['٧K٣M-٢٥QX', '7K3M25QX'],
    ['７k３m‑25qx', '7K3M25QX'],
    ['7K3M-25Q', null],
    ['7K3M-25QX-9', null],
    ['7K3M-25Q!', null],
    ['', null],
  ])('%s means %s', (typed, meant) => {
    expect(normaliseAccessCode(typed)).toBe(meant);
  });

  test('needs enough random bytes', () => {
    expect(() => makeAccessCode(new Uint8Array(7))).toThrow(RangeError);
  });

  test('holds for sixty days', () => {
    expect(accessCodeEnd(new Date('2026-11-02T08:00:00Z'))).toEqual(new Date('2027-01-01T08:00:00Z'));
  });
});
