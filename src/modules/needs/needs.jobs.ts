import { Injectable } from '@nestjs/common';
import { HandlesEvent, HandlesJob, type Job } from '../../platform/index.js';
import { RECOMPUTE_NEXT, RecomputeNeedsService } from './recompute-needs.service.js';

/** What changes a need: the household's file, what is lent to it, and what the council or the school has set. */
@Injectable()
export class NeedsJobs {
  constructor(private readonly recomputation: RecomputeNeedsService) {}

  @HandlesEvent('household.changed', 'needs')
  householdChanged(job: Job): Promise<void> {
    return this.recomputation.one(job);
  }

  @HandlesEvent('household.holding_changed', 'needs')
  holdingChanged(job: Job): Promise<void> {
    return this.recomputation.one(job);
  }

  @HandlesEvent('council.streams_changed', 'needs', { lane: 'bulk' })
  streamsChanged(job: Job): Promise<void> {
    return this.recomputation.next(job);
  }

  @HandlesJob(RECOMPUTE_NEXT, { lane: 'bulk' })
  next(job: Job): Promise<void> {
    return this.recomputation.next(job);
  }
}
