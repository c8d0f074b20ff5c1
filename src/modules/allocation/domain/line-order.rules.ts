import { add, at, offsets } from './integers.js';
import { compareTickets, ticketPrefixes } from './ticket.rules.js';

/** One pass of the radix sort looks at this many bits. */
const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;

/**
 * The order in which lines are served: score descending, ticket ascending, id ascending by code units (never by language).
 * A radix sort of scores and first bits of tickets leaves few lines to compare.
 */
export function lineOrder(ids: readonly string[], scores: Float64Array, tickets: Uint8Array): Int32Array {
  const places = scorePlaces(scores);
  const prefixes = ticketPrefixes(tickets);
  let order = new Int32Array(ids.length).map((_, line) => line);
  for (const keys of [prefixes, places]) {
    for (let bit = 0; bit < 32; bit += DIGIT_BITS) order = sortedByDigit(order, keys, bit);
  }
  const isTied = (one: number, other: number) => at(places, one) === at(places, other) && at(prefixes, one) === at(prefixes, other);
  const compare = (one: number, other: number) => compareTickets(tickets, one, other) || compareTexts(ids[one] ?? '', ids[other] ?? '');
  for (let from = 0, to = 1; from < order.length; from = to++) {
    while (to < order.length && isTied(at(order, from), at(order, to))) to += 1;
    if (to - from > 1) order.subarray(from, to).sort(compare);
  }
  return order;
}

/** Below 0 where the one text comes before the other, by code units. */
export function compareTexts(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Of each line the place of its score among the distinct scores, the highest first. */
function scorePlaces(scores: Float64Array): Int32Array {
  const places = new Map<number, number>();
  for (const score of scores.slice().sort().reverse()) if (!places.has(score)) places.set(score, places.size);
  return new Int32Array(scores.length).map((_, line) => places.get(scores[line] ?? 0) ?? 0);
}

/** A stable sort of lines by the digit of their keys that begins at a bit. */
function sortedByDigit(order: Int32Array<ArrayBuffer>, keys: Int32Array, bit: number): Int32Array<ArrayBuffer> {
  const digit = (line: number) => (at(keys, line) >>> bit) & (DIGITS - 1);
  const counts = new Int32Array(DIGITS);
  for (const line of order) add(counts, digit(line), 1);
  if (counts.includes(order.length)) return order;
  const next = offsets(counts);
  const sorted = new Int32Array(order.length);
  for (const line of order) {
    sorted[at(next, digit(line))] = line;
    add(next, digit(line), 1);
  }
  return sorted;
}
