import type { JSX } from 'preact';
import type { Collection, Offer, PickupSlot } from '../../../modules/allocation/index.js';
import type { Site } from '../../../modules/councils/index.js';
import { dayInWords, hoursInWords, lastDayBefore } from '../../parts/days.js';
import { ChoiceField, WrongSummary } from '../../parts/fields.js';
import { type Fields, textIn } from '../../parts/forms.js';
import { LAYOUT_TEXTS } from '../../parts/layout.texts.js';
import { FamilyForm } from '../../parts/signed-in/family-form.js';
import type { FamilyVisit } from '../../parts/signed-in/family-visit.js';
import { SignedInPage } from '../../parts/signed-in/signed-in-page.js';
import { Action, Back, Place, type SayOfFile, sayOfFile, Telling, type Told, wrongWords } from './parts.js';
import type { WrongKey } from './said-text.js';

/** What stands for "any day" among the times to choose. */
export const ANY_DAY = 'any';

export interface OfferPageFacts {
  readonly visit: FamilyVisit;
  readonly offer: Offer;
  /** Where and when it can be collected; null where it is not held any more. */
  readonly collection: { readonly site: Site; readonly slots: Collection['slots'] } | null;
  /** The time that this contact has chosen. */
  readonly booked: PickupSlot | null;
  readonly told: Told;
  readonly fields?: Fields;
  readonly wrong?: Readonly<Record<string, WrongKey | undefined>>;
}

/** The page of one offer: accept it with a time, say no, or change the time. */
export function offerPage(facts: OfferPageFacts): JSX.Element {
  const { visit, offer, collection, told, wrong = {} } = facts;
  const { language } = visit;
  const say = sayOfFile(language);
  const wrongs = wrongWords(wrong, say);
  const day = dayInWords(lastDayBefore(offer.expiresAt, offer.timeZone), language);
  const at = `/f/offers/${offer.id}`;
  return (
    <SignedInPage visit={visit} title={say('offerTitle')} at={at}>
      <WrongSummary title={LAYOUT_TEXTS[language].wrong} wrongs={wrongs} />
      <h1>{say('offerTitle')}</h1>
      <Telling say={say} language={language} told={told} />
      {collection === null ? (
        <p class="note">{say('offerOver')}</p>
      ) : (
        <>
          <p>
            <b>{say(offer.state === 'open' ? 'answerBy' : 'collectBy', { day })}</b>
          </p>
          <section class="card">
            <Place site={collection.site} say={say} language={language} />
            {offer.state === 'accepted' && <Booking {...facts} say={say} at={at} />}
          </section>
          <Times {...facts} collection={collection} say={say} at={at} wrongs={wrongs} />
          <Action
            title={say('decline')}
            what={say('declineWhat')}
            token={visit.token}
            action={`${at}/decline`}
            go={say('declineGo')}
            look="danger"
            isOpen={wrongs.then !== undefined}
          >
            <ChoiceField
              name="then"
              legend={say('decline')}
              value={textIn(facts.fields, 'then')}
              wrong={wrongs.then}
              options={[
                { value: 'wait', words: say('keepWaiting') },
                { value: 'stop', words: say('withdraw') },
              ]}
            />
          </Action>
        </>
      )}
      <Back say={say} />
    </SignedInPage>
  );
}

interface PartProps extends OfferPageFacts {
  readonly say: SayOfFile;
  readonly at: string;
}

function Booking({ visit: { language, council }, booked, say, at }: PartProps) {
  if (!booked) return <p>{say('noSlot')}</p>;
  return (
    <>
      <p>
        <b>{say('booked', { when: hoursInWords(booked.startsAt, booked.endsAt, language, council.timeZone) })}</b>
      </p>
      <a class="button quiet" href={`${at}/calendar.ics`}>
        {say('calendar')}
      </a>
    </>
  );
}

/** The times to choose from, to accept the offer or to come at another one. */
function Times({
  visit: { language, council, token },
  offer,
  collection: { slots },
  booked,
  fields,
  say,
  at,
  wrongs,
}: PartProps & { collection: NonNullable<OfferPageFacts['collection']>; wrongs: Readonly<Record<string, string>> }) {
  const isOpen = offer.state === 'open';
  const options = slots.map(({ id, startsAt, endsAt }) => ({
    value: id,
    words: hoursInWords(startsAt, endsAt, language, council.timeZone),
  }));
  const times = isOpen ? [...options, { value: ANY_DAY, words: say('anyDay') }] : options;
  if (!isOpen && options.length === 0) return <p class="soft">{say('noSlots')}</p>;
  const chosen = textIn(fields, 'slot');
  const only = isOpen && options.length === 0 ? ANY_DAY : '';
  const form = (
    <FamilyForm token={token} action={`${at}/${isOpen ? 'accept' : 'rebook'}`}>
      <ChoiceField
        name="slot"
        legend={say('when')}
        options={times}
        value={chosen === '' ? (booked?.id ?? only) : chosen}
        wrong={wrongs.slot}
      />
      <button class={isOpen ? 'button' : 'button quiet'}>{say(isOpen ? 'accept' : 'rebook')}</button>
    </FamilyForm>
  );
  if (isOpen) return form;
  return (
    <details class="card" open={wrongs.slot !== undefined}>
      <summary>{say('rebook')}</summary>
      {form}
    </details>
  );
}
