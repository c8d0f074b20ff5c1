import {
  type DayHours,
  HOME_CONNECTIONS,
  HOME_DEVICES,
  type HomeAnswers,
  type HomeDeviceAnswer,
  MOST_OF_A_KIND,
  needsHours,
  READY_TIMES,
} from '../../../modules/needs/index.js';
import { cleanText, hasControls, plainForm } from '../../../shared/plain-text.js';
import { ok, refused, type Result } from '../../../shared/result.js';
import { type Fields, textIn } from '../../parts/forms.js';
import type { HomeQuestion } from './home-questions.js';
import type { QuestionKey } from './texts/texts.js';

export const LONGEST_NAME = 40;

/** What is wrong with a field of a question. */
export type Wrong = Extract<QuestionKey, 'CHOOSE' | 'COUNT' | 'NAME_LONG' | 'NAME_SIGNS' | 'TIME' | 'ORDER' | 'DAYS'>;
/** By the name of the field, in the order of the page. */
export type WrongFields = Readonly<Record<string, Wrong>>;

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7];
const WORKING_DAYS = [1, 2, 3, 4, 5];
export const YES = 'yes';

/** The hours that stand in the form before somebody gives theirs. */
const USUAL_HOURS = {
  not_at_work: { weekdays: WORKING_DAYS, from: '08:00', to: '17:00' },
  hours: { weekdays: WEEKDAYS, from: '17:00', to: '20:00' },
} as const satisfies Record<string, DayHours>;

/** The fields of a question as its answer fills them. */
export function homeFieldsOf(question: HomeQuestion, { devices, connection, alone }: HomeAnswers): Fields {
  switch (question.about) {
    case 'devices':
      return devices ? Object.fromEntries(HOME_DEVICES.map((category) => [category, countText(devices, category)])) : {};
    case 'device':
      return { time: devices?.[question.number - 1]?.time ?? '' };
    case 'hours':
      return hoursFields(devices?.[question.number - 1]);
    case 'connection':
      return { connection: connection ?? '' };
    case 'alone':
      return { alone: alone === null ? '' : alone ? YES : 'no' };
  }
}

function countText(devices: readonly HomeDeviceAnswer[], category: string): string {
  const count = devices.filter((device) => device.category === category).length;
  return count === 0 ? '' : String(count);
}

function hoursFields(device: HomeDeviceAnswer | undefined): Fields {
  const usual = needsHours(device?.time ?? null) ? USUAL_HOURS[device?.time as keyof typeof USUAL_HOURS] : USUAL_HOURS.hours;
  const { weekdays, from, to } = device?.hours ?? usual;
  return { from, to, ...Object.fromEntries(weekdays.map((weekday) => [`day${weekday}`, YES])) };
}

/** Reads the answer to a question from its form, or says what is wrong with each field. */
export function readHomeQuestion<Answers extends HomeAnswers>(
  question: HomeQuestion,
  form: Fields,
  answers: Answers,
): Result<Answers, WrongFields> {
  switch (question.about) {
    case 'devices':
      return readDevices(form, answers);
    case 'device':
      return readTime(question.number, form, answers);
    case 'hours':
      return readHours(question.number, form, answers);
    case 'connection': {
      const connection = HOME_CONNECTIONS.find((each) => each === form.connection);
      return connection ? ok({ ...answers, connection }) : refused({ connection: 'CHOOSE' });
    }
    case 'alone': {
      const alone = textIn(form, 'alone');
      return [YES, 'no'].includes(alone) ? ok({ ...answers, alone: alone === YES }) : refused({ alone: 'CHOOSE' });
    }
  }
}

/** A name as it was typed, and what is wrong with it. */
export function readName(form: Fields, field: string): { readonly name: string; readonly wrong: Wrong | null } {
  const name = cleanText(textIn(form, field));
  return { name, wrong: name.length > LONGEST_NAME ? 'NAME_LONG' : hasControls(name) ? 'NAME_SIGNS' : null };
}

function readDevices<Answers extends HomeAnswers>(form: Fields, answers: Answers): Result<Answers, WrongFields> {
  const counts = HOME_DEVICES.map((category) => ({ category, count: countIn(textIn(form, category)) }));
  const wrong = counts.flatMap(({ category, count }) => (count === null ? [[category, 'COUNT' as const] as const] : []));
  if (wrong.length > 0) return refused(Object.fromEntries(wrong));
  const devices = counts.flatMap(({ category, count }) => {
    // What was answered of those that there were stays.
    const before = (answers.devices ?? []).filter((device) => device.category === category);
    return Array.from({ length: count ?? 0 }, (_, place) => before[place] ?? { category, time: null, hours: null });
  });
  return ok({ ...answers, devices });
}

/** A number in any digits, with blanks; nothing written is none. Null where it is no number of things that a home has. */
function countIn(text: string): number | null {
  const plain = plainForm(text).replaceAll(' ', '');
  if (plain === '') return 0;
  const count = /^\d{1,4}$/.test(plain) ? Number(plain) : NaN;
  return count <= MOST_OF_A_KIND ? count : null;
}

function readTime<Answers extends HomeAnswers>(number: number, form: Fields, answers: Answers): Result<Answers, WrongFields> {
  const time = READY_TIMES.find((each) => each === form.time);
  if (!time) return refused({ time: 'CHOOSE' });
  // Hours of work are no hours of play: another answer asks for its own.
  return ok(withDevice(answers, number, (device) => ({ ...device, time, hours: device.time === time ? device.hours : null })));
}

function readHours<Answers extends HomeAnswers>(number: number, form: Fields, answers: Answers): Result<Answers, WrongFields> {
  const [from, to] = [timeIn(textIn(form, 'from')), timeIn(textIn(form, 'to'))];
  const weekdays = WEEKDAYS.filter((weekday) => form[`day${weekday}`] === YES);
  const wrongTo: Wrong | null = to === null ? 'TIME' : from !== null && to <= from ? 'ORDER' : null;
  if (from === null || to === null || wrongTo || weekdays.length === 0) {
    return refused({
      ...(from === null && { from: 'TIME' as const }),
      ...(wrongTo && { to: wrongTo }),
      ...(weekdays.length === 0 && { day1: 'DAYS' as const }),
    });
  }
  return ok(withDevice(answers, number, (device) => ({ ...device, hours: { weekdays, from, to } })));
}

/** A time of day as `HH:MM`, from what people write: `17:30`, `17h30`, `17.30`, `17`, in any digits; null for anything else. */
export function timeIn(text: string): string | null {
  const [, hours = '', minutes = '00'] = /^(\d{1,2})(?: ?[:h.,] ?(\d{2})?)?$/i.exec(plainForm(text).trim()) ?? [];
  const time = `${hours.padStart(2, '0')}:${minutes}`;
  return hours !== '' && /^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/.test(time) ? time : null;
}

function withDevice<Answers extends HomeAnswers>(
  answers: Answers,
  number: number,
  change: (device: HomeDeviceAnswer) => HomeDeviceAnswer,
): Answers {
  return { ...answers, devices: (answers.devices ?? []).map((device, place) => (place === number - 1 ? change(device) : device)) };
}
