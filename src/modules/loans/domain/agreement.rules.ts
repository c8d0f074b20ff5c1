import { refusalsHolding, type Refusal, type RefusalTable } from '../../../shared/refusal.js';
import type { LoanState } from './loan-item.machine.js';
import { listOf, membersOf, type Reader, textOr, wordOr } from '../../../shared/stored-json.js';

export const AGREEMENT_METHODS = ['in_person', 'online', 'paper'] as const;

/** A signature. */
export interface Agreement {
  readonly signatoryName: string;
  readonly method: (typeof AGREEMENT_METHODS)[number];
  readonly termsVersion: string;
}

/** Reasons against signing a loan's agreement, in the order in which the API lists them. */
export const AGREEMENT_REFUSALS = {
  LOAN_CLOSED: { overridable: false, message: 'This loan is closed: nothing of it is left to sign for.' },
  AGREEMENT_NOT_IN_FORCE: {
    overridable: false,
    message: 'This agreement text does not hold for the loan now; have the one signed that the loan policy names.',
  },
} as const satisfies RefusalTable;

/** What is to be done where a text is wanted that nobody has signed; several can be wanted of things under several policies. */
export function signWanted(wanted: readonly string[]): string {
  const texts = [...new Set(wanted)].sort().map((terms) => `"${terms}"`);
  return texts.length > 1 ? `the texts that hold are ${texts.join(' and ')}` : `have the text ${texts.join('')} signed`;
}

/** Every reason against signing a text, `inForce` being those that hold for what is out. */
export function agreementRefusals(
  { state }: { readonly state: LoanState },
  termsVersion: string,
  inForce: readonly string[],
): Refusal<keyof typeof AGREEMENT_REFUSALS>[] {
  return refusalsHolding(AGREEMENT_REFUSALS, {
    LOAN_CLOSED: state === 'closed',
    AGREEMENT_NOT_IN_FORCE:
      state === 'open' && !inForce.includes(termsVersion) && `This agreement text does not hold for the loan now; ${signWanted(inForce)}.`,
  });
}

/** Since when texts are asked of a loan, and which; both null while everything is signed. */
export interface AgreementAsked {
  readonly agreementUnsignedSince: Date | null;
  readonly agreementTermsAsked: readonly string[] | null;
}

export const NOTHING_ASKED: AgreementAsked = { agreementUnsignedSince: null, agreementTermsAsked: null };

export interface AgreementFacts extends AgreementAsked {
  readonly state: LoanState;
  /** Every text that was ever signed for the loan: what came back into force needs no second signature. */
  readonly signedTerms: readonly string[];
}

/**
 * What is asked of a loan for which these texts are in force: under several rules it may be several. The time counts from when the first of
 * those that are missing still was asked, and anew when another text is added.
 */
export function agreementAsked(loan: AgreementFacts, inForce: readonly string[], now: Date): AgreementAsked {
  const missing = [...new Set(inForce)].filter((terms) => !loan.signedTerms.includes(terms)).sort();
  if (loan.state === 'closed' || missing.length === 0) return NOTHING_ASKED;
  const askedBefore = loan.agreementTermsAsked ?? [];
  const isNew = missing.some((terms) => !askedBefore.includes(terms));
  return { agreementUnsignedSince: isNew ? now : loan.agreementUnsignedSince, agreementTermsAsked: missing };
}

/** Whether a text is asked that was not asked before. */
export function isNewlyAsked(before: AgreementAsked, after: AgreementAsked): boolean {
  return after.agreementUnsignedSince !== null && after.agreementUnsignedSince.getTime() !== before.agreementUnsignedSince?.getTime();
}

/** Whether something else is asked than before. */
export function isAskedOtherwise(before: AgreementAsked, after: AgreementAsked): boolean {
  return isNewlyAsked(before, after) || before.agreementTermsAsked?.join('\n') !== after.agreementTermsAsked?.join('\n');
}

/** A signature as it was stored. */
export const storedAgreement: Reader<Agreement> = (stored) => {
  const { signatoryName, method, termsVersion } = membersOf(stored);
  return {
    signatoryName: textOr('')(signatoryName),
    method: wordOr(AGREEMENT_METHODS, 'paper')(method),
    termsVersion: textOr('')(termsVersion),
  };
};

/** The signatures before the present one, from the oldest. */
export const storedAgreements: Reader<Agreement[]> = listOf(storedAgreement);
