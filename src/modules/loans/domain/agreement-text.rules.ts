import { createHash } from 'node:crypto';
import type { Fault } from '../../../shared/denial.js';
import type { Agreement } from './agreement.rules.js';
import type { LoanState } from './loan-item.machine.js';
import { refusalsHolding, type Refusal, type RefusalTable } from '../../../shared/refusal.js';

/** An agreement in one language: paragraphs of plain text with an empty line between them. */
export interface AgreementText {
  readonly language: string;
  readonly body: string;
}

/** Reasons against signing online, in the order in which the API lists them. */
export const ONLINE_REFUSALS = {
  LOAN_CLOSED: { overridable: false, message: 'This loan is closed: nothing of it is left to sign for.' },
  AGREEMENT_SIGNED: { overridable: false, message: 'This agreement is signed already; nothing is left to sign.' },
  AGREEMENT_TEXT_MISSING: {
    overridable: false,
    message: 'The council has not written this agreement here, so nobody can read it; have it signed at the desk.',
  },
  AGREEMENT_NOT_IN_FORCE: {
    overridable: false,
    message: 'These are not the words that hold for the loan now; read them again, and sign those.',
  },
} as const satisfies RefusalTable;

export interface OnlineSigningFacts {
  readonly state: LoanState;
  /** The texts that are to be signed now. */
  readonly asked: readonly string[];
  /** The text that the family has read, and in which words. */
  readonly termsVersion: string;
  readonly textHash: string;
  /** The words that hold in that language; null where there are none. */
  readonly present: AgreementText | null;
  /** Every text that was ever signed for the loan. */
  readonly signedTerms: readonly string[];
}

/** Returns every reason against signing a text online. */
export function onlineRefusals(facts: OnlineSigningFacts): Refusal<keyof typeof ONLINE_REFUSALS>[] {
  const isOpen = facts.state === 'open';
  const isAsked = facts.asked.includes(facts.termsVersion);
  const isSigned = isOpen && !isAsked && facts.signedTerms.includes(facts.termsVersion);
  const isMissing = isOpen && isAsked && facts.present === null;
  return refusalsHolding(ONLINE_REFUSALS, {
    LOAN_CLOSED: !isOpen,
    AGREEMENT_SIGNED: isSigned,
    AGREEMENT_TEXT_MISSING: isMissing,
    AGREEMENT_NOT_IN_FORCE:
      isOpen && !isSigned && !isMissing && (!isAsked || facts.present === null || hashOfText(facts.present.body) !== facts.textHash),
  });
}

/** What a family leaves out that must be known of its signature. */
export function onlineFaults(given: Pick<Agreement, 'method'> & Record<'language' | 'textHash', string | null>): Fault[] {
  const faults: Fault[] = [];
  if (given.method !== 'online')
    faults.push({ pointer: '/method', code: 'NOT_TAKEN', message: 'must be online, where a family signs itself' });
  if (given.language === null)
    faults.push({ pointer: '/language', code: 'REQUIRED', message: 'must say in which language the text was read' });
  if (given.textHash === null)
    faults.push({ pointer: '/textHash', code: 'REQUIRED', message: 'must be the textHash of the words that were read' });
  return faults;
}

/** The hash by which the very words are known: SHA-256 in base64url. */
export function hashOfText(body: string): string {
  return createHash('sha256').update(body).digest('base64url');
}

/** The text in the first of these languages in which there is one, whatever the region; else any. Null when there is none. */
export function textFor(texts: readonly AgreementText[], wished: readonly (string | null)[]): AgreementText | null {
  const languages = wished.flatMap((language) => (language === null ? [] : [language, language.split('-')[0] ?? language]));
  for (const language of languages) {
    const found = texts.find((text) => text.language === language);
    if (found) return found;
  }
  return texts[0] ?? null;
}
