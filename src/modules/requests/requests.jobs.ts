import { Injectable } from '@nestjs/common';
import { HandlesEvent, HandlesJob, type Job } from '../../platform/index.js';
import { LineScorer } from './priority/line-scorer.js';
import { RerankService } from './priority/rerank.service.js';
import { RERANK, SCORE_HOUSEHOLD, SCORE_LINE } from './priority/score-jobs.js';
import { END_SUSPENSION, PLAN_SUSPENSIONS, SuspensionEndService } from './lines/suspension-end.service.js';

/** The jobs of this module. */
@Injectable()
export class RequestsJobs {
  constructor(
    private readonly suspensions: SuspensionEndService,
    private readonly scores: LineScorer,
    private readonly reranking: RerankService,
  ) {}

  @HandlesJob(END_SUSPENSION)
  endSuspension(job: Job): Promise<void> {
    return this.suspensions.end(job);
  }

  @HandlesEvent('council.time_zone_changed', 'suspensions')
  timeZoneChanged(job: Job): Promise<void> {
    return this.suspensions.timeZoneChanged(job);
  }

  @HandlesJob(PLAN_SUSPENSIONS, { lane: 'bulk' })
  planSuspensions(job: Job): Promise<void> {
    return this.suspensions.planAgain(job);
  }

  @HandlesEvent('household.changed', 'priority')
  householdChanged(job: Job): Promise<void> {
    return this.scores.household(job);
  }

  @HandlesEvent('household.holding_changed', 'priority')
  holdingChanged(job: Job): Promise<void> {
    return this.scores.household(job);
  }

  @HandlesEvent('household.need_changed', 'priority')
  needChanged(job: Job): Promise<void> {
    return this.scores.household(job);
  }

  @HandlesEvent('school.index_changed', 'priority')
  schoolIndexChanged(job: Job): Promise<void> {
    return job.complete((tx) => this.reranking.askForAll(tx));
  }

  /** Waiting is counted in days of the council's calendar. */
  @HandlesEvent('council.time_zone_changed', 'priority')
  waitingDaysChanged(job: Job): Promise<void> {
    return job.complete((tx) => this.reranking.askForAll(tx));
  }

  @HandlesJob(SCORE_HOUSEHOLD)
  scoreHousehold(job: Job): Promise<void> {
    return this.scores.household(job);
  }

  @HandlesJob(SCORE_LINE)
  scoreLine(job: Job): Promise<void> {
    return this.scores.line(job);
  }

  @HandlesJob(RERANK, { lane: 'bulk' })
  rerank(job: Job): Promise<void> {
    return this.reranking.next(job);
  }
}
