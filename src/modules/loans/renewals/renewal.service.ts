import { Injectable } from '@nestjs/common';
import { Audit, Clock, Transactions, type Tx } from '../../../platform/index.js';
import type { Day } from '../../../shared/day.js';
import { forbidden, invalid, notFound, type Outcome, stale } from '../../../shared/denial.js';
import type { Refusal } from '../../../shared/refusal.js';
import { poolKey } from '../../../shared/pool.js';
import { ok } from '../../../shared/result.js';
import { type ExpectedVersion, isExpected } from '../../../shared/version.js';
import { QueueAheadCounter } from '../../allocation/index.js';
import { type Actor, type LoanPolicy, mayOverride, reachOver, resolvePolicy, SHIPPED_LOAN_POLICY } from '../../councils/index.js';
import { SharedFilesService } from '../../households/index.js';
import { withoutSignatories } from '../domain/agreement.rules.js';
import { overrideOf } from '../domain/override.rules.js';
import { RENEWAL_REFUSALS, type RenewalFacts, renewalFaults, renewalRefusals, renewedDueOn } from '../domain/renewal.rules.js';
import { LoanRecorder } from '../record/loan-recorder.js';
import { type LoanCase, type LoanSettings, schoolsOf, scopeOf } from '../record/loan-case.js';
import { loanEvent } from '../record/loan-event.js';
import { LoanReadingsRepository, type LoanRecord } from '../list/loan-readings.repository.js';
import { LoansRepository } from '../record/loans.repository.js';

export interface Renewal {
  /** A due day that a person typed; null when the policy decides. */
  readonly dueOn: Day | null;
  readonly reason: string | null;
  readonly override: { readonly reason: string } | null;
}

/** One item with its policy, and whether others wait for its device. */
interface RenewalItem {
  readonly facts: RenewalFacts;
  readonly policy: LoanPolicy;
}

/** Renews loans. */
@Injectable()
export class RenewalService {
  constructor(
    private readonly transactions: Transactions,
    private readonly loans: LoansRepository,
    private readonly ahead: QueueAheadCounter,
    private readonly recorder: LoanRecorder,
    private readonly readings: LoanReadingsRepository,
    private readonly shared: SharedFilesService,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * Renews a loan, or returns every reason against it. When its items are under several policies, the reasons of each count, and the earliest
   * of their due days holds. The grace days stay as they were at the hand-over. A family renews by the policy's days and overrides nothing.
   */
  /** `expected` is what the caller has seen of the loan: the same form that is sent twice renews once. */
  renew(actor: Actor, loanId: string, asked: Renewal, expected: ExpectedVersion = 'any'): Promise<Outcome<LoanRecord>> {
    return this.transactions.write(actor, async (tx) => {
      const loan = await this.loans.lock(tx, await reachOver(actor, () => this.readings.householdOf(tx, loanId)), loanId);
      if (!loan) return notFound();
      if (!isExpected(expected, loan.version)) return stale();
      if (actor.family && (asked.dueOn !== null || asked.override !== null))
        return forbidden('staff names another day, and overrides reasons');
      const settings = await this.loans.settings(tx);
      const today = this.clock.today(settings.timeZone);
      const faults = renewalFaults(asked, loan, today);
      if (faults.length > 0) return invalid(...faults);

      const out = await this.itemsOut(tx, loan, settings, today);
      const reasons = reasonsOf(out, today);
      const override = overrideOf(reasons, asked.override, mayOverride(actor, schoolsOf(loan.household)));
      if (!override.ok) return override;
      const overridden = override.value;

      const dueOn = asked.dueOn ?? earliestDueOn(out, today, new Set(settings.closedDays));
      const events = [loanEvent('renewed', { dueOn, reason: asked.reason }), ...(overridden ? [loanEvent('overridden', overridden)] : [])];
      const entered = await this.recorder.enter(tx, actor, loan, { dueOn, renewals: loan.renewals + 1, events });
      if (!entered.ok) return entered;
      await this.audit.record(tx, {
        actor: actor.id,
        action: 'loan.renewed',
        subject: loanId,
        fields: ['dueOn', 'renewals'],
        reason: asked.reason,
      });
      if (overridden) {
        const { codes: fields, reason } = overridden;
        await this.audit.record(tx, { actor: actor.id, action: 'loan.renewal_overridden', subject: loanId, fields, reason });
      }
      return ok(await this.shared.one(tx, actor, await this.readings.writtenLoan(tx, loanId), withoutSignatories));
    });
  }

  /** Returns what the decision reads of each item: of those that are out, or of all when none is. */
  private async itemsOut(tx: Tx, loan: LoanCase, { rules }: LoanSettings, today: Day): Promise<RenewalItem[]> {
    const out = loan.items.filter(({ state }) => state === 'on_loan');
    const items: RenewalItem[] = [];
    const waiting = new Map<string, number>();
    for (const item of out.length > 0 ? out : loan.items) {
      const pool = poolKey(item.device);
      const waitedForBy = waiting.get(pool) ?? (await this.ahead.count(tx, { ...item.device, today }, loan.householdId, null, 1));
      waiting.set(pool, waitedForBy);
      // The grace days of the hand-over count, whatever the policy says since.
      const policy = { ...resolvePolicy(rules, SHIPPED_LOAN_POLICY, scopeOf(item, loan)).values, graceDays: loan.graceDays };
      items.push({ facts: { ...loan, waitedForBy }, policy });
    }
    return items;
  }
}

/** Returns the reasons that hold for any item, each once, in the API's order. */
function reasonsOf(items: readonly RenewalItem[], today: Day): Refusal[] {
  const all = items.flatMap(({ facts, policy }) => renewalRefusals(facts, policy, today));
  return Object.keys(RENEWAL_REFUSALS).flatMap((code) => all.find((reason) => reason.code === code) ?? []);
}

function earliestDueOn(items: readonly RenewalItem[], today: Day, closedDays: ReadonlySet<Day>): Day {
  return items
    .map(({ facts, policy }) => renewedDueOn(facts, policy, today, closedDays))
    .reduce((one, other) => (one < other ? one : other));
}
