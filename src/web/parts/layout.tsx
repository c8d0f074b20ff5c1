import type { ComponentChildren, JSX } from 'preact';
import { TEXT_LANGUAGES, type TextLanguage } from '../../shared/language.js';
import { PageFrame } from '../../shared/page-frame.js';
import { assetPath } from '../assets/assets.js';
import type { Fields } from './forms.js';
import { LANGUAGE_NAMES, LAYOUT_TEXTS } from './layout.texts.js';

/**
 * Pages load our own style sheets and icon, and send their forms to us. They run no script. Which pages may show them in a frame, none, is
 * said for every answer (`http.ts`).
 */
export const FAMILY_POLICY = "default-src 'none'; base-uri 'none'; form-action 'self'; img-src 'self'; style-src 'self'";

interface FamilyPageProps {
  readonly language: TextLanguage;
  readonly title: string;
  /** Whose page it is: the council's name; null where there is none, or several. */
  readonly councilName: string | null;
  readonly choice: LanguageChoiceProps['choice'];
  readonly isWide?: boolean;
  /** What the page loads besides the sheet of all pages. */
  readonly sheet?: 'plan';
  /** A script of ours that makes the page easier, and without which it works as well. The page's policy must allow it. */
  readonly script?: 'signIn';
  readonly children: ComponentChildren;
}

/** A page for families: its head with the choice of the language, and what stands in it. */
export function FamilyPage({
  language,
  title,
  councilName,
  choice,
  isWide = false,
  sheet,
  script,
  children,
}: FamilyPageProps): JSX.Element {
  const sheets = ['family' as const, ...(sheet ? [sheet] : [])];
  const head = (
    <>
      <link rel="icon" type="image/svg+xml" href={assetPath('icon')} />
      {sheets.map((each) => (
        <link key={each} rel="stylesheet" href={assetPath(each)} />
      ))}
      {script && <script defer src={assetPath(script)} />}
    </>
  );
  return (
    <PageFrame language={language} title={title} head={head}>
      <div class={isWide ? 'page wide' : 'page'}>
        <header class="top">
          <a href="/">{councilName === null ? 'Passerelle' : <bdi>{councilName}</bdi>}</a>
          <LanguageChoice language={language} choice={choice} />
        </header>
        <main>{children}</main>
      </div>
    </PageFrame>
  );
}

interface LanguageChoiceProps {
  readonly language: TextLanguage;
  /** Where a language that is chosen is sent, with what: the page comes back in that language. */
  readonly choice: { readonly action: string; readonly fields: Fields };
}

/** The choice of the language for a page that can be asked for again. */
export const choiceAt = (path: string): LanguageChoiceProps['choice'] => ({ action: '/language', fields: { to: path } });

/**
 * The languages, each by its own name. It is a form of its own: were these buttons part of the page's form, the key Enter would press the first
 * of them.
 */
function LanguageChoice({ language, choice: { action, fields } }: LanguageChoiceProps) {
  return (
    <details class="languages">
      <summary>
        <span class="unseen">{LAYOUT_TEXTS[language].language}: </span>
        {LANGUAGE_NAMES[language]}
      </summary>
      <form method="post" action={action}>
        {Object.entries(fields).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <div>
          {TEXT_LANGUAGES.filter((each) => each !== language).map((each) => (
            <button key={each} class="button quiet" name="language" value={each} lang={each}>
              {LANGUAGE_NAMES[each]}
            </button>
          ))}
        </div>
      </form>
    </details>
  );
}
