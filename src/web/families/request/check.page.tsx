import type { JSX } from 'preact';
import { availabilityOf, type HomeDeviceAnswer, oneDevice } from '../../../modules/needs/index.js';
import type { AskingAnswers } from '../../../modules/requests/index.js';
import type { TextLanguage } from '../../../shared/language.js';
import { type Say, sayIn } from '../../parts/messages.js';
import { FamilyForm, HiddenFields } from '../../parts/signed-in/family-form.js';
import type { FamilyVisit } from '../../parts/signed-in/family-visit.js';
import { SignedInPage } from '../../parts/signed-in/signed-in-page.js';
import { weekdayName } from '../../parts/weekdays.js';
import { deviceName } from '../questions/home-fields.js';
import { QUESTION_TEXTS } from '../questions/texts/index.js';
import type { QuestionKey } from '../questions/texts/texts.js';
import { CHECK } from './questions.js';
import { REQUEST_TEXTS, type RequestKey } from './texts/index.js';

interface CheckFacts {
  readonly visit: FamilyVisit;
  readonly requestId: string;
  readonly answers: AskingAnswers;
  /** The names of the schools by child, and of the site; null where none is chosen. */
  readonly schools: readonly (string | null)[];
  readonly site: string | null;
  /** What stands against sending it, in words. */
  readonly against?: readonly string[];
}

/** One thing that was answered, and where it is changed. */
interface Answered {
  readonly label: string;
  readonly words: readonly string[];
  readonly question: string;
}

/** Everything that was answered, to be changed or sent. */
export function checkPage({ visit, requestId, answers, schools, site, against = [] }: CheckFacts): JSX.Element {
  const { language, token } = visit;
  const [say, sayShared] = [sayIn(REQUEST_TEXTS, language), sayIn(QUESTION_TEXTS, language)];
  const all = answered({ answers, schools, site, language, say, sayShared });
  return (
    <SignedInPage visit={visit} title={say('check')} at={`/f/request/${CHECK}`}>
      {against.length > 0 && (
        <div class="wrongs" role="alert">
          {against.map((words) => (
            <p key={words}>{words}</p>
          ))}
        </div>
      )}
      <h1>{say('check')}</h1>
      <dl class="answers card">
        {all.map(({ label, words, question }) => (
          <div key={question}>
            <dt class="label">{label}</dt>
            {words.map((each) => (
              <dd key={each}>
                <bdi>{each}</bdi>
              </dd>
            ))}
            <dd>
              <a href={`/f/request/${question}?from=${CHECK}`}>
                {say('changeIt')}
                <span class="unseen">: {label}</span>
              </a>
            </dd>
          </div>
        ))}
      </dl>
      <p>{say('checkHint')}</p>
      <FamilyForm token={token} action="/f/request/send">
        <HiddenFields fields={{ request: requestId }} />
        <button class="button">{say('send')}</button>
      </FamilyForm>
      <FamilyForm token={token} action="/f/request/forget">
        <button class="button quiet plain">{say('forget')}</button>
      </FamilyForm>
    </SignedInPage>
  );
}

interface Told extends Pick<CheckFacts, 'answers' | 'schools' | 'site'> {
  readonly language: TextLanguage;
  readonly say: Say<RequestKey>;
  readonly sayShared: Say<QuestionKey>;
}

function answered({ answers, schools, site, language, say, sayShared }: Told): Answered[] {
  const { children, devices, connection, alone, statement, wishes } = answers;
  const names = (devices ?? []).map((_, place) => deviceName({ answers, language }, place + 1));
  return [
    ...children.flatMap(({ givenName, familyName, level, exam }, place): Answered[] => [
      {
        label: sayShared('childName', { number: place + 1 }),
        words: [`${givenName} ${familyName}`, sayShared(level), ...(exam ? [sayShared('exam')] : [])],
        question: `child-${place + 1}`,
      },
      {
        label: say('school', { name: `\u2068${givenName}\u2069` }),
        words: [schools[place] ?? say('notListed')],
        question: `school-${place + 1}`,
      },
    ]),
    { label: sayShared('devices'), words: names.length === 0 ? [say('nothing')] : names, question: 'devices' },
    ...(devices ?? []).map((device, place): Answered => {
      return { label: names[place] ?? '', words: timeWords(device, language, sayShared), question: `device-${place + 1}` };
    }),
    { label: sayShared('connection'), words: [sayShared(connection ?? 'none')], question: 'connection' },
    { label: sayShared('alone'), words: [sayShared(alone === true ? 'yes' : 'no')], question: 'alone' },
    { label: say('statementLabel'), words: [statement === '' || statement === null ? say('nothing') : statement], question: 'statement' },
    { label: say('wishes'), words: (wishes ?? []).map((category) => oneDevice(category, language)), question: 'wishes' },
    { label: say('pickup'), words: [site ?? say('anywhere')], question: 'pickup' },
  ];
}

function timeWords(device: HomeDeviceAnswer, language: TextLanguage, sayShared: Say<QuestionKey>): string[] {
  const when = availabilityOf(device);
  if (when === null) return [];
  if (!('hours' in when)) return [sayShared(when.time)];
  const { weekdays, from, to } = when.hours;
  const days = new Intl.ListFormat(language, { type: 'unit', style: 'short' }).format(
    weekdays.map((weekday) => weekdayName(weekday, language)),
  );
  return [sayShared(when.time), `${days} : \u2066${from} – ${to}\u2069`];
}
