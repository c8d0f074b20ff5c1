import { describe, expect, test } from '@jest/globals';
import { day } from '../../../shared/day.js';
import { dropReason, type TriggerName } from './triggers.js';
import type { LineSituation, LoanSituation, OfferSituation, Situation } from './situation.js';

const item = { state: 'on_loan', claimedReturned: false, returnedThen: false, model: 'Acme Book', assetTag: 'LT-0001' } as const;
const loan: LoanSituation = {
  reference: 'L-1',
  dueOn: day('2026-11-02'),
  overdueFrom: day('2026-11-06'),
  recalledOn: null,
  unsignedSince: null,
  siteName: 'Mairie',
  items: [item],
};
const offer: OfferSituation = {
  state: 'open',
  expiresAt: '2026-11-09T23:00:00+00:00',
  pickupSlotId: null,
  pickupAt: null,
  told: true,
  device: 'laptop',
  siteName: 'Mairie',
};
const line: LineSituation = { state: 'waiting', class: 'computer', reason: null, suspendedUntil: null, missed: 0 };
const incident = { kind: 'broken', state: 'open', outcome: null, device: 'laptop' } as const;
const household = { reference: 'F-1', changedAt: '2025-11-01T10:00:00+00:00', concerned: true };

interface NoticeCase extends Partial<Situation> {
  readonly about?: string | null;
  readonly overtaken?: boolean;
  readonly at?: string;
}

/** Returns why a notice that is about to be sent is dropped; null when it is sent. */
function against(
  trigger: TriggerName,
  { about = null, overtaken = false, at = '2026-11-02T09:00:00Z', ...situation }: NoticeCase,
): string | null {
  const whole = { loan, line, offer, incident, household, ...situation };
  return dropReason({ trigger, about, overtaken }, whole, new Date(at), 'Europe/Paris');
}

describe('reminders of a loan', () => {
  const returned = { ...item, state: 'returned' } as const;
  const claimed = { ...item, claimedReturned: true };
  const overdue = (items: LoanSituation['items'], set: NoticeCase = {}) =>
    against('loan_overdue', { loan: { ...loan, items }, about: loan.dueOn, at: '2026-11-06T08:00:00Z', ...set });

  test('nobody is reminded of what came back, was lost, or is said to be back', () => {
    expect(overdue([returned])).toBe('RETURNED');
    expect(overdue([returned, { ...item, state: 'stolen' }])).toBe('LOST_OR_STOLEN');
    expect(overdue([returned, { ...item, state: 'written_off' }])).toBe('CLOSED');
    expect(overdue([returned, claimed])).toBe('CLAIMED_RETURNED');
  });

  test('but of what is still out beside it', () => {
    expect(overdue([returned, claimed, item])).toBeNull();
  });

  test('another due day has other reminders; what is not true yet is not dropped', () => {
    expect(overdue([item], { about: '2026-10-30' })).toBe('DUE_DAY_CHANGED');
    expect(overdue([item], { at: '2026-11-05T22:59:00Z' })).toBeNull();
  });

  test('only the last that is due is sent, and "due" is true until the due day ends', () => {
    expect(overdue([item], { overtaken: true })).toBe('OVERTAKEN');
    expect(against('loan_due', { loan, about: loan.dueOn, at: '2026-11-02T22:59:00Z' })).toBeNull();
    expect(against('loan_due', { loan, about: loan.dueOn, at: '2026-11-02T23:00:00Z' })).toBe('OVERTAKEN');
  });
});

test('an agreement is asked for until it is signed, or another text is asked for', () => {
  const unsigned = { ...loan, unsignedSince: '2026-11-01T14:00:00+00:00' };
  const about = '2026-11-01T14:00:00.000Z';
  expect(against('agreement_unsigned', { loan: unsigned, about })).toBeNull();
  expect(against('agreement_unsigned', { loan, about })).toBe('SIGNED');
  expect(against('agreement_unsigned', { loan: unsigned, about: '2026-10-01T14:00:00.000Z' })).toBe('OVERTAKEN');
  expect(against('agreement_unsigned', { loan: unsigned, about, overtaken: true })).toBe('OVERTAKEN');
  const returned = { ...unsigned, unsignedSince: null, items: [{ ...item, state: 'returned' as const }] };
  expect(against('agreement_unsigned', { loan: returned, about })).toBe('RETURNED');
});

describe('offers and pickups', () => {
  const slot = '0199c2a4-7f63-7cc0-9d53-5a4f8d2b1e10';
  const booked = { ...offer, state: 'accepted', pickupSlotId: slot, pickupAt: '2026-11-04T08:00:00+00:00' } as const;

  test('nobody is offered what is gone', () => {
    expect(against('offer_made', { offer })).toBeNull();
    for (const state of ['accepted', 'declined', 'revoked', 'withdrawn', 'expired', 'collected'] as const)
      expect(against('offer_made', { offer: { ...offer, state } })).toBe('OFFER_ENDED');
    expect(against('offer_made', { offer, at: '2026-11-09T23:00:00Z' })).toBe('OFFER_ENDED');
  });

  test('an end that was moved has a notice of its own', () => {
    expect(against('offer_expiring', { offer, about: '2026-11-09T23:00:00.000Z' })).toBeNull();
    expect(against('offer_expiring', { offer, about: '2026-11-06T23:00:00.000Z' })).toBe('DUE_DAY_CHANGED');
  });

  test('a pickup is told of while it is to come, in the slot that was chosen', () => {
    expect(against('pickup_tomorrow', { offer: booked, about: slot })).toBeNull();
    expect(against('pickup_booked', { offer: booked, about: 'another' })).toBe('PICKUP_CHANGED');
    expect(against('pickup_booked', { offer: { ...booked, pickupSlotId: null }, about: slot })).toBe('PICKUP_CHANGED');
    expect(against('pickup_tomorrow', { offer: booked, about: slot, at: '2026-11-04T08:00:00Z' })).toBe('OVERTAKEN');
    expect(against('pickup_tomorrow', { offer: { ...booked, state: 'collected' }, about: slot })).toBe('OFFER_ENDED');
  });

  test('who was never told of an offer is not told that it is gone', () => {
    const revoked = { ...offer, state: 'revoked' } as const;
    expect(against('offer_withdrawn', { offer: revoked, line })).toBeNull();
    expect(against('offer_withdrawn', { offer: { ...revoked, told: false }, line, about: 'open' })).toBe('NOT_NEEDED');
    expect(against('offer_withdrawn', { offer: { ...revoked, told: false }, line, about: 'accepted' })).toBeNull();
    expect(against('offer_withdrawn', { offer: revoked, line: { ...line, state: 'withdrawn' } })).toBe('WITHDRAWN');
    expect(against('offer_withdrawn', { offer: revoked, line: { ...line, state: 'fulfilled' } })).toBe('OVERTAKEN');
  });

  test('a pickup is cancelled until another is booked, or the family ends it', () => {
    expect(against('pickup_cancelled', { offer: { ...booked, state: 'revoked' }, line, about: slot })).toBeNull();
    expect(against('pickup_cancelled', { offer: { ...booked, pickupSlotId: null }, line, about: slot })).toBeNull();
    expect(against('pickup_cancelled', { offer: { ...booked, pickupSlotId: 'another' }, line, about: slot })).toBe('PICKUP_CHANGED');
    expect(against('pickup_cancelled', { offer: { ...booked, state: 'declined' }, line, about: slot })).toBe('OFFER_ENDED');
  });
});

describe('requests', () => {
  test.each([
    ['request_received', 'waiting', null],
    ['request_received', 'withdrawn', 'WITHDRAWN'],
    ['request_received', 'fulfilled', 'OVERTAKEN'],
    ['request_refused', 'refused', null],
    ['request_refused', 'waiting', 'OVERTAKEN'],
    ['request_suspended', 'suspended', null],
    ['request_suspended', 'waiting', 'OVERTAKEN'],
    ['offer_expired', 'suspended', null],
    ['offer_expired', 'offered', 'OVERTAKEN'],
  ] as const)('%s of a line that is %s: %s', (trigger, state, reason) => {
    expect(against(trigger, { line: { ...line, state } })).toBe(reason);
  });
});

test('an incident is told of while it is open, and its end for ever', () => {
  expect(against('incident_opened', { incident })).toBeNull();
  expect(against('incident_opened', { incident: { ...incident, state: 'closed' } })).toBe('OVERTAKEN');
  expect(against('incident_closed', { incident: { ...incident, state: 'closed', outcome: 'repaired' } })).toBeNull();
});

test('a household that changed its file since, or that neither waits nor has anything, is not asked to review it', () => {
  expect(against('need_review_due', { about: '2025-11-01' })).toBeNull();
  expect(against('need_review_due', { about: '2025-09-01' })).toBe('DUE_DAY_CHANGED');
  expect(against('need_review_due', { about: '2025-11-01', household: { ...household, concerned: false } })).toBe('NOT_NEEDED');
});

test('a notice without what it is about is our fault', () => {
  expect(() => against('loan_due', { loan: null })).toThrow('without its loan');
});
