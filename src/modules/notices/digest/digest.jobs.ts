import { Injectable } from '@nestjs/common';
import { HandlesJob, type Job } from '../../../platform/index.js';
import { DIGEST_MAIL, DigestService, MORNING } from './digest.service.js';

/** The jobs of the mornings. */
@Injectable()
export class DigestJobs {
  constructor(private readonly digests: DigestService) {}

  @HandlesJob(MORNING)
  morning(job: Job): Promise<void> {
    return this.digests.morning(job);
  }

  @HandlesJob(DIGEST_MAIL)
  deliver(job: Job): Promise<void> {
    return this.digests.deliver(job);
  }
}
