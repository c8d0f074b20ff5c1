import { Injectable } from '@nestjs/common';
import { Clock, Id, jobKind, type JobOf, Outbox, type Tx } from '../../../platform/index.js';
import { OfferNoticeService } from '../../allocation/index.js';
import { AvailableChannelsReader } from '../channels/available-channels-reader.js';
import type { Channel } from '../domain/channels.js';
import { MessagesRepository, type NoticeToSend } from './messages.repository.js';
import { PlanOffersService } from '../planning/plan-offers.service.js';

/** The notice of an offer was sent at the instant `left` (milliseconds since 1970); without `left`, it reached nobody. */
export const OFFER_TOLD = jobKind('notice.offer_told', { offerId: Id.text, noticeId: Id.text, left: Id.optional(Id.number) });

/**
 * Records at offers whether their families were told. It has a transaction of its own because it locks the family's file, which somebody else
 * may hold for long: if the record of a message had to wait for that and failed, the message would be sent again.
 */
@Injectable()
export class OfferNoticeReporter {
  constructor(
    private readonly messages: MessagesRepository,
    private readonly channels: AvailableChannelsReader,
    private readonly offers: OfferNoticeService,
    private readonly planning: PlanOffersService,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * Adds a job for each notice of an offer. `channel` is the one by which the message was sent; null when it reached nobody. A letter counts
   * only when it is posted.
   */
  async report(tx: Tx, notices: readonly NoticeToSend[], channel: Channel | null, now: Date): Promise<void> {
    if (channel === 'letter') return;
    for (const { id: noticeId, trigger, offerId } of notices) {
      if (trigger !== 'offer_made' || offerId === null) continue;
      await this.outbox.add(tx, OFFER_TOLD, { offerId, noticeId, ...(channel !== null && { left: now.getTime() }) });
    }
  }

  /** The time of an offer begins with its first notice; when no notice could reach the family, the offer cannot count as missed. */
  offerTold(job: JobOf<typeof OFFER_TOLD>): Promise<void> {
    const { offerId, noticeId, left } = job.ids;
    return job.complete(async (tx) => {
      if (left !== undefined) {
        await this.startOffer(tx, offerId, new Date(left));
        return this.planning.noticeSent(tx, offerId);
      }
      const now = this.clock.now();
      const notice = await this.messages.find(tx, noticeId, now);
      if (notice === null || (await this.messages.isToldOtherwise(tx, offerId, [noticeId]))) return;
      await (this.isSilent(notice) ? this.startOffer(tx, offerId, now) : this.offers.undeliverable(tx, offerId));
    });
  }

  private async startOffer(tx: Tx, offerId: string, from: Date): Promise<void> {
    if (await this.offers.left(tx, offerId, from, { byLetter: false })) await this.planning.planEnd(tx, offerId);
  }

  /** Where neither SMS nor e-mail is set up, the council tells families itself, as it does where its policy has no notice of offers. */
  private isSilent(notice: NoticeToSend): boolean {
    const { sms, email } = this.channels.of(notice);
    return !sms && !email;
  }
}
