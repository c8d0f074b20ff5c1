import type { JSX } from 'preact';
import { numberedDeviceNames, READY_TIMES, VISITOR_CONNECTIONS } from '../../../modules/needs/index.js';
import type { TextLanguage } from '../../../shared/language.js';
import { ChoiceField, TextField, TickField, TickList, type Wrongs, WrongSummary } from '../../parts/fields.js';
import { type Fields, textIn } from '../../parts/forms.js';
import { FamilyPage } from '../../parts/layout.js';
import { LAYOUT_TEXTS } from '../../parts/layout.texts.js';
import { type Say, sayIn } from '../../parts/messages.js';
import { weekdayName } from '../../parts/weekdays.js';
import { deviceId, HOME_DEVICES, keptText, LEVELS, LONGEST_NAME, MOST_CHILDREN, MOST_OF_A_KIND, type PlanAnswers } from './answers.js';
import { FIRST, nameOf, type Question, STEPS } from './questions.js';
import type { WrongFields } from './read-question.js';
import { PLAN_PAGE_TEXTS } from './texts/index.js';
import type { PlanKey } from './texts/texts.js';

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
interface Asked {
  readonly question: Question;
  readonly answers: PlanAnswers;
  readonly fields: Fields;
  readonly wrongs: Wrongs;
  readonly language: TextLanguage;
  readonly say: Say<PlanKey>;
}

const FORM_NUMBERS = { most: MOST_OF_A_KIND };

/** One question. The form carries what was answered before, so that nothing is kept on the server. */
export function questionPage({ language, councilName, question, answers, fields, wrong = {}, trouble }: QuestionPageFacts): JSX.Element {
  const say = sayIn(PLAN_PAGE_TEXTS, language);
  const wrongs = Object.fromEntries(
    Object.entries(wrong).map(([name, code]) => [name, say(code, code === 'NAME_LONG' ? { most: LONGEST_NAME } : FORM_NUMBERS)]),
  );
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

function QuestionFields(asked: Asked) {
  const { question, fields, wrongs, say } = asked;
  switch (question.about) {
    case 'child':
      return <ChildFields {...asked} number={question.number} />;
    case 'devices':
      return <DevicesFields {...asked} />;
    case 'hours':
      return <HoursFields {...asked} number={question.number} />;
    case 'device':
      return (
        <ChoiceField
          name="time"
          legend={<h1>{say('when', { device: deviceName(asked, question.number) })}</h1>}
          options={READY_TIMES.map((value) => ({ value, words: say(value) }))}
          value={textIn(fields, 'time')}
          wrong={wrongs.time}
        />
      );
    case 'connection':
      return (
        <ChoiceField
          name="connection"
          legend={<h1>{say('connection')}</h1>}
          options={VISITOR_CONNECTIONS.map((value) => ({ value, words: say(value) }))}
          value={textIn(fields, 'connection')}
          wrong={wrongs.connection}
        />
      );
    case 'alone':
      return (
        <>
          <ChoiceField
            name="alone"
            legend={<h1>{say('alone')}</h1>}
            options={(['yes', 'no'] as const).map((value) => ({ value, words: say(value) }))}
            value={textIn(fields, 'alone')}
            wrong={wrongs.alone}
          />
          <p class="soft">{say('aloneHint')}</p>
        </>
      );
  }
}

function ChildFields({ fields, wrongs, say, number }: Asked & { number: number }) {
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

function DevicesFields({ fields, wrongs, say }: Asked) {
  return (
    <>
      <h1>{say('devices')}</h1>
      <p class="soft">{say('devicesHint')}</p>
      {HOME_DEVICES.map((category) => (
        <TextField
          key={category}
          name={category}
          label={say(category)}
          value={textIn(fields, category)}
          wrong={wrongs[category]}
          inputMode="numeric"
          isBeside
        />
      ))}
    </>
  );
}

function HoursFields({ answers, fields, wrongs, language, say, number, ...asked }: Asked & { number: number }) {
  const device = deviceName({ ...asked, answers, fields, wrongs, language, say }, number);
  const isWork = answers.devices?.[number - 1]?.time === 'not_at_work';
  return (
    <>
      <h1>{say(isWork ? 'workHours' : 'ownHours', { device })}</h1>
      <div class="pair">
        {(['from', 'to'] as const).map((name) => (
          <TextField key={name} name={name} type="time" label={say(name)} value={textIn(fields, name)} wrong={wrongs[name]} />
        ))}
      </div>
      <TickList
        legend={say('days')}
        wrong={wrongs.day1}
        options={[1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
          name: `day${weekday}`,
          words: weekdayName(weekday, language),
          isTicked: textIn(fields, `day${weekday}`) !== '',
        }))}
      />
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

/** What the plan will call the device, as the beginning of a sentence. */
function deviceName({ answers, language }: Asked, number: number): string {
  const devices = (answers.devices ?? []).map(({ category }, place) => ({ id: deviceId(place + 1), category }));
  const name = numberedDeviceNames(devices, language).get(deviceId(number)) ?? '';
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
}
