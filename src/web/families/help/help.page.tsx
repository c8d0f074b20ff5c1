import type { JSX } from 'preact';
import { type HelpTextInUse, type NextSession, paragraphsOf } from '../../../modules/help/index.js';
import { directionOf, type TextLanguage } from '../../../shared/language.js';
import { phoneInFigures } from '../../../shared/phone.js';
import { choiceAt, FamilyPage } from '../../parts/layout.js';
import { type Say, sayIn, typesetIn } from '../../parts/messages.js';
import { dayAndHours, languageInWords } from './moments.js';
import { HELP_PAGE_TEXTS, type HelpKey } from './help.texts.js';

interface HelpPageFacts {
  readonly language: TextLanguage;
  /** The council, if there is only one; else null. */
  readonly council: { readonly name: string; readonly phone: string | null; readonly openToFamilies: boolean } | null;
  readonly texts: readonly HelpTextInUse[];
  /** Null when none is planned. */
  readonly workshop: NextSession | null;
}

/** What to do with the equipment, for whoever has it at home. */
export function helpPage({ language, council, texts, workshop }: HelpPageFacts): JSX.Element {
  const say = sayIn(HELP_PAGE_TEXTS, language);
  return (
    <FamilyPage language={language} title={say('title')} councilName={council?.name ?? null} choice={choiceAt('/help')}>
      <h1>{say('title')}</h1>
      <nav class="card screen" aria-labelledby="choose">
        <p id="choose">{say('lead')}</p>
        <ul class="links">
          {texts.map(({ topic }) => (
            <li key={topic}>
              <a href={`#${topic}`}>{say(topic)}</a>
            </li>
          ))}
        </ul>
      </nav>
      {texts.map(({ topic, text }) => (
        <section key={topic} id={topic} class="card">
          <h2>{say(topic)}</h2>
          {paragraphsOf(text).map((each, place) => (
            <p key={place} dir="auto">
              {typesetIn(language, each)}
            </p>
          ))}
        </section>
      ))}
      {workshop && <Workshop workshop={workshop} isOpen={council?.openToFamilies === true} language={language} say={say} />}
      {council?.phone != null && (
        <section class="card">
          <h2>{say('other')}</h2>
          <p>
            {say('call')} <PhoneLink phone={council.phone} />
          </p>
        </section>
      )}
    </FamilyPage>
  );
}

interface WorkshopProps {
  readonly workshop: NextSession;
  /** Whether families of the council sign in, and so book by themselves. */
  readonly isOpen: boolean;
  readonly language: TextLanguage;
  readonly say: Say<HelpKey>;
}

/** The next workshop: what it is about first, since the reader decides by that. */
function Workshop({ workshop, isOpen, language, say }: WorkshopProps) {
  const [day, hours] = dayAndHours(workshop.startsAt, workshop.endsAt, workshop.timeZone, language);
  const places = workshop.places - workshop.booked;
  return (
    <section class="card" id="workshop">
      <h2>{say('workshop')}</h2>
      <p>
        <strong lang={workshop.language} dir={directionOf(workshop.language)}>
          {workshop.title}
        </strong>
      </p>
      <p>
        {day}
        <br />
        {hours}
      </p>
      <p>
        {say('where')} <bdi>{workshop.siteName}</bdi>
        <br />
        {say('spoken')} {languageInWords(workshop.language, language)}
      </p>
      <p>
        <span class="tag">{say('left', { places })}</span>
      </p>
      {places > 0 && isOpen && (
        <a class="button" href="/f">
          {say('book')}
        </a>
      )}
      {places > 0 && !isOpen && <p class="soft">{say('ask')}</p>}
    </section>
  );
}

/** A number that a telephone calls. It reads from left to right in every language. */
function PhoneLink({ phone }: { phone: string }) {
  return (
    <a class="phone" href={`tel:${phone}`} dir="ltr">
      {phoneInFigures(phone)}
    </a>
  );
}
