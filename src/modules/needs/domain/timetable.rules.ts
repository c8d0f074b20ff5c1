import { foldForSearch } from '../../../shared/plain-text.js';
import type { BorrowerCategory } from '../../../shared/vocabulary.js';
import type { Timetable } from '../../households/index.js';

/** Which rule gave a learner's timetable, the nearest first. */
export const TIMETABLE_SOURCES = ['learner', 'class', 'school', 'council', 'shipped'] as const;
export type TimetableSource = (typeof TIMETABLE_SOURCES)[number];

/** A timetable of school at home for a level: of a class, of a school, or of the whole council when `schoolId` is null. */
export interface SchoolProfile extends Timetable {
  readonly schoolId: string | null;
  readonly level: BorrowerCategory;
  readonly className: string | null;
}

/** A learner for whom a timetable is searched; the school is the learner's own, else the household's. */
export interface TimetableLearner {
  readonly level: BorrowerCategory;
  readonly schoolId: string | null;
  readonly className: string | null;
  readonly timetable: Timetable | null;
}

const SCHOOL_DAYS = [1, 2, 3, 4, 5];
const everySchoolDay = (lessons: readonly (readonly [from: string, to: string])[], minutes: number): Timetable => ({
  live: SCHOOL_DAYS.flatMap((weekday) => lessons.map(([from, to]) => ({ weekday, from, to }))),
  work: SCHOOL_DAYS.map((weekday) => ({ weekday, minutes })),
});

/**
 * What holds until a school sets its own: 3, 4 and 5 hours a day, as published for remote teaching in France and England in 2020–21. No source
 * says how much of it is live, so that split is a setting. Staff have no hours until somebody sets them.
 */
export const SHIPPED_TIMETABLES: Readonly<Record<BorrowerCategory, Timetable>> = {
  primary: everySchoolDay([['10:00', '11:00']], 120),
  college: everySchoolDay([['09:00', '10:00'], ['14:00', '15:00']], 120), // prettier-ignore
  lycee: everySchoolDay([['09:00', '11:00'], ['14:00', '15:00']], 120), // prettier-ignore
  staff: { live: [], work: [] },
};

/** Returns the timetable that holds for a learner: their own, else that of the nearest profile, else the shipped one. */
export function timetableOf(
  pupil: TimetableLearner,
  profiles: readonly SchoolProfile[],
): { readonly timetable: Timetable; readonly source: TimetableSource } {
  if (pupil.timetable) return { timetable: pupil.timetable, source: 'learner' };
  const ofLevel = profiles.filter(({ level }) => level === pupil.level);
  const ofSchool = pupil.schoolId === null ? [] : ofLevel.filter(({ schoolId }) => schoolId === pupil.schoolId);
  const candidates: [TimetableSource, SchoolProfile | undefined][] = [
    ['class', ofSchool.find(({ className }) => className !== null && isSameClass(className, pupil.className))],
    ['school', ofSchool.find(({ className }) => className === null)],
    ['council', ofLevel.find(({ schoolId }) => schoolId === null)],
  ];
  for (const [source, timetable] of candidates) if (timetable) return { timetable, source };
  return { timetable: SHIPPED_TIMETABLES[pupil.level], source: 'shipped' };
}

/** Class names are typed by hand: `4e B`, `4E b` and `4E  b` are the same. */
function isSameClass(one: string, other: string | null): boolean {
  return other !== null && foldForSearch(one) === foldForSearch(other);
}
