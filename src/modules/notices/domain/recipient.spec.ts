import { expect, test } from '@jest/globals';
import { recipientLines } from './recipient.js';

const address = { line1: '12 rue de l’Église', line2: null, postalCode: '95000', city: 'Cergy', country: 'FR' };

test('the name, the lines that there are, and the town in capitals', () => {
  expect(recipientLines('Nadia Benali', address)).toEqual(['Nadia Benali', '12 rue de l’Église', '95000 CERGY']);
  expect(recipientLines('Nadia Benali', { ...address, line2: 'Bât. B' })[2]).toBe('Bât. B');
});

test('a country abroad has its line', () => {
  expect(recipientLines('Nadia Benali', { ...address, country: 'BE' }).at(-1)).toBe('BELGIQUE');
});
