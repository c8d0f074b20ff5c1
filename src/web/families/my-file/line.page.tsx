import type { JSX } from 'preact';
import type { LineExplanation } from '../../../modules/allocation/index.js';
import { TextField, WrongSummary } from '../../parts/fields.js';
import { dayInWords } from '../../parts/days.js';
import { type Fields, textIn } from '../../parts/forms.js';
import { LAYOUT_TEXTS } from '../../parts/layout.texts.js';
import type { FamilyVisit } from '../../parts/signed-in/family-visit.js';
import { SignedInPage } from '../../parts/signed-in/signed-in-page.js';
import { Action, Back, sayOfFile, Telling, type Told, wrongWords } from './parts.js';
import type { WrongKey } from './said-text.js';
import { TAG_LOOKS } from './steps.js';

interface LinePageFacts {
  readonly visit: FamilyVisit;
  readonly explanation: LineExplanation;
  readonly told: Told;
  /** What was typed in a form that came back. */
  readonly fields?: Fields;
  readonly wrong?: Readonly<Record<string, WrongKey | undefined>>;
}

const NOTHING: Fields = {};
/** The states that a family leaves by withdrawing; of what is offered it says no on the page of the offer. */
const MAY_WITHDRAW: readonly string[] = ['waiting', 'suspended'];

/** Why a line stands where it stands, each fact with where it comes from, and what the family can do about it. */
export function linePage({ visit, explanation, told, fields = NOTHING, wrong = {} }: LinePageFacts): JSX.Element {
  const { language, token } = visit;
  const say = sayOfFile(language);
  const { line, criteria, sentences, lastRound, decisions } = explanation;
  const wrongs = wrongWords(wrong, say);
  const at = `/f/requests/lines/${line.id}`;
  const isAppealed = line.appealedAt !== null && line.appealDecidedAt === null;
  return (
    <SignedInPage visit={visit} title={say(line.class)} at={at}>
      <WrongSummary title={LAYOUT_TEXTS[language].wrong} wrongs={wrongs} />
      <div class="apart">
        <h1>{say(line.class)}</h1>
        <span class={`tag ${TAG_LOOKS[line.state]}`}>{say(line.state)}</span>
      </div>
      <Telling say={say} language={language} told={told} />
      {line.suspendedUntil !== null && <p>{say('pausedUntil', { day: dayInWords(line.suspendedUntil, language) })}</p>}
      {isAppealed && <p class="note">{say('appealed')}</p>}
      {sentences.map((words) => (
        <p key={words} dir="auto">
          {words}
        </p>
      ))}
      {lastRound && <p dir="auto">{lastRound.sentence}</p>}
      {decisions.map(({ sentence, at: when }) => (
        <p key={when.getTime()} dir="auto">
          {sentence}
        </p>
      ))}
      <section class="card">
        <table class="points">
          <thead>
            <tr>
              <th scope="col">{say('facts')}</th>
              <th scope="col">{say('points')}</th>
            </tr>
          </thead>
          <tbody>
            {criteria.map(({ criterion, sentence, points }) => (
              <tr key={criterion}>
                <td dir="auto">{sentence}</td>
                <td>{points}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p class="note">{say('correct')}</p>
        <a class="button quiet" href="/f/details">
          {say('details')}
        </a>
      </section>
      {line.state === 'refused' && !isAppealed && (
        <Action
          title={say('appeal')}
          what={say('appealWhat')}
          token={token}
          action={`${at}/appeal`}
          go={say('appeal')}
          isOpen={wrongs.reason !== undefined}
        >
          <TextField
            name="reason"
            label={say('appealReason')}
            hint={say('optional')}
            value={textIn(fields, 'reason')}
            wrong={wrongs.reason}
          />
        </Action>
      )}
      {line.state === 'suspended' && (
        <Action title={say('resume')} what={say('resumeWhat')} token={token} action={`${at}/resume`} go={say('resume')} />
      )}
      {MAY_WITHDRAW.includes(line.state) && (
        <Action
          title={say('withdraw')}
          what={say('withdrawWhat')}
          token={token}
          action={`${at}/withdraw`}
          go={say('withdrawGo')}
          look="danger"
        />
      )}
      <Back say={say} />
    </SignedInPage>
  );
}
