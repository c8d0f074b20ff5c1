import type { JSX } from 'preact';
import type { LoanAgreement } from '../../../modules/loans/index.js';
import { directionOf, textLanguageOf } from '../../../shared/language.js';
import { dateInWords, dateOfInstant } from '../../parts/days.js';
import { TextField, TickField, WrongSummary } from '../../parts/fields.js';
import { LAYOUT_TEXTS } from '../../parts/layout.texts.js';
import { sayIn } from '../../parts/messages.js';
import { PROBLEM_TEXTS } from '../../parts/problems/texts/index.js';
import { FamilyForm, HiddenFields } from '../../parts/signed-in/family-form.js';
import type { FamilyVisit } from '../../parts/signed-in/family-visit.js';
import { SignedInPage } from '../../parts/signed-in/signed-in-page.js';
import { AGREEMENT_TEXTS } from './agreement.texts.js';
import { LONGEST_NAME, type SigningFaults } from './read-signature.js';

interface AgreementFacts {
  readonly visit: FamilyVisit;
  readonly agreement: LoanAgreement;
  /** What stands in the form. */
  readonly given?: { readonly name: string; readonly isAgreed: boolean };
  readonly wrong?: SigningFaults;
  /** Why the signature was not taken. */
  readonly refusals?: readonly string[];
}

export const agreementPath = (loanId: string): string => `/f/loans/${loanId}/agreement`;

/** The agreement of a loan, to read, to sign and to print. */
export function agreementPage({ visit, agreement, given, wrong = {}, refusals = [] }: AgreementFacts): JSX.Element {
  const { language, council } = visit;
  const say = sayIn(AGREEMENT_TEXTS, language);
  const { loan, state, text, signature } = agreement;
  const title = say(state === 'to_sign' ? 'toSign' : 'signedTitle');
  const wrongs = Object.fromEntries(Object.entries(wrong).map(([field, key]) => [field, say(key)]));
  const isWrong = Object.keys(wrongs).length > 0;
  return (
    <SignedInPage visit={visit} title={isWrong ? `${LAYOUT_TEXTS[language].wrong}: ${title}` : title} at={agreementPath(loan.id)}>
      <WrongSummary title={LAYOUT_TEXTS[language].wrong} wrongs={wrongs} />
      {refusals.length > 0 && (
        <div class="wrongs" role="alert">
          {refusals.map((words) => (
            <p key={words}>{words}</p>
          ))}
        </div>
      )}
      <h1>{title}</h1>
      {state === 'over' && <p class="note">{say('over')}</p>}
      {state === 'signed' && !signature && <p class="note">{say('signed')}</p>}
      <section class="card">
        <h2>{say('what', { reference: loan.reference })}</h2>
        {state !== 'over' && <p>{say('until', { day: dateInWords(loan.dueOn, language) })}</p>}
        {loan.items.map(({ id, assetTag }) => (
          <p key={id}>
            <bdi>{assetTag}</bdi>
          </p>
        ))}
      </section>
      {text ? (
        <AgreementWords agreement={agreement} visit={visit} />
      ) : (
        state === 'to_sign' && <p class="note">{PROBLEM_TEXTS[language].AGREEMENT_TEXT_MISSING}</p>
      )}
      {signature && (
        <p class="note">
          {say('signedBy', { name: signature.signatoryName, day: dateOfInstant(signature.signedAt, council.timeZone, language) })}
        </p>
      )}
      {text && state === 'to_sign' && (
        <FamilyForm token={visit.token} action={agreementPath(loan.id)}>
          <HiddenFields fields={{ termsVersion: agreement.termsVersion, language: text.language, textHash: text.hash }} />
          <TextField
            name="name"
            label={say('name')}
            hint={say('nameHint')}
            value={given?.name ?? ''}
            wrong={wrongs.name}
            maxLength={LONGEST_NAME}
          />
          <TickField name="agree" words={say('agree')} isTicked={given?.isAgreed ?? false} isWrong={wrongs.agree !== undefined} />
          <button class="button">{say('sign')}</button>
        </FamilyForm>
      )}
      {text && state !== 'to_sign' && <p class="soft screen">{say('keep')}</p>}
    </SignedInPage>
  );
}

/** The words themselves; screen readers and browsers are told where they are in another language than the page. */
function AgreementWords({ agreement: { text }, visit: { language } }: Pick<AgreementFacts, 'agreement' | 'visit'>) {
  if (!text) return null;
  const isOther = textLanguageOf(text.language) !== language;
  return (
    <>
      {isOther && <p class="soft">{sayIn(AGREEMENT_TEXTS, language)('otherLanguage')}</p>}
      <section class="card" lang={text.language} dir={directionOf(text.language)}>
        {text.body.split(/\n\s*\n/).map((paragraph, place) => (
          <p key={place}>{paragraph}</p>
        ))}
      </section>
    </>
  );
}
