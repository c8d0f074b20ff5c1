import { Injectable } from '@nestjs/common';
import { HandlesJob, Hears, type Job } from '../../platform/index.js';
import { OFFER_ENDS, OfferExpiryService } from './offer-expiry.service.js';
import { ProposeAtOnceService } from './rounds/propose-at-once.service.js';
import { ROUND_SOLVE, RoundSolvingService } from './rounds/round-solving.service.js';

/** The jobs of this module. */
@Injectable()
export class AllocationJobs {
  constructor(
    private readonly expiry: OfferExpiryService,
    private readonly solving: RoundSolvingService,
    private readonly atOnce: ProposeAtOnceService,
  ) {}

  @HandlesJob(OFFER_ENDS, { lane: 'urgent' })
  offerEnds(job: Job): Promise<void> {
    return this.expiry.expire(job);
  }

  @Hears('device.missing_from_offer', 'offers')
  deviceMissing(job: Job): Promise<void> {
    return this.expiry.revokeMissing(job);
  }

  @HandlesJob(ROUND_SOLVE)
  async solveRound(job: Job): Promise<void> {
    const roundId = String(job.ids.roundId);
    if (await this.solving.solve(job.councilId, roundId)) await this.atOnce.settle(job.councilId, roundId);
    else await job.complete((tx) => this.solving.schedule(tx, roundId));
  }

  @Hears('device.came_back', 'proposals')
  cameBack(job: Job): Promise<void> {
    return this.atOnce.propose(job);
  }
}
