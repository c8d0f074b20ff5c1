import { expect, test } from '@jest/globals';
import { day } from '../../../../shared/day.js';
import type { LoanRecord } from '../loan-readings.repository.js';
import { LoanView } from './loan.dto.js';

const NOW = new Date('2026-11-02T08:00:00Z');
const agreement = (text: number) => ({
  signatoryName: 'Nadia B.',
  method: 'in_person' as const,
  termsVersion: `T${text}`,
  signedAt: NOW.toISOString(),
});

test('of a loan that was signed for very often the newest agreements are shown', () => {
  const loan: LoanRecord = {
    id: '0199c2a4-7f63-7cc0-9d53-5a4f8d2b1e10',
    reference: 'L-5EVF-CD',
    householdId: '0199c2a4-7f63-7cc0-9d53-5a4f8d2b1e11',
    siteId: '0199c2a4-7f63-7cc0-9d53-5a4f8d2b1e12',
    state: 'open',
    handedOverAt: NOW,
    dueOn: day('2027-05-03'),
    graceDays: 3,
    recalledOn: null,
    renewals: 0,
    agreement: agreement(250),
    earlierAgreements: Array.from({ length: 250 }, (_, text) => agreement(text)),
    agreementUnsignedSince: null,
    agreementTermsAsked: null,
    closedAt: null,
    items: [],
    timeZone: 'Europe/Paris',
    version: 1,
    createdAt: NOW,
    updatedAt: NOW,
  };
  const shown = LoanView.of(loan, NOW).earlierAgreements.map(({ termsVersion }) => termsVersion);
  expect(shown).toHaveLength(100);
  expect([shown[0], shown[99]]).toEqual(['T150', 'T249']);
});
