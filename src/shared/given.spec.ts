import { expect, test } from '@jest/globals';
import { given } from './given.js';

test('undefined was left out, null was not', () => {
  const fields = given({ a: undefined, b: null, c: 0, d: '', e: false });
  expect(fields).toStrictEqual({ b: null, c: 0, d: '', e: false });
});
