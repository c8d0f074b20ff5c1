import { Injectable } from '@nestjs/common';
import { Clock, Outbox, type Tx } from '../../../platform/index.js';
import { ContactMarksRepository, type MarkReason } from './contact-marks.repository.js';
import type { DeliveryReport } from '../domain/delivery-report.js';
import { type MessageReceipt, ReceiptsRepository, type SentMessage } from './receipts.repository.js';
import { DELIVERY } from '../sending/sweep-notices.service.js';

/** `unknown`: no message with that id is recorded, or not yet. */
export type BounceOutcome = 'recorded' | 'known' | 'unknown';

/** Does what follows from a receipt. A receipt may come before its message is recorded as sent, because the gateway need not wait for that. */
@Injectable()
export class MessageReceiptsService {
  constructor(
    private readonly receipts: ReceiptsRepository,
    private readonly marks: ContactMarksRepository,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Follows a receipt, or keeps it until its message is recorded. A receipt that came before has no effect. */
  async take(tx: Tx, receiptId: string, receipt: MessageReceipt): Promise<void> {
    await this.receipts.lock(tx, [receipt.messageId]);
    const isKnown = (await this.receipts.sentSms(tx, receipt.messageId)) !== null;
    if (!(await this.receipts.remember(tx, receiptId, isKnown ? null : receipt, this.clock.now()))) return;
    if (isKnown) await this.follow(tx, receipt);
  }

  /** Records that an SMS was sent, by `record`, and follows a receipt of it that came before. */
  async recordSent(tx: Tx, messageIds: readonly string[], record: () => Promise<void>): Promise<void> {
    await this.receipts.lock(tx, messageIds);
    await record();
    const early = await this.receipts.earlyReceipt(tx, messageIds);
    if (early) await this.follow(tx, early);
  }

  /** Follows the report of a mail server that it could not deliver an e-mail. */
  async bounced(tx: Tx, { messageId, status, addressDead }: DeliveryReport): Promise<BounceOutcome> {
    const mail = await this.receipts.sentEmail(tx, messageId);
    if (!mail) return 'unknown';
    if (!mail.isOut) return mail.hasBounced ? 'known' : 'unknown';
    await this.fallBack(tx, mail, { channel: 'email', problem: `BOUNCED_${status}`, mark: addressDead ? 'bounced' : null });
    return 'recorded';
  }

  private async follow(tx: Tx, { messageId, arrived }: MessageReceipt): Promise<void> {
    const sent = await this.receipts.sentSms(tx, messageId);
    if (!sent) return;
    if (arrived) await this.receipts.confirm(tx, sent.headId);
    else await this.fallBack(tx, sent, { channel: 'sms', problem: 'SMS_UNDELIVERED', mark: 'undelivered' });
  }

  /** Sends a message that did not arrive by the next channel. Staff see the mark on the address; a new address has no mark. */
  private async fallBack(
    tx: Tx,
    { headId, householdId, contactId, addressHash }: SentMessage,
    { channel, problem, mark }: { channel: 'sms' | 'email'; problem: string; mark: MarkReason | null },
  ): Promise<void> {
    const now = this.clock.now();
    if (mark !== null && addressHash !== null)
      await this.marks.markHashed(tx, addressHash, { channel, reason: mark, householdId, contactId, noticeId: headId }, now);
    await this.receipts.fallBack(tx, headId, channel, problem, now);
    await this.outbox.add(tx, DELIVERY, { noticeId: headId });
  }
}
