import type { Fault } from '../../../../shared/denial.js';
import { parseRound } from './parse-round.js';
import { roundResult } from './round-result.js';

/** The outcome of a round that was sent as text: the result as text, or why there is none. */
export type SolvedText =
  | { readonly kind: 'solved'; readonly json: string }
  | { readonly kind: 'faults'; readonly faults: readonly Fault[] }
  | { readonly kind: 'unreadable' };

/** Reads, solves and writes in one call, since each of the three takes long when there are a hundred thousand values. */
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
