import { test } from '@fast-check/jest';
import { describe, expect } from '@jest/globals';
import fc from 'fast-check';
import { agreementRefusals, askedAgreement, isAskedOtherwise, isNewlyAsked, NO_ASKED_AGREEMENT } from './agreement.rules.js';

const NOW = new Date('2026-11-02T10:00:00Z');
const EARLIER = new Date('2026-10-01T10:00:00Z');
const terms = fc.constantFrom('A', 'B', 'C', 'D');
const texts = fc.array(terms, { maxLength: 4 });
const asked = fc.option(
  fc
    .uniqueArray(terms, { minLength: 1, maxLength: 3 })
    .map((each) => ({ agreementUnsignedSince: EARLIER, agreementTermsAsked: each.sort() })),
  { nil: NO_ASKED_AGREEMENT },
);
const state = fc.constantFrom('open' as const, 'closed' as const);
const loan = fc.record({ state, signedTerms: texts, before: asked }).map(({ before, ...facts }) => ({ ...facts, ...before }));

describe('what is asked', () => {
  test.prop([loan, texts])('is what is in force and was never signed, while the loan runs', (facts, inForce) => {
    const after = askedAgreement(facts, inForce, NOW);
    const missing = inForce.filter((each) => !facts.signedTerms.includes(each));
    expect(new Set(after.agreementTermsAsked)).toEqual(new Set(facts.state === 'open' ? missing : []));
    expect(after.agreementUnsignedSince === null).toBe(after.agreementTermsAsked === null);
  });

  test.prop([loan, texts])('asked again it is the same, since the same time', (facts, inForce) => {
    const once = askedAgreement(facts, inForce, NOW);
    const later = askedAgreement({ ...facts, ...once }, inForce.toReversed(), new Date('2026-12-01T10:00:00Z'));
    expect(later).toEqual(once);
    expect([isNewlyAsked(once, later), isAskedOtherwise(once, later)]).toEqual([false, false]);
  });

  test.prop([loan, texts])('counts anew only when another text is added', (facts, inForce) => {
    const after = askedAgreement(facts, inForce, NOW);
    const added = (after.agreementTermsAsked ?? []).filter((each) => !facts.agreementTermsAsked?.some((before) => before === each));
    expect(isNewlyAsked(facts, after)).toBe(added.length > 0);
    if (added.length > 0) expect(isAskedOtherwise(facts, after)).toBe(true);
  });

  test('of a loan under two texts: the second stays asked, and what comes back into force needs no second signature', () => {
    const signed = (...signedTerms: string[]) => ({ state: 'open' as const, signedTerms });
    const both = askedAgreement({ ...signed('A'), ...NO_ASKED_AGREEMENT }, ['B', 'C', 'B'], EARLIER);
    expect(both).toEqual({ agreementUnsignedSince: EARLIER, agreementTermsAsked: ['B', 'C'] });
    const one = askedAgreement({ ...signed('A', 'B'), ...both }, ['B', 'C'], NOW);
    expect(one).toEqual({ agreementUnsignedSince: EARLIER, agreementTermsAsked: ['C'] });
    expect([isNewlyAsked(both, one), isAskedOtherwise(both, one)]).toEqual([false, true]);
    expect(askedAgreement({ ...signed('A', 'B'), ...one }, ['A'], NOW)).toEqual(NO_ASKED_AGREEMENT);
  });
});

test('only what is in force is signed, and only for a loan that runs', () => {
  const codes = (...[facts, named, inForce]: Parameters<typeof agreementRefusals>) =>
    agreementRefusals(facts, named, inForce).map(({ code, overridable }) => [code, overridable]);
  expect(codes({ state: 'open' }, 'B', ['A', 'B'])).toEqual([]);
  expect(codes({ state: 'open' }, 'C', ['A', 'B'])).toEqual([['AGREEMENT_NOT_IN_FORCE', false]]);
  expect(codes({ state: 'closed' }, 'C', [])).toEqual([['LOAN_CLOSED', false]]);
});
