import type { Day } from '../../../../shared/day.js';
import { poolServes, type Pool, type WaitingLine } from '../../../../shared/pool.js';

/** A pool as a round reads it. */
export interface RoundPool extends Pool {
  readonly fundId: string | null;
  /** The school to which the site belongs; null when it belongs to none. */
  readonly siteSchoolId: string | null;
}

/**
 * The indexes in `pools` of the pools from which a line may be served, best first. They are ordered by category, in the line's own order;
 * then the sites of the line's school, then sites of no school, then others; then stock that a fund paid for before stock for anyone, which
 * other lines may need.
 */
export function eligiblePools(line: WaitingLine, pools: readonly RoundPool[], today: Day): number[] {
  // The pools are put into one list for each rank, since sorting would be too slow for many thousands of lines and many hundreds of pools.
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
