import { bestFit, rankSumOf } from './best-fit.rules.js';
import { cutoffSignatures } from './cutoffs.rules.js';
import { add, at } from './integers.js';
import { compareTexts, lineOrder } from './line-order.rules.js';
import { type Network, networkOf, rankOf } from './network.js';
import { PoolFlow } from './pool-flow.js';
import type { Round, Solution } from './round.js';
import { ticketsOf } from '../ticket.rules.js';

/**
 * Finds who is served, from which pool, and which line each unserved line stands behind (docs/decisions/allocation.md).
 * A. The served lines are the lexicographically greatest set, in the order of the lines, that can be served together.
 * B. Of all ways to serve exactly these lines, the sum of ranks is the smallest. Of two lines with the same list, the earlier never has the
 * worse rank.
 * C. The cut-off of an unserved line is the last served line in whose place it could have been served.
 * The same round always has the same solution, in whatever order it names its lines, pools and lists.
 */
export function solveRound(round: Round): Solution {
  const { lines, pools } = round;
  const tickets = ticketsOf(round.key, lines.householdIds);
  const order = lineOrder(lines.ids, lines.scores, tickets);
  const poolOrder = [...pools.ids.keys()].sort((one, other) => compareTexts(pools.ids[one] ?? '', pools.ids[other] ?? ''));
  const { lists, ofLine } = signaturesOf(round, order, poolOrder);
  const network = networkOf(lists, poolOrder.length);
  // A pool never needs more devices than there are lines.
  const capacities = Int32Array.from(poolOrder, (pool) => Math.min(pools.capacities[pool] ?? 0, order.length));

  const counts = servedCounts(network, capacities, order, ofLine);
  const fit = bestFit(network, counts, capacities);
  const ranks = ranksOf(network, fit, order, ofLine);
  const served = counts.reduce((sum, count) => sum + count, 0);
  const capacity = pools.capacities.reduce((sum, each) => sum + each, 0);
  return {
    order,
    tickets,
    ranks,
    cutoffs: cutoffsOf(network, fit, order, ofLine, ranks),
    stats: { lines: order.length, served, capacity, used: served, rankSum: rankSumOf(network, fit) },
  };
}

interface Signatures {
  /** The list of each signature, with pools numbered in the order of their ids. */
  readonly lists: readonly Int32Array[];
  readonly ofLine: Int32Array;
}

/** Numbers pools by their ids and signatures by their first line, so that the numbers do not depend on the order of the input. */
function signaturesOf({ lists, lines }: Round, order: Int32Array, poolOrder: readonly number[]): Signatures {
  const numbers = new Int32Array(poolOrder.length);
  for (const [number, pool] of poolOrder.entries()) numbers[pool] = number;
  const ofList = new Int32Array(lists.length).fill(-1);
  const met: Int32Array[] = [];
  const ofLine = new Int32Array(order.length);
  for (const line of order) {
    const list = at(lines.lists, line);
    if (at(ofList, list) < 0) {
      ofList[list] = met.length;
      met.push(Int32Array.from(lists[list] ?? [], (pool) => at(numbers, pool)));
    }
    ofLine[line] = at(ofList, list);
  }
  return { lists: met, ofLine };
}

/**
 * How many lines of each signature are served. Line by line, in order: a line is admitted when earlier lines can move between their pools
 * to make room for it.
 */
function servedCounts(network: Network, capacities: Int32Array, order: Int32Array, signatureOf: Int32Array): Int32Array {
  const flow = new PoolFlow(network, new Int32Array(network.poolOf.length), Int32Array.from(capacities));
  const counts = new Int32Array(network.signatures);
  const isFull = new Int32Array(network.signatures);
  for (const line of order) {
    const signature = at(signatureOf, line);
    if (at(isFull, signature) === 1) continue;
    if (flow.admit(signature)) add(counts, signature, 1);
    else isFull[signature] = 1;
  }
  return counts;
}

/** The rank of each line, -1 when it is not served. Of lines with the same list, the earlier get the better ranks. */
function ranksOf(network: Network, fit: Int32Array, order: Int32Array, signatureOf: Int32Array): Int32Array {
  const left = Int32Array.from(fit);
  const next = Int32Array.from(network.starts);
  return byLine(order, (line) => {
    const signature = at(signatureOf, line);
    const end = at(network.starts, signature + 1);
    while (at(next, signature) < end && at(left, at(next, signature)) === 0) add(next, signature, 1);
    const edge = at(next, signature);
    if (edge === end) return -1;
    add(left, edge, -1);
    return rankOf(network, edge);
  });
}

/** The cut-off of each line that is not served. All unserved lines with the same list have the same one. */
function cutoffsOf(network: Network, fit: Int32Array, order: Int32Array, signatureOf: Int32Array, ranks: Int32Array): Int32Array {
  const lastPlaces = new Int32Array(network.signatures).fill(-1);
  for (let place = 0; place < order.length; place++) {
    const line = at(order, place);
    if (at(ranks, line) >= 0) lastPlaces[at(signatureOf, line)] = place;
  }
  const cutoffs = cutoffSignatures(network, fit, lastPlaces);
  return byLine(order, (line) => {
    const cutoff = at(cutoffs, at(signatureOf, line));
    return at(ranks, line) >= 0 || cutoff < 0 ? -1 : at(order, at(lastPlaces, cutoff));
  });
}

/** Collects a value for each line; `valueOf` is called in the order of the lines. */
function byLine(order: Int32Array, valueOf: (line: number) => number): Int32Array {
  const values = new Int32Array(order.length);
  for (const line of order) values[line] = valueOf(line);
  return values;
}
