import type { Move, MoveOf, StateOf } from '../../../shared/machine.js';

type State = 'draft' | 'published' | 'discarded';

/** The life of an allocation round (engines.md, 4). A round that is published makes offers; one that is discarded leaves nothing. */
export const roundMachine = {
  initial: 'draft',
  moves: {
    solve: { from: ['draft'], to: 'draft' }, // again: somebody was set aside, or the stock or the queue has moved
    publish: { from: ['draft'], to: 'published' },
    discard: { from: ['draft'], to: 'discarded' },
  },
} as const satisfies { initial: State; moves: Record<string, Move<State>> };

export type RoundState = StateOf<typeof roundMachine>;
export type RoundMove = MoveOf<typeof roundMachine>;
