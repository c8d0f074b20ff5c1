import type { ComponentChildren } from 'preact';
import { numberedDeviceNames } from '../../../modules/needs/index.js';
import type { Site } from '../../../modules/councils/index.js';
import type { TextLanguage } from '../../../shared/language.js';
import type { DeviceCategory } from '../../../shared/vocabulary.js';
import { LAYOUT_TEXTS } from '../../parts/layout.texts.js';
import { type Say, sayIn } from '../../parts/messages.js';
import { FamilyForm } from '../../parts/signed-in/family-form.js';
import { weekdayName } from '../../parts/weekdays.js';
import { MOST_TEXT, type WrongKey } from './said-text.js';
import { MY_FILE_TEXTS } from './texts/index.js';
import type { MyFileKey } from './texts/texts.js';

export type SayOfFile = Say<MyFileKey>;
export const sayOfFile = (language: TextLanguage): SayOfFile => sayIn(MY_FILE_TEXTS, language);

/** What was done, as the address of a page may say it after a form. */
export const DONE = ['doneRenewed', 'doneClaimed', 'doneReported', 'doneMoved'] as const satisfies readonly MyFileKey[];
export type Done = (typeof DONE)[number];
export const doneOf = (text: unknown): Done | undefined => DONE.find((each) => each === text);

/** What a page says after a form: that it was done, or everything that stands against it. */
export interface Told {
  readonly done?: Done | undefined;
  readonly refusals?: readonly string[];
}

export function Telling({ say, language, told: { done, refusals = [] } }: { say: SayOfFile; language: TextLanguage; told: Told }) {
  return (
    <>
      {done && (
        <p class="note" role="status">
          {say(done)}
        </p>
      )}
      {refusals.length > 0 && (
        <section class="wrongs" role="alert">
          <h2>{LAYOUT_TEXTS[language].wrong}</h2>
          {refusals.map((words) => (
            <p key={words}>{words}</p>
          ))}
        </section>
      )}
    </>
  );
}

/** The name of a category of devices in a language. */
export const deviceName = (category: DeviceCategory, language: TextLanguage): string =>
  numberedDeviceNames([{ id: category, category }], language).get(category) ?? '';

interface ActionProps {
  readonly title: string;
  readonly what?: string;
  readonly token: string;
  readonly action: string;
  /** What the button says. */
  readonly go: string;
  readonly look?: 'danger' | 'quiet';
  /** Whether it is shown open, as after an answer that was wrong. */
  readonly isOpen?: boolean;
  readonly children?: ComponentChildren;
}

/** Something that the family can do: what it means, before the button that does it. */
export function Action({ title, what, token, action, go, look = 'quiet', isOpen = false, children }: ActionProps) {
  return (
    <details class="card" open={isOpen}>
      <summary>{title}</summary>
      <FamilyForm token={token} action={action}>
        {what !== undefined && <p>{what}</p>}
        {children}
        <button class={`button ${look}`}>{go}</button>
      </FamilyForm>
    </details>
  );
}

/** Where a site is, and when it is open. */
export function Place({
  site,
  say,
  language,
}: {
  site: Pick<Site, 'name' | 'address' | 'openingHours'>;
  say: SayOfFile;
  language: TextLanguage;
}) {
  const { line1, line2, postalCode, city } = site.address;
  return (
    <div>
      <b>
        <bdi>{site.name}</bdi>
      </b>
      <p dir="auto">{[line1, line2, `${postalCode} ${city}`].filter((part) => part !== null && part !== '').join(', ')}</p>
      {site.openingHours && site.openingHours.length > 0 && (
        <details>
          <summary>{say('open')}</summary>
          <ul class="links">
            {site.openingHours.map(({ weekday, from, to }) => (
              <li key={`${weekday} ${from}`}>
                {weekdayName(weekday, language)} <bdi>{`${from}–${to}`}</bdi>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

/** What is wrong with fields, in words. */
export const wrongWords = (wrongs: Readonly<Record<string, WrongKey | undefined>>, say: SayOfFile): Record<string, string> =>
  Object.fromEntries(
    Object.entries(wrongs).flatMap(([name, key]) =>
      key === undefined ? [] : [[name, say(key, key === 'LONG' ? { most: MOST_TEXT } : undefined)]],
    ),
  );

/** The way back to the file. */
export const Back = ({ say }: { say: SayOfFile }) => (
  <a class="button quiet plain" href="/f">
    {say('back')}
  </a>
);
