import type { Day } from './day.js';
import type { BorrowerCategory, DeviceCategory } from './vocabulary.js';

/** The learners who may have a fund's devices; null means no limit. */
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

/** Devices that are interchangeable, since they have the same category, site and fund. A device that no fund paid for is for anyone. */
export interface Pool {
  readonly category: DeviceCategory;
  readonly siteId: string;
  /** The schools that the site serves; null means every school. */
  readonly servedSchoolIds: readonly string[] | null;
  readonly fund: Fund | null;
}

/** The values that identify a pool. */
export interface PoolIdentity extends Pick<Pool, 'category' | 'siteId'> {
  readonly fundId: string | null;
}

export interface WaitingLine {
  readonly acceptableCategories: readonly DeviceCategory[];
  readonly pickupSiteId: string | null;
  /** The school of the line's first learner, else of the household's first learner, else of the household. */
  readonly schoolId: string | null;
  readonly learners: readonly Learner[];
}

/** Whether a fund may pay for one of these learners on a day. The fund's first and last day both count. */
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

/**
 * The pool of the devices at a site, as a text; two pools are the same if their texts are equal. `fundId` is null for devices that no fund
 * paid for.
 */
export function poolKey({ category, siteId, fundId }: PoolIdentity): string {
  return `${category}/${siteId}/${fundId}`;
}

/** Whether devices of a site may go to a line: the line chose this site, or it chose none and belongs to a school that the site serves. */
export function siteServes({ siteId, servedSchoolIds }: Pick<Pool, 'siteId' | 'servedSchoolIds'>, line: WaitingLine): boolean {
  if (line.pickupSiteId !== null) return line.pickupSiteId === siteId;
  return servedSchoolIds === null || (line.schoolId !== null && servedSchoolIds.includes(line.schoolId));
}

/** Whether a line could be served from a pool: the category, the site and the fund must fit the line. */
export function poolServes(pool: Pool, line: WaitingLine, today: Day): boolean {
  return line.acceptableCategories.includes(pool.category) && siteServes(pool, line) && fundAdmits(pool.fund, line.learners, today);
}
