import { test } from '@fast-check/jest';
import { describe, expect } from '@jest/globals';
import fc from 'fast-check';
import { day } from '../../../shared/day.js';
import { states } from '../../../shared/machine.js';
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
  type MovingLine,
} from './line-move.rules.js';
import { requestLineMachine, type RequestLineState } from './request-line.machine.js';

const MOVES = Object.keys(LINE_MOVES) as LineMove[];
const today = day('2026-11-02');
const codes = (move: LineMove, given: LineMoveArguments) =>
  lineMoveFaults(move, given, today).map(({ code, pointer }) => `${code} ${pointer}`);

const aLine = (state: RequestLineState): MovingLine => ({ state, appealedAt: null, appealDecidedAt: null });
const earlier = new Date('2026-10-01T08:00:00Z');
const later = new Date('2026-10-05T08:00:00Z');

describe('which moves', () => {
  const appeals = fc.constantFrom<Omit<MovingLine, 'state'>>(
    { appealedAt: null, appealDecidedAt: null },
    { appealedAt: earlier, appealDecidedAt: null },
    { appealedAt: earlier, appealDecidedAt: later },
  );

  test.prop([fc.constantFrom(...states(requestLineMachine)), appeals, fc.constantFrom(...MOVES), fc.boolean()])(
    'what the table allows, those about an appeal while one is pending; a refusal says what else is possible',
    (state, appeal, move, noLongerNeeded) => {
      const line = { state, ...appeal };
      const moved = attemptLineMove(line, move, { noLongerNeeded });
      const isPending = appeal.appealedAt !== null && appeal.appealDecidedAt === null;
      const isTold = (requestLineMachine.moves[move].from as readonly RequestLineState[]).includes(state);
      expect(moved.ok).toBe(isTold && (isPending || !['uphold_appeal', 'dismiss_appeal'].includes(move)));
      if (!moved.ok) expect(moved.reason).toEqual({ from: state, move, possible: possibleLineMoves(line) });
    },
  );

  test('an appeal is decided once, and only when somebody made it', () => {
    const refused = aLine('refused');
    expect(possibleLineMoves(refused)).toEqual(['appeal']);
    expect(possibleLineMoves({ ...refused, appealedAt: earlier })).toEqual(['appeal', 'uphold_appeal', 'dismiss_appeal']);
    expect(possibleLineMoves({ ...refused, appealedAt: earlier, appealDecidedAt: later })).toEqual(['appeal']);
  });

  test('those of an offer are never possible without one', () => {
    for (const state of states(requestLineMachine).filter((name) => name !== 'offered' && name !== 'accepted')) {
      expect(possibleLineMoves(aLine(state)).filter((move) => move in OFFER_MOVES)).toEqual([]);
    }
    expect(possibleLineMoves(aLine('waiting'))).toEqual(['withdraw', 'suspend', 'refuse']);
    expect(Object.keys(QUEUE_MOVES)).toHaveLength(7);
  });

  test('a declined offer puts the line back in the queue, unless the family no longer needs it', () => {
    expect(attemptLineMove(aLine('offered'), 'decline', {})).toEqual({ ok: true, value: 'waiting' });
    expect(attemptLineMove(aLine('accepted'), 'decline', { noLongerNeeded: true })).toEqual({ ok: true, value: 'withdrawn' });
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

test('a family decides what it does with its own line, and nothing that is decided about it', () => {
  const own = MOVES.filter((move) => mayMakeMove('family', move));
  expect(own).toEqual(['withdraw', 'resume', 'appeal', 'accept', 'decline', 'rebook']);
});

test('only a council manager, or a client that may write, decides about appeals', () => {
  const decisions = MOVES.filter((move) => !mayMakeMove('school_administrator', move));
  expect(decisions).toEqual(['uphold_appeal', 'dismiss_appeal']);
  for (const move of MOVES) expect([mayMakeMove('council_manager', move), mayMakeMove(null, move)]).toEqual([true, true]);
});
