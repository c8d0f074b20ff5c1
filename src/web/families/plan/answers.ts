import {
  type DayHours,
  HOME_CONNECTIONS,
  HOME_DEVICES,
  type HomeAnswers,
  type HomeDeviceAnswer,
  isTimeOfDay,
  type Level,
  LEVELS,
  MOST_CHILDREN,
  MOST_OF_A_KIND,
  READY_TIMES,
} from '../../../modules/needs/index.js';
import { LONGEST_NAME } from '../questions/read-home-question.js';

export interface ChildAnswer {
  /** Empty where the family gave none. */
  readonly name: string;
  readonly level: Level;
  readonly exam: boolean;
}

/** What a visitor has answered so far. It is nowhere but in the pages that they see: each carries it on to the next. */
export interface PlanAnswers extends HomeAnswers {
  readonly children: readonly ChildAnswer[];
}

export const NO_ANSWERS: PlanAnswers = { children: [], devices: null, connection: null, alone: null };

/** Much longer than all answers of the largest family. */
const LONGEST_TEXT = 8000;

export const keptText = (answers: PlanAnswers): string => JSON.stringify(answers);

/** The answers that a page carried; null when they are none of ours, since whoever sends the form may have changed them. */
export function keptAnswers(text: string): PlanAnswers | null {
  if (text.length > LONGEST_TEXT) return null;
  try {
    return answersIn(JSON.parse(text));
  } catch {
    return null;
  }
}

/** @throws Error where something is not as we wrote it */
function answersIn(value: unknown): PlanAnswers {
  const { children, devices, connection, alone } = members(value);
  return {
    children: list(children, MOST_CHILDREN, childIn),
    devices: devices === null ? null : list(devices, MOST_OF_A_KIND * HOME_DEVICES.length, deviceIn),
    connection: connection === null ? null : oneOf(HOME_CONNECTIONS, connection),
    alone: alone === null ? null : truth(alone),
  };
}

function childIn(value: unknown): ChildAnswer {
  const { name, level, exam } = members(value);
  if (typeof name !== 'string' || name.length > LONGEST_NAME) throw notOurs();
  return { name, level: oneOf(LEVELS, level), exam: truth(exam) };
}

function deviceIn(value: unknown): HomeDeviceAnswer {
  const { category, time, hours } = members(value);
  return {
    category: oneOf(HOME_DEVICES, category),
    time: time === null ? null : oneOf(READY_TIMES, time),
    hours: hours === null ? null : hoursIn(hours),
  };
}

function hoursIn(value: unknown): DayHours {
  const { weekdays, from, to } = members(value);
  return { weekdays: list(weekdays, 7, weekdayIn), from: timeIn(from), to: timeIn(to) };
}

const notOurs = () => new Error('not as we wrote it');

function members(value: unknown): Readonly<Record<string, unknown>> {
  if (value === null || typeof value !== 'object') throw notOurs();
  return value as Readonly<Record<string, unknown>>;
}

function list<Element>(value: unknown, most: number, read: (element: unknown) => Element): Element[] {
  if (!Array.isArray(value) || value.length > most) throw notOurs();
  return value.map(read);
}

function oneOf<Value extends string>(values: readonly Value[], value: unknown): Value {
  const found = values.find((each) => each === value);
  if (found === undefined) throw notOurs();
  return found;
}

function truth(value: unknown): boolean {
  if (typeof value !== 'boolean') throw notOurs();
  return value;
}

function weekdayIn(value: unknown): number {
  if (!Number.isInteger(value) || (value as number) < 1 || (value as number) > 7) throw notOurs();
  return value as number;
}

function timeIn(value: unknown): string {
  if (typeof value !== 'string' || !isTimeOfDay(value)) throw notOurs();
  return value;
}
