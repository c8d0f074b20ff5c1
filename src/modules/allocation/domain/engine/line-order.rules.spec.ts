import { test } from '@fast-check/jest';
import { expect } from '@jest/globals';
import fc from 'fast-check';
import { lineOrder } from './line-order.rules.js';
import { ticketsOf, ticketText } from '../ticket.rules.js';

const key = Uint8Array.of(7);
const score = fc.oneof(fc.integer({ min: -2, max: 2 }), fc.maxSafeInteger());
const line = fc.record({ id: fc.string({ unit: 'binary', maxLength: 3 }), household: fc.nat({ max: 20 }), score });

test.prop([fc.uniqueArray(line, { selector: ({ id }) => id, maxLength: 600 })], { numRuns: 300 })(
  'score descending, ticket ascending, id ascending by code units',
  (lines) => {
    const tickets = ticketsOf(key, lines.map(({ household }) => `h${household}`)); // prettier-ignore
    const order = lineOrder(lines.map(({ id }) => id), Float64Array.from(lines, (each) => each.score), tickets); // prettier-ignore
    const naive = lines
      .map((each, place) => ({ ...each, place, ticket: ticketText(tickets, place) }))
      .sort((one, other) => {
        if (one.score !== other.score) return other.score - one.score;
        if (one.ticket !== other.ticket) return one.ticket < other.ticket ? -1 : 1;
        return one.id < other.id ? -1 : 1;
      });
    expect([...order]).toEqual(naive.map(({ place }) => place));
  },
);

test('by code units, not by any language', () => {
  const ids = ['é', 'z', 'a', 'Z'];
  expect([...lineOrder(ids, new Float64Array(4), ticketsOf(key, ['h', 'h', 'h', 'h']))]).toEqual([3, 2, 1, 0]);
});
