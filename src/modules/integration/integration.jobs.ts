import { Injectable } from '@nestjs/common';
import { HandlesJob, type JobOf, Outbox } from '../../platform/index.js';
import { RUN_IMPORT } from './imports/imports.service.js';
import { RunImportService } from './imports/run-import.service.js';

/** After this time the job ends, so that other jobs have their turn, and adds one for the rest. It is much shorter than the lease. */
const SLICE_MILLISECONDS = 5_000;
/** The attempts of one part, after which the import is ended for good. */
const MOST_TRIES = 6;

@Injectable()
export class IntegrationJobs {
  constructor(
    private readonly imports: RunImportService,
    private readonly outbox: Outbox,
  ) {}

  @HandlesJob(RUN_IMPORT)
  async run(job: JobOf<typeof RUN_IMPORT>): Promise<void> {
    const { importId } = job.ids;
    if (job.attempt > MOST_TRIES) return job.complete((tx) => this.imports.giveUp(tx, importId));
    const end = performance.now() + SLICE_MILLISECONDS;
    const isMore = await this.imports.advance(job.councilId, importId, () => performance.now() >= end);
    if (isMore) await job.complete((tx) => this.outbox.add(tx, RUN_IMPORT, { importId }));
  }
}
