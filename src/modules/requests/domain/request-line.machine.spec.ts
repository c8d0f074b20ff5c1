import { test } from '@fast-check/jest';
import { expect } from '@jest/globals';
import fc from 'fast-check';
import { attempt, possibleMoves, reachableStates, whileHolding } from '../../../shared/machine.js';
import type { Result } from '../../../shared/result.js';
import { OPEN_LINE_STATES, requestLineMachine, type RequestLineMove, type RequestLineState } from './request-line.machine.js';

/** The table of product.md: for each state, the moves that leave it and the states to which they lead. */
const ARROWS: Record<RequestLineState, Partial<Record<RequestLineMove, RequestLineState[]>>> = {
  draft: { submit: ['waiting'], withdraw: ['withdrawn'] },
  waiting: { offer: ['offered'], hand_over: ['fulfilled'], suspend: ['suspended'], refuse: ['refused'], withdraw: ['withdrawn'] },
  offered: {
    accept: ['accepted'],
    decline: ['waiting', 'withdrawn'],
    revoke: ['waiting'],
    expire_offer: ['waiting', 'suspended'],
    hand_over: ['fulfilled'],
    withdraw: ['withdrawn'],
  },
  accepted: {
    rebook: ['accepted'],
    decline: ['waiting', 'withdrawn'],
    revoke: ['waiting'],
    expire_pickup: ['waiting', 'suspended'],
    hand_over: ['fulfilled'],
    withdraw: ['withdrawn'],
  },
  suspended: { hand_over: ['fulfilled'], resume: ['waiting'], refuse: ['refused'], withdraw: ['withdrawn'] },
  refused: { appeal: ['refused'], uphold_appeal: ['waiting'], dismiss_appeal: ['refused'] },
  fulfilled: {},
  withdrawn: {},
};
const STATES = Object.keys(ARROWS) as RequestLineState[];
const appealed = whileHolding(requestLineMachine, ['appeal_pending']);
const MOVES = Object.keys(requestLineMachine.moves) as RequestLineMove[];

test('every state can be reached', () => {
  expect(reachableStates(requestLineMachine).sort()).toEqual([...STATES].sort());
});

test.each(STATES.flatMap((state) => MOVES.map((move) => [state, move] as const)))('from %s: %s', (state, move) => {
  const targets = ARROWS[state][move];
  if (targets === undefined) {
    const reason = { from: state, move, possible: possibleMoves(appealed, state) };
    expect(attempt(appealed, state, move, 'waiting')).toEqual({ ok: false, reason });
  } else {
    const reached = targets.map((target) => attempt(appealed, state, move, target as 'waiting'));
    expect(reached).toEqual(targets.map((value) => ({ ok: true, value })));
    expect([requestLineMachine.moves[move].to].flat()).toEqual(targets);
  }
});

test('nobody decides about an appeal that nobody made', () => {
  expect(possibleMoves(requestLineMachine, 'refused')).toEqual(['appeal']);
  for (const move of ['uphold_appeal', 'dismiss_appeal'] as const) {
    expect(attempt(requestLineMachine, 'refused', move)).toEqual({ ok: false, reason: { from: 'refused', move, possible: ['appeal'] } });
  }
});

test.prop([fc.array(fc.tuple(fc.constantFrom(...MOVES), fc.boolean()))])('nothing follows a loan or a withdrawal', (moves) => {
  let state: RequestLineState = 'draft';
  for (const [move, back] of moves) {
    const to = requestLineMachine.moves[move].to;
    const decided = typeof to === 'string' ? 'waiting' : back ? to[0] : to[1];
    const moved: Result<RequestLineState, unknown> = attempt(appealed, state, move, decided);
    if (state === 'fulfilled' || state === 'withdrawn') expect(moved.ok).toBe(false);
    if (moved.ok) state = moved.value;
  }
});

test('open is what a hand-over would fulfil: neither a draft nor a refused line', () => {
  expect([...OPEN_LINE_STATES].sort()).toEqual(['accepted', 'offered', 'suspended', 'waiting']);
});
