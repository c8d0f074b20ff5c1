import { expect, test } from '@jest/globals';
import { readAccessories, readCategory, readCondition } from './device-words.js';
import { UnreadableCell } from './row-cells.js';

const codeOf = (value: unknown) => (value instanceof UnreadableCell ? value.code : value);

test.each([
  ['laptop', 'laptop'],
  ['Laptops', 'laptop'],
  ['ORDINATEURS PORTABLES', 'laptop'],
  ['Mobile Phones', 'smartphone'],
  ['Routeur 4G', 'router'],
  ['Backhoe', 'NOT_ONE_OF'],
])('the category %j is %s', (text, category) => expect(codeOf(readCategory(text))).toBe(category));

test('conditions and accessories, in English and French', () => {
  expect(['New', 'NEUF', 'bon état', 'Usé', 'HS', 'damaged'].map(readCondition)).toEqual([
    'new',
    'new',
    'good',
    'worn',
    'unusable',
    'damaged',
  ]);
  expect(codeOf(readCondition('disponible'))).toBe('NOT_ONE_OF');
  expect(readAccessories('Chargeur; housse,Souris | chargeur\nChargeur')).toEqual(['Chargeur', 'housse', 'Souris', 'chargeur']);
  expect(codeOf(readAccessories(Array.from({ length: 21 }, (_, n) => `n${n}`).join(',')))).toBe('TOO_MANY');
  expect(codeOf(readAccessories('x'.repeat(101)))).toBe('TOO_LONG');
});
