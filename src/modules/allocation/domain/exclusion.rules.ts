import { type Refusal, refusalsHolding, type RefusalTable } from '../../../shared/refusal.js';
import type { StaffRole } from '../../councils/index.js';

/** Reasons against setting a line aside. */
export const EXCLUSION_REFUSALS = {
  ROUND_NOT_SOLVED: { overridable: false, message: 'The round is being solved for the first time; see then which lines are in it.' },
} as const satisfies RefusalTable;

/** `solution`: the one that holds; 0: none yet. */
export function exclusionRefusals({ solution }: { readonly solution: number }): Refusal[] {
  return refusalsHolding(EXCLUSION_REFUSALS, { ROUND_NOT_SOLVED: solution === 0 });
}

/** Somebody is set aside in one round. */
export interface Exclusion {
  readonly lineId: string;
  /** In plain words: the family reads it. Null once they have been erased. */
  readonly reason: string | null;
  readonly excludedBy: string;
  readonly confirmedBy: string | null;
  /** Whether the round leaves the line out: one person may not do it alone, unless a council manager. */
  readonly isEffective: boolean;
}

/** Whether one person is enough; clients (null) act for the council. */
function mayExcludeAlone(role: StaffRole | null): boolean {
  return role === null || role === 'council_manager';
}

/** What stands after somebody wants a line set aside: the first wish, or a second person's word for one that waits for it. */
export function exclusionAfter(
  present: Exclusion | null,
  { lineId, reason, by, role }: { readonly lineId: string; readonly reason: string; readonly by: string; readonly role: StaffRole | null },
): Exclusion {
  if (!present) return { lineId, reason, excludedBy: by, confirmedBy: null, isEffective: mayExcludeAlone(role) };
  if (present.isEffective || (present.excludedBy === by && !mayExcludeAlone(role))) return present;
  return { ...present, confirmedBy: by, isEffective: true };
}
