import { expect, test } from '@jest/globals';
import { Conditions } from './conditions.js';

test('values are numbered in the order in which they are bound, also inside another statement', () => {
  const outer = new Conditions('a').and('b = ?', 1);
  const inner = new Conditions('c', outer.values).and('d IN (?, ?)', 2, 3);
  outer.and(`EXISTS (${inner.text})`).and('e = ?', 4);
  expect(outer.text).toBe('a AND b = $1 AND EXISTS (c AND d IN ($2, $3)) AND e = $4');
  expect(outer.bind('?', 5)).toBe('$5');
  expect(outer.values).toEqual([1, 2, 3, 4, 5]);
});

test('what was not asked for is left out', () => {
  const conditions = new Conditions('a').and('b = ?', undefined).and('c = ?', null).and('d = ?', false);
  expect([conditions.text, conditions.values]).toEqual(['a AND d = $1', [false]]);
});
