import { expect, test } from '@jest/globals';
import { attempt, possibleMoves, reachableStates } from '../../../shared/machine.js';
import { roundMachine, type RoundMove, type RoundState } from './round.machine.js';

/** State by state: what leaves it, and for where. */
const ARROWS: Record<RoundState, Partial<Record<RoundMove, RoundState>>> = {
  draft: { solve: 'draft', publish: 'published', discard: 'discarded' },
  published: {},
  discarded: {},
};
const STATES = Object.keys(ARROWS) as RoundState[];
const MOVES = Object.keys(roundMachine.moves) as RoundMove[];

test('every state can be reached', () => {
  expect(reachableStates(roundMachine).sort()).toEqual([...STATES].sort());
});

test.each(STATES.flatMap((state) => MOVES.map((move) => [state, move] as const)))('from %s: %s', (state, move) => {
  const target = ARROWS[state][move];
  expect(attempt(roundMachine, state, move)).toEqual(
    target === undefined
      ? { ok: false, reason: { from: state, move, possible: possibleMoves(roundMachine, state) } }
      : { ok: true, value: target },
  );
});
