import type { ComponentChildren, JSX } from 'preact';
import { choiceAt, FamilyPage } from '../layout.js';
import { sayIn } from '../messages.js';
import { PROBLEM_TEXTS } from '../problems/texts/index.js';
import { SIGNED_IN_TEXTS } from './signed-in.texts.js';
import { FamilyForm } from './family-form.js';
import type { FamilyVisit } from './family-visit.js';

interface SignedInPageProps {
  readonly visit: FamilyVisit;
  readonly title: string;
  /** Where the page comes back in another language, if it is not shown again at the address that was asked, such as that of a form. */
  readonly at?: string;
  readonly isWide?: boolean;
  /** What the page loads besides the sheet of all pages. */
  readonly sheet?: 'plan';
  readonly children: ComponentChildren;
}

/** A page of a family that is signed in: whose it is, the way to its file, its sessions, and out. */
export function SignedInPage({ visit, title, at = visit.path, isWide, sheet, children }: SignedInPageProps): JSX.Element {
  const { language, council, token } = visit;
  const say = sayIn(SIGNED_IN_TEXTS, language);
  return (
    <FamilyPage language={language} title={title} councilName={council.name} choice={choiceAt(at)} isWide={isWide} sheet={sheet}>
      {visit.actor.family.helperId !== undefined && <p class="note">{PROBLEM_TEXTS[language].HELPER_READS_ONLY}</p>}
      {children}
      <footer class="foot screen">
        <nav>
          <a href="/f">{say('myFile')}</a>
          <a href="/f/sessions">{say('sessions')}</a>
        </nav>
        <FamilyForm token={token} action="/f/sign-out">
          <button class="button quiet">{say('signOut')}</button>
        </FamilyForm>
      </footer>
    </FamilyPage>
  );
}
