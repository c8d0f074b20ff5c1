import type { Fault } from '../../../shared/denial.js';
import { DEVICE_CATEGORIES, type DeviceCategory } from '../../../shared/vocabulary.js';
import { listOf, membersOf, type Reader, wholeOr, wordOr } from '../../../shared/stored-json.js';

/** Which pools a rule is about; null is all. */
interface ReserveScope {
  readonly siteId: string | null;
  readonly category: DeviceCategory | null;
}

/** So many available devices of each pool are kept back for what can't wait. */
export interface Reserve extends ReserveScope {
  readonly devices: number;
}

/** What a council has settled about who gets its stock. */
export interface AllocationPolicy {
  readonly reserves: readonly Reserve[];
  /** A line that has waited for more days than this is looked at by a person; null: however long it waits. */
  readonly maximumWaitingDays: number | null;
}

/** What holds where a council says nothing. */
export const SHIPPED_ALLOCATION_POLICY: AllocationPolicy = { reserves: [], maximumWaitingDays: 90 };

/** How many devices of a pool are kept back: a rule that names its site beats one that names only its category. */
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

/** The categories of which some pool has more than is kept back of it. */
export function categoriesToGive(pools: readonly CountedPool[], policy: Pick<AllocationPolicy, 'reserves'>): DeviceCategory[] {
  return [...new Set(pools.filter((pool) => pool.available > keptBack(policy, pool)).map(({ category }) => category))];
}

/** What rules say against each other. */
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
  // A scope that cannot be read would keep devices back everywhere.
  if ((site !== null && typeof site !== 'string') || (kind !== null && wordOr(DEVICE_CATEGORIES, null)(kind) === null)) return null;
  const number = wholeOr(0, { min: 0 })(devices);
  return number === 0 && devices !== 0 ? null : { siteId: site, category: wordOr(DEVICE_CATEGORIES, null)(kind), devices: number };
};

/** What is kept back as it was stored. */
export const storedReserves: Reader<Reserve[]> = listOf(storedReserve);
