import { addDays, onOpenDay, type Day } from '../../../shared/day.js';
import type { Fault } from '../../../shared/denial.js';
import type { LoanState } from './loan-item.machine.js';
import type { LoanLength, LoanPolicy } from '../../councils/index.js';

/** The longest loan that a policy may name (`POLICY_VALUES.loanDays`). */
const LONGEST_LOAN_DAYS = 3650;

type LengthPolicy = LoanLength & Pick<LoanPolicy, 'closedDay'>;

/**
 * The day on which a loan handed over `today` is due by its policies, one a device: the earliest of them. It moves off a closed day as
 * each policy says, and never lies before the hand-over, be a fixed end already past.
 */
export function dueOnByPolicy(policies: readonly [LengthPolicy, ...LengthPolicy[]], today: Day, closedDays: ReadonlySet<Day>): Day {
  const [first, ...others] = policies.map((policy) => {
    const end = policy.fixedDueOn ?? addDays(today, policy.loanDays);
    return later(today, onOpenDay(later(today, end), policy.closedDay, closedDays));
  }) as [Day, ...Day[]];
  return others.reduce((earliest, dueOn) => (dueOn < earliest ? dueOn : earliest), first);
}

/** What is wrong with a due day that a person typed; it is kept as it is, on a closed day too. */
export function typedDueOnFaults(dueOn: Day, today: Day): Fault[] {
  if (dueOn < today) return [{ pointer: '/dueOn', code: 'DAY_PASSED', message: 'must be today or later' }];
  const last = addDays(today, LONGEST_LOAN_DAYS);
  return dueOn > last ? [{ pointer: '/dueOn', code: 'OUT_OF_RANGE', message: `must not be after ${last}` }] : [];
}

/** The first day on which a loan is overdue: the day after its grace. */
export function overdueFrom(dueOn: Day, graceDays: number): Day {
  return addDays(dueOn, graceDays + 1);
}

/** Derived everywhere, stored nowhere: an open loan is overdue while today > due day + grace days. */
export function isOverdue(loan: { readonly state: LoanState; readonly dueOn: Day }, graceDays: number, today: Day): boolean {
  return loan.state === 'open' && today >= overdueFrom(loan.dueOn, graceDays);
}

function later(one: Day, other: Day): Day {
  return one > other ? one : other;
}
