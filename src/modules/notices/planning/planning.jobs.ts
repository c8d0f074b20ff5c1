import { Injectable } from '@nestjs/common';
import { HandlesEvent, HandlesJob, type JobOf } from '../../../platform/index.js';
import { APPOINTMENT_CANCELLED, OFFER_END_MOVED, OFFER_ENDED, OFFER_MADE } from '../../allocation/index.js';
import { TIME_ZONE_CHANGED } from '../../councils/index.js';
import { HOUSEHOLD_CHANGED } from '../../households/index.js';
import {
  AGREEMENT_SIGNED,
  AGREEMENTS_ASKED,
  DUE_DATE_CHANGED,
  HANDED_OVER,
  INCIDENT_CLOSED,
  INCIDENT_OPENED,
  ITEM_SETTLED,
  LOAN_CLOSED,
} from '../../loans/index.js';
import { LINE_MOVED } from '../../requests/index.js';
import { PLAN_LOANS, PLAN_OFFERS, PLAN_REVIEWS, PlanAgainService } from './plan-again.service.js';
import { PlanLoansService } from './plan-loans.service.js';
import { PlanOffersService } from './plan-offers.service.js';
import { PlanRequestsService } from './plan-requests.service.js';

/** Handles the events of other modules about which families are told, and the jobs that plan again. */
@Injectable()
export class PlanningJobs {
  constructor(
    private readonly requests: PlanRequestsService,
    private readonly offers: PlanOffersService,
    private readonly loans: PlanLoansService,
    private readonly again: PlanAgainService,
  ) {}

  @HandlesEvent(LINE_MOVED, 'notices')
  lineMoved(job: JobOf<typeof LINE_MOVED>): Promise<void> {
    return this.requests.lineMoved(job);
  }

  @HandlesEvent(OFFER_MADE, 'notices')
  offerMade(job: JobOf<typeof OFFER_MADE>): Promise<void> {
    return this.offers.made(job);
  }

  @HandlesEvent(OFFER_ENDED, 'notices')
  offerEnded(job: JobOf<typeof OFFER_ENDED>): Promise<void> {
    return this.offers.ended(job);
  }

  @HandlesEvent(OFFER_END_MOVED, 'notices', { lane: 'bulk' })
  offerEndMoved(job: JobOf<typeof OFFER_END_MOVED>): Promise<void> {
    return this.offers.endMoved(job);
  }

  @HandlesEvent(APPOINTMENT_CANCELLED, 'notices')
  appointmentCancelled(job: JobOf<typeof APPOINTMENT_CANCELLED>): Promise<void> {
    return this.offers.appointmentCancelled(job);
  }

  @HandlesEvent(HANDED_OVER, 'notices')
  handedOver(job: JobOf<typeof HANDED_OVER>): Promise<void> {
    return this.loans.handedOver(job);
  }

  @HandlesEvent(DUE_DATE_CHANGED, 'notices')
  dueDateChanged(job: JobOf<typeof DUE_DATE_CHANGED>): Promise<void> {
    return this.loans.dueDateChanged(job);
  }

  @HandlesEvent(ITEM_SETTLED, 'notices')
  itemSettled(job: JobOf<typeof ITEM_SETTLED>): Promise<void> {
    return this.loans.itemSettled(job);
  }

  @HandlesEvent(LOAN_CLOSED, 'notices')
  loanClosed(job: JobOf<typeof LOAN_CLOSED>): Promise<void> {
    return this.loans.loanClosed(job);
  }

  @HandlesEvent(AGREEMENTS_ASKED, 'notices', { lane: 'bulk' })
  agreementsAsked(job: JobOf<typeof AGREEMENTS_ASKED>): Promise<void> {
    return this.loans.agreementsAsked(job);
  }

  @HandlesEvent(AGREEMENT_SIGNED, 'notices')
  agreementSigned(job: JobOf<typeof AGREEMENT_SIGNED>): Promise<void> {
    return this.loans.agreementSigned(job);
  }

  @HandlesEvent(INCIDENT_OPENED, 'notices')
  incidentOpened(job: JobOf<typeof INCIDENT_OPENED>): Promise<void> {
    return this.loans.incident(job, 'incident_opened');
  }

  @HandlesEvent(INCIDENT_CLOSED, 'notices')
  incidentClosed(job: JobOf<typeof INCIDENT_CLOSED>): Promise<void> {
    return this.loans.incident(job, 'incident_closed');
  }

  @HandlesEvent(HOUSEHOLD_CHANGED, 'notices')
  householdChanged(job: JobOf<typeof HOUSEHOLD_CHANGED>): Promise<void> {
    return this.again.householdChanged(job);
  }

  @HandlesEvent(TIME_ZONE_CHANGED, 'notices')
  timeZoneChanged(job: JobOf<typeof TIME_ZONE_CHANGED>): Promise<void> {
    return job.complete((tx) => this.again.planAll(tx, job.ids.from));
  }

  @HandlesJob(PLAN_LOANS)
  planLoans(job: JobOf<typeof PLAN_LOANS>): Promise<void> {
    return this.again.planLoans(job);
  }

  @HandlesJob(PLAN_OFFERS)
  planOffers(job: JobOf<typeof PLAN_OFFERS>): Promise<void> {
    return this.again.planOffers(job);
  }

  @HandlesJob(PLAN_REVIEWS)
  planReviews(job: JobOf<typeof PLAN_REVIEWS>): Promise<void> {
    return this.again.planReviews(job);
  }
}
