import type { Move, StateOf } from '../../../shared/machine.js';

type State = 'open' | 'accepted' | 'collected' | 'declined' | 'revoked' | 'withdrawn' | 'expired' | 'pickup_expired';

/** The life of one offer (product.md, "Requests, offers, loans"). Its device is held while the offer is open or accepted. */
export const offerMachine = {
  initial: 'open',
  moves: {
    accept: { from: ['open'], to: 'accepted' },
    rebook: { from: ['accepted'], to: 'accepted' }, // another collection slot
    collect: { from: ['open', 'accepted'], to: 'collected' }, // whichever device was handed over for the line
    decline: { from: ['open', 'accepted'], to: 'declined' },
    revoke: { from: ['open', 'accepted'], to: 'revoked' },
    withdraw: { from: ['open', 'accepted'], to: 'withdrawn' },
    expire_offer: { from: ['open'], to: 'expired' },
    expire_pickup: { from: ['accepted'], to: 'pickup_expired' },
  },
} as const satisfies { initial: State; moves: Record<string, Move<State>> };

export type OfferState = StateOf<typeof offerMachine>;

/** The moves that end an offer. After each of them its device and its place in a slot are free. */
export type OfferEnd = Exclude<keyof typeof offerMachine.moves, 'accept' | 'rebook'>;

/** The states in which a device is held. */
export const LIVE_OFFER_STATES = offerMachine.moves.collect.from;
type LiveOfferState = (typeof LIVE_OFFER_STATES)[number];

export const isLive = (state: OfferState): state is LiveOfferState => (LIVE_OFFER_STATES as readonly OfferState[]).includes(state);

/** The only final states that count as missed. */
export const MISSED_OFFER_STATES = [offerMachine.moves.expire_offer.to, offerMachine.moves.expire_pickup.to] as const;
