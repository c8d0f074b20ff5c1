import type { JSX } from 'preact';
import type { ProvenContact } from '../../../modules/identity/http.js';
import type { TextLanguage } from '../../../shared/language.js';
import { ChoiceField, TextField, TickField, type Wrongs, WrongSummary } from '../../parts/fields.js';
import type { Fields } from '../../parts/forms.js';
import { FamilyPage } from '../../parts/layout.js';
import { LAYOUT_TEXTS } from '../../parts/layout.texts.js';
import { sayIn } from '../../parts/messages.js';
import { carried } from '../../parts/signed-in/carried-fields.js';
import { HiddenFields } from '../../parts/signed-in/family-form.js';
import { SIGN_IN_TEXTS, type SignInKey } from './sign-in.texts.js';

/** What each page on the way through a code is made from. */
interface Step {
  readonly language: TextLanguage;
  readonly councilName: string | null;
  readonly next: string;
  readonly typed: Fields | null;
  readonly stay: boolean;
  /** The phone or the mailbox, as it was typed. */
  readonly identifier: string;
  /** The id of the request for the code. */
  readonly request: string;
}

interface SentCodeFacts extends Step {
  readonly wrong?: 'sentCodeMissing' | 'sentCodeWrong';
}

interface ChoiceFacts extends Step {
  readonly proof: string;
  readonly contacts: readonly ProvenContact[];
  readonly wrong?: 'chooseMissing';
}

/** Asks for the six digits. It says the same whether a message was sent or not. */
export function sentCodePage(facts: SentCodeFacts): JSX.Element {
  const { language, next, typed, identifier, request, stay, wrong } = facts;
  const say = sayIn(SIGN_IN_TEXTS, language);
  const through = { next, ...carried(typed), identifier };
  return (
    <Page facts={facts} title="codeTitle" field="code" fields={{ ...through, request }}>
      <p>{say('codeSent', { identifier: `\u2068${identifier}\u2069` })}</p>
      <form method="post" action="/f/sign-in" noValidate>
        <HiddenFields fields={{ ...through, request }} />
        <TextField
          name="code"
          label={say('sentCode')}
          value=""
          wrong={wrong && say(wrong)}
          inputMode="numeric"
          maxLength={20}
          autocomplete="one-time-code"
        />
        <TickField name="stay" words={say('stay')} hint={say('stayHint')} isTicked={stay} />
        <button class="button">{say('go')}</button>
      </form>
      <p class="soft">{say('nothingCame')}</p>
      <form method="post" action="/f/sign-in">
        <HiddenFields fields={through} />
        <button class="button quiet">{say('codeAgain')}</button>
      </form>
    </Page>
  );
}

/** Asks which file is meant, of somebody who stands in several. */
export function fileChoicePage(facts: ChoiceFacts): JSX.Element {
  const { language, next, typed, identifier, request, proof, contacts, stay, wrong } = facts;
  const say = sayIn(SIGN_IN_TEXTS, language);
  const through = { next, ...carried(typed), identifier, request, proof, ...(stay && { stay: 'yes' }) };
  return (
    <Page facts={facts} title="chooseTitle" field="contact" fields={through}>
      <form method="post" action="/f/sign-in" noValidate>
        <HiddenFields fields={through} />
        <ChoiceField
          name="contact"
          legend={say('choose')}
          value=""
          wrong={wrong && say(wrong)}
          options={contacts.map(({ contactId, councilName, reference }) => ({ value: contactId, words: `${councilName} (${reference})` }))}
        />
        <button class="button">{say('go')}</button>
      </form>
    </Page>
  );
}

interface PageProps {
  readonly facts: Step & { readonly wrong?: SignInKey };
  readonly title: 'codeTitle' | 'chooseTitle';
  /** The field of which something may be wrong. */
  readonly field: string;
  /** What another language needs to show the page again. */
  readonly fields: Fields;
  readonly children: JSX.Element | readonly JSX.Element[];
}

function Page({ facts: { language, councilName, wrong }, title, field, fields, children }: PageProps) {
  const say = sayIn(SIGN_IN_TEXTS, language);
  const wrongs: Wrongs = wrong ? { [field]: say(wrong) } : {};
  return (
    <FamilyPage
      language={language}
      title={wrong ? `${LAYOUT_TEXTS[language].wrong}: ${say(title)}` : say(title)}
      councilName={councilName}
      choice={{ action: '/f/sign-in', fields }}
    >
      <WrongSummary title={LAYOUT_TEXTS[language].wrong} wrongs={wrongs} />
      <h1>{say(title)}</h1>
      {children}
      <a class="button quiet plain" href="/f/sign-in">
        {say('back')}
      </a>
    </FamilyPage>
  );
}
