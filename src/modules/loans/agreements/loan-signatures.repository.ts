import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import { hashOfText } from '../domain/agreement-text.rules.js';

/** What a contact signed online for a loan. */
export interface LoanSignature {
  readonly termsVersion: string;
  readonly contactId: string;
  readonly signatoryName: string;
  /** In which language, and in which words, it was read. */
  readonly language: string;
  readonly body: string;
  readonly signedAt: Date;
}

const FIND = `
  SELECT s.terms_version AS "termsVersion", s.contact_id AS "contactId", s.signatory_name AS "signatoryName", s.language, t.body,
         s.signed_at AS "signedAt"
  FROM loan_signatures s JOIN signed_texts t ON t.council_id = s.council_id AND t.text_hash = s.text_hash
  WHERE s.council_id = current_council() AND s.loan_id = $1 AND s.terms_version = $2`;
const KEEP_TEXT = `
  INSERT INTO signed_texts (council_id, text_hash, body) VALUES (current_council(), $1, $2) ON CONFLICT DO NOTHING`;
const INSERT = `
  INSERT INTO loan_signatures (council_id, loan_id, terms_version, contact_id, signatory_name, language, text_hash, signed_at)
  VALUES (current_council(), $1, $2, $3, $4, $5, $6, $7)`;

/** The SQL of what families signed online. */
@Injectable()
export class LoanSignaturesRepository {
  /** The signature of a text; null where none was given online. */
  find(tx: Tx, loanId: string, termsVersion: string): Promise<LoanSignature | null> {
    return tx.one<LoanSignature>(FIND, [loanId, termsVersion]);
  }

  /** Stores a signature of a locked loan, with the very words that were signed. */
  async insert(tx: Tx, loanId: string, signature: LoanSignature): Promise<void> {
    const { termsVersion, contactId, signatoryName, language, body, signedAt } = signature;
    const textHash = hashOfText(body);
    await tx.execute(KEEP_TEXT, [textHash, body]);
    await tx.execute(INSERT, [loanId, termsVersion, contactId, signatoryName, language, textHash, signedAt]);
  }
}
