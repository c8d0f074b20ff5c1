import type { Day } from '../../../shared/day.js';
import { poolServes, siteServes, type WaitingLine } from '../../../shared/pool.js';
import { eligiblePools, type RoundPool } from './engine/eligible-pools.rules.js';

/** Which stock a round looked at for a line that gets nothing, in devices. */
export interface StockLookedAt {
  /** Given out by the round, and such as the line may have. */
  readonly suitable: number;
  /** Left over at other sites, which would suit if the line had not chosen one, or if the round had not been narrowed. */
  readonly elsewhere: number;
  /** Of its categories and at its sites, but paid for by funds that are for none of its learners. */
  readonly otherFunds: number;
}

/** Stock of the council that a round does not give out, since it was narrowed: of each pool so many devices. */
export interface StockBeside {
  readonly pools: readonly RoundPool[];
  readonly capacities: readonly number[];
}

/** `capacities` of the pools before the round, `left` after it; `list` is what the line may be served from. */
export function stockLookedAt(
  { line, list }: { readonly line: WaitingLine; readonly list: Iterable<number> },
  {
    pools,
    capacities,
    left,
    beside,
  }: {
    readonly pools: readonly RoundPool[];
    readonly capacities: readonly number[];
    readonly left: readonly number[];
    readonly beside: StockBeside;
  },
  today: Day,
): StockLookedAt {
  const own = new Set(list);
  const suitable = sum(own, capacities);
  const atItsSites = places(pools, (pool) => line.acceptableCategories.includes(pool.category) && siteServes(pool, line));
  const otherFunds = sum(atItsSites, capacities) - suitable;
  const withoutSite = { ...line, pickupSiteId: null };
  const others = line.pickupSiteId === null ? [] : eligiblePools(withoutSite, pools, today).filter((pool) => !own.has(pool));
  const notLookedAt = places(beside.pools, (pool) => poolServes(pool, line, today) || poolServes(pool, withoutSite, today));
  return { suitable, elsewhere: sum(others, left) + sum(notLookedAt, beside.capacities), otherFunds };
}

function places(pools: readonly RoundPool[], fits: (pool: RoundPool) => boolean): number[] {
  return pools.flatMap((pool, place) => (fits(pool) ? [place] : []));
}

function sum(of: Iterable<number>, counts: readonly number[]): number {
  let total = 0;
  for (const place of of) total += counts[place] ?? 0;
  return total;
}
