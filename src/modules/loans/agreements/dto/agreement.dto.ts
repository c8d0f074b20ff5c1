import { Field, orNull, Parameter } from '../../../../platform/http/index.js';
import { isLanguageTag } from '../../../../shared/language.js';
import type { Agreement } from '../../domain/agreement.rules.js';
import { AgreementBody } from '../../hand-over/dto/hand-over.dto.js';
import type { LoanAgreement, OnlineSignature } from '../online-agreement.service.js';
import type { AgreementTextInUse } from '../agreement-texts.service.js';

const NOT_A_LANGUAGE = 'must be a language tag such as fr';
const LONGEST_TEXT = 20_000;
const WORDS = 'Nous vous prêtons ce matériel.\n\nPrenez-en soin.';
const HASH = '4q3EfqHRzHnhMl1bYYCM2yGUxNSTRl1jDIkpwL2sqYE';
const STATES = ['to_sign', 'signed', 'over'] as const satisfies LoanAgreement['state'][];

export class AgreementQuery {
  @Parameter.shaped('isLanguage', isLanguageTag, NOT_A_LANGUAGE, {
    max: 35,
    about: 'in which to read it, if it is written in it; left out: the contact’s own',
  })
  language?: string;
}

/** A signature of staff names how it was given; a family's is online, and names what it has read. */
export class SignatureBody extends AgreementBody {
  @Field.shaped('isLanguage', isLanguageTag, NOT_A_LANGUAGE, {
    max: 35,
    ...orNull,
    about: 'a family says in which language it read the text',
  })
  language?: string | null;

  @Field.text({ max: 100, ...orNull, about: 'a family sends the `textHash` of the words that it read' })
  textHash?: string | null;

  static toAgreement({ signatoryName, method, termsVersion }: SignatureBody): Agreement {
    return { signatoryName, method, termsVersion };
  }

  static toOnline({ language, textHash, ...body }: SignatureBody): OnlineSignature {
    return { ...SignatureBody.toAgreement(body), language: language ?? null, textHash: textHash ?? null };
  }
}

class LoanSignatureView {
  @Field.text({ example: 'Nadia B.', about: 'the name that was typed' })
  signatoryName: string;

  @Field.instant({ about: 'when it was signed' })
  signedAt: string;
}

export class LoanAgreementView {
  @Field.uuid()
  loanId: string;

  @Field.text({ max: 100, example: '2026-09', about: 'the text that is to be signed; if none is, the one that was signed last' })
  termsVersion: string;

  @Field.oneOf(STATES, { example: 'to_sign', about: 'over: the loan is closed' })
  state: LoanAgreement['state'];

  @Field.text({ nullable: true, max: 35, example: 'fr', about: 'null: the council has not written it here; it is signed at the desk' })
  language: string | null;

  @Field.text({
    nullable: true,
    max: LONGEST_TEXT,
    example: WORDS,
    about: 'the words that were signed online, else those that hold now; null: the council has not written them here',
  })
  text: string | null;

  @Field.text({ nullable: true, max: 100, example: HASH, about: 'SHA-256 of the text, which a signature names; null: there is no text' })
  textHash: string | null;

  @Field.nested(() => LoanSignatureView, {
    nullable: true,
    about: 'what was signed online; null: nothing, or it was another contact of the family',
  })
  signature: LoanSignatureView | null;

  static of({ loan, termsVersion, state, text, signature }: LoanAgreement): LoanAgreementView {
    return {
      loanId: loan.id,
      termsVersion,
      state,
      language: text?.language ?? null,
      text: text?.body ?? null,
      textHash: text?.hash ?? null,
      signature: signature && { signatoryName: signature.signatoryName, signedAt: signature.signedAt.toISOString() },
    };
  }
}

export class AgreementTextPath {
  @Field.text({ max: 100 })
  termsVersion: string;

  @Field.shaped('isLanguage', isLanguageTag, NOT_A_LANGUAGE, { max: 35 })
  language: string;
}

export class AgreementTextBody {
  @Field.label({ max: LONGEST_TEXT, example: WORDS, about: 'plain text, with an empty line between paragraphs' })
  text: string;
}

export class AgreementTextView {
  @Field.text({ max: 100, example: '2026-09', about: 'by which the loan policy names it' })
  termsVersion: string;

  @Field.text({ max: 35, example: 'fr' })
  language: string;

  @Field.text({ max: LONGEST_TEXT, example: WORDS, about: 'plain text, with an empty line between paragraphs' })
  text: string;

  @Field.integer({ min: 1, nullable: true, example: 1, about: 'the ETag names it; null: the shipped text' })
  version: number | null;

  @Field.instant({ nullable: true, about: 'when it was last written; null: the shipped text' })
  updatedAt: string | null;

  static of({ termsVersion, language, body, version, updatedAt }: AgreementTextInUse): AgreementTextView {
    return { termsVersion, language, text: body, version, updatedAt: updatedAt?.toISOString() ?? null };
  }
}

export class AgreementTextsView {
  @Field.nestedList(() => AgreementTextView, { max: 10_000, about: 'those that the council has written' })
  texts: AgreementTextView[];
}
