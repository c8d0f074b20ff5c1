import { expect, test } from '@jest/globals';
import { attempt, reachableStates, states } from '../../../shared/machine.js';
import { cycleMachine, type CycleMove } from './cycle.machine.js';

test('a cycle is announced, opened and closed, in this order and never back', () => {
  const leads = { announced: { open: 'opened' }, opened: { close: 'closed' }, closed: {} } as Record<
    string,
    Partial<Record<CycleMove, string>>
  >;
  expect(reachableStates(cycleMachine).sort()).toEqual(states(cycleMachine).sort());
  for (const state of states(cycleMachine)) {
    for (const move of Object.keys(cycleMachine.moves) as CycleMove[]) {
      const moved = attempt(cycleMachine, state, move);
      expect(moved.ok ? moved.value : undefined).toBe(leads[state]?.[move]);
    }
  }
});
