import { expect } from '@jest/globals';
import { fc, test } from '@fast-check/jest';
import { secondsToWait } from './sign-in-delay.rules.js';

const now = new Date('2026-11-02T08:00:00Z');
const never = { count: 0, lastAt: null };
const failed = (count: number, secondsAgo = 0) => ({ count, lastAt: new Date(now.getTime() - secondsAgo * 1000) });

test.prop([fc.nat(10_000), fc.nat(10_000), fc.nat(10_000)])('nobody ever waits longer than five minutes', (account, address, ago) => {
  const wait = secondsToWait(failed(account, ago), failed(address, ago), now);
  expect(wait).toBeGreaterThanOrEqual(0);
  expect(wait).toBeLessThanOrEqual(300);
});

test.prop([fc.nat(100), fc.nat(400)])('one more failure never shortens the wait, and time always does', (count, ago) => {
  expect(secondsToWait(failed(count + 1, ago), never, now)).toBeGreaterThanOrEqual(secondsToWait(failed(count, ago), never, now));
  expect(secondsToWait(failed(count, ago + 1), never, now)).toBeLessThanOrEqual(secondsToWait(failed(count, ago), never, now));
});

test('five mistypings are free, then the pause doubles', () => {
  expect([4, 5, 6, 7, 20].map((count) => secondsToWait(failed(count), never, now))).toEqual([0, 15, 30, 60, 300]);
});

test('a school behind one address may mistype fifty times', () => {
  expect([49, 50].map((count) => secondsToWait(never, failed(count), now))).toEqual([0, 15]);
});
