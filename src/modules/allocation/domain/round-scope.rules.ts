import { type Fault, unknownReference } from '../../../shared/denial.js';

/** The stock that a round gives out and the schools that it serves; null means all. */
export interface RoundScope {
  readonly schoolIds: readonly string[] | null;
  readonly siteIds: readonly string[] | null;
}

export interface ScopedSite {
  readonly id: string;
  readonly schoolId: string | null;
  /** The schools that the site is said to serve; null when it names none. */
  readonly servedSchoolIds: readonly string[] | null;
}

/** Facts about the schools and sites that a scope names. */
export interface ScopeFacts {
  /** Those of the named schools that exist. */
  readonly schoolIds: ReadonlySet<string>;
  /** Those of the named sites that exist. */
  readonly sites: readonly ScopedSite[];
  /** The only school whose stock the caller may give out; null means any. */
  readonly reach: string | null;
}

const STOCK_IS_SHARED =
  'is no site of the named schools alone: a round for everybody whom it serves, without schoolIds, gives out its stock';

/**
 * Everything that is wrong with a scope. Stock that several schools share is for everybody whom it may serve. A round for one school may
 * only give out stock of sites that belong to that school and are not said to serve others.
 */
export function scopeFaults({ schoolIds, siteIds }: RoundScope, { schoolIds: known, sites, reach }: ScopeFacts): Fault[] {
  const siteOf = new Map(sites.map((site) => [site.id, site]));
  const isMine = (schoolId: string | null) => reach === null || schoolId === reach;
  return [
    ...(schoolIds ?? []).flatMap((id, index) => (known.has(id) && isMine(id) ? [] : [unknownReference(`/schoolIds/${index}`)])),
    ...(siteIds ?? []).flatMap((id, index) => {
      const site = siteOf.get(id);
      if (!site || !isMine(site.schoolId)) return [unknownReference(`/siteIds/${index}`)];
      if (schoolIds === null || isFor(site, schoolIds)) return [];
      return [{ pointer: `/siteIds/${index}`, code: 'STOCK_IS_SHARED', message: STOCK_IS_SHARED }];
    }),
  ];
}

function isFor({ schoolId, servedSchoolIds }: ScopedSite, schoolIds: readonly string[]): boolean {
  return schoolId !== null && schoolIds.includes(schoolId) && (servedSchoolIds ?? []).every((id) => schoolIds.includes(id));
}
