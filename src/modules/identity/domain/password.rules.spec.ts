import { expect, test } from '@jest/globals';
import { passwordFaults } from './password.rules.js';

const codes = (password: string) => passwordFaults(password, 'Claire.Morvan@example.org').map(({ code }) => code);

test.each([
  ['elevenchars', ['TOO_SHORT']],
  ['twelve chars', []],
  ['            ', []], // its length is right: how soon it is guessed is judged elsewhere
  ['🔑'.repeat(11), ['TOO_SHORT']],
  ['🔑'.repeat(12), []],
  ['x'.repeat(200), []],
  ['x'.repeat(201), ['TOO_LONG']],
  ['claire.morvan@EXAMPLE.org', ['SAME_AS_EMAIL']],
  ['claire.morvan@example.org!', []],
])('%s: %j', (password, expected) => {
  expect(codes(password)).toEqual(expected);
});
