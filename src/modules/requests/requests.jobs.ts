import { Injectable } from '@nestjs/common';
import { HandlesJob, type Job } from '../../platform/index.js';
import { END_SUSPENSION, SuspensionEndService } from './suspension-end.service.js';

/** The jobs of this module. */
@Injectable()
export class RequestsJobs {
  constructor(private readonly suspensions: SuspensionEndService) {}

  @HandlesJob(END_SUSPENSION)
  endSuspension(job: Job): Promise<void> {
    return this.suspensions.end(job);
  }
}
