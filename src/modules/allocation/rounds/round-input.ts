import { setImmediate } from 'node:timers/promises';
import type { Day } from '../../../shared/day.js';
import { eligiblePools } from '../domain/engine/eligible-pools.rules.js';
import { at } from '../domain/engine/integers.js';
import { ListTable } from '../domain/engine/list-table.js';
import type { Round, Solution } from '../domain/engine/round.js';
import type { NotServedReason } from '../domain/round.texts.js';
import { type OtherStock, type ConsideredStock, consideredStock } from '../domain/considered-stock.rules.js';
import { ticketsOf, ticketText } from '../domain/ticket.rules.js';
import type { PromisableLine, PromisableLines } from './promisable-lines.js';
import type { LineResult, RoundLine, StockedPool } from './round-solutions.repository.js';

/** After this many choices of pools other work of this process has its turn. */
const CHOICES = 200;

/** The stock that a round gives out: pools with their number of devices. */
export interface GivenStock {
  readonly pools: readonly StockedPool[];
  readonly capacities: readonly number[];
  /** The stock that the round does not give out. */
  readonly beside: OtherStock;
}

/** What lines with the same key have in common. */
interface LineKind extends PromisableLine {
  /** The index of its list of pools. */
  readonly list: number;
}

/** The kinds of lines, and for each line the index of its kind. */
export interface LineKinds {
  readonly all: readonly LineKind[];
  readonly ofLine: Int32Array;
}

interface RoundContext {
  /** The key of the lottery of this cycle. */
  readonly key: Uint8Array;
  readonly waiting: readonly RoundLine[];
  readonly stock: GivenStock;
  readonly promisable: PromisableLines;
  readonly today: Day;
}

/**
 * Builds the input of the engine. Lines of one kind share one list of pools; the list is empty for lines to which nothing can be promised.
 */
export async function roundOf({ key, waiting, stock, promisable, today }: RoundContext): Promise<{ input: Round; kinds: LineKinds }> {
  const { pools, capacities } = stock;
  const table = new ListTable();
  const kinds: LineKind[] = [];
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

/** Returns a function that says which stock was considered for lines of a kind. It is computed on demand and once for each kind. */
export function consideredStockOf(
  { lists, lines }: Round,
  { ranks }: Solution,
  { pools, capacities, beside }: GivenStock,
  { all }: LineKinds,
  today: Day,
): (kind: number) => ConsideredStock | null {
  const left = [...capacities];
  for (const [line, rank] of ranks.entries()) {
    const pool = rank < 0 ? undefined : lists[at(lines.lists, line)]?.[rank];
    if (pool !== undefined) left[pool] = (left[pool] ?? 0) - 1;
  }
  const known = new Map<number, ConsideredStock | null>();
  return (place) => {
    const kind = all[place];
    if (!kind || kind.barredFor !== null) return null;
    const stock = { pools, capacities, left, beside };
    const found = known.get(place) ?? consideredStock({ line: kind.line, list: lists[kind.list] ?? [] }, stock, today);
    known.set(place, found);
    return found;
  };
}

/** The proposals for `count` lines, which are built some at a time. */
export interface Proposals {
  readonly count: number;
  readonly some: (from: number, to: number) => LineResult[];
}

interface SolvedInput {
  readonly input: Round;
  readonly kinds: LineKinds;
  readonly lookedAt: (kind: number) => ConsideredStock | null;
}

/** Every line with its result, in the order in which the lines are served; lines that were set aside come last. */
export function proposalsOf(
  { input: { key, lines, lists }, kinds, lookedAt }: SolvedInput,
  { order, tickets, ranks, cutoffs }: Solution,
  excluded: readonly RoundLine[],
): Proposals {
  const places = new Int32Array(order.length);
  for (const [index, line] of order.entries()) places[line] = index + 1;
  const ticketsAside = ticketsOf(
    key,
    excluded.map(({ householdId }) => householdId),
  );
  const found = (line: number): LineResult => {
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
  const aside = ({ lineId, householdId, score }: RoundLine, index: number): LineResult => ({
    place: order.length + index + 1,
    lineId,
    householdId,
    score,
    ticket: ticketText(ticketsAside, index),
    pool: null,
    rank: null,
    reason: 'EXCLUDED',
    cutoffPlace: null,
    stock: null,
  });
  const each = (index: number) =>
    index < order.length ? found(at(order, index)) : aside(excluded[index - order.length] as RoundLine, index - order.length);
  return {
    count: order.length + excluded.length,
    some: (from, to) => Array.from({ length: to - from }, (_, index) => each(from + index)),
  };
}

function wantOfStock(cutoff: number, list: Int32Array): NotServedReason {
  if (cutoff >= 0) return 'OUTRANKED';
  return list.length === 0 ? 'NO_ELIGIBLE_POOL' : 'NO_STOCK';
}
