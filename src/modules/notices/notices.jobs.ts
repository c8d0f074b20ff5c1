import { Injectable } from '@nestjs/common';
import { HandlesJob, Hears, type Job } from '../../platform/index.js';
import { DeliverNoticeService } from './deliver-notice.service.js';
import { PLAN_LOANS, PLAN_REVIEWS, PlanNoticesService } from './plan-notices.service.js';
import { DELIVERY, SweepNoticesService } from './sweep-notices.service.js';
import { SWEEP } from './sweep-wakes.js';
import { OFFER_TOLD, TellOffersService } from './tell-offers.service.js';

/** The jobs of this module, and the events of others that somebody is told of. */
@Injectable()
export class NoticesJobs {
  constructor(
    private readonly planning: PlanNoticesService,
    private readonly sweeping: SweepNoticesService,
    private readonly delivery: DeliverNoticeService,
    private readonly offers: TellOffersService,
  ) {}

  @Hears('request_line.moved', 'notices')
  lineMoved(job: Job): Promise<void> {
    return this.planning.lineMoved(job);
  }

  @Hears('offer.made', 'notices')
  offerMade(job: Job): Promise<void> {
    return this.planning.offerMade(job);
  }

  @Hears('loan.handed_over', 'notices')
  handedOver(job: Job): Promise<void> {
    return this.planning.handedOver(job);
  }

  @Hears('loan.due_date_changed', 'notices')
  dueDateChanged(job: Job): Promise<void> {
    return this.planning.dueDateChanged(job);
  }

  @Hears('loan.item_settled', 'notices')
  itemSettled(job: Job): Promise<void> {
    return this.planning.itemSettled(job);
  }

  @Hears('loan.closed', 'notices')
  loanClosed(job: Job): Promise<void> {
    return this.planning.loanClosed(job);
  }

  @Hears('loan.agreements_asked', 'notices', { lane: 'bulk' })
  agreementsAsked(job: Job): Promise<void> {
    return this.planning.agreementsAsked(job);
  }

  @Hears('loan.agreement_signed', 'notices')
  agreementSigned(job: Job): Promise<void> {
    return this.planning.agreementSigned(job);
  }

  @Hears('incident.opened', 'notices')
  incidentOpened(job: Job): Promise<void> {
    return this.planning.incident(job, 'incident_opened');
  }

  @Hears('incident.closed', 'notices')
  incidentClosed(job: Job): Promise<void> {
    return this.planning.incident(job, 'incident_closed');
  }

  @Hears('household.changed', 'notices')
  householdChanged(job: Job): Promise<void> {
    return this.planning.householdChanged(job);
  }

  @HandlesJob(PLAN_LOANS, { lane: 'bulk' })
  planLoans(job: Job): Promise<void> {
    return this.planning.planLoans(job);
  }

  @HandlesJob(PLAN_REVIEWS, { lane: 'bulk' })
  planReviews(job: Job): Promise<void> {
    return this.planning.planReviews(job);
  }

  @HandlesJob(SWEEP)
  sweep(job: Job): Promise<void> {
    return this.sweeping.sweep(job);
  }

  @HandlesJob(OFFER_TOLD)
  offerTold(job: Job): Promise<void> {
    return this.offers.told(job);
  }

  @HandlesJob(DELIVERY, { lane: 'messages' })
  deliver(job: Job): Promise<void> {
    return this.delivery.deliver(job);
  }
}
