import { test } from '@fast-check/jest';
import { expect } from '@jest/globals';
import fc from 'fast-check';
import { attempt, possibleMoves, reachableStates } from '../../../shared/machine.js';
import { loanItemMachine, loanStateOf, type LoanItemMove, type LoanItemState } from './loan-item.machine.js';

const ARROWS: Record<LoanItemState, Partial<Record<LoanItemMove, LoanItemState>>> = {
  on_loan: { return: 'returned', declare_lost: 'lost', declare_stolen: 'stolen', write_off: 'written_off' },
  lost: { return: 'returned', write_off: 'written_off' },
  stolen: { return: 'returned', write_off: 'written_off' },
  returned: {},
  written_off: {},
};
const STATES = Object.keys(ARROWS) as LoanItemState[];
const MOVES = Object.keys(loanItemMachine.moves) as LoanItemMove[];
const item = fc.constantFrom(...STATES);

test('every state can be reached', () => {
  expect(reachableStates(loanItemMachine).sort()).toEqual([...STATES].sort());
});

test.each(STATES.flatMap((state) => MOVES.map((move) => [state, move] as const)))('from %s: %s', (state, move) => {
  const to = ARROWS[state][move];
  expect(attempt(loanItemMachine, state, move)).toEqual(
    to === undefined
      ? { ok: false, reason: { from: state, move, possible: possibleMoves(loanItemMachine, state) } }
      : { ok: true, value: to },
  );
});

test.prop([fc.array(item, { minLength: 1 }), fc.nat(), fc.constantFrom(...MOVES)])(
  'whatever happens to an item, a closed loan stays closed',
  (items, which, move) => {
    const index = which % items.length;
    const moved = attempt(loanItemMachine, items[index]!, move);
    const after = moved.ok ? items.with(index, moved.value) : items;
    if (loanStateOf(items) === 'closed') expect(loanStateOf(after)).toBe('closed');
  },
);

test('a loan with one device back and one still out is open; with that one stolen it is closed', () => {
  expect(loanStateOf(['returned', 'on_loan'])).toBe('open');
  expect(loanStateOf(['returned', 'stolen'])).toBe('closed');
});
