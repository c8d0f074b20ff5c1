import type { JSX } from 'preact';
import type { Problem } from '../../../platform/index.js';
import type { TextLanguage } from '../../../shared/language.js';
import { type Fields } from '../forms.js';
import { choiceAt, FamilyPage } from '../layout.js';
import { sayIn } from '../messages.js';
import { HiddenFields } from '../signed-in/family-form.js';
import { wordsOfProblem } from './problem-words.js';
import { PROBLEM_TEXTS } from './texts/index.js';

/** Waits that are longer are told in minutes. */
const MOST_SECONDS = 90;
/** Where it helps to send the same again after a while. */
const PASSING: readonly number[] = [429, 503];

interface ProblemPageFacts {
  readonly language: TextLanguage;
  readonly councilName: string | null;
  readonly problem: Problem;
  /** The address that was asked. */
  readonly path: string;
  /** What the form brought, which goes back to the browser with the page; null where no form was sent. */
  readonly fields: Fields | null;
}

/** What went wrong, in words, and what the family can do now. */
export function problemPage({ language, councilName, problem, path, fields }: ProblemPageFacts): JSX.Element {
  const say = sayIn(PROBLEM_TEXTS, language);
  const isPassing = PASSING.includes(problem.status);
  const seconds = Number(problem.details.headers?.['retry-after'] ?? '2');
  return (
    <FamilyPage language={language} title={say('title')} councilName={councilName} choice={choiceAt(fields === null ? path : '/f')}>
      <h1>{say('title')}</h1>
      <div class="wrongs" role="alert">
        {wordsOfProblem(problem, language).map((words) => (
          <p key={words}>{words}</p>
        ))}
        {isPassing && (
          <p>{seconds > MOST_SECONDS ? say('inMinutes', { minutes: Math.ceil(seconds / 60) }) : say('inSeconds', { seconds })}</p>
        )}
      </div>
      {isPassing && fields && (
        <form method="post" action={path}>
          <p>{say('kept')}</p>
          <HiddenFields fields={fields} />
          <button class="button">{say('again')}</button>
        </form>
      )}
      {isPassing && !fields && (
        <a class="button" href={path}>
          {say('again')}
        </a>
      )}
      <a class={isPassing ? 'button quiet' : 'button'} href="/f">
        {say('myFile')}
      </a>
    </FamilyPage>
  );
}
