import { type Refusal, refusalsHolding, type RefusalTable } from '../../../shared/refusal.js';
import type { Role } from '../../councils/index.js';

/** Reasons against setting a line aside. */
export const EXCLUSION_REFUSALS = {
  ROUND_NOT_SOLVED: { overridable: false, message: 'The round is being solved for the first time; see then which lines are in it.' },
} as const satisfies RefusalTable;

/** `solution` is the number of the current solution; 0 means that there is none yet. */
export function exclusionRefusals({ solution }: { readonly solution: number }): Refusal[] {
  return refusalsHolding(EXCLUSION_REFUSALS, { ROUND_NOT_SOLVED: solution === 0 });
}

/** One line that is set aside in one round. */
export interface Exclusion {
  readonly lineId: string;
  /** The reason in plain words, which the family can read. Null once it has been erased. */
  readonly reason: string | null;
  readonly excludedBy: string;
  readonly confirmedBy: string | null;
  /** Whether the round leaves the line out. That needs two persons, or one council manager. */
  readonly isEffective: boolean;
}

/** Whether one person is enough. An API client (null) acts for the council. */
function mayExcludeAlone(role: Role | null): boolean {
  return role === null || role === 'council_manager';
}

/** The exclusion after one more person asks for it: a first request, or the second person's consent to one that waits for it. */
export function exclusionAfter(
  present: Exclusion | null,
  { lineId, reason, by, role }: { readonly lineId: string; readonly reason: string; readonly by: string; readonly role: Role | null },
): Exclusion {
  if (!present) return { lineId, reason, excludedBy: by, confirmedBy: null, isEffective: mayExcludeAlone(role) };
  if (present.isEffective || (present.excludedBy === by && !mayExcludeAlone(role))) return present;
  return { ...present, confirmedBy: by, isEffective: true };
}
