import {
  HOME_CONNECTIONS,
  HOME_DEVICES,
  type HomeAnswers,
  MOST_OF_A_KIND,
  numberedDeviceNames,
  READY_TIMES,
} from '../../../modules/needs/index.js';
import type { TextLanguage } from '../../../shared/language.js';
import { ChoiceField, TextField, TickList, type Wrongs } from '../../parts/fields.js';
import { type Fields, textIn } from '../../parts/forms.js';
import type { Say } from '../../parts/messages.js';
import { weekdayName } from '../../parts/weekdays.js';
import type { HomeQuestion } from './home-questions.js';
import { LONGEST_NAME, type WrongFields } from './read-home-question.js';
import type { QuestionKey } from './texts/texts.js';

/** What every part of a question is made from. */
export interface HomeAsked {
  readonly question: HomeQuestion;
  readonly answers: HomeAnswers;
  /** What stands in the fields. */
  readonly fields: Fields;
  readonly wrongs: Wrongs;
  readonly language: TextLanguage;
  readonly say: Say<QuestionKey>;
  /** What it is for whether a child is alone; else what it is for in a plan. */
  readonly aloneHint?: string;
}

/** What is wrong with each field, in words. */
export const wrongWords = (wrong: WrongFields, say: Say<QuestionKey>): Wrongs =>
  Object.fromEntries(
    Object.entries(wrong).map(([name, code]) => [name, say(code, { most: code === 'NAME_LONG' ? LONGEST_NAME : MOST_OF_A_KIND })]),
  );

/** The device as the questions number it, from 1. */
export const deviceId = (number: number): string => `device-${number}`;

/** The fields of one question about what is at home, under its heading. */
export function HomeFields(asked: HomeAsked) {
  const { question, fields, wrongs, say } = asked;
  switch (question.about) {
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
          options={HOME_CONNECTIONS.map((value) => ({ value, words: say(value) }))}
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
          <p class="soft">{asked.aloneHint ?? say('aloneHint')}</p>
        </>
      );
  }
}

function DevicesFields({ fields, wrongs, say }: HomeAsked) {
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

function HoursFields({ number, ...asked }: HomeAsked & { number: number }) {
  const { answers, fields, wrongs, language, say } = asked;
  const device = deviceName(asked, number);
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

/** What the plan will call the device, as the beginning of a sentence. */
export function deviceName({ answers, language }: Pick<HomeAsked, 'answers' | 'language'>, number: number): string {
  const devices = (answers.devices ?? []).map(({ category }, place) => ({ id: deviceId(place + 1), category }));
  const name = numberedDeviceNames(devices, language).get(deviceId(number)) ?? '';
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
}
