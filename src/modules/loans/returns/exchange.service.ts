import { Injectable } from '@nestjs/common';
import { Audit, Clock, Transactions } from '../../../platform/index.js';
import { invalid, notFound, type Outcome, refusedFor, unknownReference } from '../../../shared/denial.js';
import { ok } from '../../../shared/result.js';
import type { DeviceCondition } from '../../../shared/vocabulary.js';
import type { Actor } from '../../councils/index.js';
import { exchangeFaults, exchangeRefusals } from '../domain/exchange.rules.js';
import { LoanRecorder } from '../record/loan-recorder.js';
import { learnersOf } from '../record/loan-case.js';
import { LoanReadingsRepository, type LoanRecord } from '../list/loan-readings.repository.js';
import { LoansRepository } from '../record/loans.repository.js';

export interface Exchange {
  /** The item that the family brings back. */
  readonly itemId: string;
  /** The device that it takes home instead. */
  readonly deviceId: string;
  readonly conditionIn: DeviceCondition;
  readonly conditionOut: DeviceCondition;
  readonly reason: string;
}

/** Exchanges a broken device for another on the same loan. */
@Injectable()
export class ExchangeService {
  constructor(
    private readonly transactions: Transactions,
    private readonly loans: LoansRepository,
    private readonly recorder: LoanRecorder,
    private readonly readings: LoanReadingsRepository,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * Exchanges a device at the actor's own desk, else at the loan's site: the one device comes back there and the other leaves from there, for
   * no line.
   */
  exchange(actor: Actor, loanId: string, { itemId, deviceId, conditionIn, conditionOut, reason }: Exchange): Promise<Outcome<LoanRecord>> {
    return this.transactions.write(actor, async (tx) => {
      const loan = await this.loans.lock(tx, actor.reach, loanId, deviceId);
      if (!loan) return notFound();
      const siteId = actor.reach.siteId ?? loan.siteId;
      const item = loan.items.find(({ id }) => id === itemId);
      // A device counts as unknown when the site is not within the actor's reach.
      const device = (await this.loans.isSiteInReach(tx, actor.reach, siteId)) ? await this.loans.device(tx, deviceId) : null;
      if (!item || !device)
        return invalid(...(item ? [] : [unknownReference('/itemId')]), ...(device ? [] : [unknownReference('/deviceId')]));

      const faults = exchangeFaults({ item, device });
      if (faults.length > 0) return invalid(...faults);
      const today = this.clock.today((await this.loans.settings(tx)).timeZone);
      const learners = item.lineLearnerIds.length > 0 ? learnersOf(item, loan) : loan.household.learners;
      const reasons = exchangeRefusals({ item, device, learners, siteId, today });
      if (reasons.length > 0) return refusedFor(reasons);

      const entered = await this.recorder.enter(tx, actor, loan, {
        settlements: [{ item, move: 'return', deviceMove: 'take_back', condition: conditionIn, siteId, reason }],
        added: { device, conditionOut, reason },
      });
      if (!entered.ok) return entered;
      await this.audit.record(tx, { actor: actor.id, action: 'loan.item_exchanged', subject: loanId, fields: ['items'], reason });
      return ok(await this.readings.writtenLoan(tx, loanId));
    });
  }
}
