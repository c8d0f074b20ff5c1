import type { JSX } from 'preact';
import { textLanguage } from '../../shared/language.js';
import { TextField } from '../parts/fields.js';
import { choiceAt, FamilyPage } from '../parts/layout.js';
import { type Say, sayIn } from '../parts/messages.js';
import { HOME_TEXTS, type HomeKey } from './home.texts.js';

interface HomePageFacts {
  /** The council, if there is only one; else null. */
  readonly council: { readonly code: string; readonly name: string; readonly publicPriorityScale: boolean } | null;
  readonly showsMessages: boolean;
  /** Whether families can sign in, and where there are several councils what was found by the place that was typed. */
  readonly families: FamiliesFacts;
}

interface FamiliesFacts {
  readonly open: 'none' | 'one' | 'several';
  /** The town or the postal code, as it was typed. */
  readonly sought: string;
  readonly found: readonly { readonly code: string; readonly name: string }[];
}

/** The door: it says what this program is, and where whoever comes goes next. */
export function homePage({ council, showsMessages, families }: HomePageFacts, asked: string): JSX.Element {
  const language = textLanguage(asked);
  const say = sayIn(HOME_TEXTS, language);
  const at = council && families.open === 'several' ? `/?council=${encodeURIComponent(council.code)}` : '/';
  return (
    <FamilyPage language={language} title={say('title')} councilName={council?.name ?? null} choice={choiceAt(at)} isWide>
      <h1>{say('what')}</h1>
      <div class="two">
        <section class="card">
          <h2>{say('families')}</h2>
          {families.open !== 'none' && (
            <a class="button" href="/f/sign-in">
              {say('myFile')}
            </a>
          )}
          {families.open === 'several' && <Places {...families} isChosen={council !== null} say={say} />}
          <p>{say('ask')}</p>
          <ol class="steps">
            <li>{say('first')}</li>
            <li>{say('know')}</li>
            <li>{say('collect')}</li>
            <li>{say('giveBack')}</li>
          </ol>
          <a class="button quiet" href="/help">
            {say('help')}
          </a>
        </section>
        <section class="card">
          <h2>{say('plan')}</h2>
          <p>
            <span class="tag">{say('planTag')}</span>
          </p>
          <p>{say('planWhat')}</p>
          <a class="button" href="/plan">
            {say('planGo')}
          </a>
        </section>
        {council && <Checks council={council} say={say} />}
        <section class="card">
          <h2>{say('staff')}</h2>
          <p class="soft">{say('interface')}</p>
          <ul class="links">
            <Link to="/docs" words={say('document')} language="en" />
            {showsMessages && <Link to="/messages" words={say('messages')} language="en" />}
            <Link to="/healthz" words={say('health')} />
          </ul>
        </section>
      </div>
    </FamilyPage>
  );
}

/** The choice of the council, by the place where the family lives. */
function Places({ sought, found, isChosen, say }: FamiliesFacts & { isChosen: boolean; say: Say<HomeKey> }) {
  if (isChosen) return <a href="/">{say('another')}</a>;
  return (
    <>
      <form method="get" action="/">
        <TextField name="place" label={say('where')} hint={say('whereHint')} value={sought} maxLength={60} />
        <button class="button quiet">{say('search')}</button>
      </form>
      {sought !== '' && found.length === 0 && <p role="status">{say('notFound')}</p>}
      {found.length > 0 && (
        <ul class="links">
          {found.map(({ code, name }) => (
            <Link key={code} to={`/?council=${encodeURIComponent(code)}`} words={name} />
          ))}
        </ul>
      )}
    </>
  );
}

/** What anybody can check about how the council decides. */
function Checks({ council, say }: { council: NonNullable<HomePageFacts['council']>; say: Say<HomeKey> }) {
  const at = `/api/v1/public/${encodeURIComponent(council.code)}`;
  return (
    <section class="card">
      <h2>{say('checks')}</h2>
      <p class="soft">{say('anybody')}</p>
      <ul class="links">
        {council.publicPriorityScale && <Link to={`${at}/priority-policies`} words={say('scale')} />}
        <Link to={`${at}/cycles`} words={say('lottery')} />
      </ul>
    </section>
  );
}

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
