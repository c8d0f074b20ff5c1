import type { JSX } from 'preact';
import type { Fields } from '../forms.js';
import { sayIn } from '../messages.js';
import { FamilyForm, HiddenFields } from './family-form.js';
import type { FamilyVisit } from './family-visit.js';
import { SignedInPage } from './signed-in-page.js';
import { SIGNED_IN_TEXTS } from './signed-in.texts.js';

interface SendAgainFacts {
  readonly visit: FamilyVisit;
  /** Where the form was sent before the sign-in. */
  readonly action: string;
  readonly fields: Fields;
}

/** What was typed before a new sign-in, ready to be sent with the token of the session that there is now. */
export function sendAgainPage({ visit, action, fields }: SendAgainFacts): JSX.Element {
  const say = sayIn(SIGNED_IN_TEXTS, visit.language);
  return (
    <SignedInPage visit={visit} title={say('againTitle')} at="/f">
      <h1>{say('againTitle')}</h1>
      <p>{say('again')}</p>
      <FamilyForm token={visit.token} action={action}>
        <HiddenFields fields={fields} />
        <button class="button">{say('send')}</button>
      </FamilyForm>
    </SignedInPage>
  );
}
