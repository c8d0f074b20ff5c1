import { expect, test } from '@jest/globals';
import { frenchCode, postalCodeIn } from './french-codes.js';

test.each([
  ['1000', '01000'],
  ['9100', '09100'],
  [' 1 000 ', '01000'],
  ['１０００', '01000'],
  ['95 500', '95500'],
  ['01000', '01000'],
  ['2A004', '2A004'],
  ['0100', '0100'],
  ['100', '100'],
  ['CEDEX', 'CEDEX'],
  ['123456', '123456'],
])('%j is %j', (text, code) => expect(frenchCode(text)).toBe(code));

test('only France has such codes', () => {
  expect(['FR', 'CH', 'BE'].map((country) => postalCodeIn(country, '1000'))).toEqual(['01000', '1000', '1000']);
});
