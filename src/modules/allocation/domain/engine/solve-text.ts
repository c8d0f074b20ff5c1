import type { Fault } from '../../../../shared/denial.js';
import { parseRound } from './parse-round.js';
import { roundResult } from './round-result.js';

/** What became of a round that was sent as a text: its result as one, or why there is none. */
export type SolvedText =
  | { readonly kind: 'solved'; readonly json: string }
  | { readonly kind: 'faults'; readonly faults: readonly Fault[] }
  | { readonly kind: 'unreadable' };

/** Reads, solves and writes: with a hundred thousand values each of them takes its time. */
export function solveText(text: string): SolvedText {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { kind: 'unreadable' };
  }
  const round = parseRound(json);
  return round.ok ? { kind: 'solved', json: JSON.stringify(roundResult(round.value)) } : { kind: 'faults', faults: round.reason };
}
