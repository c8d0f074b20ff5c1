import { Injectable } from '@nestjs/common';
import { HandlesEvent, HandlesJob, type JobOf } from '../../platform/index.js';
import { STREAMS_CHANGED } from '../councils/index.js';
import { HOUSEHOLD_CHANGED } from '../households/index.js';
import { HOLDING_CHANGED } from '../inventory/index.js';
import { RECOMPUTE_NEXT, RecomputeNeedsService } from './computing/recompute-needs.service.js';

/** Handles the events that change needs: of the household's file, what is lent to it, and the settings of council and school. */
@Injectable()
export class NeedsJobs {
  constructor(private readonly recomputation: RecomputeNeedsService) {}

  @HandlesEvent(HOUSEHOLD_CHANGED, 'needs')
  householdChanged(job: JobOf<typeof HOUSEHOLD_CHANGED>): Promise<void> {
    return this.recomputation.recomputeOne(job);
  }

  @HandlesEvent(HOLDING_CHANGED, 'needs')
  holdingChanged(job: JobOf<typeof HOLDING_CHANGED>): Promise<void> {
    return this.recomputation.recomputeOne(job);
  }

  @HandlesEvent(STREAMS_CHANGED, 'needs', { lane: 'bulk' })
  streamsChanged(job: JobOf<typeof STREAMS_CHANGED>): Promise<void> {
    return this.recomputation.recomputeNext(job);
  }

  @HandlesJob(RECOMPUTE_NEXT)
  next(job: JobOf<typeof RECOMPUTE_NEXT>): Promise<void> {
    return this.recomputation.recomputeNext(job);
  }
}
