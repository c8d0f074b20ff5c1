import { test } from '@fast-check/jest';
import { expect } from '@jest/globals';
import fc from 'fast-check';
import { refusalsHolding } from './refusal.js';

const RENEWAL = {
  LOAN_CLOSED: { overridable: false, message: 'The loan is over; lend again.' },
  LOAN_RECALLED: { overridable: true, message: 'The device is called back; return it.' },
  LOAN_OVERDUE: { overridable: true, message: 'The loan is late; return it first.' },
} as const;

const holds = fc.record({ LOAN_OVERDUE: fc.boolean(), LOAN_CLOSED: fc.boolean(), LOAN_RECALLED: fc.boolean() });

test.prop([holds])('every reason that holds is told once, with its right and its words, in the order of the table', (facts) => {
  const codes = (['LOAN_CLOSED', 'LOAN_RECALLED', 'LOAN_OVERDUE'] as const).filter((code) => facts[code]);
  expect(refusalsHolding(RENEWAL, facts)).toEqual(codes.map((code) => ({ code, ...RENEWAL[code] })));
});

test('the order is the table’s, not that of the facts', () => {
  const reasons = refusalsHolding(RENEWAL, { LOAN_OVERDUE: true, LOAN_RECALLED: false, LOAN_CLOSED: true });
  expect(reasons.map(({ code }) => code)).toEqual(['LOAN_CLOSED', 'LOAN_OVERDUE']);
});
