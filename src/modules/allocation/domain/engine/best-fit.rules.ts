import { add, at } from './integers.js';
import { type Network, rankOf } from './network.js';
import { PoolFlow } from './pool-flow.js';
import { Prices } from './prices.js';

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
  const lines = new Int32Array(network.poolOf.length);
  const room = Int32Array.from(capacities);
  for (let signature = 0; signature < network.signatures; signature++) {
    const count = at(counts, signature);
    if (count === 0) continue;
    const first = at(network.starts, signature);
    lines[first] = count;
    add(room, at(network.poolOf, first), -count);
  }
  const prices = new Prices(network, counts);
  while (room.some((devices) => devices < 0)) {
    const { edges, tight } = prices.raise(lines, room);
    const moved = edges.map((edge) => at(lines, edge));
    const flow = new PoolFlow(tight, moved, room);
    for (let pool = 0; pool < network.pools; pool++) flow.relieve(pool);
    for (let place = 0; place < edges.length; place++) lines[at(edges, place)] = at(moved, place);
  }
  return lines;
}

/** The sum of the ranks of lines by edge. */
export function rankSumOf(network: Network, lines: Int32Array): number {
  let sum = 0;
  for (let edge = 0; edge < lines.length; edge++) sum += at(lines, edge) * rankOf(network, edge);
  return sum;
}
