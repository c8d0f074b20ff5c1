import { expect } from '@jest/globals';
import { test } from '@fast-check/jest';
import fc from 'fast-check';
import { offsetOf, stateOf } from './clock-offset.rules.js';

const NOW = Date.parse('2026-11-02T08:00:00Z');
const took = fc.integer({ min: 0, max: 30_000 });

test.prop([fc.integer({ min: -90_000, max: 90_000 }), took, fc.double({ min: 0, max: 1, noNaN: true })])(
  'the real offset lies within what is said of it, wherever between question and answer the database looked at its clock',
  (realMs, tookMs, part) => {
    const { ms, uncertaintyMs } = offsetOf({ askedAtMs: NOW + realMs, tookMs, databaseMs: NOW + tookMs * part });
    expect(Math.abs(ms - realMs)).toBeLessThanOrEqual(uncertaintyMs + 1e-6);
  },
);

test.prop([fc.integer({ min: -2_000, max: 2_000 }), took, fc.double({ min: 0, max: 1, noNaN: true })])(
  'however slow the answer, a clock that is right is never said to be apart',
  (realMs, tookMs, part) => {
    expect(stateOf(offsetOf({ askedAtMs: NOW + realMs, tookMs, databaseMs: NOW + Math.round(tookMs * part) }))).toBe('right');
  },
);

test.each([
  [2_000, 'right'],
  [2_001, 'apart'],
  [-2_001, 'apart'],
  [59_999, 'apart'],
  [60_000, 'wrong'],
  [-60_000, 'wrong'],
])('%d ms off, answered at once: %s', (ms, state) => {
  expect(stateOf({ ms, uncertaintyMs: 0 })).toBe(state);
});
