import { Injectable } from '@nestjs/common';
import { Clock, Transactions } from '../../../platform/index.js';
import { day, type Day, dayIn, endOfDay, startOfDay } from '../../../shared/day.js';
import { notFound, type Outcome } from '../../../shared/denial.js';
import { ok } from '../../../shared/result.js';
import { type Actor, reachOfList, reachOver } from '../../councils/index.js';
import { HouseholdCardsService, SharedFilesService, type WithHousehold } from '../../households/index.js';
import { withoutSignatories } from '../domain/agreement.rules.js';
import { type LoanEventRecord, type LoanFilter, LoanReadingsRepository, type LoanRecord } from './loan-readings.repository.js';

/** A list of loans as it is asked for, with days of the council's calendar. */
export interface LoanSearch extends Omit<LoanFilter, 'overdueOn' | 'notOverdueOn' | 'returned'> {
  readonly overdue?: boolean;
  readonly returnedFrom?: Day;
  /** The last day, included. */
  readonly returnedTo?: Day;
}

/** Reads loans and their history. */
@Injectable()
export class FindLoansService {
  constructor(
    private readonly transactions: Transactions,
    private readonly readings: LoanReadingsRepository,
    private readonly households: HouseholdCardsService,
    private readonly shared: SharedFilesService,
    private readonly clock: Clock,
  ) {}

  get(actor: Actor, id: string): Promise<Outcome<LoanRecord>> {
    return this.transactions.read(actor.councilId, async (tx) => {
      const loan = await this.readings.find(tx, await reachOver(actor, () => this.readings.householdOf(tx, id)), id);
      if (!loan) return notFound();
      return ok(await this.shared.one(tx, actor, loan, withoutSignatories));
    });
  }

  /** Returns loans in the order of their ids, one more than `limit`. */
  list(actor: Actor, search: LoanSearch, after: string | null, limit: number): Promise<(LoanRecord & WithHousehold)[]> {
    return this.transactions.read(actor.councilId, async (tx) => {
      const filter = filterOf(search, this.clock.now(), await this.readings.timeZone(tx));
      const { householdId, reach } = reachOfList(actor, filter.householdId);
      const loans = await this.readings.page(tx, reach, { ...filter, householdId }, after, limit);
      return this.households.attach(tx, actor, await this.shared.shown(tx, actor, loans, withoutSignatories));
    });
  }

  /** Returns events from the beginning of the loan's history, one more than `limit`. */
  events(actor: Actor, loanId: string, after: number | null, limit: number): Promise<Outcome<LoanEventRecord[]>> {
    return this.transactions.read(actor.councilId, async (tx) => {
      if (!(await this.readings.find(tx, actor.reach, loanId))) return notFound();
      return ok(await this.readings.events(tx, loanId, after, limit));
    });
  }
}

/** An end of a range that is left out lies beyond every day in use. */
const [FIRST_DAY, LAST_DAY] = [day('1900-01-01'), day('2199-12-31')];

function filterOf({ overdue, returnedFrom, returnedTo, ...filter }: LoanSearch, now: Date, timeZone: string): LoanFilter {
  const today = dayIn(now, timeZone);
  const returned = (returnedFrom ?? returnedTo) !== undefined && {
    from: startOfDay(returnedFrom ?? FIRST_DAY, timeZone),
    before: endOfDay(returnedTo ?? LAST_DAY, timeZone),
  };
  return {
    ...filter,
    ...(overdue === true && { overdueOn: today }),
    ...(overdue === false && { notOverdueOn: today }),
    ...(returned && { returned }),
  };
}
