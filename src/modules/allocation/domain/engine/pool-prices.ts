import { add, at } from './integers.js';
import { type Network, networkFrom } from './network.js';

const FAR = 2_147_483_647;

/**
 * The edges with the smallest rank plus price of their signature, for those signatures that have more than one: moves between them cost
 * nothing.
 */
interface TightEdges {
  readonly edges: Int32Array;
  /** These edges as a graph. */
  readonly tight: Network;
}

/** The prices of pools, in units of rank. Every line is on an edge whose rank plus price is the smallest of its signature. */
export class PoolPrices {
  private readonly ofPool: Int32Array;
  /** The smallest rank plus price in the list of each signature. */
  private readonly least: Int32Array;
  /** The distance to each pool from the pools that hold too many lines. The length of a move is the rank and price that it costs more. */
  private readonly toPool: Int32Array;
  private readonly toSignature: Int32Array;

  constructor(
    private readonly network: Network,
    private readonly counts: Int32Array,
  ) {
    this.ofPool = new Int32Array(network.pools);
    this.least = new Int32Array(network.signatures);
    this.toPool = new Int32Array(network.pools);
    this.toSignature = new Int32Array(network.signatures);
  }

  /**
   * Raises the prices until moves that cost nothing lead from a pool that holds too many lines to one with room, and returns those moves.
   */
  raise(lines: Int32Array, room: Int32Array): TightEdges {
    const nearest = this.measure(lines, room);
    for (let pool = 0; pool < this.network.pools; pool++) add(this.ofPool, pool, Math.max(0, nearest - at(this.toPool, pool)));
    for (let signature = 0; signature < this.network.signatures; signature++) {
      add(this.least, signature, Math.max(0, nearest - at(this.toSignature, signature)));
    }
    return this.tight();
  }

  private tight(): TightEdges {
    const { signatures, pools, starts, poolOf } = this.network;
    const edges = new Int32Array(poolOf.length);
    const tightStarts = new Int32Array(signatures + 1);
    let size = 0;
    let lists = 0;
    for (let signature = 0; signature < signatures; signature++) {
      if (at(this.counts, signature) === 0) continue;
      const before = size;
      const wanted = at(this.least, signature) + at(starts, signature);
      const end = at(starts, signature + 1);
      for (let edge = at(starts, signature); edge < end; edge++) {
        if (edge + at(this.ofPool, at(poolOf, edge)) === wanted) edges[size++] = edge;
      }
      if (size - before === 1) size = before;
      else tightStarts[++lists] = size;
    }
    const chosen = edges.slice(0, size);
    const pool = chosen.map((edge) => at(poolOf, edge));
    return { edges: chosen, tight: networkFrom(tightStarts.slice(0, lists + 1), pool, pools) };
  }

  /**
   * Computes the distances that are smaller than that of the nearest pool with room, and returns the latter (Dijkstra's algorithm with
   * buckets).
   */
  private measure(lines: Int32Array, room: Int32Array): number {
    this.toPool.fill(FAR);
    this.toSignature.fill(FAR);
    const buckets: number[][] = [[]];
    for (let pool = 0; pool < room.length; pool++) {
      if (at(room, pool) >= 0) continue;
      this.toPool[pool] = 0;
      buckets[0]?.push(pool);
    }
    for (let distance = 0; distance < buckets.length; distance++) {
      for (const pool of buckets[distance] ?? []) {
        if (at(this.toPool, pool) !== distance) continue;
        if (at(room, pool) > 0) return distance;
        this.spread(pool, distance, lines, buckets);
      }
    }
    throw new Error('there is not room for all');
  }

  /** Updates the distances of the pools to which a line of this pool can move. */
  private spread(from: number, distance: number, lines: Int32Array, buckets: number[][]): void {
    const { starts, poolOf, signatureOf, startsInto, edgesInto } = this.network;
    for (let into = at(startsInto, from); into < at(startsInto, from + 1); into++) {
      const leave = at(edgesInto, into);
      const signature = at(signatureOf, leave);
      if (at(lines, leave) === 0 || at(this.toSignature, signature) !== FAR) continue;
      this.toSignature[signature] = distance;
      const first = at(starts, signature);
      const nothing = distance - first - at(this.least, signature);
      for (let take = first; take < at(starts, signature + 1); take++) {
        const pool = at(poolOf, take);
        const far = nothing + take + at(this.ofPool, pool);
        if (far >= at(this.toPool, pool)) continue;
        this.toPool[pool] = far;
        (buckets[far] ??= []).push(pool);
      }
    }
  }
}
