import { expect, test } from '@jest/globals';
import { exceededLimit } from './json-size.js';

// The arguments are the depth and the number of values.
test.each([
  ['1', 0, 1],
  ['{}', 1, 2],
  ['{"a":[{"b":[]}],"c":{}}', 4, 7],
  ['{"a":"[[[[,,,"}', 1, 2],
  ['{"a":"\\"[[[["}', 1, 2],
  ['["\\\\",[]]', 2, 4],
  ['["\\\\\\",[[[[",1]', 1, 3],
  ['[1,2,3]', 1, 4],
  ['[[[', 3, 4],
  [']]]', 0, 1],
  ['"', 0, 1],
])('%s is %d deep and has %d values at most', (text, depth, values) => {
  expect(exceededLimit(text, { depth, values })).toBeNull();
  if (depth > 0) expect(exceededLimit(text, { depth: depth - 1, values })).toBe('depth');
  expect(exceededLimit(text, { depth, values: values - 1 })).toBe('values');
});

test('a text that is all brackets is left at once', () => {
  expect(exceededLimit('['.repeat(1_000_000), { depth: 32, values: 50_000 })).toBe('depth');
  expect(exceededLimit('[],'.repeat(1_000_000), { depth: 32, values: 50_000 })).toBe('values');
});
