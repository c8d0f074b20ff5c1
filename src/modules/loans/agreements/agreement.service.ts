import { Injectable } from '@nestjs/common';
import { Audit, Transactions } from '../../../platform/index.js';
import { notFound, type Outcome, refusedFor } from '../../../shared/denial.js';
import { ok } from '../../../shared/result.js';
import type { Actor } from '../../councils/index.js';
import { termsOf } from './agreement-terms.js';
import { type Agreement, agreementRefusals } from '../domain/agreement.rules.js';
import { LoanRecorder } from '../record/loan-recorder.js';
import { scopeOf } from '../record/loan-case.js';
import { loanEvent } from '../record/loan-event.js';
import { LoanReadingsRepository, type LoanRecord } from '../list/loan-readings.repository.js';
import { LoansRepository } from '../record/loans.repository.js';

/** Records another signature of the agreement of an open loan. */
@Injectable()
export class AgreementService {
  constructor(
    private readonly transactions: Transactions,
    private readonly loans: LoansRepository,
    private readonly recorder: LoanRecorder,
    private readonly readings: LoanReadingsRepository,
    private readonly audit: Audit,
  ) {}

  /**
   * Only a text that is in force now can be signed. When several are, each is signed for itself, and the last one is the present agreement. A
   * text that was signed before may be signed again, by another person.
   */
  sign(actor: Actor, loanId: string, agreement: Agreement): Promise<Outcome<LoanRecord>> {
    return this.transactions.write(actor, async (tx) => {
      const loan = await this.loans.lock(tx, actor.reach, loanId);
      if (!loan) return notFound();
      const termsFor = termsOf((await this.loans.settings(tx)).rules);
      const out = loan.items.filter(({ state }) => state === 'on_loan');
      const { termsVersion } = agreement;
      const reasons = agreementRefusals(
        loan,
        termsVersion,
        out.map((item) => termsFor(scopeOf(item, loan))),
      );
      if (reasons.length > 0) return refusedFor(reasons);
      const entered = await this.recorder.enter(tx, actor, loan, { agreement, events: [loanEvent('agreement_signed', { termsVersion })] });
      if (!entered.ok) return entered;
      await this.audit.record(tx, { actor: actor.id, action: 'loan.agreement_signed', subject: loanId, fields: ['agreement'] });
      return ok(await this.readings.writtenLoan(tx, loanId));
    });
  }
}
