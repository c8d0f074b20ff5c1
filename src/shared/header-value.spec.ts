import { validateHeaderValue } from 'node:http';
import { expect } from '@jest/globals';
import { fc, test } from '@fast-check/jest';
import { isHeaderValue } from './header-value.js';

test.each([
  ['Bearer abc.def', true],
  ['', false],
  [' Bearer x', false],
  ['Bearer x\r\nX-Other: y', false],
  ['Bearer x\n', false],
  ['clé', false],
  ['🔑', false],
  ['a\tb', true],
  ['a\u0000b', false],
])('%j: %s', (text, expected) => {
  expect(isHeaderValue(text)).toBe(expected);
});

test.prop([fc.string({ unit: 'binary' })])('what it lets through, Node sends', (text) => {
  if (isHeaderValue(text)) validateHeaderValue('x-key', text);
});
