import { test } from '@fast-check/jest';
import { expect } from '@jest/globals';
import fc from 'fast-check';
import { normalisePhone, phoneInFigures, takesSms } from './phone.js';

/** Blocks of numbers beginning with 06 that are in use in metropolitan France. */
const mobile = fc.stringMatching(/^06[1-2]\d{7}$/);

test.prop([mobile, fc.constantFrom('', ' ', '.', '-', '\u00A0')])(
  'a French number is the same however it is spaced',
  (number, separator) => {
    const spaced = (number.match(/../g) ?? []).join(separator);
    expect(normalisePhone(spaced)).toBe(`+33${number.slice(1)}`);
  },
);

test.prop([mobile])('normalising twice changes nothing', (number) => {
  const once = normalisePhone(number);
  expect(normalisePhone(once ?? '')).toBe(once);
});

test.each([
  [' 06 12 34 56 78 ', '+33612345678'],
  ['+33 (0)6 12 34 56 78', '+33612345678'],
  ['0033612345678', '+33612345678'],
  ['+44 7400 123456', '+447400123456'],
  ['0692 12 34 56', '+262692123456'],
  ['0639 69 12 34', '+262639691234'],
  ['0690 30 12 34', '+590690301234'],
])('%j is %s', (typed, stored) => expect(normalisePhone(typed)).toBe(stored));

test.each(['', '112', '0612', '06123456789', '+33012345678', 'call 0612345678', '+33612345678 ext 5', 'nadia@example.org', '411234'])(
  '%j is none',
  (typed) => expect(normalisePhone(typed)).toBeNull(),
);

test('another country may be the default', () => {
  expect(normalisePhone('0470 12 34 56', 'BE')).toBe('+32470123456');
});

test.each([
  ['06 39 98 00 00', '+33639980000'],
  ['0639989999', '+33639989999'],
])('%j is kept for demonstrations, and takes SMS', (typed, stored) => {
  expect(normalisePhone(typed)).toBe(stored);
  expect(takesSms(stored)).toBe(true);
});

test.each(['06399800000', '+3363998000', '+33639980000 ext 5'])('%j is none of them', (typed) => expect(normalisePhone(typed)).toBeNull());

test.each([
  ['+33139334455', '01 39 33 44 55'],
  ['+262692123456', '0692 12 34 56'],
  ['+32470123456', '+32 470 12 34 56'],
  ['nothing', 'nothing'],
])('%s is read as %s', (phone, shown) => {
  expect(phoneInFigures(phone).replaceAll('\u00A0', ' ')).toBe(shown);
});
