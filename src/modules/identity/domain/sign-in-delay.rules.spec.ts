import { expect } from '@jest/globals';
import { fc, test } from '@fast-check/jest';
import { CODE_ATTEMPTS, type RelatedFailures, KNOWN_BROWSER_ATTEMPTS, PASSWORD_ATTEMPTS, secondsToWait } from './sign-in-delay.rules.js';

const now = new Date('2026-11-02T08:00:00Z');
const never = { count: 0, lastAt: null };
const nothing: RelatedFailures = { here: never, atPlace: never, ofSubject: never };
const failed = (count: number, secondsAgo = 0) => ({ count, lastAt: new Date(now.getTime() - secondsAgo * 1000) });
const limits = fc.constantFrom(KNOWN_BROWSER_ATTEMPTS, PASSWORD_ATTEMPTS, CODE_ATTEMPTS);

test.prop([fc.nat(10_000), fc.nat(10_000), fc.nat(10_000), fc.nat(10_000), limits])(
  'nobody ever waits longer than the longest pause',
  (here, atPlace, ofSubject, ago, each) => {
    const wait = secondsToWait({ here: failed(here, ago), atPlace: failed(atPlace, ago), ofSubject: failed(ofSubject, ago) }, each, now);
    expect(wait).toBeGreaterThanOrEqual(0);
    expect(wait).toBeLessThanOrEqual(each.longestPauseSeconds);
  },
);

test.prop([fc.nat(100), fc.nat(400), limits, fc.constantFrom('here', 'atPlace', 'ofSubject')])(
  'one more failure never shortens the wait, and time always does',
  (count, ago, each, where) => {
    const wait = (failures: number, seconds: number) => secondsToWait({ ...nothing, [where]: failed(failures, seconds) }, each, now);
    expect(wait(count + 1, ago)).toBeGreaterThanOrEqual(wait(count, ago));
    expect(wait(count, ago + 1)).toBeLessThanOrEqual(wait(count, ago));
  },
);

const waits = (where: keyof RelatedFailures, counts: number[], each = PASSWORD_ATTEMPTS) =>
  counts.map((count) => secondsToWait({ ...nothing, [where]: failed(count) }, each, now));

test('five mistypings are free, then the pause doubles', () => {
  expect(waits('here', [4, 5, 6, 7, 20])).toEqual([0, 15, 30, 60, 300]);
  expect(waits('here', [4, 5, 12, 13, 1000], CODE_ATTEMPTS)).toEqual([0, 15, 1920, 3600, 3600]);
});

test('a school behind one address may mistype fifty times, and so may an account everywhere', () => {
  expect(waits('atPlace', [49, 50])).toEqual([0, 15]);
  expect(waits('ofSubject', [49, 50])).toEqual([0, 15]);
});

test('codes of an account are not guessed without end, however many browsers know it', () => {
  expect(waits('ofSubject', [49, 50, 58], CODE_ATTEMPTS)).toEqual([0, 15, 3600]);
});

test('a browser that is known waits for its own failures alone', () => {
  expect(waits('atPlace', [5, 5000], KNOWN_BROWSER_ATTEMPTS)).toEqual([0, 0]);
  expect(waits('ofSubject', [5, 5000], KNOWN_BROWSER_ATTEMPTS)).toEqual([0, 0]);
});
