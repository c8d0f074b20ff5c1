import type { Day } from '../../../shared/day.js';
import type { Fault } from '../../../shared/denial.js';
import { DEVICE_CATEGORIES, type DeviceCategory } from '../../../shared/vocabulary.js';
import { listOf, membersOf, type Reader, wholeOr, wordOr } from '../../../shared/stored-json.js';

/** The pools that a rule applies to; null means all. */
interface ReserveScope {
  readonly siteId: string | null;
  readonly category: DeviceCategory | null;
}

/** A rule that keeps some available devices of each pool back for urgent cases. */
export interface Reserve extends ReserveScope {
  readonly devices: number;
}

/** A council's policy about who gets its stock. */
export interface AllocationPolicy {
  readonly reserves: readonly Reserve[];
  /** A line that has waited for more days than this goes to the review list; null means that there is no limit. */
  readonly maximumWaitingDays: number | null;
  /** The day for which the next round is planned, as families are told; null when nobody has said. */
  readonly nextRoundOn: Day | null;
}

/** The policy of a council that has set none. */
export const SHIPPED_ALLOCATION_POLICY: AllocationPolicy = { reserves: [], maximumWaitingDays: 90, nextRoundOn: null };

/** How many devices of a pool are kept back. A rule that names the site wins over one that names only the category. */
export function keptBack({ reserves }: Pick<AllocationPolicy, 'reserves'>, pool: { siteId: string; category: DeviceCategory }): number {
  const holding = reserves
    .filter(({ siteId, category }) => (siteId === null || siteId === pool.siteId) && (category === null || category === pool.category))
    .sort((one, other) => specificityOf(other) - specificityOf(one));
  return holding[0]?.devices ?? 0;
}

/** A pool with the number of its available devices. */
export interface CountedPool {
  readonly siteId: string;
  readonly category: DeviceCategory;
  readonly available: number;
}

/** The categories in which some pool has more available devices than are kept back. */
export function categoriesToGive(pools: readonly CountedPool[], policy: Pick<AllocationPolicy, 'reserves'>): DeviceCategory[] {
  return [...new Set(pools.filter((pool) => pool.available > keptBack(policy, pool)).map(({ category }) => category))];
}

/** The faults of a list of rules: no two may apply to the same scope. */
export function reserveFaults(reserves: readonly ReserveScope[]): Fault[] {
  const scopes = new Set<string>();
  return reserves.flatMap(({ siteId, category }, index) => {
    const scope = JSON.stringify([siteId, category]);
    if (scopes.has(scope)) {
      return [{ pointer: `/reserves/${index}`, code: 'DUPLICATE_SCOPE', message: 'must not have the scope of a rule before it' }];
    }
    scopes.add(scope);
    return [];
  });
}

function specificityOf({ siteId, category }: ReserveScope): number {
  return (siteId === null ? 0 : 2) + (category === null ? 0 : 1);
}

const storedReserve: Reader<Reserve | null> = (stored) => {
  const { siteId, category, devices } = membersOf(stored);
  const [site, kind] = [siteId ?? null, category ?? null];
  // A rule whose scope cannot be read is left out: with a scope of null it would keep devices back everywhere.
  if ((site !== null && typeof site !== 'string') || (kind !== null && wordOr(DEVICE_CATEGORIES, null)(kind) === null)) return null;
  const number = wholeOr(0, { min: 0 })(devices);
  return number === 0 && devices !== 0 ? null : { siteId: site, category: wordOr(DEVICE_CATEGORIES, null)(kind), devices: number };
};

/** Reads the stored rules about what is kept back. */
export const storedReserves: Reader<Reserve[]> = listOf(storedReserve);
