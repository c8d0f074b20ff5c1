import { Injectable } from '@nestjs/common';
import { Clock, Outbox, type Tx } from '../../../platform/index.js';
import { ContactMarksRepository, type MarkReason } from './contact-marks.repository.js';
import type { DeliveryReport } from '../domain/delivery-report.js';
import { type LeftMessage, type MessageReceipt, ReceiptsRepository } from './receipts.repository.js';
import { DELIVERY } from '../sending/sweep-notices.service.js';

/** `unknown`: of a message of which nothing is recorded, or not yet. */
export type BounceOutcome = 'recorded' | 'known' | 'unknown';

/** What follows from a receipt: it may come before the message is recorded as sent, as the gateway need not wait for that. */
@Injectable()
export class MessageReceiptsService {
  constructor(
    private readonly receipts: ReceiptsRepository,
    private readonly marks: ContactMarksRepository,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Follows a receipt, or keeps it for the moment at which its message is recorded; one that came before does nothing again. */
  async take(tx: Tx, receiptId: string, receipt: MessageReceipt): Promise<void> {
    await this.receipts.lock(tx, [receipt.messageId]);
    const isKnown = (await this.receipts.sent(tx, receipt.messageId)) !== null;
    if (!(await this.receipts.remember(tx, receiptId, isKnown ? null : receipt, this.clock.now()))) return;
    if (isKnown) await this.follow(tx, receipt);
  }

  /** Records that an SMS left, under its ids, and follows what was said of it before. */
  async recording(tx: Tx, messageIds: readonly string[], record: () => Promise<void>): Promise<void> {
    await this.receipts.lock(tx, messageIds);
    await record();
    const early = await this.receipts.early(tx, messageIds);
    if (early) await this.follow(tx, early);
  }

  /** Follows what a mail server says of an e-mail that it gave up. */
  async bounced(tx: Tx, { messageId, status, addressDead }: DeliveryReport): Promise<BounceOutcome> {
    const mail = await this.receipts.mailed(tx, messageId);
    if (!mail) return 'unknown';
    if (!mail.isOut) return mail.hasBounced ? 'known' : 'unknown';
    await this.fallBack(tx, mail, { channel: 'email', problem: `BOUNCED_${status}`, mark: addressDead ? 'bounced' : null });
    return 'recorded';
  }

  private async follow(tx: Tx, { messageId, arrived }: MessageReceipt): Promise<void> {
    const sent = await this.receipts.sent(tx, messageId);
    if (!sent) return;
    if (arrived) await this.receipts.confirm(tx, sent.headId);
    else await this.fallBack(tx, sent, { channel: 'sms', problem: 'SMS_UNDELIVERED', mark: 'undelivered' });
  }

  /** It did not arrive after all: by the next channel. Staff see the mark; whoever changes the address takes it off. */
  private async fallBack(
    tx: Tx,
    { headId, householdId, contactId, addressHash }: LeftMessage,
    { channel, problem, mark }: { channel: 'sms' | 'email'; problem: string; mark: MarkReason | null },
  ): Promise<void> {
    const now = this.clock.now();
    if (mark !== null && addressHash !== null)
      await this.marks.markHashed(tx, addressHash, { channel, reason: mark, householdId, contactId, noticeId: headId }, now);
    await this.receipts.fallBack(tx, headId, channel, problem, now);
    await this.outbox.add(tx, DELIVERY, { noticeId: headId });
  }
}
