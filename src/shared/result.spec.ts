import { test } from '@fast-check/jest';
import { expect } from '@jest/globals';
import fc from 'fast-check';
import { ok, refused, type Result } from './result.js';

test.prop([fc.anything()])('what goes in comes out, on the side that it was put', (content) => {
  expect(ok(content)).toEqual({ ok: true, value: content });
  expect(refused(content)).toEqual({ ok: false, reason: content });
});

test('asking which side it is narrows the type', () => {
  const halved = (count: number): Result<number, 'ODD'> => (count % 2 === 0 ? ok(count / 2) : refused('ODD'));
  const told = (result: Result<number, 'ODD'>): number | 'ODD' => (result.ok ? result.value : result.reason);
  expect([told(halved(4)), told(halved(3))]).toEqual([2, 'ODD']);
});
