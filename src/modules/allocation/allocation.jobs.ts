import { Injectable } from '@nestjs/common';
import { HandlesEvent, HandlesJob, type Job, type JobOf } from '../../platform/index.js';
import { CLOSED_DAYS_CHANGED, FUND_CHANGED, LOAN_POLICIES_CHANGED, TIME_ZONE_CHANGED } from '../councils/index.js';
import { HOUSEHOLD_CHANGED } from '../households/index.js';
import { DEVICE_CAME_BACK, DEVICE_MISSING_FROM_OFFER, HOLDING_CHANGED } from '../inventory/index.js';
import { APPOINTMENT_CLOSED, COUNT_OFFERS, OfferCalendarService } from './pickups/offer-calendar.service.js';
import { OFFER_ENDS } from './offers/offer-expiry.jobs.js';
import { OfferExpiryService } from './offers/offer-expiry.service.js';
import { JUDGE_HOUSEHOLD, JUDGE_OFFERS, OfferJudgementService } from './offers/offer-judgement.service.js';
import { ProposeAtOnceService } from './rounds/propose-at-once.service.js';
import { ROUND_SOLVE, RoundSolvingService } from './rounds/round-solving.service.js';

@Injectable()
export class AllocationJobs {
  constructor(
    private readonly expiry: OfferExpiryService,
    private readonly calendar: OfferCalendarService,
    private readonly solving: RoundSolvingService,
    private readonly atOnce: ProposeAtOnceService,
    private readonly judgement: OfferJudgementService,
  ) {}

  @HandlesJob(OFFER_ENDS)
  offerEnds(job: JobOf<typeof OFFER_ENDS>): Promise<void> {
    return this.expiry.expire(job);
  }

  @HandlesEvent(TIME_ZONE_CHANGED, 'offers')
  timeZoneChanged(job: Job): Promise<void> {
    return this.calendar.timeZoneChanged(job);
  }

  @HandlesJob(COUNT_OFFERS)
  countOffers(job: JobOf<typeof COUNT_OFFERS>): Promise<void> {
    return this.calendar.countAgain(job);
  }

  @HandlesEvent(CLOSED_DAYS_CHANGED, 'offers')
  closedDaysChanged(job: Job): Promise<void> {
    return this.calendar.closedDaysChanged(job);
  }

  @HandlesJob(APPOINTMENT_CLOSED)
  appointmentClosed(job: JobOf<typeof APPOINTMENT_CLOSED>): Promise<void> {
    return this.calendar.appointmentClosed(job);
  }

  @HandlesEvent(DEVICE_MISSING_FROM_OFFER, 'offers')
  deviceMissing(job: JobOf<typeof DEVICE_MISSING_FROM_OFFER>): Promise<void> {
    return this.expiry.revokeMissing(job);
  }

  @HandlesJob(JUDGE_OFFERS)
  judgeOffers(job: JobOf<typeof JUDGE_OFFERS>): Promise<void> {
    return this.judgement.next(job);
  }

  @HandlesJob(JUDGE_HOUSEHOLD)
  judgeHousehold(job: JobOf<typeof JUDGE_HOUSEHOLD>): Promise<void> {
    return this.judgement.household(job);
  }

  @HandlesEvent(HOUSEHOLD_CHANGED, 'promises')
  householdChanged(job: JobOf<typeof HOUSEHOLD_CHANGED>): Promise<void> {
    return this.judgement.household(job);
  }

  @HandlesEvent(HOLDING_CHANGED, 'promises')
  holdingChanged(job: JobOf<typeof HOLDING_CHANGED>): Promise<void> {
    return this.judgement.household(job);
  }

  @HandlesEvent(FUND_CHANGED, 'promises')
  fundChanged(job: JobOf<typeof FUND_CHANGED>): Promise<void> {
    return this.judgement.next(job);
  }

  @HandlesEvent(LOAN_POLICIES_CHANGED, 'promises')
  policiesChanged(job: JobOf<typeof LOAN_POLICIES_CHANGED>): Promise<void> {
    return this.judgement.next(job);
  }

  @HandlesJob(ROUND_SOLVE)
  async solveRound(job: JobOf<typeof ROUND_SOLVE>): Promise<void> {
    const { roundId } = job.ids;
    if (await this.solving.solve(job.councilId, roundId)) await this.atOnce.settle(job.councilId, roundId);
    else await job.complete((tx) => this.solving.schedule(tx, roundId));
  }

  @HandlesEvent(DEVICE_CAME_BACK, 'proposals')
  cameBack(job: JobOf<typeof DEVICE_CAME_BACK>): Promise<void> {
    return this.atOnce.propose(job);
  }
}
