import type { Day } from '../../../shared/day.js';
import { poolServes, type Pool, type WaitingLine } from '../../../shared/pool.js';

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
  const keys = new Map<number, readonly number[]>();
  for (const [place, pool] of pools.entries()) {
    if (poolServes(pool, line, today)) {
      keys.set(place, [line.acceptableCategories.indexOf(pool.category), distance(pool, line.schoolId), pool.fund === null ? 1 : 0, place]);
    }
  }
  return [...keys].sort(([, one], [, other]) => compare(one, other)).map(([place]) => place);
}

function distance({ siteSchoolId }: RoundPool, schoolId: string | null): number {
  if (siteSchoolId === null) return 1;
  return siteSchoolId === schoolId ? 0 : 2;
}

function compare(one: readonly number[], other: readonly number[]): number {
  const differing = one.findIndex((each, index) => each !== other[index]);
  return differing < 0 ? 0 : (one[differing] as number) - (other[differing] as number);
}
