import { Injectable } from '@nestjs/common';
import { HandlesJob, type JobOf } from '../../../platform/index.js';
import { OFFER_POSTED, PrintBatchesService } from './print-batches.service.js';

/** The jobs that follow when letters were printed. */
@Injectable()
export class PrintingJobs {
  constructor(private readonly batches: PrintBatchesService) {}

  @HandlesJob(OFFER_POSTED)
  offerPosted(job: JobOf<typeof OFFER_POSTED>): Promise<void> {
    return this.batches.offerPosted(job);
  }
}
