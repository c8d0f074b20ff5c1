import type { Day } from '../../../../shared/day.js';
import { poolServes, type Pool, type WaitingLine } from '../../../../shared/pool.js';

/** Stock as a round sees it. */
export interface RoundPool extends Pool {
  readonly fundId: string | null;
  /** The school where the site is; null: it is no school's. */
  readonly siteSchoolId: string | null;
}

/**
 * The places in `pools` of those that a line may be served from, best first: by its categories in their order; of one category its school's
 * own sites, then sites of no school, then others; of one site what a fund paid for before what is for anyone, which others may need.
 */
export function eligiblePools(line: WaitingLine, pools: readonly RoundPool[], today: Day): number[] {
  // Sorted by hand into a list for each rank: many thousands of lines ask for this over many hundreds of pools.
  const ranked: number[][] = [];
  for (const [place, pool] of pools.entries()) {
    if (poolServes(pool, line, today)) (ranked[rankOf(pool, line)] ??= []).push(place);
  }
  return ranked.flat();
}

function rankOf(pool: RoundPool, { acceptableCategories, schoolId }: WaitingLine): number {
  return (acceptableCategories.indexOf(pool.category) * 3 + distance(pool, schoolId)) * 2 + (pool.fund === null ? 1 : 0);
}

function distance({ siteSchoolId }: RoundPool, schoolId: string | null): number {
  if (siteSchoolId === null) return 1;
  return siteSchoolId === schoolId ? 0 : 2;
}
