import { test } from '@fast-check/jest';
import { describe, expect } from '@jest/globals';
import fc from 'fast-check';
import { cleanKey, keyFault, keyOf, saysNothing, lookupKey } from './key-text.js';

const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }));

describe('a key', () => {
  test.prop([anyText])('is cleaned once for all', (text) => expect(cleanKey(cleanKey(text))).toBe(cleanKey(text)));

  test.prop([anyText])('holds nothing invisible', (text) =>
    expect(cleanKey(text)).not.toMatch(/[\p{Cf}\p{Default_Ignorable_Code_Point}\u00A0\u2800]/u),
  );

  test.prop([anyText])('is the same key once it is cleaned', (text) => expect(keyOf(cleanKey(text))).toBe(keyOf(text)));

  test.each([
    ['LT-0001', 'LT-0001'],
    ['  lt-0001\r\n', 'lt-0001'],
    ['LT\u200B-00\u00AD01\uFEFF', 'LT-0001'],
    ['LT\u00A0 0001', 'LT 0001'],
    ['="00123"', '00123'],
    ['= "0""1"', '0"1'],
    ["'00123", '00123'],
    ['’00123', '00123'],
    ["\u200B'00123", '00123'],
    ['ＬＴ－１', 'ＬＴ－１'],
  ])('%j is stored as %j', (text, stored) => expect(cleanKey(text)).toBe(stored));

  test.each([
    'lt-0001',
    'LT‑0001',
    'ＬＴ－０００１',
    'LT−0001',
    'lt-0001\u200D',
    'LT—0001',
    "'LT-0001",
    '="LT-0001"',
    'ŁT-0001',
    'lt-٠٠٠١',
  ])('%j is LT-0001', (text) => expect(keyOf(text)).toBe('lt-0001'));

  test.each(['LT-1', 'LT 0001', 'LT0001', 'LT-00011'])('%j is not', (text) => expect(keyOf(text)).not.toBe('lt-0001'));
});

test.each(
  '|  |-|—|– |--|?|N/A|n/a|NA|#N/A|null|NULL|None|(none)|[null]|néant|Neant|NÉANT.|aucun|Aucune|sans|NC|n.c.|s/o|keine|k.A.|ohne|ninguno|NENHUM|niciunul|yok|YOK|немає|لا يوجد|\u200B|="N/A"'.split(
    '|',
  ),
)('%j is no value', (text) => expect([cleanKey(text), saysNothing(cleanKey(text))]).toEqual(['', true]));

test.each(['0', 'NO-1', 'X', 'Sansu', 'LT-NA', 'A?', 'null-1', 'nc 1'])('%j is one', (text) => expect(cleanKey(text)).toBe(text));

test.each(['1.23E+15', '3,51E+14', '3,51e+14', '1E+15', '9.9E15', ' 3,51E+14 ', "'1.2E+05", '="1,5E+10"', '１.２E＋１５'])(
  '%j was shortened by a spreadsheet',
  (text) => expect(keyFault(text)).toBe('SCIENTIFIC_NOTATION'),
);

test.each(['1E15', '3E-12', '12E5', 'E+15', '1.2', 'AE+15', '1.23E+15x'])('%j may be a key', (text) => expect(keyFault(text)).toBeNull());

test.each(['A\tB', 'A\nB', 'A\u0000', 'A\u0085B', 'A\u009FB', 'A\u007FB', 'A\uD800'])('%j has controls inside', (text) =>
  expect(keyFault(text)).toBe('FORBIDDEN_CHARACTERS'),
);

test('a long row of signs is looked at once', () => {
  const signs = ')'.repeat(1_000_000);
  expect(saysNothing(`${signs}x`)).toBe(false);
  expect(cleanKey(`${signs}x`)).toBe(`${signs}x`);
});

describe('what is looked up', () => {
  test.prop([anyText])('is the key of what has one', (text) => {
    if (keyOf(text) !== '') expect(lookupKey(text)).toBe(keyOf(text));
  });

  test.each([
    ['N/A', 'n/a'],
    ['="n/a"', 'n/a'],
    ['—', '-'],
    ["'", "'"],
  ])('%j, which says nothing, is sought as %j', (text, sought) => expect(lookupKey(text)).toBe(sought));
});
