import { setImmediate } from 'node:timers/promises';
import type { Day } from '../../../shared/day.js';
import { eligiblePools } from '../domain/engine/eligible-pools.rules.js';
import { at } from '../domain/engine/integers.js';
import { ListTable } from '../domain/engine/list-table.js';
import type { Round, Solution } from '../domain/engine/round.js';
import type { NotServed } from '../domain/round.texts.js';
import { type StockBeside, type StockLookedAt, stockLookedAt } from '../domain/stock-elsewhere.rules.js';
import { ticketsOf, ticketText } from '../domain/ticket.rules.js';
import type { PromisableLine, PromisableLines } from './promisable-lines.js';
import type { Proposed, RoundLine, StockedPool } from './round-solutions.repository.js';

/** Choices of pools that are made before others are served. */
const CHOICES = 200;

/** What a round gives out: of each pool so many devices. */
export interface Stock {
  readonly pools: readonly StockedPool[];
  readonly capacities: readonly number[];
  /** What it leaves alone. */
  readonly beside: StockBeside;
}

/** What lines of one key have in common. */
interface Kind extends PromisableLine {
  /** Its place among the lists. */
  readonly list: number;
}

/** The kind of each line, as its place among the kinds. */
export interface Kinds {
  readonly all: readonly Kind[];
  readonly ofLine: Int32Array;
}

interface Asked {
  /** The key of the cycle's lottery. */
  readonly key: Uint8Array;
  readonly waiting: readonly RoundLine[];
  readonly stock: Stock;
  readonly promisable: PromisableLines;
  readonly today: Day;
}

/** What the engine solves: lines of one kind share one list of pools, those to whom nothing can be promised have an empty one. */
export async function roundOf({ key, waiting, stock, promisable, today }: Asked): Promise<{ input: Round; kinds: Kinds }> {
  const { pools, capacities } = stock;
  const table = new ListTable();
  const kinds: Kind[] = [];
  const kindOfKey = new Map<string, number>();
  const [lists, ofLine] = [new Int32Array(waiting.length), new Int32Array(waiting.length)];
  for (const [index, each] of waiting.entries()) {
    const promised = promisable.of(each.key, each.standing);
    let kind = kindOfKey.get(promised.key);
    if (kind === undefined) {
      const list = promised.barredFor === null ? eligiblePools(promised.line, pools, today) : [];
      kind = kinds.push({ ...promised, list: table.placeOf(list) }) - 1;
      kindOfKey.set(promised.key, kind);
      if (kinds.length % CHOICES === 0) await setImmediate();
    }
    ofLine[index] = kind;
    lists[index] = kinds[kind]?.list ?? 0;
  }
  const lines = {
    ids: waiting.map(({ lineId }) => lineId),
    householdIds: waiting.map(({ householdId }) => householdId),
    scores: Float64Array.from(waiting, ({ score }) => score),
    lists,
  };
  const ids = pools.map(({ category, siteId, fundId }) => `${category}/${siteId}/${fundId}`);
  return { input: { key, pools: { ids, capacities }, lists: table.lists, lines }, kinds: { all: kinds, ofLine } };
}

/** Which stock was looked at for lines of each kind, once they are asked for. */
export function stockLookedAtOf(
  { lists, lines }: Round,
  { ranks }: Solution,
  { pools, capacities, beside }: Stock,
  { all }: Kinds,
  today: Day,
): (kind: number) => StockLookedAt | null {
  const left = [...capacities];
  for (const [line, rank] of ranks.entries()) {
    const pool = rank < 0 ? undefined : lists[at(lines.lists, line)]?.[rank];
    if (pool !== undefined) left[pool] = (left[pool] ?? 0) - 1;
  }
  const known = new Map<number, StockLookedAt | null>();
  return (place) => {
    const kind = all[place];
    if (!kind || kind.barredFor !== null) return null;
    const stock = { pools, capacities, left, beside };
    const found = known.get(place) ?? stockLookedAt({ line: kind.line, list: lists[kind.list] ?? [] }, stock, today);
    known.set(place, found);
    return found;
  };
}

/** What is proposed for each of `count` lines, made some at a time. */
export interface Proposals {
  readonly count: number;
  readonly some: (from: number, to: number) => Proposed[];
}

interface Solved {
  readonly input: Round;
  readonly kinds: Kinds;
  readonly lookedAt: (kind: number) => StockLookedAt | null;
}

/** Every line with what was found for it, in the order in which they are served; those that were set aside come last. */
export function proposalsOf(
  { input: { key, lines, lists }, kinds, lookedAt }: Solved,
  { order, tickets, ranks, cutoffs }: Solution,
  excluded: readonly RoundLine[],
): Proposals {
  const places = new Int32Array(order.length);
  for (const [index, line] of order.entries()) places[line] = index + 1;
  const ticketsAside = ticketsOf(
    key,
    excluded.map(({ householdId }) => householdId),
  );
  const found = (line: number): Proposed => {
    const list = lists[at(lines.lists, line)] ?? new Int32Array();
    const [rank, cutoff, kind] = [at(ranks, line), at(cutoffs, line), at(kinds.ofLine, line)];
    const isServed = rank >= 0;
    return {
      place: at(places, line),
      lineId: lines.ids[line] ?? '',
      householdId: lines.householdIds[line] ?? '',
      score: lines.scores[line] ?? 0,
      ticket: ticketText(tickets, line),
      pool: isServed ? at(list, rank) : null,
      rank: isServed ? rank : null,
      reason: isServed ? null : (kinds.all[kind]?.barredFor ?? wantOfStock(cutoff, list)),
      cutoffPlace: !isServed && cutoff >= 0 ? at(places, cutoff) : null,
      stock: isServed ? null : lookedAt(kind),
    };
  };
  const aside = ({ lineId, householdId, score }: RoundLine, index: number): Proposed => ({
    ...{ place: order.length + index + 1, lineId, householdId, score, ticket: ticketText(ticketsAside, index) },
    ...{ pool: null, rank: null, reason: 'EXCLUDED', cutoffPlace: null, stock: null },
  });
  const each = (index: number) =>
    index < order.length ? found(at(order, index)) : aside(excluded[index - order.length] as RoundLine, index - order.length);
  return {
    count: order.length + excluded.length,
    some: (from, to) => Array.from({ length: to - from }, (_, index) => each(from + index)),
  };
}

function wantOfStock(cutoff: number, list: Int32Array): NotServed {
  if (cutoff >= 0) return 'OUTRANKED';
  return list.length === 0 ? 'NO_ELIGIBLE_POOL' : 'NO_STOCK';
}
