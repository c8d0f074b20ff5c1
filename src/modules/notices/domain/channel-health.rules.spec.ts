import { expect, test } from '@jest/globals';
import { afterRefusal, afterSuccess, type ChannelHealth, isInDoubt, passesOver, UNTRIED } from './channel-health.rules.js';

const now = new Date('2026-11-02T08:00:00Z');
const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000);

/** Refuses messages one after the other; returns which refusals were for good, and with which the pause began. */
function refusals(from: ChannelHealth, count: number) {
  let health = from;
  return Array.from({ length: count }, () => {
    const verdict = afterRefusal(health, now);
    health = verdict.health;
    return [verdict.isForGood, verdict.pauses];
  });
}

test('settings that never worked lose no message, and soon pause', () => {
  expect(refusals(UNTRIED, 3)).toEqual([
    [false, false],
    [false, true],
    [false, false],
  ]);
});

test('where others were taken, a refusal is the message’s, until too many follow each other', () => {
  expect(refusals(afterSuccess(UNTRIED), 6)).toEqual([
    [true, false],
    [true, false],
    [true, false],
    [true, false],
    [false, true],
    [false, false],
  ]);
});

test('one that is taken ends the doubt', () => {
  expect(afterSuccess(UNTRIED)).toEqual({ isProven: true, refusedInARow: 0, pausedAt: null, pauseCount: 0 });
});

test('a refusal is in doubt when the row of which it was one has paused the channel, though the pause is over', () => {
  const proven = afterSuccess(UNTRIED);
  const first = afterRefusal(proven, now).health;
  expect(isInDoubt(first, first.pauseCount)).toBe(false);
  const paused = [1, 2, 3, 4].reduce((health) => afterRefusal(health, now).health, first);
  expect(isInDoubt(paused, first.pauseCount)).toBe(true);
  expect(isInDoubt(afterSuccess(paused), first.pauseCount)).toBe(true);
  expect(isInDoubt(afterSuccess(paused), paused.pauseCount)).toBe(false);
});

test('what is urgent does not wait for a paused channel, the rest does for a day', () => {
  const paused = { ...UNTRIED, pausedAt: now };
  expect([passesOver(UNTRIED, true, now), passesOver(paused, true, now), passesOver(paused, false, later(23))]).toEqual([
    false,
    true,
    false,
  ]);
  expect(passesOver(paused, false, later(24))).toBe(true);
});
