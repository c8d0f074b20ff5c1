import type { Move, MoveOf, StateOf } from '../../../shared/machine.js';

type State = 'on_loan' | 'returned' | 'lost' | 'stolen' | 'written_off';

/** The states of one device of a loan: the rules, the API's answers, the documentation and the tests all read this table. */
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

/** Returns the state of a loan: it is open until every item is settled. An item that comes back after it was lost does not open it again. */
export function loanStateOf(items: readonly LoanItemState[]): LoanState {
  return items.includes('on_loan') ? 'open' : 'closed';
}
