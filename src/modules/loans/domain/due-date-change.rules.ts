import type { Day } from '../../../shared/day.js';
import type { Fault } from '../../../shared/denial.js';
import { refusalsHolding, type Refusal, type RefusalTable } from '../../../shared/refusal.js';
import { typedDueOnFaults } from './due-day.rules.js';
import type { LoanState } from './loan-item.machine.js';

/** Reasons against changing a loan's due day or recalling it. */
export const DUE_DATE_REFUSALS = {
  LOAN_CLOSED: { overridable: false, message: 'This loan is closed: nothing of it is left to bring back.' },
} as const satisfies RefusalTable;

export function dueDateRefusals(loan: { readonly state: LoanState }): Refusal<keyof typeof DUE_DATE_REFUSALS>[] {
  return refusalsHolding(DUE_DATE_REFUSALS, { LOAN_CLOSED: loan.state === 'closed' });
}

/** Returns what is wrong with the new due day of a recall: it may not be later than the present one, unless that has passed. */
export function recallFaults(dueOn: Day, loan: { readonly dueOn: Day }, today: Day): Fault[] {
  const faults = typedDueOnFaults(dueOn, today);
  if (dueOn > loan.dueOn && loan.dueOn >= today) {
    faults.push({ pointer: '/dueOn', code: 'NOT_EARLIER', message: 'must not be later than the present due day' });
  }
  return faults;
}
