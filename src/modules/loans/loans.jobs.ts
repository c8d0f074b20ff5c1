import { Injectable } from '@nestjs/common';
import { HandlesEvent, HandlesJob, type Job, type JobOf } from '../../platform/index.js';
import { AGREEMENT_TEXTS_CHANGED } from '../councils/index.js';
import { AgreementChecksService, CHECK_AGREEMENTS } from './agreements/agreement-checks.service.js';

/** The jobs of this module. */
@Injectable()
export class LoansJobs {
  constructor(private readonly agreements: AgreementChecksService) {}

  @HandlesEvent(AGREEMENT_TEXTS_CHANGED, 'loans', { lane: 'bulk' })
  textsChanged(job: Job): Promise<void> {
    return this.agreements.textsChanged(job);
  }

  @HandlesJob(CHECK_AGREEMENTS)
  checkAgreements(job: JobOf<typeof CHECK_AGREEMENTS>): Promise<void> {
    return this.agreements.next(job);
  }
}
