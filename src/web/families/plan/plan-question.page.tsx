import type { JSX } from 'preact';
import { LEVELS, MOST_CHILDREN } from '../../../modules/needs/index.js';
import type { TextLanguage } from '../../../shared/language.js';
import { ChoiceField, TextField, TickField, WrongSummary } from '../../parts/fields.js';
import { type Fields, textIn } from '../../parts/forms.js';
import { FamilyPage } from '../../parts/layout.js';
import { LAYOUT_TEXTS } from '../../parts/layout.texts.js';
import { sayIn } from '../../parts/messages.js';
import { HomeFields, type HomeAsked, wrongWords } from '../questions/home-fields.js';
import { nameOf } from '../questions/home-questions.js';
import { LONGEST_NAME, type WrongFields } from '../questions/read-home-question.js';
import { QUESTION_TEXTS } from '../questions/texts/index.js';
import { keptText, type PlanAnswers } from './answers.js';
import { FIRST, type Question, STEPS } from './questions.js';

export interface QuestionPageFacts {
  readonly language: TextLanguage;
  readonly councilName: string | null;
  readonly question: Question;
  /** What the earlier pages were answered. */
  readonly answers: PlanAnswers;
  /** What stands in the fields of this one. */
  readonly fields: Fields;
  readonly wrong?: WrongFields;
  /** What went wrong that no field is to blame for. */
  readonly trouble?: 'busy' | 'lost';
}

/** What every part of a question's page is made from. */
interface Asked extends Omit<HomeAsked, 'question'> {
  readonly question: Question;
  readonly answers: PlanAnswers;
}

/** One question. The form carries what was answered before, so that nothing is kept on the server. */
export function questionPage({ language, councilName, question, answers, fields, wrong = {}, trouble }: QuestionPageFacts): JSX.Element {
  const say = sayIn(QUESTION_TEXTS, language);
  const wrongs = wrongWords(wrong, say);
  const asked: Asked = { question, answers, fields, wrongs, language, say };
  const action = `/plan/${nameOf(question)}`;
  const isWrong = Object.keys(wrongs).length > 0;
  const step = STEPS.findIndex((abouts) => abouts.includes(question.about)) + 1;
  return (
    <FamilyPage
      language={language}
      title={isWrong ? `${LAYOUT_TEXTS[language].wrong}: ${say('title')}` : say('title')}
      councilName={councilName}
      choice={{ action, fields: { answers: keptText(answers) } }}
    >
      <WrongSummary title={LAYOUT_TEXTS[language].wrong} wrongs={wrongs} />
      {trouble && (
        <p class="wrongs" role="alert">
          {say(trouble)}
        </p>
      )}
      <form method="post" action={action} noValidate>
        <input type="hidden" name="answers" value={keptText(answers)} />
        <p class="soft">{say('step', { step, steps: STEPS.length })}</p>
        <QuestionFields {...asked} />
        <QuestionButtons {...asked} />
      </form>
      {nameOf(question) === nameOf(FIRST) && <p class="note">{say('nothingKept')}</p>}
    </FamilyPage>
  );
}

function QuestionFields({ question, ...asked }: Asked) {
  return question.about === 'child' ? <ChildFields {...asked} number={question.number} /> : <HomeFields {...asked} question={question} />;
}

function ChildFields({ fields, wrongs, say, number }: Omit<Asked, 'question'> & { number: number }) {
  return (
    <>
      <h1>{say(number === 1 ? 'childFirst' : 'childNext')}</h1>
      <TextField
        name="name"
        label={say('name')}
        hint={say('nameHint')}
        value={textIn(fields, 'name')}
        wrong={wrongs.name}
        maxLength={LONGEST_NAME}
      />
      <ChoiceField
        name="level"
        legend={say('level')}
        options={LEVELS.map((value) => ({ value, words: say(value) }))}
        value={textIn(fields, 'level')}
        wrong={wrongs.level}
      />
      <TickField name="exam" words={say('exam')} isTicked={textIn(fields, 'exam') !== ''} />
    </>
  );
}

/** The first button is the one that Enter presses. */
function QuestionButtons({ question, answers, say }: Asked) {
  const isChild = question.about === 'child';
  const number = isChild ? question.number : 0;
  const isLastChild = isChild && number >= answers.children.length && number < MOST_CHILDREN;
  return (
    <>
      <button class="button" name="go" value="on">
        {say('on')}
      </button>
      {isLastChild && (
        <button class="button quiet" name="go" value="more">
          {say('more')}
        </button>
      )}
      {number > 1 && (
        <button class="button quiet" name="go" value="remove">
          {say('remove')}
        </button>
      )}
      {nameOf(question) !== nameOf(FIRST) && (
        <button class="button quiet plain" name="go" value="back">
          {say('back')}
        </button>
      )}
    </>
  );
}
