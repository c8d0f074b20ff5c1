import { Injectable } from '@nestjs/common';
import { Clock, Outbox, type Tx } from '../../platform/index.js';
import { ContactMarksRepository } from './contact-marks.repository.js';
import { type MessageReceipt, ReceiptsRepository } from './receipts.repository.js';
import { DELIVERY } from './sweep-notices.service.js';

/** What follows from a receipt: it may come before the message is recorded as sent, as the gateway need not wait for that. */
@Injectable()
export class MessageReceipts {
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

  private async follow(tx: Tx, { messageId, arrived }: MessageReceipt): Promise<void> {
    const sent = await this.receipts.sent(tx, messageId);
    if (!sent) return;
    const { headId, householdId, contactId, addressHash } = sent;
    if (arrived) return this.receipts.confirm(tx, headId);
    const now = this.clock.now();
    const mark = { channel: 'sms', reason: 'undelivered', householdId, contactId, noticeId: headId } as const;
    if (addressHash !== null) await this.marks.markHashed(tx, addressHash, mark, now);
    await this.receipts.fallBack(tx, headId, now);
    await this.outbox.add(tx, DELIVERY, { noticeId: headId });
  }
}
