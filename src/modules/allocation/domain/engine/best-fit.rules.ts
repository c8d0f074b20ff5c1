import { add, at } from './integers.js';
import { type Network, rankOf } from './network.js';
import { PoolFlow } from './pool-flow.js';
import { PoolPrices } from './pool-prices.js';

/**
 * Assigns lines to pools so that the sum of their ranks is as small as possible. `counts` is the number of lines of each signature; there
 * must be room for all of them. Returns the number of lines on each edge.
 *
 * This is the primal-dual method for minimum-cost flows (Ford and Fulkerson, 1962), applied to signatures. Every pool has a price, at first
 * 0. Every line is in a pool of its list for which rank plus price is smallest; so at first all lines have their first choice, and some
 * pools hold more lines than devices. Then the prices of those pools rise until some line can move, at no cost, along a path to a pool with
 * room; as many lines as possible are moved; and so on, until no pool holds too many. The result is optimal because only full pools have a
 * price: whoever assigned the lines in another way would pay at least as much.
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
  const prices = new PoolPrices(network, counts);
  while (room.some((devices) => devices < 0)) {
    const { edges, tight } = prices.raise(lines, room);
    const moved = edges.map((edge) => at(lines, edge));
    const flow = new PoolFlow(tight, moved, room);
    for (let pool = 0; pool < network.pools; pool++) flow.relieve(pool);
    for (let place = 0; place < edges.length; place++) lines[at(edges, place)] = at(moved, place);
  }
  return lines;
}

/** The sum of the ranks of all lines, from the number of lines on each edge. */
export function rankSumOf(network: Network, lines: Int32Array): number {
  let sum = 0;
  for (let edge = 0; edge < lines.length; edge++) sum += at(lines, edge) * rankOf(network, edge);
  return sum;
}
