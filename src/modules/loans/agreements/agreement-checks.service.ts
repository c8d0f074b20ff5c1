import { Injectable } from '@nestjs/common';
import { Clock, Id, type Job, jobKind, type JobOf, LONGEST_TRANSACTION_MS, Outbox } from '../../../platform/index.js';
import type { LoanPolicyRule } from '../../councils/index.js';
import { AGREEMENTS_ASKED } from '../loans.events.js';
import { AgreementsRepository, type LoanAskedAgreement, type LoanToSign } from './agreements.repository.js';
import { termsOf } from './agreement-terms.js';
import { askedAgreement, isAskedOtherwise, isNewlyAsked } from '../domain/agreement.rules.js';
import { scopeOf } from '../record/loan-case.js';
import { LoansRepository } from '../record/loans.repository.js';

/** Checks the agreements of a council's next open loans. */
export const CHECK_AGREEMENTS = jobKind('loans.check_agreements', { after: Id.optional(Id.text) }, { lane: 'bulk' });
/** A batch takes some hundredths of a second, during which those of its loans are locked that change. */
const BATCH = 500;

/** A loan as it was, and the signatures that are asked for now. */
interface AgreementCheck {
  readonly before: LoanToSign;
  readonly after: LoanAskedAgreement;
}

/** Finds the open loans for which the loan policy now names another agreement text than was signed. */
@Injectable()
export class AgreementChecksService {
  constructor(
    private readonly agreements: AgreementsRepository,
    private readonly loans: LoansRepository,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * Checks every open loan now, and all of them once more when every transaction has ended that may still hand devices over by the old rules:
   * neither ids nor clocks tell which loans those transactions make.
   */
  textsChanged(job: Job): Promise<void> {
    return job.complete(async (tx) => {
      await this.outbox.add(tx, CHECK_AGREEMENTS, {});
      const at = new Date(this.clock.now().getTime() + LONGEST_TRANSACTION_MS);
      await this.outbox.add(tx, CHECK_AGREEMENTS, {}, { at });
    });
  }

  /** The rules are read when the batch has its turn: a later change of the rules starts checks of its own, which come after this one. */
  next(job: JobOf<typeof CHECK_AGREEMENTS>): Promise<void> {
    const { after = null } = job.ids;
    return job.complete(async (tx) => {
      await this.agreements.takeTurn(tx);
      const { rules } = await this.loans.settings(tx);
      const now = this.clock.now();
      const batch = await this.agreements.next(tx, after, BATCH);
      const suspects = changedChecks(batch, rules, now).map(({ before }) => before.id);
      const checks = suspects.length > 0 ? changedChecks(await this.agreements.lock(tx, suspects), rules, now) : [];
      const asked = checks.map((check) => check.after);
      await this.agreements.write(tx, asked, now);
      const newly = checks.filter((check) => isNewlyAsked(check.before, check.after)).map(({ before }) => before.id);
      const [first, last] = [newly[0], newly.at(-1)];
      if (first !== undefined && last !== undefined) await this.outbox.announce(tx, AGREEMENTS_ASKED, { first, last });
      const end = batch.at(-1);
      if (end && batch.length === BATCH) await this.outbox.add(tx, CHECK_AGREEMENTS, { after: end.id });
    });
  }
}

/** Returns the loans for which other signatures are asked than before, by these rules. */
function changedChecks(loans: readonly LoanToSign[], rules: readonly LoanPolicyRule[], now: Date): AgreementCheck[] {
  const termsFor = termsOf(rules);
  return loans
    .map((before) => {
      const inForce = before.items.map((item) => termsFor(scopeOf(item, before)));
      return { before, after: { id: before.id, ...askedAgreement(before, inForce, now) } };
    })
    .filter(({ before, after }) => isAskedOtherwise(before, after));
}
