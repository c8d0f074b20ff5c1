import { expect, test } from '@jest/globals';
import { Rate } from './rate.js';

test('a second lets through so many, and the next one as many again', () => {
  const rate = new Rate(3);
  expect(rate.left(500)).toBe(3);
  rate.take(2, 500);
  expect(rate.left(900)).toBe(1);
  rate.take(1, 900);
  expect([rate.left(1499), rate.pause(1499)]).toEqual([0, 1]);
  expect(rate.left(1500)).toBe(3);
  rate.take(3, 1500);
  expect([rate.left(1600), rate.pause(1600)]).toEqual([0, 900]);
});
