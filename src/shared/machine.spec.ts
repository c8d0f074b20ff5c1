import { test } from '@fast-check/jest';
import { describe, expect } from '@jest/globals';
import fc from 'fast-check';
import {
  attempt,
  canMove,
  possibleMoves,
  reachableStates,
  states,
  toMermaid,
  whileHolding,
  type Machine,
  type Move,
  type MoveOf,
  type StateOf,
} from './machine.js';

type State = 'intake' | 'available' | 'in_transit' | 'retired';

const parcel = {
  initial: 'intake',
  moves: {
    prepare: { from: ['intake'], to: 'available' },
    send: { from: ['intake', 'available'], to: 'in_transit' },
    receive: { from: ['in_transit'], to: ['intake', 'available'] },
    retire: { from: ['available'], to: 'retired' },
  },
} as const satisfies { initial: State; moves: Record<string, Move<State>> };

const STATES: readonly StateOf<typeof parcel>[] = ['intake', 'available', 'in_transit', 'retired'];
const MOVES: readonly MoveOf<typeof parcel>[] = ['prepare', 'send', 'receive', 'retire'];

/** Any machine with a few states, so that states without exits and unreachable states are frequent. */
const anyMachine: fc.Arbitrary<Machine> = fc.constantFrom('a', 'b', 'c', 'd', 'e').chain((initial) => {
  const state = fc.constantFrom('a', 'b', 'c', 'd', 'e');
  const some = fc.uniqueArray(state, { minLength: 1, maxLength: 3 });
  const moves = fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), fc.record({ from: some, to: fc.oneof(state, some) }), {
    noNullPrototype: true,
  });
  return fc.record({ initial: fc.constant(initial), moves });
});

describe('a move that depends on more than the state', () => {
  const door = {
    initial: 'shut',
    moves: { open: { from: ['shut'], to: 'open', when: 'unlocked' }, shut: { from: ['open'], to: 'shut' } },
  } as const satisfies Machine;

  test('is possible only while that holds', () => {
    expect(attempt(door, 'shut', 'open')).toEqual({ ok: false, reason: { from: 'shut', move: 'open', possible: [] } });
    expect(attempt(whileHolding(door, ['unlocked']), 'shut', 'open')).toEqual({ ok: true, value: 'open' });
    expect(possibleMoves(whileHolding(door, []), 'shut')).toEqual([]);
    expect(canMove(door, 'open', 'shut')).toBe(true);
  });

  test('counts as an arrow, and is drawn with its condition', () => {
    expect(reachableStates(door)).toEqual(['shut', 'open']);
    expect(toMermaid(door)).toBe('stateDiagram-v2\n  [*] --> shut\n  shut --> open : open [unlocked]\n  open --> shut : shut\n');
  });
});

describe('any machine', () => {
  test.prop([anyMachine])('a move is possible exactly where its table says so', (machine) => {
    for (const state of states(machine)) {
      const written = Object.keys(machine.moves).filter((move) => machine.moves[move]?.from.includes(state));
      expect(possibleMoves(machine, state)).toEqual(written);
      for (const move of Object.keys(machine.moves)) expect(canMove(machine, state, move)).toBe(written.includes(move));
    }
  });

  test.prop([anyMachine])('the reachable states are the smallest set with the initial one that no move leaves', (machine) => {
    let expected = new Set([machine.initial]);
    for (let size = 0; size < expected.size;) {
      size = expected.size;
      const left = Object.values(machine.moves).filter(({ from }) => from.some((state) => expected.has(state)));
      expected = new Set([...expected, ...left.flatMap(({ to }) => to)]);
    }
    expect(new Set(reachableStates(machine))).toEqual(expected);
    expect(states(machine)).toEqual(expect.arrayContaining(reachableStates(machine)));
  });

  test.prop([anyMachine])('the diagram draws every arrow of the table once', (machine) => {
    const arrows = Object.entries(machine.moves).flatMap(([move, { from, to }]) =>
      from.flatMap((start) => [to].flat().map((end) => `  ${start} --> ${end} : ${move}`)),
    );
    const drawn = toMermaid(machine)
      .split('\n')
      .filter((line) => line.includes(' : '));
    expect(drawn).toEqual(arrows);
  });
});

describe('a table written as const', () => {
  test('states and moves come in the order in which they are written', () => {
    expect(new Set(states(parcel))).toEqual(new Set(STATES));
    expect(states(parcel)[0]).toBe('intake');
    expect(possibleMoves(parcel, 'available')).toEqual(['send', 'retire']);
    expect(possibleMoves(parcel, 'retired')).toEqual([]);
  });

  test('a possible move gives the state to which it leads', () => {
    expect(attempt(parcel, 'intake', 'prepare')).toEqual({ ok: true, value: 'available' });
  });

  test('an impossible move tells what would be possible', () => {
    expect(attempt(parcel, 'available', 'prepare')).toEqual({
      ok: false,
      reason: { from: 'available', move: 'prepare', possible: ['send', 'retire'] },
    });
  });

  test('where a move leads to several states, the situation decides', () => {
    expect(attempt(parcel, 'in_transit', 'receive', 'available')).toEqual({ ok: true, value: 'available' });
    expect(attempt(parcel, 'retired', 'receive', 'available').ok).toBe(false);
  });

  test('a decision that the table does not know is a fault', () => {
    expect(() => attempt(parcel, 'in_transit', 'receive', 'retired' as 'intake')).toThrow(RangeError);
    // @ts-expect-error the types ask for the decision
    expect(() => attempt(parcel, 'in_transit', 'receive')).toThrow(RangeError);
    // @ts-expect-error the types know the moves
    expect(() => attempt(parcel, 'intake', 'sell')).toThrow(TypeError);
  });

  test.each(MOVES.flatMap((move) => STATES.map((state) => [state, move] as const)))('from %s, %s is allowed as written', (state, move) => {
    expect(canMove(parcel, state, move)).toBe((parcel.moves[move].from as readonly string[]).includes(state));
  });

  test('the diagram starts at the initial state and ends where nothing leads on', () => {
    expect(toMermaid(parcel)).toBe(
      [
        'stateDiagram-v2',
        '  [*] --> intake',
        '  intake --> available : prepare',
        '  intake --> in_transit : send',
        '  available --> in_transit : send',
        '  in_transit --> intake : receive',
        '  in_transit --> available : receive',
        '  available --> retired : retire',
        '  retired --> [*]',
        '',
      ].join('\n'),
    );
  });
});
