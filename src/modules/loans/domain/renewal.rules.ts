import { addDays, onOpenDay, type Day } from '../../../shared/day.js';
import type { Fault } from '../../../shared/denial.js';
import { refusalsHolding, type Refusal, type RefusalTable } from '../../../shared/refusal.js';
import { argumentFaults } from '../../../shared/arguments.js';
import { isOverdue, typedDueOnFaults } from './due-day.rules.js';
import type { LoanState } from './loan-item.machine.js';
import type { LoanPolicy } from '../../councils/index.js';

/** Reasons against a renewal, in the order in which the API lists them. */
export const RENEWAL_REFUSALS = {
  LOAN_CLOSED: { overridable: false, message: 'This loan is closed: nothing of it is left to renew.' },
  LOAN_RECALLED: { overridable: true, message: 'The school has asked for this loan back; it cannot be kept longer.' },
  LOAN_OVERDUE: { overridable: true, message: 'This loan is overdue; bring it back, or ask at the desk.' },
  RENEWAL_LIMIT_REACHED: { overridable: true, message: 'This loan was renewed as often as the policy allows.' },
  WAITED_FOR_BY_OTHERS: { overridable: true, message: 'Another family is waiting for a device like this one.' },
} as const satisfies RefusalTable;
export type RenewalRefusal = keyof typeof RENEWAL_REFUSALS;

/** What the decision reads of a loan, so that a test needs no database. */
export interface RenewalFacts {
  readonly state: LoanState;
  readonly dueOn: Day;
  readonly recalledOn: Day | null;
  readonly renewals: number;
  /** How many waiting lines one of the loan's devices could serve. */
  readonly waitedForBy: number;
}

export type RenewalPolicy = Pick<LoanPolicy, 'renewals' | 'renewalDays' | 'shortenedDays' | 'graceDays' | 'renewWhenWaited' | 'closedDay'>;

/** Returns every reason against a renewal on `today`; an empty list when it may be renewed. */
export function renewalRefusals(loan: RenewalFacts, policy: RenewalPolicy, today: Day): Refusal<RenewalRefusal>[] {
  return refusalsHolding(RENEWAL_REFUSALS, {
    LOAN_CLOSED: loan.state === 'closed',
    LOAN_RECALLED: loan.recalledOn !== null,
    LOAN_OVERDUE: isOverdue(loan, policy.graceDays, today),
    RENEWAL_LIMIT_REACHED: loan.renewals >= policy.renewals,
    WAITED_FOR_BY_OTHERS: loan.waitedForBy > 0 && policy.renewWhenWaited === 'refuse',
  });
}

/**
 * Returns the new due day. It counts from the old one, so that an early renewal costs nothing, or from today when the old one has passed, so
 * that the renewed loan is not late at once. When the open day before would give the family no time, it is the open day after.
 */
export function renewedDueOn(
  loan: Pick<RenewalFacts, 'dueOn' | 'waitedForBy'>,
  policy: RenewalPolicy,
  today: Day,
  closedDays: ReadonlySet<Day>,
): Day {
  const shorten = loan.waitedForBy > 0 && policy.renewWhenWaited === 'shorten';
  const days = shorten ? Math.min(policy.shortenedDays, policy.renewalDays) : policy.renewalDays;
  const from = loan.dueOn < today ? today : loan.dueOn;
  const end = addDays(from, days);
  const dueOn = onOpenDay(end, policy.closedDay, closedDays);
  return dueOn <= from ? onOpenDay(end, 'day_after', closedDays) : dueOn;
}

/**
 * Returns what is wrong with a due day that a person typed. It is kept as typed; it needs a reason, and must be later than the present one.
 */
export function renewalFaults(
  asked: { readonly dueOn?: Day | null; readonly reason?: string | null },
  loan: Pick<RenewalFacts, 'dueOn'>,
  today: Day,
): Fault[] {
  const needs = asked.dueOn ? [['dueOn'] as const, ['reason'] as const] : [];
  const faults = argumentFaults(['dueOn', 'reason'], { needs, takes: [] }, asked);
  if (!asked.dueOn) return faults;
  faults.push(...typedDueOnFaults(asked.dueOn, today));
  if (asked.dueOn <= loan.dueOn) faults.push({ pointer: '/dueOn', code: 'NOT_LATER', message: 'must be later than the present due day' });
  return faults;
}
