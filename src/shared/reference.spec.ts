import { test } from '@fast-check/jest';
import { expect } from '@jest/globals';
import fc from 'fast-check';
import { makeReference, normaliseReference } from './reference.js';

const SYMBOLS = Array.from('0123456789ABCDEFGHJKMNPQRSTVWXYZ');
const prefix = fc.constantFrom('F', 'L');
const bytes = fc.uint8Array({ minLength: 5, maxLength: 8 });
const swapped = (text: string, one: number, other: number): string => {
  const characters = [...text];
  [characters[one], characters[other]] = [characters[other] ?? '', characters[one] ?? ''];
  return characters.join('');
};
/** The indexes of the six symbols in `F-7K3M-25`. */
const place = fc.constantFrom(2, 3, 4, 5, 7, 8);

test.prop([prefix, bytes])('a reference is its own normal form, with or without dashes, prefix and capitals', (letter, random) => {
  const reference = makeReference(letter, random);
  expect(reference).toMatch(/^[FL]-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{2}$/);
  const typed = [
    reference,
    reference.replaceAll('-', ''),
    reference.toLowerCase(),
    reference.slice(2),
    ` ${reference.replaceAll('-', ' ')} `,
  ];
  expect(typed.map((text) => normaliseReference(letter, text))).toEqual(typed.map(() => reference));
});

test.prop([prefix, bytes])('look-alikes are read as the symbols that they are taken for', (letter, random) => {
  const reference = makeReference(letter, random);
  const misread = (one: string, zero: string): string => reference.replaceAll('1', one).replaceAll('0', zero).replaceAll('V', 'u');
  expect([misread('I', 'O'), misread('l', 'o')].map((text) => normaliseReference(letter, text))).toEqual([reference, reference]);
});

test.prop([prefix, bytes, place, fc.constantFrom(...SYMBOLS)])('one wrong symbol is noticed', (letter, random, at, wrong) => {
  const reference = makeReference(letter, random);
  fc.pre(reference[at] !== wrong);
  expect(normaliseReference(letter, reference.slice(0, at) + wrong + reference.slice(at + 1))).toBeNull();
});

test.prop([prefix, bytes, place, place])('two swapped symbols are noticed', (letter, random, one, other) => {
  const reference = makeReference(letter, random);
  fc.pre(reference[one] !== reference[other]);
  expect(normaliseReference(letter, swapped(reference, one, other))).toBeNull();
});

test('a reference is the bytes, five bits of each', () => {
  expect(makeReference('F', Uint8Array.of(7, 19, 3, 20, 2))).toBe('F-7K3M-25');
  expect(makeReference('F', Uint8Array.of(32 + 7, 64 + 19, 96 + 3, 224 + 20, 2, 99))).toBe('F-7K3M-25');
  expect(() => makeReference('F', Uint8Array.of(1, 2, 3, 4))).toThrow(RangeError);
});

test.each(['', 'F', 'F-7K3M-2', 'F-7K3M-25S', 'L-7K3M-25', 'F-7K3M-2!', 'F-7K3M-ÉÉ'])('%j is no household reference', (typed) =>
  expect(normaliseReference('F', typed)).toBeNull(),
);
