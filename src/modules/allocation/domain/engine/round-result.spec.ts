import { createHmac } from 'node:crypto';
import { test } from '@fast-check/jest';
import { describe, expect } from '@jest/globals';
import fc from 'fast-check';
import { aRound } from '../../../../../test/support/rounds.js';
import { isThorough } from '../../../../../test/support/thorough.js';
import { parseRound } from './parse-round.js';
import { roundResult } from './round-result.js';
import type { LineInput, RoundInput, RoundResult } from './round.js';

const SEED = 20_261_102;

function solved(input: RoundInput): RoundResult {
  const round = parseRound(input);
  if (!round.ok) throw new Error(JSON.stringify(round.reason));
  return roundResult(round.value);
}
const served = (input: RoundInput) => new Set(solved(input).assignments.map(({ line }) => line));

describe('worked cases', () => {
  const places = ({ assignments }: RoundResult) => Object.fromEntries(assignments.map(({ line, pool }) => [line, pool]));

  test('an earlier line moves to its other pool', () => {
    const result = solved(aRound({ p1: 1, p2: 1 }, [['l1', 900, ['p1', 'p2']], ['l2', 800, ['p1']]])); // prettier-ignore
    expect([places(result), result.unserved]).toEqual([{ l1: 'p2', l2: 'p1' }, []]);
    expect(result.stats).toEqual({ lines: 2, served: 2, capacity: 2, used: 2, rankSum: 1 });
  });

  test('the one device goes to the first', () => {
    const result = solved(aRound({ p1: 1 }, [['l1', 900, ['p1']], ['l2', 800, ['p1']]])); // prettier-ignore
    const ticket = createHmac('sha256', Buffer.from('00ff', 'hex')).update('h-l1').digest('hex');
    expect(result.assignments).toEqual([{ line: 'l1', pool: 'p1', rank: 0 }]);
    expect(result.unserved).toEqual([{ line: 'l2', reason: 'OUTRANKED', cutoff: { line: 'l1', score: 900, ticket } }]);
  });

  test('both have their first choice', () => {
    const result = solved(aRound({ p1: 1, p2: 1 }, [['l1', 900, ['p1', 'p2']], ['l2', 800, ['p2', 'p1']]])); // prettier-ignore
    expect([places(result), result.stats.rankSum]).toEqual([{ l1: 'p1', l2: 'p2' }, 0]);
  });

  test('of two with one list the earlier has the better; the third is outranked by the last who would give way', () => {
    const result = solved(aRound({ p1: 1, p2: 1 }, [['l1', 900, ['p1', 'p2']], ['l2', 800, ['p1', 'p2']], ['l3', 700, ['p1']]])); // prettier-ignore
    expect(places(result)).toEqual({ l1: 'p1', l2: 'p2' });
    expect(result.unserved).toMatchObject([{ line: 'l3', reason: 'OUTRANKED', cutoff: { line: 'l2', score: 800 } }]);
  });

  test('no stock, no pool', () => {
    const result = solved(aRound({ p1: 0 }, [['l1', 900, ['p1']], ['l2', 800, []]])); // prettier-ignore
    expect(result.unserved).toEqual([{ line: 'l1', reason: 'NO_STOCK' }, { line: 'l2', reason: 'NO_ELIGIBLE_POOL' }]); // prettier-ignore
    expect(result.stats).toEqual({ lines: 2, served: 0, capacity: 0, used: 0, rankSum: 0 });
  });

  test('nobody, nothing', () => {
    expect(solved(aRound({}, []))).toEqual({
      assignments: [],
      unserved: [],
      stats: { lines: 0, served: 0, capacity: 0, used: 0, rankSum: 0 },
    });
  });
});

/** Small rounds with many ties, shared households and pools of every size. */
const POOLS = ['p', 'q', 'r', 's'];
const small = fc.record({
  seed: fc.constantFrom('00', 'ff01'),
  pools: fc.array(fc.nat({ max: 2 }), { minLength: 4, maxLength: 4 }).map((capacities) =>
    POOLS.map((id, place) => ({ id, category: 'laptop', siteId: 's1', capacity: capacities[place] ?? 0 })),
  ),
  lines: fc
    .array(fc.record({ household: fc.nat({ max: 3 }), score: fc.integer({ min: -1, max: 2 }), pools: fc.shuffledSubarray(POOLS) }), { maxLength: 7 })
    .map((lines) => lines.map(({ household, score, pools }, place): LineInput => ({ id: `l${place}`, householdId: `h${household}`, score, pools }))),
}); // prettier-ignore

/**
 * The smallest sum of ranks of each set of lines that can be served together, found by trying every assignment. The key is a bit set of
 * lines.
 */
function everyAssignment(lines: readonly LineInput[], capacities: Readonly<Record<string, number>>): Map<number, number> {
  const sums = new Map<number, number>();
  const left: Record<string, number> = { ...capacities };
  const place = (line: number, set: number, sum: number): void => {
    const next = lines[line];
    if (!next) {
      sums.set(set, Math.min(sum, sums.get(set) ?? Infinity));
      return;
    }
    place(line + 1, set, sum);
    for (const [rank, pool] of next.pools.entries()) {
      if (!left[pool]) continue;
      left[pool] -= 1;
      place(line + 1, set | (1 << line), sum + rank);
      left[pool] += 1;
    }
  };
  place(0, 0, 0);
  return sums;
}

/** The result that the guarantees A, B and C ask for, found by trying every assignment. */
function byTryingAll({ seed, pools, lines }: RoundInput) {
  const ticketOf = ({ householdId }: LineInput) => createHmac('sha256', Buffer.from(seed, 'hex')).update(householdId).digest('hex');
  const order = [...lines].sort(
    (one, other) =>
      other.score - one.score || (ticketOf(one) < ticketOf(other) ? -1 : ticketOf(one) > ticketOf(other) ? 1 : one.id < other.id ? -1 : 1),
  );
  const sums = everyAssignment(order, Object.fromEntries(pools.map(({ id, capacity }) => [id, capacity])));
  const vector = (set: number) => order.map((_, line) => (set >> line) & 1).join('');
  const best = [...sums.keys()].reduce((one, other) => (vector(one) >= vector(other) ? one : other));
  const unserved = order.flatMap((line, place) => {
    if ((best >> place) & 1) return [];
    if (line.pools.length === 0) return [{ line: line.id, reason: 'NO_ELIGIBLE_POOL' }];
    const gaveWay = order.findLast((_, other) => (best >> other) & 1 && sums.has((best & ~(1 << other)) | (1 << place)));
    if (!gaveWay) return [{ line: line.id, reason: 'NO_STOCK' }];
    return [{ line: line.id, reason: 'OUTRANKED', cutoff: { line: gaveWay.id, score: gaveWay.score, ticket: ticketOf(gaveWay) } }];
  });
  return { served: order.filter((_, line) => (best >> line) & 1), unserved, rankSum: sums.get(best) };
}

describe(`small rounds, seed ${SEED}`, () => {
  test.prop([small], { numRuns: isThorough ? 6000 : 2000, seed: SEED })('A, B and C are what trying every assignment finds', (input) => {
    const { assignments, unserved, stats } = solved(input);
    const expected = byTryingAll(input);
    expect(assignments.map(({ line }) => line)).toEqual(expected.served.map(({ id }) => id));
    expect(unserved).toEqual(expected.unserved);
    expect([stats.rankSum, stats.served]).toEqual([expected.rankSum, expected.served.length]);

    const taken = new Map<string, number>();
    const worst = new Map<string, number>();
    for (const { line, pool, rank } of assignments) {
      const list = input.lines.find(({ id }) => id === line)?.pools ?? [];
      expect(list[rank]).toBe(pool);
      taken.set(pool, (taken.get(pool) ?? 0) + 1);
      expect(rank).toBeGreaterThanOrEqual(worst.get(list.join()) ?? 0);
      worst.set(list.join(), rank);
    }
    for (const { id, capacity } of input.pools) expect(taken.get(id) ?? 0).toBeLessThanOrEqual(capacity);
    expect(assignments.reduce((sum, { rank }) => sum + rank, 0)).toBe(stats.rankSum);
  });
});

/** Larger rounds, in which there are long chains of moves. */
const anyRound = fc.record({ pools: fc.integer({ min: 1, max: 12 }), lines: fc.integer({ min: 0, max: 60 }) }).chain(({ pools, lines }) => {
  const ids = Array.from({ length: pools }, (_, place) => `p${place}`);
  return fc.record({
    seed: fc.constant('00ff'),
    pools: fc.tuple(...ids.map((id) => fc.nat({ max: 5 }).map((capacity) => ({ id, category: 'tablet', siteId: 's1', capacity })))),
    lines: fc.tuple(
      ...Array.from({ length: lines }, (_, place) =>
        fc
          .record({ score: fc.nat({ max: 5 }), pools: fc.shuffledSubarray(ids, { maxLength: Math.min(5, pools) }) })
          .map((line): LineInput => ({ id: `l${place}`, householdId: `h${place >> 1}`, ...line })),
      ),
    ),
  });
});
const place = fc.nat();

describe(`rounds of any size, seed ${SEED}`, () => {
  test.prop([anyRound, fc.infiniteStream(place)], { numRuns: 1000, seed: SEED })(
    'the order of the input does not matter',
    (input, numbers) => {
      const shuffled = <Item>(items: readonly Item[]) =>
        items
          .map((item) => [Number(numbers.next().value), item] as const)
          .sort(([one], [other]) => one - other)
          .map(([, item]) => item);
      expect(solved({ ...input, pools: shuffled(input.pools), lines: shuffled(input.lines) })).toEqual(solved(input));
    },
  );

  test.prop([anyRound, place], { numRuns: 1000, seed: SEED })('one more device never unserves anybody', (input, number) => {
    const chosen = number % input.pools.length;
    const pools = input.pools.map((pool, each) => (each === chosen ? { ...pool, capacity: pool.capacity + 1 } : pool));
    const more = served({ ...input, pools });
    expect([...served(input)].filter((line) => !more.has(line))).toEqual([]);
  });

  test.prop([anyRound, place, fc.integer({ min: 1, max: 6 })], { numRuns: 1000, seed: SEED })(
    "raising a line's score never loses it its device",
    (input, number, points) => {
      const before = solved(input).assignments;
      if (before.length === 0) return;
      const { line } = before[number % before.length]!;
      const lines = input.lines.map((each) => (each.id === line ? { ...each, score: each.score + points } : each));
      expect(served({ ...input, lines })).toContain(line);
    },
  );
});
