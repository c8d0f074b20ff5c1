import {
  isObject,
  listOf,
  listOrNull,
  membersOf,
  objectOrNull,
  type Reader,
  textOr,
  wholeOr,
  wordOr,
} from '../../../shared/stored-json.js';
import { storedWeek, storedWork } from '../../../shared/stored-week.js';
import { DEVICE_CATEGORIES } from '../../../shared/vocabulary.js';
import {
  CONNECTIVITY_KINDS,
  type Connectivity,
  type Equipment,
  type Fact,
  FACT_SOURCES,
  FACTS,
  type Facts,
  type TimeRange,
  type Timetable,
} from './household.js';

/** Null: always. */
const hours: Reader<TimeRange[] | null> = (stored) => (listOrNull((one) => one)(stored) === null ? null : storedWeek(stored));

const piece: Reader<Equipment | null> = (stored) => {
  const { id, category, label, available } = membersOf(stored);
  const [known, kind] = [textOr(null)(id), wordOr(DEVICE_CATEGORIES, null)(category)];
  return known === null || kind === null ? null : { id: known, category: kind, label: textOr(null)(label), available: hours(available) };
};

/** What is at home as it was stored: a thing of no category that is known serves nobody. */
export const storedEquipment: Reader<Equipment[]> = listOf(piece);

/** The connection as it was stored; null: nothing was said of it. */
export const storedConnectivity: Reader<Connectivity | null> = (stored) => {
  const { kind, simultaneousLive, available } = membersOf(stored);
  const known = wordOr(CONNECTIVITY_KINDS, null)(kind);
  // In PostgreSQL's order, as in stored-week.ts.
  return known === null
    ? null
    : { kind: known, available: hours(available), simultaneousLive: wholeOr(null, { min: 0 })(simultaneousLive) };
};

/** A learner's own timetable as it was stored; null: that of the class or the school holds. */
export const storedTimetable: Reader<Timetable | null> = objectOrNull(({ live, work }) => ({
  live: storedWeek(live),
  work: storedWork(work),
}));

const fact: Reader<Fact> = (stored) => {
  const { source, verifiedBy, verifiedAt, changedAt } = membersOf(stored);
  return {
    source: wordOr(FACT_SOURCES, 'declared')(source),
    verifiedBy: textOr(null)(verifiedBy),
    verifiedAt: textOr(null)(verifiedAt),
    changedAt: textOr(LONG_AGO)(changedAt),
  };
};
/** When a fact changed of which it was not kept: nobody is to look at it as new. */
const LONG_AGO = '1970-01-01T00:00:00.000Z';

/** Where the facts of a file come from, as it was stored: of one that is not named it was declared. */
export const storedFacts: Reader<Facts> = (stored) => {
  const facts = isObject(stored) ? membersOf(stored) : {};
  return Object.fromEntries(FACTS.map((name) => [name, fact(facts[name])])) as Facts;
};
