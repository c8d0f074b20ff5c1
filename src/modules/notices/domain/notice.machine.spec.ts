import { expect, test } from '@jest/globals';
import { attempt, type MoveOf, possibleMoves, reachableStates } from '../../../shared/machine.js';
import { noticeMachine, type NoticeState } from './notice.machine.js';

type NoticeMove = MoveOf<typeof noticeMachine>;

/** For each state, the moves that leave it and the states to which they lead. */
const ARROWS: Record<NoticeState, Partial<Record<NoticeMove, NoticeState>>> = {
  scheduled: { hand_over: 'sending', drop: 'dropped' },
  sending: { put_off: 'scheduled', send: 'sent', lay_out: 'to_print', fail: 'failed', drop: 'dropped' },
  to_print: { print: 'printed', fall_back: 'sending', drop: 'dropped' },
  sent: { confirm: 'delivered', fall_back: 'sending', fail: 'failed' },
  delivered: { fall_back: 'sending', fail: 'failed' },
  printed: {},
  failed: {},
  dropped: {},
};
const STATES = Object.keys(ARROWS) as NoticeState[];
const MOVES = Object.keys(noticeMachine.moves) as NoticeMove[];

test('every state can be reached', () => {
  expect(reachableStates(noticeMachine).sort()).toEqual([...STATES].sort());
});

test.each(STATES.flatMap((state) => MOVES.map((move) => [state, move] as const)))('from %s: %s', (state, move) => {
  const target = ARROWS[state][move];
  expect(attempt(noticeMachine, state, move)).toEqual(
    target === undefined
      ? { ok: false, reason: { from: state, move, possible: possibleMoves(noticeMachine, state) } }
      : { ok: true, value: target },
  );
});
