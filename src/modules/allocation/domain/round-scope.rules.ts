import { type Fault, unknownReference } from '../../../shared/denial.js';

/** Which stock a round gives out, and to whom; null: all of the council's, and everybody. */
export interface RoundScope {
  readonly schoolIds: readonly string[] | null;
  readonly siteIds: readonly string[] | null;
}

export interface ScopedSite {
  readonly id: string;
  readonly schoolId: string | null;
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

/**
 * What is wrong with a scope. Stock that several schools share is for everybody whom it may serve: only a school's own sites may be given
 * out to that school alone.
 */
export function scopeFaults({ schoolIds, siteIds }: RoundScope, { schoolIds: known, sites, reach }: ScopeFacts): Fault[] {
  const siteOf = new Map(sites.map((site) => [site.id, site]));
  const isMine = (schoolId: string | null) => reach === null || schoolId === reach;
  return [
    ...(schoolIds ?? []).flatMap((id, index) => (known.has(id) && isMine(id) ? [] : [unknownReference(`/schoolIds/${index}`)])),
    ...(siteIds ?? []).flatMap((id, index) => {
      const site = siteOf.get(id);
      if (!site || !isMine(site.schoolId)) return [unknownReference(`/siteIds/${index}`)];
      if (schoolIds === null || schoolIds.includes(site.schoolId as string)) return [];
      return [{ pointer: `/siteIds/${index}`, code: 'STOCK_IS_SHARED', message: 'is no site of the named schools: leave out schoolIds' }];
    }),
  ];
}
