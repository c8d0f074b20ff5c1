import { Injectable } from '@nestjs/common';
import { HandlesEvent, HandlesJob, type Job } from '../../../platform/index.js';
import { PLAN_LOANS, PLAN_OFFERS, PLAN_REVIEWS, PlanAgainService } from './plan-again.service.js';
import { PlanLoansService } from './plan-loans.service.js';
import { PlanOffersService } from './plan-offers.service.js';
import { PlanRequestsService } from './plan-requests.service.js';

/** The events of others that somebody is told of, and the jobs that plan again. */
@Injectable()
export class PlanningJobs {
  constructor(
    private readonly requests: PlanRequestsService,
    private readonly offers: PlanOffersService,
    private readonly loans: PlanLoansService,
    private readonly again: PlanAgainService,
  ) {}

  @HandlesEvent('request_line.moved', 'notices')
  lineMoved(job: Job): Promise<void> {
    return this.requests.lineMoved(job);
  }

  @HandlesEvent('offer.made', 'notices')
  offerMade(job: Job): Promise<void> {
    return this.offers.made(job);
  }

  @HandlesEvent('offer.ended', 'notices')
  offerEnded(job: Job): Promise<void> {
    return this.offers.ended(job);
  }

  @HandlesEvent('offer.end_moved', 'notices', { lane: 'bulk' })
  offerEndMoved(job: Job): Promise<void> {
    return this.offers.endMoved(job);
  }

  @HandlesEvent('offer.appointment_cancelled', 'notices')
  appointmentCancelled(job: Job): Promise<void> {
    return this.offers.appointmentCancelled(job);
  }

  @HandlesEvent('loan.handed_over', 'notices')
  handedOver(job: Job): Promise<void> {
    return this.loans.handedOver(job);
  }

  @HandlesEvent('loan.due_date_changed', 'notices')
  dueDateChanged(job: Job): Promise<void> {
    return this.loans.dueDateChanged(job);
  }

  @HandlesEvent('loan.item_settled', 'notices')
  itemSettled(job: Job): Promise<void> {
    return this.loans.itemSettled(job);
  }

  @HandlesEvent('loan.closed', 'notices')
  loanClosed(job: Job): Promise<void> {
    return this.loans.loanClosed(job);
  }

  @HandlesEvent('loan.agreements_asked', 'notices', { lane: 'bulk' })
  agreementsAsked(job: Job): Promise<void> {
    return this.loans.agreementsAsked(job);
  }

  @HandlesEvent('loan.agreement_signed', 'notices')
  agreementSigned(job: Job): Promise<void> {
    return this.loans.agreementSigned(job);
  }

  @HandlesEvent('incident.opened', 'notices')
  incidentOpened(job: Job): Promise<void> {
    return this.loans.incident(job, 'incident_opened');
  }

  @HandlesEvent('incident.closed', 'notices')
  incidentClosed(job: Job): Promise<void> {
    return this.loans.incident(job, 'incident_closed');
  }

  @HandlesEvent('household.changed', 'notices')
  householdChanged(job: Job): Promise<void> {
    return this.again.householdChanged(job);
  }

  @HandlesEvent('council.time_zone_changed', 'notices')
  timeZoneChanged(job: Job): Promise<void> {
    return job.complete((tx) => this.again.all(tx, (job.ids as { from?: string }).from));
  }

  @HandlesJob(PLAN_LOANS, { lane: 'bulk' })
  planLoans(job: Job): Promise<void> {
    return this.again.loans(job);
  }

  @HandlesJob(PLAN_OFFERS, { lane: 'bulk' })
  planOffers(job: Job): Promise<void> {
    return this.again.offers(job);
  }

  @HandlesJob(PLAN_REVIEWS, { lane: 'bulk' })
  planReviews(job: Job): Promise<void> {
    return this.again.reviews(job);
  }
}
