import type { Day } from './day.js';
import type { BorrowerCategory, DeviceCategory } from './vocabulary.js';

/** Whom a fund's devices may go to; null is no limit. */
export interface Fund {
  readonly eligibleLevels: readonly BorrowerCategory[] | null;
  readonly eligibleSchoolIds: readonly string[] | null;
  readonly startsOn: Day | null;
  readonly endsOn: Day | null;
}

export interface Learner {
  readonly level: BorrowerCategory;
  readonly schoolId: string | null;
}

/** Stock that is interchangeable: same category, site and fund. A device that no fund paid for is for anyone. */
export interface Pool {
  readonly category: DeviceCategory;
  readonly siteId: string;
  /** Of its site: the schools that it serves; null: every school. */
  readonly servedSchoolIds: readonly string[] | null;
  readonly fund: Fund | null;
}

/** What tells a pool from others. */
export interface PoolIdentity extends Pick<Pool, 'category' | 'siteId'> {
  readonly fundId: string | null;
}

export interface WaitingLine {
  readonly acceptableCategories: readonly DeviceCategory[];
  readonly pickupSiteId: string | null;
  /** That of its first learner, else of the household's first learner, else of the household. */
  readonly schoolId: string | null;
  readonly learners: readonly Learner[];
}

/** Whether a fund pays for one of these learners on a day; both its ends count. */
export function fundAdmits(fund: Fund | null, learners: readonly Learner[], today: Day): boolean {
  if (fund === null) return true;
  const { eligibleLevels, eligibleSchoolIds, startsOn, endsOn } = fund;
  if ((startsOn !== null && today < startsOn) || (endsOn !== null && endsOn < today)) return false;
  return learners.some(
    ({ level, schoolId }) =>
      (eligibleLevels === null || eligibleLevels.includes(level)) &&
      (eligibleSchoolIds === null || (schoolId !== null && eligibleSchoolIds.includes(schoolId))),
  );
}

/** The pool of what lies at a site; `fundId` is null where no fund paid for it. The same text is the same pool. */
export function poolKey({ category, siteId, fundId }: PoolIdentity): string {
  return `${category}/${siteId}/${fundId}`;
}

/** Whether the stock of a site may go to a line: the line chose the site, or chose none and is of a school that the site serves. */
export function siteServes({ siteId, servedSchoolIds }: Pick<Pool, 'siteId' | 'servedSchoolIds'>, line: WaitingLine): boolean {
  if (line.pickupSiteId !== null) return line.pickupSiteId === siteId;
  return servedSchoolIds === null || (line.schoolId !== null && servedSchoolIds.includes(line.schoolId));
}

/** Whether a line could be served from a pool: its category, its site, and a fund that admits one of its learners. */
export function poolServes(pool: Pool, line: WaitingLine, today: Day): boolean {
  return line.acceptableCategories.includes(pool.category) && siteServes(pool, line) && fundAdmits(pool.fund, line.learners, today);
}
