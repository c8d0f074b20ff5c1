import { createHmac } from 'node:crypto';
import { createRequire } from 'node:module';
import type * as Highs from 'highs';
import type { LineInput, RoundInput } from '../../src/modules/allocation/index.js';

// Its types describe what `require` gives.
const { default: loadHighs } = createRequire(import.meta.url)('highs') as typeof Highs.default;

/** What an integer-programming solver (HiGHS) makes of a round: the same question, asked in another way. */
export interface ProgramResult {
  /** Ids of the served lines, in order. */
  readonly served: readonly string[];
  /** Sum over the served lines of how many lines come after them, themselves included. */
  readonly servedValue: number;
  readonly rankSum: number;
}

/**
 * Two programs, a yes or no for each line and pool of its list. First the served value is made as great as it can be: sets that can be served
 * together are a matroid, in which the lexicographically greatest set is the one of the greatest sum for any values that fall along the order.
 * Then, with exactly these lines, the rank sum is made as small as it can be.
 */
export async function byIntegerProgram({ seed, pools, lines }: RoundInput): Promise<ProgramResult> {
  const order = inOrder(lines, seed);
  const capacities = new Map(pools.map(({ id, capacity }) => [id, capacity]));
  const valueOf = (place: number) => order.length - place;
  const first = await solved('Maximize', order, capacities, (place) => valueOf(place), '<=');
  const served = order.filter((_, place) => first.has(place));
  const second = await solved('Minimize', served, capacities, (_, rank) => rank, '=');
  return {
    served: served.map(({ id }) => id),
    servedValue: [...first.keys()].reduce((sum, place) => sum + valueOf(place), 0),
    rankSum: [...second.values()].reduce((sum, rank) => sum + rank, 0),
  };
}

/** The lines as they are served: a plain sort. */
export function inOrder(lines: readonly LineInput[], seed: string): LineInput[] {
  const ticketOf = ({ householdId }: LineInput) => createHmac('sha256', Buffer.from(seed, 'hex')).update(householdId).digest('hex');
  return lines
    .map((line) => ({ line, ticket: ticketOf(line) }))
    .sort(({ line: one, ticket: low }, { line: other, ticket: high }) => {
      if (one.score !== other.score) return other.score - one.score;
      if (low !== high) return low < high ? -1 : 1;
      return one.id < other.id ? -1 : 1;
    })
    .map(({ line }) => line);
}

/** Of each line that is served, by its place, the rank of its pool. `perLine`: whether each must have a pool, or may. */
async function solved(
  direction: 'Maximize' | 'Minimize',
  lines: readonly LineInput[],
  capacities: ReadonlyMap<string, number>,
  worth: (place: number, rank: number) => number,
  perLine: '=' | '<=',
): Promise<Map<number, number>> {
  const chosen = new Map<number, number>();
  const choices = lines.flatMap((line, place) => line.pools.map((pool, rank) => ({ place, pool, rank, name: `x${place}_${rank}` })));
  if (choices.length === 0) return chosen;
  const byLine = grouped(choices, ({ place }) => place);
  const byPool = grouped(choices, ({ pool }) => pool);
  const sum = (terms: readonly { readonly name: string }[]) => terms.map(({ name }) => name).join('\n + ');
  const program = [
    direction,
    `worth: ${choices.map(({ place, rank, name }) => `${worth(place, rank)} ${name}`).join('\n + ')}`,
    'Subject To',
    ...[...byLine].map(([place, terms]) => `l${place}: ${sum(terms)} ${perLine} 1`),
    ...[...byPool.values()].map((terms, pool) => `c${pool}: ${sum(terms)} <= ${capacities.get(terms[0]?.pool ?? '') ?? 0}`),
    'Binary',
    ...choices.map(({ name }) => name),
    'End',
  ];
  const highs = await loadHighs();
  const result = highs.solve(program.join('\n'), { output_flag: false, mip_rel_gap: 0, mip_abs_gap: 0 });
  if (result.Status !== 'Optimal') throw new Error(`HiGHS: ${result.Status}`);
  for (const { place, rank, name } of choices) if (Math.round(Number(result.Columns[name]?.Primal)) === 1) chosen.set(place, rank);
  return chosen;
}

function grouped<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
