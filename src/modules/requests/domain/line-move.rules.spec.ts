import { test } from '@fast-check/jest';
import { describe, expect } from '@jest/globals';
import fc from 'fast-check';
import { day } from '../../../shared/day.js';
import { canMove, states } from '../../../shared/machine.js';
import {
  LINE_MOVES,
  OFFER_MOVES,
  QUEUE_MOVES,
  afterMissedOffer,
  attemptLineMove,
  lineMoveFaults,
  mayMakeMove,
  possibleLineMoves,
  type LineMove,
  type LineMoveArguments,
} from './line-move.rules.js';
import { requestLineMachine } from './request-line.machine.js';

const MOVES = Object.keys(LINE_MOVES) as LineMove[];
const today = day('2026-11-02');
const codes = (move: LineMove, given: LineMoveArguments) =>
  lineMoveFaults(move, given, today).map(({ code, pointer }) => `${code} ${pointer}`);

describe('which moves', () => {
  test.prop([fc.constantFrom(...states(requestLineMachine)), fc.constantFrom(...MOVES), fc.boolean()])(
    'what the machine allows, and a refusal says what else is possible',
    (state, move, noLongerNeeded) => {
      const moved = attemptLineMove(state, move, { noLongerNeeded });
      expect(moved.ok).toBe(canMove(requestLineMachine, state, move));
      if (!moved.ok) expect(moved.reason).toEqual({ from: state, move, possible: possibleLineMoves(state) });
    },
  );

  test('those of an offer are never possible without one', () => {
    for (const state of states(requestLineMachine).filter((name) => name !== 'offered' && name !== 'accepted')) {
      expect(possibleLineMoves(state).filter((move) => move in OFFER_MOVES)).toEqual([]);
    }
    expect(possibleLineMoves('waiting')).toEqual(['withdraw', 'suspend', 'refuse']);
    expect(Object.keys(QUEUE_MOVES)).toHaveLength(7);
  });

  test('a declined offer puts the line back in the queue, unless the family no longer needs it', () => {
    expect(attemptLineMove('offered', 'decline', {})).toEqual({ ok: true, value: 'waiting' });
    expect(attemptLineMove('accepted', 'decline', { noLongerNeeded: true })).toEqual({ ok: true, value: 'withdrawn' });
  });
});

describe('their arguments', () => {
  test.prop([fc.constantFrom(...MOVES)])('sent without any, each asks for exactly what it needs', (move) => {
    expect(codes(move, {})).toEqual(LINE_MOVES[move].needs.map(([argument]) => `REQUIRED /${argument}`));
  });

  test('a line is suspended until a day that is not past, or for a reason', () => {
    expect(codes('suspend', {})).toEqual(['REQUIRED /until']);
    expect(codes('suspend', { reason: 'moving house' })).toEqual([]);
    expect(codes('suspend', { until: today })).toEqual([]);
    expect(codes('suspend', { until: day('2026-11-01'), reason: 'moving house' })).toEqual(['DAY_PASSED /until']);
  });

  test('nobody is refused, or told no after an appeal, without a reason in words', () => {
    for (const move of ['refuse', 'uphold_appeal', 'dismiss_appeal', 'revoke'] as const) {
      expect(codes(move, { reason: '  ' })).toEqual(['REQUIRED /reason']);
    }
  });
});

test.prop([fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 })])(
  'a line goes back to the queue until it has missed as many offers as the policy bears',
  (missed, bears) => {
    expect(afterMissedOffer(missed, { missedOffers: bears })).toBe(missed < bears ? 'waiting' : 'suspended');
  },
);

test('only a council manager, or a client that may write, decides about appeals', () => {
  const decisions = MOVES.filter((move) => !mayMakeMove('school_administrator', move));
  expect(decisions).toEqual(['uphold_appeal', 'dismiss_appeal']);
  for (const move of MOVES) expect([mayMakeMove('council_manager', move), mayMakeMove(null, move)]).toEqual([true, true]);
});
