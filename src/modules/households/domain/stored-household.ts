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

/** Reads the hours of availability; null when it is always. */
const storedHours: Reader<TimeRange[] | null> = (stored) => (listOrNull((one) => one)(stored) === null ? null : storedWeek(stored));

const storedEquipmentItem: Reader<Equipment | null> = (stored) => {
  const { id, category, label, available } = membersOf(stored);
  const [known, kind] = [textOr(null)(id), wordOr(DEVICE_CATEGORIES, null)(category)];
  return known === null || kind === null
    ? null
    : { id: known, category: kind, label: textOr(null)(label), available: storedHours(available) };
};

/** Reads the stored equipment; a device of an unknown category is left out. */
export const storedEquipment: Reader<Equipment[]> = listOf(storedEquipmentItem);

/** Reads the stored connection; null when nothing was said about it. */
export const storedConnectivity: Reader<Connectivity | null> = (stored) => {
  const { kind, simultaneousLive, available } = membersOf(stored);
  const known = wordOr(CONNECTIVITY_KINDS, null)(kind);
  // The members stand in PostgreSQL's order, as in stored-week.ts.
  return known === null
    ? null
    : { kind: known, available: storedHours(available), simultaneousLive: wholeOr(null, { min: 0 })(simultaneousLive) };
};

/** Reads a learner's own stored timetable; null when that of the class or the school holds. */
export const storedTimetable: Reader<Timetable | null> = objectOrNull(({ live, work }) => ({
  live: storedWeek(live),
  work: storedWork(work),
}));

const storedFact: Reader<Fact> = (stored) => {
  const { source, verifiedBy, verifiedAt, changedAt } = membersOf(stored);
  return {
    source: wordOr(FACT_SOURCES, 'declared')(source),
    verifiedBy: textOr(null)(verifiedBy),
    verifiedAt: textOr(null)(verifiedAt),
    changedAt: textOr(LONG_AGO)(changedAt),
  };
};
/** The time of change of a fact for which none was stored: so nobody looks at it as new. */
const LONG_AGO = '1970-01-01T00:00:00.000Z';

/** Reads where the facts of a file come from; a fact that is not stored was declared. */
export const storedFacts: Reader<Facts> = (stored) => {
  const facts = isObject(stored) ? membersOf(stored) : {};
  return Object.fromEntries(FACTS.map((name) => [name, storedFact(facts[name])])) as Facts;
};
