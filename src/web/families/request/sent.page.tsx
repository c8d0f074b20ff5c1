import type { JSX } from 'preact';
import { oneDevice } from '../../../modules/needs/index.js';
import type { RequestWithLines } from '../../../modules/requests/index.js';
import { sayIn } from '../../parts/messages.js';
import type { FamilyVisit } from '../../parts/signed-in/family-visit.js';
import { SignedInPage } from '../../parts/signed-in/signed-in-page.js';
import { SIGNED_IN_TEXTS } from '../../parts/signed-in/signed-in.texts.js';
import { REQUEST_TEXTS } from './texts/index.js';

/** A request that was sent: what it asks for, and at which place it stands. */
export function sentPage(visit: FamilyVisit, { lines }: RequestWithLines): JSX.Element {
  const { language } = visit;
  const say = sayIn(REQUEST_TEXTS, language);
  const either = new Intl.ListFormat(language, { type: 'disjunction' });
  return (
    <SignedInPage visit={visit} title={say('sent')}>
      <h1>{say('sent')}</h1>
      <section class="card">
        {lines.map(({ id, acceptableCategories, position }) => (
          <p key={id}>
            <b>{either.format(acceptableCategories.map((category) => oneDevice(category, language)))}</b>
            {position !== null && <span class="more">{say('place', { place: position })}</span>}
          </p>
        ))}
      </section>
      <p>{say('sentHint')}</p>
      <a class="button" href="/f">
        {sayIn(SIGNED_IN_TEXTS, language)('myFile')}
      </a>
    </SignedInPage>
  );
}
