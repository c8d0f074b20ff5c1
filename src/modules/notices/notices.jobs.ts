import { Injectable } from '@nestjs/common';
import { HandlesJob, type Job, type JobOf } from '../../platform/index.js';
import { DeliverNoticeService } from './sending/deliver-notice.service.js';
import { DELIVERY, SweepNoticesService } from './sending/sweep-notices.service.js';
import { SWEEP } from './sending/sweep-scheduler.js';
import { OFFER_TOLD, OfferNoticeReporter } from './sending/offer-notice-reporter.js';

/** The jobs that send messages. */
@Injectable()
export class NoticesJobs {
  constructor(
    private readonly sweeping: SweepNoticesService,
    private readonly delivery: DeliverNoticeService,
    private readonly offers: OfferNoticeReporter,
  ) {}

  @HandlesJob(SWEEP)
  sweep(job: Job): Promise<void> {
    return this.sweeping.sweep(job);
  }

  @HandlesJob(OFFER_TOLD)
  offerTold(job: JobOf<typeof OFFER_TOLD>): Promise<void> {
    return this.offers.offerTold(job);
  }

  @HandlesJob(DELIVERY)
  deliver(job: JobOf<typeof DELIVERY>): Promise<void> {
    return this.delivery.deliver(job);
  }
}
