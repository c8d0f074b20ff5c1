import { expect, test } from '@jest/globals';
import { pagesIn, phoneIn } from './reach.rules.js';

test('the address is whole in an e-mail, and short where each letter counts', () => {
  expect(pagesIn('email', 'https://pret.gonesse.fr')).toBe('https://pret.gonesse.fr/f');
  for (const channel of ['sms', 'letter'] as const) {
    expect(pagesIn(channel, 'https://pret.gonesse.fr')).toBe('pret.gonesse.fr/f');
    // Without its beginning nobody would reach a page that is not encrypted.
    expect(pagesIn(channel, 'http://localhost:3000')).toBe('http://localhost:3000/f');
  }
});

test('a number is read in pairs on paper, and has no blanks in an SMS', () => {
  expect(phoneIn('letter', '+33139334455')?.replaceAll('\u00A0', ' ')).toBe('01 39 33 44 55');
  expect(phoneIn('sms', '+33139334455')).toBe('0139334455');
  expect(phoneIn('sms', '+32470123456')).toBe('+32470123456');
  expect(phoneIn('email', null)).toBeNull();
});
