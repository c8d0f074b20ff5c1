import { expect, test } from '@jest/globals';
import { saidText } from './said-text.js';

const said = (text: string, rule = {}) => saidText({ text }, 'text', { most: 10, ...rule });

test.each([
  ['  perdu ', { text: 'perdu' }],
  ['ضاع 😀', { text: 'ضاع 😀' }],
  ['', { text: null, wrong: 'EMPTY' }],
  ['   ', { text: null, wrong: 'EMPTY' }],
  ['01234567890', { text: null, wrong: 'LONG' }],
  ['a\u0000b', { text: null, wrong: 'SIGNS' }],
  ['<b>', { text: '<b>' }],
])('reads %j', (text, expected) => {
  expect(said(text)).toEqual(expected);
});

test('lets what need not be said stay empty', () => {
  expect(said(' ', { isOptional: true })).toEqual({ text: null });
  expect(saidText({}, 'text', { most: 10, isOptional: true })).toEqual({ text: null });
});
