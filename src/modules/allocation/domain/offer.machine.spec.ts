import { expect, test } from '@jest/globals';
import { attempt, possibleMoves, reachableStates } from '../../../shared/machine.js';
import { LIVE_OFFER_STATES, MISSED_OFFER_STATES, offerMachine, type OfferState } from './offer.machine.js';

type OfferMove = keyof typeof offerMachine.moves;

const ENDS = {
  collect: 'collected',
  decline: 'declined',
  revoke: 'revoked',
  withdraw: 'withdrawn',
} as const;
/** State by state: what leaves it, and for where. */
const ARROWS: Record<OfferState, Partial<Record<OfferMove, OfferState>>> = {
  open: { accept: 'accepted', ...ENDS, expire_offer: 'expired' },
  accepted: { rebook: 'accepted', ...ENDS, expire_pickup: 'pickup_expired' },
  collected: {},
  declined: {},
  revoked: {},
  withdrawn: {},
  expired: {},
  pickup_expired: {},
};
const STATES = Object.keys(ARROWS) as OfferState[];
const MOVES = Object.keys(offerMachine.moves) as OfferMove[];

test('every state can be reached', () => {
  expect(reachableStates(offerMachine).sort()).toEqual([...STATES].sort());
});

test.each(STATES.flatMap((state) => MOVES.map((move) => [state, move] as const)))('from %s: %s', (state, move) => {
  const target = ARROWS[state][move];
  expect(attempt(offerMachine, state, move)).toEqual(
    target === undefined
      ? { ok: false, reason: { from: state, move, possible: possibleMoves(offerMachine, state) } }
      : { ok: true, value: target },
  );
});

test('a device is held in the states that something leaves; only what runs out is missed', () => {
  expect([...LIVE_OFFER_STATES].sort()).toEqual(STATES.filter((state) => Object.keys(ARROWS[state]).length > 0).sort());
  expect([...MISSED_OFFER_STATES]).toEqual(['expired', 'pickup_expired']);
});
