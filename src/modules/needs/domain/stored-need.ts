import { listOf, membersOf, type Reader, textOr, wholeOr, wordOr } from '../../../shared/stored-json.js';
import { DEVICE_CATEGORIES } from '../../../shared/vocabulary.js';
import { type KitContent, type KitValue, type Need, NO_RECOMMENDATION, type Recommendation } from './need.rules.js';
import type { LearnerShare, ServedMinutes } from './sharing-plan.js';
import { TIMETABLE_SOURCES, type TimetableSource } from './timetable.rules.js';

/** No kit has more of one device. */
const MOST_PIECES = 1000;

const component: Reader<KitContent['components'][number] | null> = (stored) => {
  const { category, count } = membersOf(stored);
  const [known, pieces] = [wordOr(DEVICE_CATEGORIES, null)(category), wholeOr(0, { min: 0, max: MOST_PIECES })(count)];
  // The members stand in PostgreSQL's order, as in stored-week.ts.
  return known === null || pieces === 0 ? null : { count: pieces, category: known };
};

/** Reads the stored components of a kit; one of an unknown category is left out. */
export const storedComponents: Reader<KitContent['components'][number][]> = listOf(component);

const minutes = wholeOr(0, { min: 0 });
const served: Reader<ServedMinutes> = (stored) => {
  const { demanded, served: given } = membersOf(stored);
  return { demanded: minutes(demanded), served: minutes(given) };
};

/** Reads a stored need; learners and kits without an id are left out. */
export const storedNeed: Reader<Need & { readonly timetables: Readonly<Record<string, TimetableSource>> }> = (stored) => {
  const need = membersOf(stored);
  return {
    learners: listOf(storedShare)(need.learners),
    uncoveredMinutes: minutes(need.uncoveredMinutes),
    kits: listOf(storedKitValue)(need.kits),
    recommendation: storedRecommendation(need.recommendation),
    noRecommendation: wordOr(NO_RECOMMENDATION, null)(need.noRecommendation),
    timetables: Object.fromEntries(
      Object.entries(membersOf(need.timetables)).map(([learnerId, source]) => [learnerId, wordOr(TIMETABLE_SOURCES, 'shipped')(source)]),
    ),
  };
};

const storedShare: Reader<LearnerShare | null> = (stored) => {
  const share = membersOf(stored);
  const id = textOr(null)(share.id);
  const { liveMinutes, workMinutes, uncoveredMinutes } = share;
  return id === null
    ? null
    : { id, liveMinutes: served(liveMinutes), workMinutes: served(workMinutes), uncoveredMinutes: minutes(uncoveredMinutes) };
};

const storedKitValue: Reader<KitValue | null> = (stored) => {
  const { kitId, valueMinutes, uncoveredMinutes } = membersOf(stored);
  const id = textOr(null)(kitId);
  return id === null ? null : { kitId: id, valueMinutes: minutes(valueMinutes), uncoveredMinutes: minutes(uncoveredMinutes) };
};

const storedRecommendation: Reader<Recommendation | null> = (stored) => {
  const { kitId, valueMinutes, secondAddsMinutes, gaining, losing } = membersOf(stored);
  const id = textOr(null)(kitId);
  if (id === null) return null;
  return {
    kitId: id,
    valueMinutes: minutes(valueMinutes),
    secondAddsMinutes: minutes(secondAddsMinutes),
    gaining: listOf((one) => {
      const { learnerId, lackingMinutes, gainedMinutes } = membersOf(one);
      const learner = textOr(null)(learnerId);
      return learner === null
        ? null
        : { learnerId: learner, lackingMinutes: minutes(lackingMinutes), gainedMinutes: minutes(gainedMinutes) };
    })(gaining),
    losing: listOf((one) => {
      const { learnerId, lostMinutes } = membersOf(one);
      const learner = textOr(null)(learnerId);
      return learner === null ? null : { learnerId: learner, lostMinutes: minutes(lostMinutes) };
    })(losing),
  };
};
