import type { Day } from '../../../shared/day.js';
import { siteServes, type WaitingLine } from '../../../shared/pool.js';
import { eligiblePools, type RoundPool } from './eligible-pools.rules.js';

/** Which stock a round looked at for a line that gets nothing, in devices. */
export interface StockLookedAt {
  /** Given out by the round, and such as the line may have. */
  readonly suitable: number;
  /** Left over at other sites, which would suit if the line had not chosen one. */
  readonly elsewhere: number;
  /** Of its categories and at its sites, but paid for by funds that are for none of its learners. */
  readonly otherFunds: number;
}

/** `capacities` of the pools before the round, `left` after it; `list` is what the line may be served from. */
export function stockLookedAt(
  { line, list }: { readonly line: WaitingLine; readonly list: Iterable<number> },
  {
    pools,
    capacities,
    left,
  }: { readonly pools: readonly RoundPool[]; readonly capacities: readonly number[]; readonly left: readonly number[] },
  today: Day,
): StockLookedAt {
  const own = new Set(list);
  const suitable = sum(own, capacities);
  const atItsSites = places(pools, (pool) => line.acceptableCategories.includes(pool.category) && siteServes(pool, line));
  const otherFunds = sum(atItsSites, capacities) - suitable;
  if (line.pickupSiteId === null) return { suitable, elsewhere: 0, otherFunds };
  const anywhere = eligiblePools({ ...line, pickupSiteId: null }, pools, today);
  const others = anywhere.filter((pool) => !own.has(pool));
  return { suitable, elsewhere: sum(others, left), otherFunds };
}

function places(pools: readonly RoundPool[], fits: (pool: RoundPool) => boolean): number[] {
  return pools.flatMap((pool, place) => (fits(pool) ? [place] : []));
}

function sum(of: Iterable<number>, counts: readonly number[]): number {
  let total = 0;
  for (const place of of) total += counts[place] ?? 0;
  return total;
}
