import { addDays, onOpenDay, type Day } from '../../../shared/day.js';
import type { Fault } from '../../../shared/denial.js';
import type { LoanState } from './loan-item.machine.js';
import type { LoanLength, LoanPolicy } from '../../councils/index.js';

/** The longest loan that a policy may name (`POLICY_VALUES.loanDays`). */
const LONGEST_LOAN_DAYS = 3650;

type LengthPolicy = LoanLength & Pick<LoanPolicy, 'closedDay'>;

/**
 * Returns the day on which a loan that is handed over `today` is due. Each device has a policy, and the earliest day counts. A closed day is
 * replaced as each policy says. The day never lies before the hand-over, even when a fixed end has passed.
 */
export function dueOnByPolicy(policies: readonly [LengthPolicy, ...LengthPolicy[]], today: Day, closedDays: ReadonlySet<Day>): Day {
  const [first, ...others] = policies.map((policy) => {
    const end = policy.fixedDueOn ?? addDays(today, policy.loanDays);
    return later(today, onOpenDay(later(today, end), policy.closedDay, closedDays));
  }) as [Day, ...Day[]];
  return others.reduce((earliest, dueOn) => (dueOn < earliest ? dueOn : earliest), first);
}

/** Returns what is wrong with a due day that a person typed. It is kept as typed, even when it is a closed day. */
export function typedDueOnFaults(dueOn: Day, today: Day): Fault[] {
  if (dueOn < today) return [{ pointer: '/dueOn', code: 'DAY_PASSED', message: 'must be today or later' }];
  const last = addDays(today, LONGEST_LOAN_DAYS);
  return dueOn > last ? [{ pointer: '/dueOn', code: 'OUT_OF_RANGE', message: `must not be after ${last}` }] : [];
}

/** Returns the first day on which a loan is overdue: the day after its grace days. */
export function overdueFrom(dueOn: Day, graceDays: number): Day {
  return addDays(dueOn, graceDays + 1);
}

/** Whether a loan is overdue: it is open, and today > due day + grace days. This is computed wherever it is needed and never stored. */
export function isOverdue(loan: { readonly state: LoanState; readonly dueOn: Day }, graceDays: number, today: Day): boolean {
  return loan.state === 'open' && today >= overdueFrom(loan.dueOn, graceDays);
}

function later(one: Day, other: Day): Day {
  return one > other ? one : other;
}
