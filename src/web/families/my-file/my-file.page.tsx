import type { JSX } from 'preact';
import { dayInWords, lastDayBefore } from '../../parts/days.js';
import type { FamilyVisit } from '../../parts/signed-in/family-visit.js';
import { SignedInPage } from '../../parts/signed-in/signed-in-page.js';
import type { FamilyFile, FileLine, FileLoan } from './family-file.service.js';
import { deviceName, type SayOfFile, sayOfFile, type Told, Telling } from './parts.js';
import { stepsOf, TAG_LOOKS } from './steps.js';

interface Shown {
  readonly visit: FamilyVisit;
  readonly say: SayOfFile;
}

/** Loans that are late stand before offers, which stand before what waits. */
const ORDER = ['offered', 'accepted', 'waiting', 'suspended', 'draft', 'refused', 'fulfilled', 'withdrawn'];

/** The file of a family: what it has, what is offered to it, and where each of its requests stands. */
export function myFilePage(visit: FamilyVisit, { household, lines, loans }: FamilyFile, told: Told): JSX.Element {
  const say = sayOfFile(visit.language);
  const shown = { visit, say };
  const [contact] = household.contacts;
  const held = lines.filter(({ offer }) => offer?.state === 'open');
  const others = lines
    .filter((each) => !held.includes(each))
    .toSorted((one, other) => ORDER.indexOf(one.line.state) - ORDER.indexOf(other.line.state));
  const hello = contact ? say('hello', { name: contact.name }) : say('file', { reference: household.reference });
  return (
    <SignedInPage visit={visit} title={say('file', { reference: household.reference })}>
      <div>
        <h1 dir="auto">{hello}</h1>
        <p class="soft">
          {say('file', { reference: household.reference })}
          {household.learners.length > 0 && ' · '}
          <bdi>{household.learners.map(({ givenName }) => givenName).join(', ')}</bdi>
        </p>
      </div>
      <Telling say={say} language={visit.language} told={told} />
      {held.map((each) => (
        <Line key={each.line.id} {...shown} {...each} />
      ))}
      {loans.length > 0 && (
        <section class="card">
          <h2>{say('loans')}</h2>
          {loans.map((each) => (
            <Loan key={each.loan.id} {...shown} {...each} />
          ))}
        </section>
      )}
      {others.map((each) => (
        <Line key={each.line.id} {...shown} {...each} />
      ))}
      {lines.length === 0 && loans.length === 0 && <p class="note">{say('empty')}</p>}
      <a class={lines.length === 0 ? 'button' : 'button quiet'} href="/f/request">
        {say('ask')}
      </a>
      <a class="button quiet" href="/f/plan">
        {say('week')}
      </a>
      <a class="button quiet" href="/f/details">
        {say('details')}
      </a>
    </SignedInPage>
  );
}

function Line({ visit, say, line, queueLength, offer }: Shown & FileLine) {
  const steps = stepsOf(line.state);
  const isHeld = offer !== null && (line.state === 'offered' || line.state === 'accepted');
  return (
    <section class="card">
      <div class="apart">
        <h2>{say(line.class)}</h2>
        <span class={`tag ${TAG_LOOKS[line.state]}`}>{say(line.state)}</span>
      </div>
      {isHeld && <Held visit={visit} say={say} offer={offer} />}
      {line.position !== null && queueLength !== null && (
        <div class="place">
          <b class="rank">{new Intl.NumberFormat(`${visit.language}-u-nu-latn`).format(line.position)}</b>
          <div>
            <b>{say('of', { length: queueLength })}</b>
            <p class="soft">{say('changes')}</p>
          </div>
        </div>
      )}
      {line.suspendedUntil !== null && <p>{say('pausedUntil', { day: dayInWords(line.suspendedUntil, visit.language) })}</p>}
      {steps.length > 0 && line.state !== 'fulfilled' && (
        <ol class="steps way">
          {steps.map(({ key, is }) => (
            <li key={key} class={is} aria-current={is === 'now' ? 'step' : undefined}>
              {say(key)}
            </li>
          ))}
        </ol>
      )}
      {line.state !== 'draft' && (
        <a class={isHeld ? 'button quiet plain' : 'button quiet'} href={`/f/requests/lines/${line.id}`}>
          {say('why')}
        </a>
      )}
    </section>
  );
}

function Held({ visit: { language }, say, offer }: Shown & { offer: NonNullable<FileLine['offer']> }) {
  const day = dayInWords(lastDayBefore(offer.expiresAt, offer.timeZone), language);
  const isOpen = offer.state === 'open';
  return (
    <>
      <p>
        <b>{say(isOpen ? 'answerBy' : 'collectBy', { day })}</b>
      </p>
      <a class="button" href={`/f/offers/${offer.id}`}>
        {say(isOpen ? 'answer' : 'meeting')}
      </a>
    </>
  );
}

/** The day first: it is what one looks for. */
function Loan({ visit: { language }, say, loan, isLate }: Shown & FileLoan) {
  const out = loan.items.filter(({ state }) => state === 'on_loan');
  return (
    <div class="loan">
      <p>
        <b>{say('dueOn', { day: dayInWords(loan.dueOn, language) })}</b> {isLate && <span class="tag stop">{say('late')}</span>}
      </p>
      {loan.recalledOn !== null && <p>{say('recalled')}</p>}
      <p>{out.map(({ category, assetTag }) => `${deviceName(category, language)} (${assetTag})`).join(', ')}</p>
      <a class="button quiet" href={`/f/loans/${loan.id}`}>
        {say('seeLoan')}
      </a>
    </div>
  );
}
