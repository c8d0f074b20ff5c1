import type { Day } from '../../../shared/day.js';
import { poolServes, siteServes, type WaitingLine } from '../../../shared/pool.js';
import { eligiblePools, type RoundPool } from './engine/eligible-pools.rules.js';

/** The stock that a round considered for a line that gets nothing, in numbers of devices. */
export interface ConsideredStock {
  /** Devices that the round gives out and that the line may have. */
  readonly suitable: number;
  /** Devices that are left at other sites and would suit the line, if it had not chosen a site or the round had not been limited. */
  readonly elsewhere: number;
  /** Devices of the line's categories at its sites that were paid for by funds which admit none of its learners. */
  readonly otherFunds: number;
}

/** Stock of the council that a round does not give out because it is limited: pools, each with its number of devices. */
export interface OtherStock {
  readonly pools: readonly RoundPool[];
  readonly capacities: readonly number[];
}

/**
 * `capacities` are the devices of each pool before the round and `left` those after it; `list` holds the pools from which the line may be
 * served.
 */
export function consideredStock(
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
    readonly beside: OtherStock;
  },
  today: Day,
): ConsideredStock {
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
