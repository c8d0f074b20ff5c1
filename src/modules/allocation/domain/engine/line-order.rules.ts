import { add, at, offsets } from './integers.js';
import { compareTickets, ticketPrefixes } from '../ticket.rules.js';

/** One pass of the radix sort looks at this many bits. */
const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;
const WORD = 2 ** 32;

/**
 * The order in which lines are served: by score descending, then ticket ascending, then id ascending (by code units, not by the rules of a
 * language). A radix sort by score and by the first bits of the ticket leaves only few lines to compare.
 */
export function lineOrder(ids: readonly string[], scores: Float64Array, tickets: Uint8Array): Int32Array {
  const prefixes = ticketPrefixes(tickets);
  let order = Int32Array.from(ids.keys());
  for (const keys of [prefixes, ...scoreKeys(scores)]) {
    for (let bit = 0; bit < 32; bit += DIGIT_BITS) order = sortedByDigit(order, keys, bit);
  }
  const isTied = (one: number, other: number) => scores[one] === scores[other] && at(prefixes, one) === at(prefixes, other);
  const compare = (one: number, other: number) => compareTickets(tickets, one, other) || compareTexts(ids[one] ?? '', ids[other] ?? '');
  for (let from = 0, to = 1; from < order.length; from = to++) {
    while (to < order.length && isTied(at(order, from), at(order, to))) to += 1;
    if (to - from > 1) order.subarray(from, to).sort(compare);
  }
  return order;
}

/** Negative when the first text comes before the other, by code units. */
export function compareTexts(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** The lower and the upper 32 bits of each score, changed so that a higher score has lower unsigned keys. */
function scoreKeys(scores: Float64Array): readonly [lower: Int32Array, upper: Int32Array] {
  const lower = new Int32Array(scores.length);
  const upper = new Int32Array(scores.length);
  for (let line = 0; line < scores.length; line++) {
    const score = scores[line] as number;
    lower[line] = ~score;
    upper[line] = ~Math.floor(score / WORD) ^ 0x80000000;
  }
  return [lower, upper];
}

/** A stable sort of lines by one digit of their keys; the digit begins at the bit `bit`. */
function sortedByDigit(order: Int32Array<ArrayBuffer>, keys: Int32Array, bit: number): Int32Array<ArrayBuffer> {
  const counts = new Int32Array(DIGITS);
  for (let line = 0; line < keys.length; line++) add(counts, digitOf(at(keys, line), bit), 1);
  if (counts.includes(order.length)) return order;
  const next = offsets(counts);
  const sorted = new Int32Array(order.length);
  for (let place = 0; place < order.length; place++) {
    const line = at(order, place);
    const digit = digitOf(at(keys, line), bit);
    sorted[at(next, digit)] = line;
    add(next, digit, 1);
  }
  return sorted;
}

const digitOf = (key: number, bit: number) => (key >>> bit) & (DIGITS - 1);
