import { Injectable } from '@nestjs/common';
import { Clock, Transactions } from '../../platform/index.js';
import { notFound, type Outcome } from '../../shared/denial.js';
import { ok } from '../../shared/result.js';
import type { Actor } from '../councils/index.js';
import { type LoanEventRecord, type LoanFilter, LoanReadings, type LoanRecord } from './loan-readings.repository.js';

/** Loans, and what happened to them. */
@Injectable()
export class FindLoansService {
  constructor(
    private readonly transactions: Transactions,
    private readonly readings: LoanReadings,
    private readonly clock: Clock,
  ) {}

  get(actor: Actor, id: string): Promise<Outcome<LoanRecord>> {
    return this.transactions.read(actor.councilId, async (tx) => {
      const loan = await this.readings.find(tx, actor.reach, id);
      return loan ? ok(loan) : notFound();
    });
  }

  /** One more than `limit`, in the order of ids. */
  list(actor: Actor, filter: LoanFilter, after: string | null, limit: number): Promise<LoanRecord[]> {
    return this.transactions.read(actor.councilId, async (tx) => {
      const today = this.clock.today(await this.readings.timeZone(tx));
      return this.readings.page(tx, actor.reach, filter, today, after, limit);
    });
  }

  /** One more than `limit`, from the beginning of the loan's history. */
  events(actor: Actor, loanId: string, after: string | null, limit: number): Promise<Outcome<LoanEventRecord[]>> {
    return this.transactions.read(actor.councilId, async (tx) => {
      if (!(await this.readings.find(tx, actor.reach, loanId))) return notFound();
      return ok(await this.readings.events(tx, loanId, after, limit));
    });
  }
}
