import { Injectable } from '@nestjs/common';
import { Audit, Clock, Transactions, type Tx } from '../../../platform/index.js';
import { notFound, type Outcome, stale } from '../../../shared/denial.js';
import { TEXT_LANGUAGES, textLanguageOf } from '../../../shared/language.js';
import { ok } from '../../../shared/result.js';
import { type ExpectedVersion, isExpected } from '../../../shared/version.js';
import type { Actor } from '../../councils/index.js';
import { type AgreementText, textFor } from '../domain/agreement-text.rules.js';
import { SHIPPED_AGREEMENT, SHIPPED_TERMS } from '../domain/agreement.texts.js';
import { type AgreementTextKey, AgreementTextsRepository, type StoredAgreementText } from './agreement-texts.repository.js';

/** A text with its version: null is the shipped one. */
export interface AgreementTextInUse extends AgreementTextKey, AgreementText {
  readonly version: number | null;
  readonly updatedAt: Date | null;
}

const SHIPPED: readonly AgreementText[] = TEXT_LANGUAGES.map((language) => ({ language, body: SHIPPED_AGREEMENT[language] }));

/** Reads and replaces the agreements that families sign, which councils may write themselves. */
@Injectable()
export class AgreementTextsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly texts: AgreementTextsRepository,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Returns the texts that the council has written. */
  list(councilId: string): Promise<StoredAgreementText[]> {
    return this.transactions.read(councilId, (tx) => this.texts.list(tx));
  }

  get(councilId: string, key: AgreementTextKey): Promise<Outcome<AgreementTextInUse>> {
    return this.transactions.read(councilId, async (tx) => {
      const own = await this.texts.find(tx, key);
      if (own) return ok(own);
      const shipped = key.termsVersion === SHIPPED_TERMS ? SHIPPED.find(({ language }) => language === key.language) : undefined;
      return shipped ? ok({ ...key, ...shipped, version: null, updatedAt: null }) : notFound();
    });
  }

  /** What was signed before stays as it was signed. */
  replace(actor: Actor, key: AgreementTextKey, expected: ExpectedVersion, body: string): Promise<Outcome<AgreementTextInUse>> {
    return this.transactions.write(actor, async (tx) => {
      const present = await this.texts.lock(tx, key);
      if (!isExpected(expected, present?.version ?? null)) return stale();
      const now = this.clock.now();
      if (present) await this.texts.replace(tx, key, body, now);
      else if (!(await this.texts.insert(tx, key, body, now))) return stale();
      const fields = [key.termsVersion, key.language];
      await this.audit.record(tx, { actor: actor.id, action: 'agreement_text.replaced', subject: actor.councilId, fields });
      return ok({ ...key, body, version: (present?.version ?? 0) + 1, updatedAt: now });
    });
  }

  /**
   * The text of a version for a reader: in the language that is asked for, else the contact's, else the council's, else whichever there is.
   * The council's own go before the shipped ones. Null: nobody has written that version.
   */
  async forReader(tx: Tx, termsVersion: string, asked: string | null, contactId: string | null): Promise<AgreementText | null> {
    const own = await this.texts.ofTerms(tx, termsVersion);
    const isWritten = (language: string) => own.some((text) => textLanguageOf(text.language) === language);
    const shipped = termsVersion === SHIPPED_TERMS ? SHIPPED.filter(({ language }) => !isWritten(language)) : [];
    const wished = await this.texts.wishedBy(tx, contactId);
    return textFor([...own, ...shipped], [asked, wished.own, ...wished.ofCouncil]);
  }

  /** The text of a version in one language; null where there is none. */
  async inLanguage(tx: Tx, key: AgreementTextKey): Promise<AgreementText | null> {
    const text = await this.forReader(tx, key.termsVersion, key.language, null);
    return text?.language === key.language ? text : null;
  }
}
