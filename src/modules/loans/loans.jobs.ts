import { Injectable } from '@nestjs/common';
import { HandlesEvent, HandlesJob, type Job } from '../../platform/index.js';
import { AgreementChecksService, CHECK_AGREEMENTS } from './agreements/agreement-checks.service.js';

/** The jobs of this module. */
@Injectable()
export class LoansJobs {
  constructor(private readonly agreements: AgreementChecksService) {}

  @HandlesEvent('council.agreement_texts_changed', 'loans', { lane: 'bulk' })
  textsChanged(job: Job): Promise<void> {
    return this.agreements.textsChanged(job);
  }

  @HandlesJob(CHECK_AGREEMENTS, { lane: 'bulk' })
  checkAgreements(job: Job): Promise<void> {
    return this.agreements.next(job);
  }
}
