import { type Fault, unknownReference } from '../../../shared/denial.js';

/** Which stock a round gives out, and to whom; null: all of the council's, and everybody. */
export interface RoundScope {
  readonly schoolIds: readonly string[] | null;
  readonly siteIds: readonly string[] | null;
}

export interface ScopedSite {
  readonly id: string;
  readonly schoolId: string | null;
  /** The schools that it says it serves; null: it names none. */
  readonly servedSchoolIds: readonly string[] | null;
}

/** What is known of the schools and sites that a scope names. */
export interface ScopeFacts {
  /** The schools that exist, of those that are named. */
  readonly schoolIds: ReadonlySet<string>;
  /** The named sites that exist. */
  readonly sites: readonly ScopedSite[];
  /** The only school whose stock somebody may give out; null: any. */
  readonly reach: string | null;
}

const STOCK_IS_SHARED =
  'is no site of the named schools alone: a round for everybody whom it serves, without schoolIds, gives out its stock';

/**
 * What is wrong with a scope. Stock that several schools share is for everybody whom it may serve: only a school's own sites, where they
 * are not said to serve others too, may be given out to that school alone.
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
