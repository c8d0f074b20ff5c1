import { at } from './integers.js';
import type { Assignment, Cutoff, Round, RoundResult, Solution, UnservedLine } from './round.js';
import { solveRound } from './solve-round.js';
import { ticketText } from '../ticket.rules.js';

/** Solves a round and returns the solution with the ids of its lines and pools. */
export function roundResult(round: Round): RoundResult {
  const solution = solveRound(round);
  const cutoffOf = cutoffs(round, solution);
  const assignments: Assignment[] = [];
  const unserved: UnservedLine[] = [];
  for (const line of solution.order) {
    const id = round.lines.ids[line] ?? '';
    const list = round.lists[at(round.lines.lists, line)] ?? new Int32Array();
    const rank = at(solution.ranks, line);
    const cutoff = at(solution.cutoffs, line);
    if (rank >= 0) assignments.push({ line: id, pool: round.pools.ids[at(list, rank)] ?? '', rank });
    else if (cutoff >= 0) unserved.push({ line: id, reason: 'OUTRANKED', cutoff: cutoffOf(cutoff) });
    else unserved.push({ line: id, reason: list.length === 0 ? 'NO_ELIGIBLE_POOL' : 'NO_STOCK' });
  }
  return { assignments, unserved, stats: solution.stats };
}

/** Returns the cut-off of a line. Many lines share one, so each is built once. */
function cutoffs({ lines }: Round, { tickets }: Solution): (line: number) => Cutoff {
  const made = new Map<number, Cutoff>();
  return (line) => {
    const cutoff = made.get(line) ?? { line: lines.ids[line] ?? '', score: lines.scores[line] ?? 0, ticket: ticketText(tickets, line) };
    made.set(line, cutoff);
    return cutoff;
  };
}
