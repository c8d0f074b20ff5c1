import { refusalsHolding, type Refusal, type RefusalTable } from '../../../shared/refusal.js';
import type { LoanState } from './loan-item.machine.js';
import { listOf, membersOf, type Reader, textOr, wordOr } from '../../../shared/stored-json.js';

export const AGREEMENT_METHODS = ['in_person', 'online', 'paper'] as const;

/** One signature of an agreement text. */
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

/**
 * Returns the words that tell what to do when texts are wanted that nobody has signed. Devices under different policies can want different
 * texts.
 */
export function signingInstruction(wanted: readonly string[]): string {
  const texts = [...new Set(wanted)].sort().map((terms) => `"${terms}"`);
  return texts.length > 1 ? `the texts that hold are ${texts.join(' and ')}` : `have the text ${texts.join('')} signed`;
}

/** Returns every reason against signing a text; `inForce` are the texts that are in force for the devices that are out. */
export function agreementRefusals(
  { state }: { readonly state: LoanState },
  termsVersion: string,
  inForce: readonly string[],
): Refusal<keyof typeof AGREEMENT_REFUSALS>[] {
  return refusalsHolding(AGREEMENT_REFUSALS, {
    LOAN_CLOSED: state === 'closed',
    AGREEMENT_NOT_IN_FORCE:
      state === 'open' &&
      !inForce.includes(termsVersion) &&
      `This agreement text does not hold for the loan now; ${signingInstruction(inForce)}.`,
  });
}

/** Since when signatures are asked for a loan, and of which texts; both null while everything is signed. */
export interface AskedAgreement {
  readonly agreementUnsignedSince: Date | null;
  readonly agreementTermsAsked: readonly string[] | null;
}

export const NO_ASKED_AGREEMENT: AskedAgreement = { agreementUnsignedSince: null, agreementTermsAsked: null };

export interface AgreementFacts extends AskedAgreement {
  readonly state: LoanState;
  /** Every text that was ever signed for the loan. A text that is in force again needs no second signature. */
  readonly signedTerms: readonly string[];
}

/**
 * Returns the signatures that are asked for a loan for which these texts are in force; under several rules there may be several texts. The
 * time counts from when the first of the missing texts was asked for, and begins anew when another text is added.
 */
export function askedAgreement(loan: AgreementFacts, inForce: readonly string[], now: Date): AskedAgreement {
  const missing = [...new Set(inForce)].filter((terms) => !loan.signedTerms.includes(terms)).sort();
  if (loan.state === 'closed' || missing.length === 0) return NO_ASKED_AGREEMENT;
  const askedBefore = loan.agreementTermsAsked ?? [];
  const isNew = missing.some((terms) => !askedBefore.includes(terms));
  return { agreementUnsignedSince: isNew ? now : loan.agreementUnsignedSince, agreementTermsAsked: missing };
}

/** Whether the signature of a further text is asked for. */
export function isNewlyAsked(before: AskedAgreement, after: AskedAgreement): boolean {
  return after.agreementUnsignedSince !== null && after.agreementUnsignedSince.getTime() !== before.agreementUnsignedSince?.getTime();
}

/** Whether other signatures are asked for than before. */
export function isAskedOtherwise(before: AskedAgreement, after: AskedAgreement): boolean {
  return isNewlyAsked(before, after) || before.agreementTermsAsked?.join('\n') !== after.agreementTermsAsked?.join('\n');
}

/** Reads a stored signature. */
export const storedAgreement: Reader<Agreement> = (stored) => {
  const { signatoryName, method, termsVersion } = membersOf(stored);
  return {
    signatoryName: textOr('')(signatoryName),
    method: wordOr(AGREEMENT_METHODS, 'paper')(method),
    termsVersion: textOr('')(termsVersion),
  };
};

/** Reads the stored signatures before the present one, the oldest first. */
export const storedAgreements: Reader<Agreement[]> = listOf(storedAgreement);

/** Stands in place of a name that is not to be seen. */
const HIDDEN = '…';

/** A loan as a contact of a file sees it that has other contacts: another may have signed. */
export function withoutSignatories<Loan extends { readonly agreement: Agreement; readonly earlierAgreements: readonly Agreement[] }>(
  loan: Loan,
): Loan {
  const unnamed = (agreement: Agreement): Agreement => ({ ...agreement, signatoryName: HIDDEN });
  return { ...loan, agreement: unnamed(loan.agreement), earlierAgreements: loan.earlierAgreements.map(unnamed) };
}
