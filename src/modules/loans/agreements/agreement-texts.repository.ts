import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import type { AgreementText } from '../domain/agreement-text.rules.js';

// Reads councils and contacts beside the tables of this module.

/** Names a text: the version by which the loan policy names it, and its language. */
export interface AgreementTextKey {
  readonly termsVersion: string;
  readonly language: string;
}

export interface StoredAgreementText extends AgreementTextKey, AgreementText {
  readonly version: number;
  readonly updatedAt: Date;
}

/** The languages in which a text is looked for: that of the reader first. */
export interface WishedLanguages {
  readonly own: string | null;
  readonly ofCouncil: readonly string[];
}

const COLUMNS = 'terms_version AS "termsVersion", language, body, version, updated_at AS "updatedAt"';
const FIND = `SELECT ${COLUMNS} FROM agreement_texts WHERE council_id = current_council() AND terms_version = $1 AND language = $2`;
const LOCK = `${FIND} FOR UPDATE`;
const OF_TERMS = 'SELECT language, body FROM agreement_texts WHERE council_id = current_council() AND terms_version = $1 ORDER BY language';
const LIST = `SELECT ${COLUMNS} FROM agreement_texts WHERE council_id = current_council() ORDER BY terms_version, language`;
const INSERT = `
  INSERT INTO agreement_texts (council_id, terms_version, language, body, updated_at) VALUES (current_council(), $1, $2, $3, $4)
  ON CONFLICT DO NOTHING`;
const REPLACE = `
  UPDATE agreement_texts SET body = $3, version = version + 1, updated_at = $4
  WHERE council_id = current_council() AND terms_version = $1 AND language = $2`;
const WISHED = `
  SELECT c.languages AS "ofCouncil", (SELECT k.language FROM contacts k WHERE k.council_id = c.id AND k.id = $1) AS own
  FROM councils c WHERE c.id = current_council()`;

/** The SQL of the agreements that councils write. */
@Injectable()
export class AgreementTextsRepository {
  find(tx: Tx, { termsVersion, language }: AgreementTextKey): Promise<StoredAgreementText | null> {
    return tx.one<StoredAgreementText>(FIND, [termsVersion, language]);
  }

  lock(tx: Tx, { termsVersion, language }: AgreementTextKey): Promise<StoredAgreementText | null> {
    return tx.one<StoredAgreementText>(LOCK, [termsVersion, language]);
  }

  /** The text of one version in every language in which the council has written it. */
  ofTerms(tx: Tx, termsVersion: string): Promise<AgreementText[]> {
    return tx.query<AgreementText>(OF_TERMS, [termsVersion]);
  }

  list(tx: Tx): Promise<StoredAgreementText[]> {
    return tx.query<StoredAgreementText>(LIST);
  }

  /** Writes the first text for a key; returns false when somebody else was quicker. */
  async insert(tx: Tx, { termsVersion, language }: AgreementTextKey, body: string, now: Date): Promise<boolean> {
    return (await tx.execute(INSERT, [termsVersion, language, body, now])) === 1;
  }

  async replace(tx: Tx, { termsVersion, language }: AgreementTextKey, body: string, now: Date): Promise<void> {
    await tx.execute(REPLACE, [termsVersion, language, body, now]);
  }

  /** The languages of a contact and of the council; without a contact those of the council. */
  wishedBy(tx: Tx, contactId: string | null): Promise<WishedLanguages> {
    return tx.row<WishedLanguages>(WISHED, [contactId]);
  }
}
