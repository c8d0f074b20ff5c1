import type { Move, MoveOf, StateOf } from '../../../shared/machine.js';

type State = 'draft' | 'waiting' | 'offered' | 'accepted' | 'fulfilled' | 'suspended' | 'refused' | 'withdrawn';

/** The states of one line of a request (product.md, "Requests, offers, loans"). */
export const requestLineMachine = {
  initial: 'draft',
  moves: {
    submit: { from: ['draft'], to: 'waiting' },
    offer: { from: ['waiting'], to: 'offered' },
    accept: { from: ['offered'], to: 'accepted' },
    rebook: { from: ['accepted'], to: 'accepted' }, // another collection slot
    decline: { from: ['offered', 'accepted'], to: ['waiting', 'withdrawn'] }, // withdrawn: no longer needed
    revoke: { from: ['offered', 'accepted'], to: 'waiting' },
    expire_offer: { from: ['offered'], to: ['waiting', 'suspended'] }, // suspended: missed as many as the policy bears
    expire_pickup: { from: ['accepted'], to: ['waiting', 'suspended'] },
    hand_over: { from: ['waiting', 'suspended', 'offered', 'accepted'], to: 'fulfilled' },
    suspend: { from: ['waiting'], to: 'suspended' },
    resume: { from: ['suspended'], to: 'waiting' },
    refuse: { from: ['waiting', 'suspended'], to: 'refused' },
    appeal: { from: ['refused'], to: 'refused' },
    uphold_appeal: { from: ['refused'], to: 'waiting', when: 'appeal_pending' },
    dismiss_appeal: { from: ['refused'], to: 'refused', when: 'appeal_pending' },
    withdraw: { from: ['draft', 'waiting', 'suspended', 'offered', 'accepted'], to: 'withdrawn' },
  },
} as const satisfies { initial: State; moves: Record<string, Move<State>> };

export type RequestLineState = StateOf<typeof requestLineMachine>;
export type RequestLineMove = MoveOf<typeof requestLineMachine>;

/** The states of an open line, in which a hand-over would fulfil it. */
export const OPEN_LINE_STATES = requestLineMachine.moves.hand_over.from;
