import { Injectable } from '@nestjs/common';
import { textLanguage } from '../../../shared/language.js';
import { Audit, Clock, Transactions, type Tx } from '../../../platform/index.js';
import { addDays, type Day, onOpenDay } from '../../../shared/day.js';
import { type Fault, invalid, notFound, type Outcome, refusedFor, stale } from '../../../shared/denial.js';
import { ok } from '../../../shared/result.js';
import { type ExpectedVersion, isExpected } from '../../../shared/version.js';
import { type Actor, COUNCIL_WIDE, CouncilsRepository } from '../../councils/index.js';
import { DEPARTURE_WORDS } from '../domain/departure.texts.js';
import { dueDateRefusals, recallFaults } from '../domain/due-date-change.rules.js';
import { typedDueOnFaults } from '../domain/due-day.rules.js';
import { type LoanEntry, LoanRecorder } from '../record/loan-recorder.js';
import type { LoanCase } from '../record/loan-case.js';
import { loanEvent } from '../record/loan-event.js';
import { LoanReadingsRepository, type LoanRecord } from '../list/loan-readings.repository.js';
import { LoansRepository } from '../record/loans.repository.js';

/** When a learner has left, the family has so many days to bring back what was lent for that learner. */
const DEPARTURE_DAYS = 14;

export interface NewDueDate {
  readonly dueOn: Day;
  readonly reason: string;
}

/** Changes the due day of loans, and recalls loans. */
@Injectable()
export class DueDateService {
  constructor(
    private readonly transactions: Transactions,
    private readonly loans: LoansRepository,
    private readonly recorder: LoanRecorder,
    private readonly readings: LoanReadingsRepository,
    private readonly councils: CouncilsRepository,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  change(actor: Actor, loanId: string, expected: ExpectedVersion, { dueOn, reason }: NewDueDate): Promise<Outcome<LoanRecord>> {
    return this.transactions.write(actor, async (tx) => {
      const loan = await this.loans.lock(tx, actor.reach, loanId);
      if (!loan) return notFound();
      if (!isExpected(expected, loan.version)) return stale();
      const faults = typedDueOnFaults(dueOn, await this.today(tx));
      const entry = { dueOn, events: [loanEvent('due_date_changed', { dueOn, reason })] };
      return this.enter(tx, actor, loan, faults, entry, { action: 'loan.due_date_changed', fields: ['dueOn'], reason });
    });
  }

  /** Recalls a loan: from now on it cannot be renewed, and it is due on the given day. */
  recall(actor: Actor, loanId: string, asked: NewDueDate): Promise<Outcome<LoanRecord>> {
    return this.transactions.write(actor, async (tx) => {
      const loan = await this.loans.lock(tx, actor.reach, loanId);
      return loan ? this.recallLocked(tx, actor, loan, asked) : notFound();
    });
  }

  /**
   * Recalls a loan because the learner for whom it was made leaves the household, which the caller has locked. It is due in two weeks, or on
   * its due day if that is earlier.
   */
  async recallForDeparture(tx: Tx, actor: Actor, loanId: string): Promise<Outcome<LoanRecord>> {
    const loan = await this.loans.lock(tx, COUNCIL_WIDE, loanId);
    if (!loan) return notFound();
    const { timeZone, closedDays } = await this.loans.settings(tx);
    const today = this.clock.today(timeZone);
    const end = onOpenDay(addDays(today, DEPARTURE_DAYS), 'day_after', new Set(closedDays));
    const dueOn = loan.dueOn >= today && loan.dueOn < end ? loan.dueOn : end;
    const { locale } = await this.councils.facts(tx);
    return this.recallLocked(tx, actor, loan, { dueOn, reason: DEPARTURE_WORDS[textLanguage(locale)] });
  }

  private async recallLocked(tx: Tx, actor: Actor, loan: LoanCase, { dueOn, reason }: NewDueDate): Promise<Outcome<LoanRecord>> {
    const today = await this.today(tx);
    const entry = { dueOn, recalledOn: today, events: [loanEvent('recalled', { dueOn, reason })] };
    const audited = { action: 'loan.recalled', fields: ['dueOn', 'recalledOn'], reason };
    return this.enter(tx, actor, loan, recallFaults(dueOn, loan, today), entry, audited);
  }

  private async today(tx: Tx): Promise<Day> {
    return this.clock.today((await this.loans.settings(tx)).timeZone);
  }

  private async enter(
    tx: Tx,
    actor: Actor,
    loan: LoanCase,
    faults: readonly Fault[],
    entry: LoanEntry,
    audited: { action: string; fields: string[]; reason: string },
  ): Promise<Outcome<LoanRecord>> {
    if (faults.length > 0) return invalid(...faults);
    const reasons = dueDateRefusals(loan);
    if (reasons.length > 0) return refusedFor(reasons);
    const entered = await this.recorder.enter(tx, actor, loan, entry);
    if (!entered.ok) return entered;
    await this.audit.record(tx, { actor: actor.id, subject: loan.id, ...audited });
    return ok(await this.readings.writtenLoan(tx, loan.id));
  }
}
