import { test } from '@fast-check/jest';
import { expect } from '@jest/globals';
import fc from 'fast-check';
import { isUai, normaliseUai } from './uai.js';

const digits = fc.stringMatching(/^\d{7}$/);
const letters = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ');

test.prop([digits])('seven digits have exactly one letter, never I, O or Q', (number) => {
  const fitting = letters.filter((letter) => isUai(number + letter));
  expect(fitting).toHaveLength(1);
  expect(['I', 'O', 'Q']).not.toContain(fitting[0]);
});

test.prop([digits, fc.nat(6), fc.integer({ min: 1, max: 9 })])('one wrong digit is noticed', (number, place, shift) => {
  const letter = letters.find((candidate) => isUai(number + candidate));
  const wrong = number.slice(0, place) + ((Number(number[place]) + shift) % 10) + number.slice(place + 1);
  expect(isUai(wrong + letter)).toBe(false);
});

test.each(['0951099D', '0750654D'])('%s is valid', (code) => expect(isUai(code)).toBe(true));

test.each(['0010856B', '0951099d', ' 0951099D', '951099D', '09510990', '٠٩٥١٠٩٩D', '0951099D\n', ''])('%j is not valid', (code) =>
  expect(isUai(code)).toBe(false),
);

test('what people type is put right, not guessed', () => {
  expect(normaliseUai(' 0951099d\u00A0')).toBe('0951099D');
  expect(normaliseUai('0010856B')).toBeNull();
});

test('the zeros that a spreadsheet took away come back where the letter then fits', () => {
  const [ain] = letters.map((letter) => `0010856${letter}`).filter(isUai);
  expect(['951099D', (ain ?? '').replace(/^0+/, ''), '\uFF10951 099 D', '095-1099-d\u200B'].map(normaliseUai)).toEqual([
    '0951099D',
    ain,
    '0951099D',
    '0951099D',
  ]);
  expect(['951099E', '10856B', '51099D'].map(normaliseUai)).toEqual([null, null, null]);
});
