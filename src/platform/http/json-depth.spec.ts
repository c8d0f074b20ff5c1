import { expect, test } from '@jest/globals';
import { depthOfJson } from './json-depth.js';

test.each([
  ['1', 0],
  ['{}', 1],
  ['{"a":[{"b":[]}],"c":{}}', 4],
  ['{"a":"[[[["}', 1],
  ['{"a":"\\"[[[["}', 1],
  ['["\\\\",[]]', 2],
  ['[[[', 3],
  [']]]', 0],
])('%s is %d deep', (text, depth) => {
  expect(depthOfJson(text)).toBe(depth);
});

test('a text that is all brackets is read without a deep stack', () => {
  expect(depthOfJson('['.repeat(1_000_000))).toBe(1_000_000);
});
