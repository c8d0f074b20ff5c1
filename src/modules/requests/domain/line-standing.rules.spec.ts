import { test } from '@fast-check/jest';
import { describe, expect } from '@jest/globals';
import fc from 'fast-check';
import { day } from '../../../shared/day.js';
import { type LineStanding, standingAfter } from './line-standing.rules.js';
import { requestLineMachine, type RequestLineMove } from './request-line.machine.js';

const MOVES = Object.keys(requestLineMachine.moves) as RequestLineMove[];
const since = new Date('2026-09-01T08:00:00Z');
const now = new Date('2026-11-02T08:00:00Z');
const aStanding = (overrides: Partial<LineStanding> = {}): LineStanding => ({
  state: 'waiting',
  waitingSince: since,
  suspendedUntil: null,
  reason: null,
  appealedAt: null,
  appealDecidedAt: null,
  ...overrides,
});

describe('waiting time', () => {
  test('starts at submission', () => {
    expect(standingAfter(aStanding({ state: 'draft', waitingSince: null }), 'submit', 'waiting', {}, now).waitingSince).toEqual(now);
  });

  test.prop([fc.constantFrom(...MOVES.filter((move) => move !== 'submit'))])('never starts again', (move) => {
    expect(standingAfter(aStanding(), move, 'waiting', {}, now).waitingSince).toEqual(since);
  });
});

test('only a suspension has an end', () => {
  const until = day('2026-11-09');
  const suspended = standingAfter(aStanding(), 'suspend', 'suspended', { until }, now);
  expect(suspended.suspendedUntil).toBe(until);
  expect(standingAfter(suspended, 'resume', 'waiting', {}, now).suspendedUntil).toBeNull();
});

test('the family is told the words of the last move; its own appeal does not replace those of the refusal', () => {
  const refused = standingAfter(aStanding(), 'refuse', 'refused', { reason: 'not at this school' }, now);
  const appealed = standingAfter(refused, 'appeal', 'refused', { reason: 'she is' }, now);
  expect(appealed).toMatchObject({ reason: 'not at this school', appealedAt: now, appealDecidedAt: null });
  const later = new Date('2026-11-05T08:00:00Z');
  expect(standingAfter(appealed, 'dismiss_appeal', 'refused', { reason: 'she left' }, later)).toMatchObject({
    reason: 'she left',
    appealedAt: now,
    appealDecidedAt: later,
  });
  expect(standingAfter(appealed, 'uphold_appeal', 'waiting', { reason: 'she is' }, later)).toMatchObject({
    reason: 'she is',
    appealDecidedAt: later,
  });
  const again = standingAfter(standingAfter(appealed, 'dismiss_appeal', 'refused', { reason: 'x' }, now), 'appeal', 'refused', {}, later);
  expect(again).toMatchObject({ appealedAt: later, appealDecidedAt: null });
});
