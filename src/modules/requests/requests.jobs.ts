import { Injectable } from '@nestjs/common';
import { HandlesEvent, HandlesJob, type Job, type JobOf } from '../../platform/index.js';
import { SCHOOL_INDEX_CHANGED, TIME_ZONE_CHANGED } from '../councils/index.js';
import { HOUSEHOLD_CHANGED } from '../households/index.js';
import { HOLDING_CHANGED } from '../inventory/index.js';
import { NEED_CHANGED } from '../needs/index.js';
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
  endSuspension(job: JobOf<typeof END_SUSPENSION>): Promise<void> {
    return this.suspensions.end(job);
  }

  @HandlesEvent(TIME_ZONE_CHANGED, 'suspensions')
  timeZoneChanged(job: Job): Promise<void> {
    return this.suspensions.timeZoneChanged(job);
  }

  @HandlesJob(PLAN_SUSPENSIONS)
  planSuspensions(job: JobOf<typeof PLAN_SUSPENSIONS>): Promise<void> {
    return this.suspensions.planAgain(job);
  }

  @HandlesEvent(HOUSEHOLD_CHANGED, 'priority')
  householdChanged(job: JobOf<typeof HOUSEHOLD_CHANGED>): Promise<void> {
    return this.scores.scoreHouseholdJob(job);
  }

  @HandlesEvent(HOLDING_CHANGED, 'priority')
  holdingChanged(job: JobOf<typeof HOLDING_CHANGED>): Promise<void> {
    return this.scores.scoreHouseholdJob(job);
  }

  @HandlesEvent(NEED_CHANGED, 'priority')
  needChanged(job: JobOf<typeof NEED_CHANGED>): Promise<void> {
    return this.scores.scoreHouseholdJob(job);
  }

  @HandlesEvent(SCHOOL_INDEX_CHANGED, 'priority')
  schoolIndexChanged(job: Job): Promise<void> {
    return job.complete((tx) => this.reranking.askForAll(tx));
  }

  /** Waiting is counted in days of the council's calendar. */
  @HandlesEvent(TIME_ZONE_CHANGED, 'priority')
  waitingDaysChanged(job: Job): Promise<void> {
    return job.complete((tx) => this.reranking.askForAll(tx));
  }

  @HandlesJob(SCORE_HOUSEHOLD)
  scoreHousehold(job: JobOf<typeof SCORE_HOUSEHOLD>): Promise<void> {
    return this.scores.scoreHouseholdJob(job);
  }

  @HandlesJob(SCORE_LINE)
  scoreLine(job: JobOf<typeof SCORE_LINE>): Promise<void> {
    return this.scores.scoreLineJob(job);
  }

  @HandlesJob(RERANK)
  rerank(job: JobOf<typeof RERANK>): Promise<void> {
    return this.reranking.next(job);
  }
}
