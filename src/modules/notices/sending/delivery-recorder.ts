import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import { CHANNEL_PAUSED, type SendingChannel } from '../channels/channel-health.repository.js';
import { ChannelHealthService, type RefusedBy } from '../channels/channel-health.service.js';
import type { Channel } from '../domain/channels.js';
import { MessageReceiptsService } from '../receipts/message-receipts.service.js';
import { MessageTextsRepository } from './message-texts.repository.js';
import { type DeliveryRecord, MessagesRepository, type NoticeOutcome, type NoticeToSend } from './messages.repository.js';
import { SweepScheduler } from './sweep-scheduler.js';
import { OfferNoticeReporter } from './offer-notice-reporter.js';
import type { WrittenMessage } from './write-message.js';

/** The reason of a notice whose text cannot be written; another try would not help. */
export const TEXT_FAULT = 'TEXT_FAULT';

/** The result of trying to send a message. */
export type DeliveryResult =
  | {
      readonly kind: 'sent';
      readonly channel: Channel;
      /** Null for a letter, which is written when it is printed. */
      readonly message: WrittenMessage | null;
      readonly providerId: string | null;
      readonly broken: readonly NoticeToSend[];
    }
  /** Somebody who shares the address got the same message there. */
  | { readonly kind: 'told' }
  | { readonly kind: 'put_off'; readonly until: Date }
  /** The settings of these channels may be to blame, and no other channel reaches the person. `refusedBy`: all that refused the message. */
  | { readonly kind: 'wait_for_channel'; readonly channels: readonly SendingChannel[]; readonly refusedBy: RefusedBy }
  /** `refusedBy`: channels that refused the message while their settings were not in doubt. */
  | { readonly kind: 'failed'; readonly problem: string; readonly refusedBy: RefusedBy };

/** A message whose channels were tried, and the result. */
export interface FinishedDelivery {
  readonly messageId: string;
  /** The notices that were to be sent. */
  readonly live: readonly NoticeToSend[];
  /** The notices that are no longer true. */
  readonly dropped: readonly NoticeOutcome[];
  /** Null when nothing was left to be sent. */
  readonly result: DeliveryResult | null;
  /** The channels that refused it for good. */
  readonly tried: readonly Channel[];
  readonly now: Date;
}

/** Records the result of a message. */
@Injectable()
export class DeliveryRecorder {
  constructor(
    private readonly messages: MessagesRepository,
    private readonly health: ChannelHealthService,
    private readonly texts: MessageTextsRepository,
    private readonly receipts: MessageReceiptsService,
    private readonly offers: OfferNoticeReporter,
    private readonly sweeps: SweepScheduler,
  ) {}

  async record(tx: Tx, { messageId, live, dropped, result, tried, now }: FinishedDelivery): Promise<void> {
    const delivery = { channel: null, tried, providerId: null, address: null, hasLeft: result?.kind === 'sent' };
    if (dropped.length > 0) await this.messages.settle(tx, dropped, delivery, now);
    if (result === null) return;
    const broken = new Set(result.kind === 'sent' ? result.broken.map(({ id }) => id) : []);
    const ids = live.map(({ id }) => id).filter((id) => !broken.has(id));
    if (result.kind === 'put_off') return this.putOff(tx, ids, result.until, tried, null);
    const waitsFor = await this.waitsFor(tx, result);
    if (waitsFor.length > 0) {
      const until = await this.health.nextChance(tx, waitsFor, now);
      const others = tried.filter((channel) => !waitsFor.some((each) => each === channel));
      return this.putOff(tx, ids, until, others, CHANNEL_PAUSED);
    }
    if (result.kind === 'told') {
      const told = ids.map((id) => ({ id, state: 'dropped', reason: 'NOT_NEEDED' }) as const);
      return this.messages.settle(tx, told, delivery, now);
    }
    if (result.kind === 'sent') {
      if (broken.size > 0) await this.messages.settle(tx, outcomesOf([...broken], 'failed', TEXT_FAULT), delivery, now);
      const left = { ...delivery, channel: result.channel, providerId: result.providerId };
      await this.recordLeft(tx, messageId, live[0] as NoticeToSend, ids, left, now);
      if (result.message !== null) {
        const { language, text } = result.message;
        const told = { noticeId: messageId, language, subject: text.subject, body: text.body };
        await this.texts.keep(tx, result.channel, [told], now);
      }
    }
    if (result.kind === 'failed') await this.messages.settle(tx, outcomesOf(ids, 'failed', result.problem), delivery, now);
    await this.offers.report(tx, live, result.kind === 'sent' ? result.channel : null, now);
  }

  /** Returns the channels whose settings may be to blame, including those that were paused only since the message was refused. */
  private async waitsFor(tx: Tx, result: DeliveryResult): Promise<readonly SendingChannel[]> {
    if (result.kind !== 'wait_for_channel' && result.kind !== 'failed') return [];
    const doubted = await this.health.pausedSince(tx, result.refusedBy);
    return result.kind === 'failed' ? doubted : [...new Set([...result.channels, ...doubted])];
  }

  private async putOff(tx: Tx, ids: readonly string[], until: Date, tried: readonly Channel[], problem: string | null): Promise<void> {
    await this.messages.putOff(tx, ids, until, tried, problem);
    await this.sweeps.wakeAt(tx, [until]);
  }

  private async recordLeft(
    tx: Tx,
    messageId: string,
    first: NoticeToSend,
    ids: readonly string[],
    delivery: DeliveryRecord,
    now: Date,
  ): Promise<void> {
    const state = delivery.channel === 'letter' ? 'to_print' : 'sent';
    if (delivery.channel === null || delivery.channel === 'letter')
      return this.messages.settle(tx, outcomesOf(ids, state, null), delivery, now);
    const address = addressOf(first, delivery.channel);
    // An e-mail has no receipt that could come before it is recorded.
    if (delivery.channel === 'email') return this.messages.settle(tx, outcomesOf(ids, state, null), { ...delivery, address }, now);
    await this.receipts.recordSent(tx, [messageId, ...(delivery.providerId === null ? [] : [delivery.providerId])], () =>
      this.messages.settle(tx, outcomesOf(ids, state, null), { ...delivery, address }, now),
    );
  }
}

/** Returns the phone number or the mail address to which a message goes by a channel. */
export function addressOf({ contact }: NoticeToSend, channel: 'sms' | 'email'): string {
  const address = channel === 'sms' ? contact?.phone : contact?.email;
  if (!address) throw new Error('a channel without an address');
  return address;
}

function outcomesOf(ids: readonly string[], state: NoticeOutcome['state'], reason: string | null): NoticeOutcome[] {
  return ids.map((id) => ({ id, state, reason }));
}
