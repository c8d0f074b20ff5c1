import { Injectable } from '@nestjs/common';
import { Id, jobKind, type JobOf, Log, Mailer, Outbox, Transactions } from '../../../platform/index.js';
import { CouncilsRepository } from '../../councils/index.js';
import { ChannelHealthRepository, SENDING_CHANNELS } from '../channels/channel-health.repository.js';
import type { CHANNEL_PAUSED_JOB } from '../channels/channel-health.service.js';
import { DigestRepository } from './digest.repository.js';
import { pausedChannelText } from './digest.texts.js';

/** One person gets a mail that says that a channel is paused. */
export const PAUSED_CHANNEL_MAIL = jobKind('notices.channel_paused_mail', { userId: Id.text, channel: Id.word(SENDING_CHANNELS) });

const NAMES = { sms: 'SMS', email: 'e-mail' } as const;

/** Mails everybody who gets the digest, at once, that the settings of a channel make the provider refuse every message. */
@Injectable()
export class TellPausedChannelsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly digests: DigestRepository,
    private readonly health: ChannelHealthRepository,
    private readonly councils: CouncilsRepository,
    private readonly mailer: Mailer,
    private readonly outbox: Outbox,
    private readonly log: Log,
  ) {}

  channelPaused(job: JobOf<typeof CHANNEL_PAUSED_JOB>): Promise<void> {
    return job.complete(async (tx) => {
      const { channel } = job.ids;
      for (const userId of await this.digests.recipients(tx)) await this.outbox.add(tx, PAUSED_CHANNEL_MAIL, { userId, channel });
    });
  }

  /** No mail is sent when the channel works again by then. */
  async deliver({ councilId, ids, id: jobId }: JobOf<typeof PAUSED_CHANNEL_MAIL>): Promise<void> {
    const { userId, channel } = ids;
    const mail = await this.transactions.read(councilId, async (tx) => {
      const health = (await this.health.read(tx)).find((each) => each.channel === channel);
      const reader = health?.pausedAt ? await this.digests.recipient(tx, userId) : null;
      if (reader === null) return null;
      const { locale } = await this.councils.facts(tx);
      return { to: reader.email, ...pausedChannelText(locale, reader.councilName, NAMES[channel], health?.problem ?? '?') };
    });
    if (mail === null) return;
    if (!this.mailer.isConfigured) {
      this.log.warn('no mail server is configured: nobody was told that a channel is paused', { jobId });
      return;
    }
    await this.mailer.send({ councilId, ...mail, messageId: `paused-${jobId}` });
  }
}
