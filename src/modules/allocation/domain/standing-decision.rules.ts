import type { Day } from '../../../shared/day.js';
import type { Fault } from '../../../shared/denial.js';
import type { RefusalTable } from '../../../shared/refusal.js';

/** Reasons against revoking a standing decision. */
export const REVOCATION_REFUSALS = {
  ALREADY_REVOKED: { overridable: false, message: 'The decision was revoked before; nothing is published under it.' },
} as const satisfies RefusalTable;

/** Everything that is wrong with the days of a new decision: they must not lie in the past. */
export function standingDecisionFaults({ from, until }: { readonly from: Day; readonly until: Day | null }, today: Day): Fault[] {
  return [
    ...(from < today ? [{ pointer: '/from', code: 'DAY_PASSED', message: 'must be today or later' }] : []),
    ...(until !== null && until < from ? [{ pointer: '/until', code: 'OUT_OF_RANGE', message: 'must not be before from' }] : []),
  ];
}
