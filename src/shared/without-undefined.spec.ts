import { expect, test } from '@jest/globals';
import { withoutUndefined } from './without-undefined.js';

test('undefined was left out, null was not', () => {
  const fields = withoutUndefined({ a: undefined, b: null, c: 0, d: '', e: false });
  expect(fields).toStrictEqual({ b: null, c: 0, d: '', e: false });
});
