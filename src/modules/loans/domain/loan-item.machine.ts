import type { Move, MoveOf, StateOf } from '../../../shared/machine.js';

type State = 'on_loan' | 'returned' | 'lost' | 'stolen' | 'written_off';

/** What can happen to one device of a loan: read by the guard, the API's answers, the documentation and the tests. */
export const loanItemMachine = {
  initial: 'on_loan',
  moves: {
    return: { from: ['on_loan', 'lost', 'stolen'], to: 'returned' }, // what was lost may come back
    declare_lost: { from: ['on_loan'], to: 'lost' },
    declare_stolen: { from: ['on_loan'], to: 'stolen' },
    write_off: { from: ['on_loan', 'lost', 'stolen'], to: 'written_off' },
  },
} as const satisfies { initial: State; moves: Record<string, Move<State>> };

export type LoanItemState = StateOf<typeof loanItemMachine>;
export type LoanItemMove = MoveOf<typeof loanItemMachine>;
export type LoanState = 'open' | 'closed';

/** A loan is open until every item is settled; one that comes back after it was lost opens nothing again. */
export function loanStateOf(items: readonly LoanItemState[]): LoanState {
  return items.includes('on_loan') ? 'open' : 'closed';
}
