import type { LineInput, RoundInput } from '../../src/modules/allocation/index.js';

/**
 * A round in few words: the capacity of each pool, and the id, score and pools of each line. Each line belongs to a household of its own.
 */
export function aRound(
  capacities: Readonly<Record<string, number>>,
  lines: readonly (readonly [id: string, score: number, pools: readonly string[]])[],
): RoundInput {
  return {
    seed: '00ff',
    pools: Object.entries(capacities).map(([id, capacity]) => ({ id, category: 'laptop', siteId: 's1', capacity })),
    lines: lines.map(([id, score, pools]) => ({ id, householdId: `h-${id}`, score, pools })),
  };
}

/** Which pools the lines of a random round ask for. */
export const DEMANDS = {
  /** Any pools, in any order. */
  anywhere: 'any pools in any order',
  /** The pools around a position on a ring, the nearest first. A move at one position has effects far away. */
  nearby: 'the nearest pools of a ring',
  /** Nearly all lines want the same few pools in nearly the same order. */
  alike: 'the same few pools first',
} as const;
export type Demand = keyof typeof DEMANDS;

export interface RoundSize {
  readonly lines: number;
  readonly pools: number;
  /** The devices of all pools together. */
  readonly devices: number;
  /** The number of different lists of pools. */
  readonly signatures: number;
  readonly demand: Demand;
}

/** The longest list of pools; the shortest has one. */
const LONGEST = 11;

/** A random round. The same seed gives the same round. */
export function aRandomRound({ lines, pools, devices, signatures, demand }: RoundSize, seed: number): RoundInput {
  const random = randomNumbers(seed);
  const below = (bound: number) => Math.floor(random() * bound);
  const id = () =>
    [8, 4, 4, 4, 12]
      .map((digits) =>
        below(16 ** digits)
          .toString(16)
          .padStart(digits, '0'),
      )
      .join('-');
  const weights = Array.from({ length: pools }, () => 1 + 10 * random() * random());
  const capacities = shares(devices, weights);
  const lists = new Map<string, string[]>();
  while (lists.size < signatures) {
    const list = listFor(demand, pools, Math.min(pools, 1 + below(LONGEST)), random);
    lists.set(list.join(), list.map(poolName));
  }
  const choices = [...lists.values()];
  return {
    seed: seed.toString(16).padStart(8, '0'),
    pools: capacities.map((capacity, pool) => ({ id: poolName(pool), category: 'laptop', siteId: `s${pool}`, capacity })),
    // The number of lines with each list is random, but at least one if there are enough lines.
    lines: Array.from({ length: lines }, (_, line): LineInput => {
      const list = line < choices.length ? line : below(choices.length);
      return { id: id(), householdId: id(), score: below(900), pools: choices[list] ?? [] };
    }),
  };
}

const poolName = (pool: number) => `p${pool}`;

function listFor(demand: Demand, pools: number, length: number, random: () => number): number[] {
  const centre = Math.floor(random() * pools);
  const chosen = new Map<number, number>();
  while (chosen.size < length) {
    const far = Math.floor((random() - 0.5) * (2 + random() * 3 * LONGEST));
    if (demand === 'anywhere') chosen.set(Math.floor(random() * pools), random());
    if (demand === 'nearby') chosen.set((((centre + far) % pools) + pools) % pools, Math.abs(far));
    if (demand === 'alike') {
      const pool = Math.floor(random() * random() * random() * pools);
      chosen.set(pool, pool + (random() * pools) / 8);
    }
  }
  return [...chosen].sort(([, one], [, other]) => one - other).map(([pool]) => pool);
}

/** Divides a whole number by weights, without a remainder. */
function shares(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((one, other) => one + other, 0);
  let before = 0;
  return weights.map((_, place) => {
    const until = Math.round((weights.slice(0, place + 1).reduce((one, other) => one + other, 0) / sum) * total);
    const share = until - before;
    before = until;
    return share;
  });
}

/** Random numbers from 0 to 1 (mulberry32, by Tommy Ettinger). */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
