import type { JSX } from 'preact';
import type { TextLanguage } from '../../../shared/language.js';
import { TextField, TickField, type Wrongs, WrongSummary } from '../../parts/fields.js';
import type { Fields } from '../../parts/forms.js';
import { FAMILY_POLICY, FamilyPage } from '../../parts/layout.js';
import { LAYOUT_TEXTS } from '../../parts/layout.texts.js';
import { type Say, sayIn } from '../../parts/messages.js';
import { carried } from '../../parts/signed-in/carried-fields.js';
import { HiddenFields } from '../../parts/signed-in/family-form.js';
import { SIGN_IN_TEXTS, type SignInKey } from './sign-in.texts.js';

/** This page alone runs a script, which is a file of ours. */
export const SIGN_IN_POLICY = `${FAMILY_POLICY}; script-src 'self'`;

/** Waits that are longer are told in minutes. */
const MOST_SECONDS = 90;

/** What is wrong with which field. */
export type SignInFaults = Readonly<
  Partial<Record<'reference' | 'code' | 'identifier', 'referenceMissing' | 'codeMissing' | 'wrong' | 'identifierMissing'>>
>;

interface SignInFields {
  readonly reference: string;
  readonly code: string;
  readonly stay: boolean;
  readonly identifier: string;
}

const NOTHING_TYPED: SignInFields = { reference: '', code: '', stay: false, identifier: '' };

export interface SignInFacts {
  readonly language: TextLanguage;
  readonly councilName: string | null;
  /** Where it goes on after the sign-in. */
  readonly next: string;
  /** The form that was sent when the session had ended, or null; it goes through the sign-in and is sent afterwards. */
  readonly typed: Fields | null;
  /** What stands in the fields of this one. */
  readonly given?: Partial<SignInFields>;
  readonly wrong?: SignInFaults;
  readonly trouble?: 'ended' | 'cookies';
  /** How long to wait before another try. */
  readonly waitSeconds?: number;
  /** Somebody is signed in with this browser already. */
  readonly isSignedIn?: boolean;
}

/** The page where a family signs in, with the letter of the school or with a code that is sent. Its script only copies what the QR code carries into the fields. */
export function signInPage(facts: SignInFacts): JSX.Element {
  const { language, councilName, next, typed, wrong = {}, trouble, waitSeconds } = facts;
  const given = { ...NOTHING_TYPED, ...facts.given };
  const say = sayIn(SIGN_IN_TEXTS, language);
  const wrongs: Wrongs = Object.fromEntries(Object.entries(wrong).map(([name, key]) => [name, say(key)]));
  const through = { next, ...carried(typed) };
  const isKept = typed !== null && Object.keys(typed).length > 0;
  const troubles = [
    ...(trouble ? [say(trouble)] : []),
    ...(isKept ? [say('kept')] : []),
    ...(waitSeconds === undefined ? [] : [waitWords(waitSeconds, say)]),
  ];
  return (
    <FamilyPage
      language={language}
      title={Object.keys(wrongs).length > 0 ? `${LAYOUT_TEXTS[language].wrong}: ${say('title')}` : say('title')}
      councilName={councilName}
      choice={{ action: '/f/sign-in', fields: through }}
      script="signIn"
    >
      <WrongSummary title={LAYOUT_TEXTS[language].wrong} wrongs={wrongs} />
      {troubles.length > 0 && (
        <div class="wrongs" role="alert">
          {troubles.map((words) => (
            <p key={words}>{words}</p>
          ))}
        </div>
      )}
      <h1>{say('title')}</h1>
      <p>{say('letter')}</p>
      <form method="post" action="/f/sign-in" noValidate data-fill>
        <HiddenFields fields={through} />
        <TextField name="reference" label={say('reference')} value={given.reference} wrong={wrongs.reference} maxLength={40} isCode />
        <TextField name="code" label={say('code')} value={given.code} wrong={wrongs.code} maxLength={40} isCode />
        <TickField name="stay" words={say('stay')} hint={say('stayHint')} isTicked={given.stay} />
        <button class="button">{say('go')}</button>
      </form>
      <p class="soft">{say('noLetter')}</p>
      <section class="card">
        <h2>{say('other')}</h2>
        <form method="post" action="/f/sign-in" noValidate>
          <HiddenFields fields={through} />
          <TextField
            name="identifier"
            label={say('identifier')}
            hint={say('identifierHint')}
            value={given.identifier}
            wrong={wrongs.identifier}
            maxLength={254}
            autocomplete="username"
          />
          <button class="button quiet">{say('sendCode')}</button>
        </form>
      </section>
      {facts.isSignedIn === true && (
        <p class="note">
          <a href="/f">{say('already')}</a>
        </p>
      )}
    </FamilyPage>
  );
}

/** How long to wait, in words. */
function waitWords(seconds: number, say: Say<SignInKey>): string {
  return seconds > MOST_SECONDS ? say('waitMinutes', { minutes: Math.ceil(seconds / 60) }) : say('waitSeconds', { seconds });
}
