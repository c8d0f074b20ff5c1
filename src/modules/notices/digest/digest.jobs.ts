import { Injectable } from '@nestjs/common';
import { HandlesEvent, HandlesJob, type Job, type JobOf } from '../../../platform/index.js';
import { TIME_ZONE_CHANGED } from '../../councils/index.js';
import { CHANNEL_PAUSED_JOB } from '../channels/channel-health.service.js';
import { DIGEST_MAIL, DigestService, MORNING_DIGESTS } from './digest.service.js';
import { PAUSED_CHANNEL_MAIL, TellPausedChannelsService } from './tell-paused-channels.service.js';

/** The jobs that send mails to staff. */
@Injectable()
export class DigestJobs {
  constructor(
    private readonly digests: DigestService,
    private readonly tellPaused: TellPausedChannelsService,
  ) {}

  @HandlesJob(MORNING_DIGESTS)
  morning(job: Job): Promise<void> {
    return this.digests.morning(job);
  }

  @HandlesEvent(TIME_ZONE_CHANGED, 'mornings')
  timeZoneChanged(job: Job): Promise<void> {
    return this.digests.timeZoneChanged(job);
  }

  @HandlesJob(DIGEST_MAIL)
  deliver(job: JobOf<typeof DIGEST_MAIL>): Promise<void> {
    return this.digests.deliver(job);
  }

  @HandlesJob(CHANNEL_PAUSED_JOB)
  channelPaused(job: JobOf<typeof CHANNEL_PAUSED_JOB>): Promise<void> {
    return this.tellPaused.channelPaused(job);
  }

  @HandlesJob(PAUSED_CHANNEL_MAIL)
  deliverPaused(job: JobOf<typeof PAUSED_CHANNEL_MAIL>): Promise<void> {
    return this.tellPaused.deliver(job);
  }
}
