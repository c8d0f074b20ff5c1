import { createHmac } from 'node:crypto';
import { createRequire } from 'node:module';
import type * as Highs from 'highs';
import type { LineInput, RoundInput } from '../../src/modules/allocation/index.js';

// The types of the package describe the result of `require`.
const { default: loadHighs } = createRequire(import.meta.url)('highs') as typeof Highs.default;

/** The solution of a round by an integer-programming solver (HiGHS): the same question, answered in another way. */
export interface ProgramResult {
  /** The ids of the served lines, in order. */
  readonly served: readonly string[];
  /** The sum, over the served lines, of the number of lines from that line to the end of the order. */
  readonly servedValue: number;
  readonly rankSum: number;
}

/**
 * Two integer programs, each with a yes or no for each line and each pool of its list. The first makes the served value as large as
 * possible. Sets of lines that can be served together are a matroid, in which the lexicographically greatest set has the largest sum for
 * all values that decrease along the order. The second makes the sum of ranks as small as possible with exactly these lines.
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

/** The lines in the order in which they are served, by plain sorting. */
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

/** The rank of the pool of each served line, by the line's index. `perLine` says whether each line must have a pool or may have one. */
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
