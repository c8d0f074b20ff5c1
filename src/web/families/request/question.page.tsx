import type { JSX } from 'preact';
import type { FoundSchools, PickupSite } from '../../../modules/councils/index.js';
import { LEVELS, MOST_OF_A_KIND, type NeedOfAnswers, oneDevice } from '../../../modules/needs/index.js';
import type { AskingAnswers } from '../../../modules/requests/index.js';
import { classOf, type DeviceClass } from '../../../shared/vocabulary.js';
import { ChoiceField, LongTextField, TextField, TickField, TickList, type Wrongs, WrongSummary } from '../../parts/fields.js';
import { type Fields, textIn } from '../../parts/forms.js';
import { LAYOUT_TEXTS } from '../../parts/layout.texts.js';
import { type Say, sayIn } from '../../parts/messages.js';
import { FamilyForm, HiddenFields } from '../../parts/signed-in/family-form.js';
import type { FamilyVisit } from '../../parts/signed-in/family-visit.js';
import { SignedInPage } from '../../parts/signed-in/signed-in-page.js';
import { HomeFields } from '../questions/home-fields.js';
import { nameOf } from '../questions/home-questions.js';
import { LONGEST_NAME } from '../questions/read-home-question.js';
import { QUESTION_TEXTS } from '../questions/texts/index.js';
import type { QuestionKey } from '../questions/texts/texts.js';
import { CHECK, FIRST, furtherChild, pageBefore, type Question, STEPS } from './questions.js';
import { type AskedWrongs, LONGEST_STATEMENT, NONE, OFFERED, wishField } from './read-question.js';
import { REQUEST_TEXTS, type RequestKey } from './texts/index.js';

export interface QuestionFacts {
  readonly visit: FamilyVisit;
  readonly question: Question;
  readonly answers: AskingAnswers;
  /** What the question is about, whatever its number is by the time that it is answered. */
  readonly subject: string;
  /** What stands in the fields. */
  readonly fields: Fields;
  readonly wrong?: AskedWrongs;
  /** Something changed while the form was open, on another telephone or in another tab. */
  readonly isElsewhere?: boolean;
  /** Whether it goes back to the page that shows everything. */
  readonly isFromCheck: boolean;
  /** What some questions choose from. */
  readonly choices: Choices;
}

/** What is there to choose from; only what the question needs. */
export interface Choices {
  readonly schools?: FoundSchools & { readonly text: string };
  readonly sites?: readonly PickupSite[];
  readonly help?: NeedOfAnswers;
  readonly openClasses?: readonly DeviceClass[];
}

interface Asked extends QuestionFacts {
  readonly wrongs: Wrongs;
  readonly say: Say<RequestKey>;
  readonly sayShared: Say<QuestionKey>;
}

/** One question of a request. What it is answered is kept on the server. */
export function questionPage(facts: QuestionFacts): JSX.Element {
  const { visit, question, answers, subject, wrong = {}, isElsewhere = false, isFromCheck } = facts;
  const { language, token } = visit;
  const [say, sayShared] = [sayIn(REQUEST_TEXTS, language), sayIn(QUESTION_TEXTS, language)];
  const wrongs = Object.fromEntries(Object.entries(wrong).map(([name, code]) => [name, wrongWords(code, say, sayShared)]));
  const isWrong = Object.keys(wrongs).length > 0;
  const step = STEPS.findIndex((abouts) => abouts.includes(question.about)) + 1;
  const path = `/f/request/${nameOf(question)}`;
  const asked: Asked = { ...facts, wrongs, say, sayShared };
  return (
    <SignedInPage visit={visit} title={isWrong ? `${LAYOUT_TEXTS[language].wrong}: ${say('title')}` : say('title')} at={path}>
      <WrongSummary title={LAYOUT_TEXTS[language].wrong} wrongs={wrongs} />
      {isElsewhere && (
        <p class="wrongs" role="alert">
          {say('elsewhere')}
        </p>
      )}
      <FamilyForm token={token} action={path}>
        <HiddenFields fields={{ subject, ...(isFromCheck && { from: CHECK }) }} />
        <p class="soft">{sayShared('step', { step, steps: STEPS.length })}</p>
        <QuestionFields {...asked} />
        <QuestionButtons {...asked} />
      </FamilyForm>
      {nameOf(question) !== nameOf(FIRST) && (
        <a class="button quiet plain" href={isFromCheck ? `/f/request/${CHECK}` : `/f/request/${pageBefore(question, answers) ?? ''}`}>
          {sayShared('back')}
        </a>
      )}
      <p class="note">{say('kept')}</p>
    </SignedInPage>
  );
}

const OWN_WRONGS = ['GIVEN_EMPTY', 'FAMILY_EMPTY', 'TEXT_LONG', 'TEXT_SIGNS', 'WISH', 'SCHOOL'] as const;

function wrongWords(code: AskedWrongs[string], say: Say<RequestKey>, sayShared: Say<QuestionKey>): string {
  const own = OWN_WRONGS.find((each) => each === code);
  if (own) return say(own, { most: LONGEST_STATEMENT });
  return sayShared(code as Exclude<typeof code, (typeof OWN_WRONGS)[number]>, {
    most: code === 'NAME_LONG' ? LONGEST_NAME : MOST_OF_A_KIND,
  });
}

function QuestionFields(asked: Asked) {
  const { question, fields, wrongs, say, sayShared, visit, answers } = asked;
  switch (question.about) {
    case 'child':
      return <ChildFields {...asked} number={question.number} />;
    case 'school':
      return <SchoolFields {...asked} number={question.number} />;
    case 'statement':
      return (
        <>
          <h1>{say('statement')}</h1>
          <p>{say('statementHint')}</p>
          <LongTextField
            name="statement"
            label={say('statementLabel')}
            value={textIn(fields, 'statement')}
            wrong={wrongs.statement}
            maxLength={LONGEST_STATEMENT}
          />
        </>
      );
    case 'wishes':
      return <WishFields {...asked} />;
    case 'pickup':
      return (
        <ChoiceField
          name="site"
          legend={<h1>{say('pickup')}</h1>}
          options={[
            ...(asked.choices.sites ?? []).map(({ id, name, town }) => ({ value: id, words: placeWords(name, town) })),
            { value: NONE, words: say('anywhere') },
          ]}
          value={textIn(fields, 'site')}
          wrong={wrongs.site}
        />
      );
    default:
      return (
        <HomeFields
          question={question}
          answers={answers}
          fields={fields}
          wrongs={wrongs}
          language={visit.language}
          say={sayShared}
          aloneHint={say('aloneCounts')}
        />
      );
  }
}

/** A place with its town, where its name does not say it already. */
export const placeWords = (name: string, town: string | null): string =>
  town === null || name.toLowerCase().includes(town.toLowerCase()) ? name : `${name} – ${town}`;

function ChildFields({ fields, wrongs, say, sayShared, number }: Asked & { number: number }) {
  return (
    <>
      <h1>{sayShared(number === 1 ? 'childFirst' : 'childNext')}</h1>
      {(['givenName', 'familyName'] as const).map((name) => (
        <TextField key={name} name={name} label={say(name)} value={textIn(fields, name)} wrong={wrongs[name]} maxLength={LONGEST_NAME} />
      ))}
      <ChoiceField
        name="level"
        legend={sayShared('level')}
        options={LEVELS.map((value) => ({ value, words: sayShared(value) }))}
        value={textIn(fields, 'level')}
        wrong={wrongs.level}
      />
      <TickField name="exam" words={sayShared('exam')} isTicked={textIn(fields, 'exam') !== ''} />
    </>
  );
}

/** The button to search is the first, so Enter in the field searches. */
function SchoolFields({ answers, fields, wrongs, say, choices, number }: Asked & { number: number }) {
  const { schools = [], isMore = false, text = '' } = choices.schools ?? {};
  const name = `\u2068${answers.children[number - 1]?.givenName ?? ''}\u2069`;
  return (
    <>
      <h1>{say('school', { name })}</h1>
      <p class="soft">{say('schoolHint')}</p>
      <TextField name="find" label={say('find')} value={text} wrong={wrongs.find} maxLength={100} />
      <button class="button quiet" name="go" value="find">
        {say('search')}
      </button>
      {text !== '' && schools.length === 0 && (
        <p class="wrong" role="status">
          {say('notFound', { text: `\u2068${text}\u2069` })}
        </p>
      )}
      {isMore && (
        <p class="soft" role="status">
          {say('moreFound')}
        </p>
      )}
      <ChoiceField
        name="school"
        legend={say('found')}
        options={[
          ...schools.map(({ id, name: words, town }) => ({ value: id, words: placeWords(words, town) })),
          { value: NONE, words: say('notListed') },
        ]}
        value={textIn(fields, 'school')}
        wrong={wrongs.school}
      />
    </>
  );
}

/** What would help most stands above the choice, and is ticked until the family chooses. */
function WishFields({ answers, fields, wrongs, say, choices, visit }: Asked) {
  const { help, openClasses = [] } = choices;
  const options = OFFERED.filter((category) => !openClasses.includes(classOf(category)));
  const isBest = (category: (typeof OFFERED)[number]) => help?.recommended.includes(category) === true;
  const isFresh = answers.wishes === null && Object.keys(wrongs).length === 0;
  return (
    <>
      <h1>{say('wishes')}</h1>
      {help && <p class="note">{help.sentence}</p>}
      <TickList
        legend={say('wishesHint')}
        isLong
        wrong={wrongs[wishField(OFFERED[0])]}
        options={options.map((category) => ({
          name: wishField(category),
          words: oneDevice(category, visit.language),
          isTicked: isFresh ? isBest(category) : textIn(fields, wishField(category)) !== '',
          ...(isBest(category) && { hint: say('best') }),
        }))}
      />
      {openClasses.length > 0 && <p class="soft">{say('alreadyAsked')}</p>}
    </>
  );
}

function QuestionButtons({ question, answers, sayShared }: Asked) {
  const number = question.about === 'child' ? question.number : 0;
  const isLastChild = number > 0 && number >= answers.children.length && furtherChild(answers) !== null;
  return (
    <>
      <button class="button" name="go" value="on">
        {sayShared('on')}
      </button>
      {isLastChild && (
        <button class="button quiet" name="go" value="more">
          {sayShared('more')}
        </button>
      )}
      {number > 0 && answers.children.length > 1 && number <= answers.children.length && (
        <button class="button quiet" name="go" value="remove">
          {sayShared('remove')}
        </button>
      )}
    </>
  );
}
