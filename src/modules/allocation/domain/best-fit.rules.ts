import { add, at } from './integers.js';
import { type Network, rankOf } from './network.js';
import { PoolFlow } from './pool-flow.js';

const FAR = 2_147_483_647;

/**
 * Puts so many lines of each signature into pools that the sum of their ranks is the least: lines by edge. There must be room for all.
 *
 * The primal-dual method for least-cost flows (Ford and Fulkerson, 1962), on signatures. Every pool has a price, at first 0, and every
 * line is in a pool whose rank and price together are the least of its list: at first all have their first choice, and some pools hold
 * more lines than devices. The prices of the pools from which no such move leads to room rise just so far that one does, then as many lines
 * move as can, and so on until no pool holds too many. Prices make it exact: only full pools have one, so whoever put lines elsewhere would
 * pay as much again.
 */
export function bestFit(network: Network, counts: Int32Array, capacities: Int32Array): Int32Array {
  const { signatures, pools, starts, poolOf } = network;
  const open = new Int32Array(poolOf.length);
  const flow = new PoolFlow(network, capacities, open);
  const prices = new Int32Array(pools);
  for (let signature = 0; signature < signatures; signature++) {
    const count = at(counts, signature);
    if (count === 0) continue;
    const first = at(starts, signature);
    flow.lines[first] = count;
    add(flow.room, at(poolOf, first), -count);
  }
  const distances = new Distances(network, counts, flow, prices);
  while (flow.room.some((room) => room < 0)) {
    distances.raisePrices(open);
    flow.reset();
    for (let pool = 0; pool < pools; pool++) flow.relieve(pool);
  }
  return flow.lines;
}

/** How far the pools that hold too many lines are from room, counted in rank and price that a move costs more (Dijkstra's algorithm). */
class Distances {
  private readonly ofPool: Int32Array;
  private readonly ofSignature: Int32Array;
  /** The least rank and price of each signature's list. */
  private readonly least: Int32Array;

  constructor(
    private readonly network: Network,
    private readonly counts: Int32Array,
    private readonly flow: PoolFlow,
    private readonly prices: Int32Array,
  ) {
    this.ofPool = new Int32Array(network.pools);
    this.ofSignature = new Int32Array(network.signatures);
    this.least = new Int32Array(network.signatures);
  }

  /** Raises the prices until moves that cost nothing lead to room, and opens the edges that cost their signature the least. */
  raisePrices(open: Int32Array): void {
    const { signatures, pools, starts, poolOf } = this.network;
    const nearest = this.measure();
    for (let pool = 0; pool < pools; pool++) add(this.prices, pool, Math.max(0, nearest - at(this.ofPool, pool)));
    for (let signature = 0; signature < signatures; signature++) {
      if (at(this.counts, signature) === 0) continue;
      add(this.least, signature, Math.max(0, nearest - at(this.ofSignature, signature)));
      const first = at(starts, signature);
      const least = at(this.least, signature);
      for (let edge = first; edge < at(starts, signature + 1); edge++) {
        open[edge] = edge - first + at(this.prices, at(poolOf, edge)) === least ? 1 : 0;
      }
    }
  }

  /** Fills the distances that are less than that of the nearest room, and gives that one. */
  private measure(): number {
    const { network, flow } = this;
    this.ofPool.fill(FAR);
    this.ofSignature.fill(FAR);
    const buckets: number[][] = [[]];
    for (let pool = 0; pool < network.pools; pool++) {
      if (at(flow.room, pool) >= 0) continue;
      this.ofPool[pool] = 0;
      buckets[0]?.push(pool);
    }
    for (let distance = 0; distance < buckets.length; distance++) {
      for (const pool of buckets[distance] ?? []) {
        if (at(this.ofPool, pool) !== distance) continue;
        if (at(flow.room, pool) > 0) return distance;
        this.spread(pool, distance, buckets);
      }
    }
    throw new Error('there is not room for all');
  }

  /** Brings the pools that a line of this one can go to as near as that makes them. */
  private spread(from: number, distance: number, buckets: number[][]): void {
    const { starts, poolOf, signatureOf, startsInto, edgesInto } = this.network;
    for (let into = at(startsInto, from); into < at(startsInto, from + 1); into++) {
      const leave = at(edgesInto, into);
      const signature = at(signatureOf, leave);
      if (at(this.flow.lines, leave) === 0 || at(this.ofSignature, signature) !== FAR) continue;
      this.ofSignature[signature] = distance;
      const first = at(starts, signature);
      const nothing = distance - first - at(this.least, signature);
      for (let take = first; take < at(starts, signature + 1); take++) {
        const pool = at(poolOf, take);
        const far = nothing + take + at(this.prices, pool);
        if (far >= at(this.ofPool, pool)) continue;
        this.ofPool[pool] = far;
        (buckets[far] ??= []).push(pool);
      }
    }
  }
}

/** The sum of the ranks of lines by edge. */
export function rankSumOf(network: Network, lines: Int32Array): number {
  let sum = 0;
  for (let edge = 0; edge < lines.length; edge++) sum += at(lines, edge) * rankOf(network, edge);
  return sum;
}
