import { expect, test } from '@jest/globals';
import { afterRefusal, afterSuccess, type ChannelHealth, passesOver, UNTRIED } from './channel-health.rules.js';

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
  expect(refusals(afterSuccess(), 6)).toEqual([
    [true, false],
    [true, false],
    [true, false],
    [true, false],
    [false, true],
    [false, false],
  ]);
});

test('one that is taken ends the doubt', () => {
  expect(afterSuccess()).toEqual({ isProven: true, refusedInARow: 0, pausedAt: null });
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
