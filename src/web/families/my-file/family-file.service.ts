import { Injectable } from '@nestjs/common';
import { type Offer, OffersService } from '../../../modules/allocation/index.js';
import { FindHouseholdsService, type Household } from '../../../modules/households/index.js';
import { FindLoansService, isOverdue, type LoanRecord } from '../../../modules/loans/index.js';
import { type PlacedLine, QueueService } from '../../../modules/requests/index.js';
import { Clock, orProblem } from '../../../platform/index.js';
import type { FamilyVisit } from '../../parts/signed-in/family-visit.js';

/** A family has few of each. What is older, or beyond that, is asked of the school. */
const MOST = 20;

/** A line as the file shows it: with how many wait, and what is held for it. */
export interface FileLine {
  readonly line: PlacedLine;
  /** How many wait for its class, while it waits. */
  readonly queueLength: number | null;
  /** The offer that is open, or accepted. */
  readonly offer: Offer | null;
}

export interface FileLoan {
  readonly loan: LoanRecord;
  readonly isLate: boolean;
}

export interface FamilyFile {
  readonly household: Household;
  /** The newest request first. */
  readonly lines: readonly FileLine[];
  /** The open ones, the first that is due first. */
  readonly loans: readonly FileLoan[];
}

/** Gathers what a family has asked for, is offered and has. */
@Injectable()
export class FamilyFileService {
  constructor(
    private readonly households: FindHouseholdsService,
    private readonly queue: QueueService,
    private readonly offers: OffersService,
    private readonly loans: FindLoansService,
    private readonly clock: Clock,
  ) {}

  async find({ actor }: FamilyVisit): Promise<FamilyFile> {
    const household = orProblem(await this.households.get(actor, actor.family.householdId));
    const requests = await this.queue.requestsById(actor, {}, null, MOST);
    const held = [
      ...(await this.offers.list(actor, { state: 'open' }, null, MOST)),
      ...(await this.offers.list(actor, { state: 'accepted' }, null, MOST)),
    ];
    const lines: FileLine[] = [];
    for (const line of requests.toReversed().flatMap((request) => request.lines)) {
      const placed = line.state === 'waiting' ? orProblem(await this.queue.find(actor, line.id)) : null;
      lines.push({
        line: placed ?? line,
        queueLength: placed?.queueLength ?? null,
        offer: held.find(({ lineId }) => lineId === line.id) ?? null,
      });
    }
    const loans = await this.loans.list(actor, { state: 'open' }, null, MOST);
    return { household, lines, loans: loans.map((loan) => this.asShown(loan)).toSorted(byDueDay) };
  }

  asShown(loan: LoanRecord): FileLoan {
    return { loan, isLate: isOverdue(loan, loan.graceDays, this.clock.today(loan.timeZone)) };
  }
}

const byDueDay = (one: FileLoan, other: FileLoan): number => (one.loan.dueOn < other.loan.dueOn ? -1 : 1);
