import { type DayHours, HOME_CONNECTIONS, HOME_DEVICES, type HomeAnswers, type Level, LEVELS, READY_TIMES } from '../../needs/index.js';
import {
  flagOr,
  listOf,
  listOrNull,
  matchingOr,
  membersOf,
  objectOrNull,
  type Reader,
  textOr,
  wordOr,
} from '../../../shared/stored-json.js';
import { storedWeek } from '../../../shared/stored-week.js';
import { DEVICE_CATEGORIES, type DeviceCategory } from '../../../shared/vocabulary.js';

/** A child for whom a family asks. */
export interface AskedChild {
  /** Of the learner in the file; of a child who is not in it yet, an id that no file has. */
  readonly id: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly level: Level;
  readonly exam: boolean;
  /** Null until it is answered; a school of null is one that is not in the list. */
  readonly school: { readonly id: string | null } | null;
}

/** What a contact has answered so far on the way to a request; null: not yet. */
export interface AskingAnswers extends HomeAnswers {
  readonly children: readonly AskedChild[];
  /** In the family's own words; empty when it has nothing to tell. */
  readonly statement: string | null;
  /** What would help, the most helpful first; one device is asked for each class that is named. */
  readonly wishes: readonly DeviceCategory[] | null;
  /** Where the family collects; a site of null is any. */
  readonly pickup: { readonly siteId: string | null } | null;
}

const idOr = matchingOr(/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/, null);

const storedChild: Reader<AskedChild | null> = (stored) => {
  const { id, givenName, familyName, level, exam, school } = membersOf(stored);
  const [known, named, at] = [idOr(id), textOr(null)(givenName), wordOr(LEVELS, null)(level)];
  if (known === null || named === null || at === null) return null;
  return {
    id: known,
    givenName: named,
    familyName: textOr('')(familyName),
    level: at,
    exam: flagOr(false)(exam),
    school: objectOrNull((members) => ({ id: idOr(members.id) }))(school),
  };
};

const storedHours: Reader<DayHours | null> = (stored) => {
  const { weekdays, from, to } = membersOf(stored);
  const week = storedWeek(listOf((weekday) => weekday)(weekdays).map((weekday) => ({ weekday, from, to })));
  const [first] = week;
  return first ? { weekdays: week.map(({ weekday }) => weekday), from: first.from, to: first.to } : null;
};

const storedDevice: Reader<NonNullable<HomeAnswers['devices']>[number] | null> = (stored) => {
  const { category, time, hours } = membersOf(stored);
  const kind = wordOr(HOME_DEVICES, null)(category);
  return kind === null ? null : { category: kind, time: wordOr(READY_TIMES, null)(time), hours: storedHours(hours) };
};

/** Reads stored answers: what is not as it should be is asked again. */
export const storedAskingAnswers: Reader<AskingAnswers> = (stored) => {
  const { children, devices, connection, alone, statement, wishes, pickup } = membersOf(stored);
  return {
    children: listOf(storedChild)(children),
    devices: listOrNull(storedDevice)(devices),
    connection: wordOr(HOME_CONNECTIONS, null)(connection),
    alone: flagOr(null)(alone),
    statement: textOr(null)(statement),
    wishes: listOrNull(wordOr(DEVICE_CATEGORIES, null))(wishes),
    pickup: objectOrNull(({ siteId }) => ({ siteId: idOr(siteId) }))(pickup),
  };
};
