import type { Move, MoveOf, StateOf } from '../../../shared/machine.js';

type State = 'announced' | 'opened' | 'closed';

/**
 * The states of a cycle of the lottery (engines.md, 3). First its seed is committed to, then a public value fixes the tickets, then the seed
 * is revealed.
 */
export const cycleMachine = {
  initial: 'announced',
  moves: {
    open: { from: ['announced'], to: 'opened' },
    close: { from: ['opened'], to: 'closed' },
  },
} as const satisfies { initial: State; moves: Record<string, Move<State>> };

export type CycleState = StateOf<typeof cycleMachine>;
export type CycleMove = MoveOf<typeof cycleMachine>;
