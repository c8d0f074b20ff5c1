import { Injectable } from '@nestjs/common';
import { Audit, Clock, Transactions } from '../../../platform/index.js';
import { invalid, notFound, type Outcome, refusedFor } from '../../../shared/denial.js';
import { ok } from '../../../shared/result.js';
import { type Actor, type Family, reachInto, reachOver } from '../../councils/index.js';
import { SharedFilesService } from '../../households/index.js';
import { type Agreement, withoutSignatories } from '../domain/agreement.rules.js';
import { type AgreementText, hashOfText, onlineFaults, onlineRefusals } from '../domain/agreement-text.rules.js';
import { LoanReadingsRepository, type LoanRecord } from '../list/loan-readings.repository.js';
import { loanEvent } from '../record/loan-event.js';
import { LoanRecorder } from '../record/loan-recorder.js';
import { LoansRepository } from '../record/loans.repository.js';
import { AgreementTextsService } from './agreement-texts.service.js';
import { type LoanSignature, LoanSignaturesRepository } from './loan-signatures.repository.js';

/** What a family signs online: its name, under the words that it has read. */
export interface OnlineSignature extends Agreement {
  /** In which it was read. */
  readonly language: string | null;
  /** `hash` of the text that was read. */
  readonly textHash: string | null;
}

/** A loan's agreement as it can be read and signed. */
export interface LoanAgreement {
  readonly loan: LoanRecord;
  readonly termsVersion: string;
  /** `to_sign`: the policy asks for it; `over`: the loan is closed. */
  readonly state: 'to_sign' | 'signed' | 'over';
  /** The words that were signed online, else those that hold now; null where the council has not written them. */
  readonly text: (AgreementText & { readonly hash: string }) | null;
  /** What was signed online; null where that was another contact of the family, or on paper. */
  readonly signature: Pick<LoanSignature, 'signatoryName' | 'signedAt'> | null;
}

/** Shows a family the agreement of its loan in its language, and takes its signature. */
@Injectable()
export class OnlineAgreementService {
  constructor(
    private readonly transactions: Transactions,
    private readonly loans: LoansRepository,
    private readonly recorder: LoanRecorder,
    private readonly readings: LoanReadingsRepository,
    private readonly texts: AgreementTextsService,
    private readonly signatures: LoanSignaturesRepository,
    private readonly shared: SharedFilesService,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Of several texts that are asked for, the first is shown until it is signed. */
  read(actor: Actor, loanId: string, language: string | null): Promise<Outcome<LoanAgreement>> {
    return this.transactions.read(actor.councilId, async (tx) => {
      const loan = await this.readings.find(tx, await reachOver(actor, () => this.readings.householdOf(tx, loanId)), loanId);
      if (!loan) return notFound();
      const asked = loan.agreementTermsAsked?.[0];
      const termsVersion = asked ?? loan.agreement.termsVersion;
      const contactId = actor.family?.contactId ?? null;
      const signed = await this.signatures.find(tx, loanId, termsVersion);
      const signature = contactId === null || signed?.contactId === contactId ? signed : null;
      const text = signature ?? (await this.texts.forReader(tx, termsVersion, language, contactId));
      return ok({
        loan: await this.shared.one(tx, actor, loan, withoutSignatories),
        termsVersion,
        state: loan.state === 'closed' ? 'over' : asked === undefined ? 'signed' : 'to_sign',
        text: text && { language: text.language, body: text.body, hash: hashOfText(text.body) },
        signature: signature && { signatoryName: signature.signatoryName, signedAt: signature.signedAt },
      });
    });
  }

  /**
   * Signs as the contact who is signed in. Only a text that is asked for can be signed, and only in the words that hold now. Signing again is
   * answered as the first time.
   */
  sign(actor: Actor, { householdId, contactId }: Family, loanId: string, given: OnlineSignature): Promise<Outcome<LoanRecord>> {
    return this.transactions.write(actor, async (tx) => {
      if ((await this.readings.householdOf(tx, loanId)) !== householdId) return notFound();
      const loan = await this.loans.lock(tx, reachInto(actor, householdId), loanId);
      if (!loan) return notFound();
      const { signatoryName, termsVersion, language, textHash } = given;
      const faults = onlineFaults(given);
      if (faults.length > 0 || language === null || textHash === null) return invalid(...faults);
      const before = await this.signatures.find(tx, loanId, termsVersion);
      if (before?.contactId !== contactId) {
        const present = await this.texts.inLanguage(tx, { termsVersion, language });
        const asked = loan.agreementTermsAsked ?? [];
        const reasons = onlineRefusals({ ...loan, asked, termsVersion, textHash, present });
        if (reasons.length > 0 || present === null) return refusedFor(reasons);
        const signedAt = this.clock.now();
        await this.signatures.insert(tx, loanId, { termsVersion, contactId, signatoryName, language, body: present.body, signedAt });
        const agreement = { signatoryName, method: 'online', termsVersion } as const;
        const entered = await this.recorder.enter(tx, actor, loan, {
          agreement,
          events: [loanEvent('agreement_signed', { termsVersion })],
        });
        if (!entered.ok) return entered;
        await this.audit.record(tx, { actor: actor.id, action: 'loan.agreement_signed', subject: loanId, fields: ['agreement'] });
      }
      return ok(await this.shared.one(tx, actor, await this.readings.writtenLoan(tx, loanId), withoutSignatories));
    });
  }
}
