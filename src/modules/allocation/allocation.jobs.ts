import { Injectable } from '@nestjs/common';
import { HandlesEvent, HandlesJob, type Job } from '../../platform/index.js';
import { APPOINTMENT_CLOSED, COUNT_OFFERS, OfferCalendarService } from './pickups/offer-calendar.service.js';
import { OFFER_ENDS } from './offers/offer-expiry.jobs.js';
import { OfferExpiryService } from './offers/offer-expiry.service.js';
import { JUDGE_HOUSEHOLD, JUDGE_OFFERS, OfferJudgementService } from './offers/offer-judgement.service.js';
import { ProposeAtOnceService } from './rounds/propose-at-once.service.js';
import { ROUND_SOLVE, RoundSolvingService } from './rounds/round-solving.service.js';

/** The jobs of this module. */
@Injectable()
export class AllocationJobs {
  constructor(
    private readonly expiry: OfferExpiryService,
    private readonly calendar: OfferCalendarService,
    private readonly solving: RoundSolvingService,
    private readonly atOnce: ProposeAtOnceService,
    private readonly judgement: OfferJudgementService,
  ) {}

  @HandlesJob(OFFER_ENDS, { lane: 'urgent' })
  offerEnds(job: Job): Promise<void> {
    return this.expiry.expire(job);
  }

  @HandlesEvent('council.time_zone_changed', 'offers')
  timeZoneChanged(job: Job): Promise<void> {
    return this.calendar.timeZoneChanged(job);
  }

  @HandlesJob(COUNT_OFFERS, { lane: 'bulk' })
  countOffers(job: Job): Promise<void> {
    return this.calendar.countAgain(job);
  }

  @HandlesEvent('council.closed_days_changed', 'offers')
  closedDaysChanged(job: Job): Promise<void> {
    return this.calendar.closedDaysChanged(job);
  }

  @HandlesJob(APPOINTMENT_CLOSED)
  appointmentClosed(job: Job): Promise<void> {
    return this.calendar.appointmentClosed(job);
  }

  @HandlesEvent('device.missing_from_offer', 'offers')
  deviceMissing(job: Job): Promise<void> {
    return this.expiry.revokeMissing(job);
  }

  @HandlesJob(JUDGE_OFFERS)
  judgeOffers(job: Job): Promise<void> {
    return this.judgement.next(job);
  }

  @HandlesJob(JUDGE_HOUSEHOLD, { lane: 'urgent' })
  judgeHousehold(job: Job): Promise<void> {
    return this.judgement.household(job);
  }

  @HandlesEvent('household.changed', 'promises')
  householdChanged(job: Job): Promise<void> {
    return this.judgement.household(job);
  }

  @HandlesEvent('household.holding_changed', 'promises')
  holdingChanged(job: Job): Promise<void> {
    return this.judgement.household(job);
  }

  @HandlesEvent('fund.changed', 'promises')
  fundChanged(job: Job): Promise<void> {
    return this.judgement.next(job);
  }

  @HandlesEvent('council.loan_policies_changed', 'promises')
  policiesChanged(job: Job): Promise<void> {
    return this.judgement.next(job);
  }

  @HandlesJob(ROUND_SOLVE)
  async solveRound(job: Job): Promise<void> {
    const roundId = String(job.ids.roundId);
    if (await this.solving.solve(job.councilId, roundId)) await this.atOnce.settle(job.councilId, roundId);
    else await job.complete((tx) => this.solving.schedule(tx, roundId));
  }

  @HandlesEvent('device.came_back', 'proposals')
  cameBack(job: Job): Promise<void> {
    return this.atOnce.propose(job);
  }
}
