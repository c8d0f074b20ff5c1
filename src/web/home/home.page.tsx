import type { JSX } from 'preact';
import { textLanguage } from '../../shared/language.js';
import { PageFrame } from '../../shared/page-frame.js';
import { HOME_STYLE } from './home.style.js';
import { HOME_TEXTS } from './home.texts.js';

interface HomePageFacts {
  /** The council, if there is only one; else null. */
  readonly council: { readonly code: string; readonly name: string; readonly publicPriorityScale: boolean } | null;
  readonly showsMessages: boolean;
}

/** The page that says what this program is, and where to go. */
export function homePage({ council, showsMessages }: HomePageFacts, asked: string): JSX.Element {
  const language = textLanguage(asked);
  const texts = HOME_TEXTS[language];
  return (
    <PageFrame language={language} title={texts.title} style={HOME_STYLE}>
      <div class="page">
        <header>
          <b>Passerelle</b>
          {council && (
            <span>
              <bdi>{council.name}</bdi>
            </span>
          )}
        </header>
        <main>
          <h1>{texts.what}</h1>
          <section class="note">
            <h2>{texts.families}</h2>
            <p>{texts.ask}</p>
            <p>{texts.know}</p>
          </section>
          <div class="two">
            {council && <Checks council={council} texts={texts} />}
            <section class="card">
              <h2>{texts.staff}</h2>
              <p class="soft">{texts.interface}</p>
              <ul>
                <Link to="/docs" words={texts.document} language="en" />
                {showsMessages && <Link to="/messages" words={texts.messages} language="en" />}
                <Link to="/healthz" words={texts.health} />
              </ul>
            </section>
          </div>
        </main>
      </div>
    </PageFrame>
  );
}

/** What anybody can check about how the council decides. */
function Checks({ council, texts }: { council: NonNullable<HomePageFacts['council']>; texts: Texts }) {
  const at = `/api/v1/public/${encodeURIComponent(council.code)}`;
  return (
    <section class="card">
      <h2>{texts.checks}</h2>
      <p class="soft">{texts.anybody}</p>
      <ul>
        {council.publicPriorityScale && <Link to={`${at}/priority-policies`} words={texts.scale} />}
        <Link to={`${at}/cycles`} words={texts.lottery} />
      </ul>
    </section>
  );
}

type Texts = (typeof HOME_TEXTS)[keyof typeof HOME_TEXTS];

/** `language` is the language of the linked page, if it is another one. */
function Link({ to, words, language }: { to: string; words: string; language?: string }) {
  return (
    <li>
      <a href={to} hreflang={language}>
        {words}
      </a>
    </li>
  );
}
