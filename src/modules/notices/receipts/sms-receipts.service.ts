import { createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Audit, Clock, Transactions, type Tx } from '../../../platform/index.js';
import { notFound, type Outcome } from '../../../shared/denial.js';
import { normalisePhone } from '../../../shared/phone.js';
import { ok } from '../../../shared/result.js';
import { CouncilsService } from '../../councils/index.js';
import { ContactMarksRepository } from './contact-marks.repository.js';
import { smsReceipt, type SmsReceipts } from '../domain/sms-gateway.rules.js';
import { MessageReceiptsService } from './message-receipts.service.js';
import { ReceiptsRepository } from './receipts.repository.js';
import { SmsGatewaysRepository } from '../channels/sms-gateways.repository.js';

/** A receipt as it was posted, with the headers of Standard Webhooks 1.0. */
export interface SignedReceipt {
  readonly id: string;
  /** Seconds since 1970. */
  readonly timestamp: string;
  readonly signature: string;
  /** The body as it was sent, over which the signature is made. */
  readonly text: string;
  readonly body: unknown;
}

const WINDOW_SECONDS = 300;

/** Takes what a council's SMS gateway reports: that a message arrived, that it did not, or that somebody wants no more messages. */
@Injectable()
export class SmsReceiptsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly councils: CouncilsService,
    private readonly gateways: SmsGatewaysRepository,
    private readonly receipts: ReceiptsRepository,
    private readonly marks: ContactMarksRepository,
    private readonly messages: MessageReceiptsService,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Returns `unsigned` when the signature is wrong or too old. A receipt that came before is accepted, and has no effect. */
  async take(councilCode: string, receipt: SignedReceipt): Promise<Outcome<'taken' | 'unsigned'>> {
    const councilId = await this.councils.idOf(councilCode);
    if (councilId === null) return notFound();
    return this.transactions.write(councilId, async (tx) => {
      const receipts = (await this.gateways.read(tx))?.gateway.receipts;
      if (!receipts) return notFound();
      if (!this.isSigned(receipts, receipt)) return ok('unsigned');
      await this.follow(tx, receipts, receipt);
      return ok('taken');
    });
  }

  private async follow(tx: Tx, receipts: SmsReceipts, { id, body }: SignedReceipt): Promise<void> {
    const said = smsReceipt(receipts, body);
    if (said.kind === 'delivered' || said.kind === 'failed')
      return this.messages.take(tx, id, { messageId: said.messageId, arrived: said.kind === 'delivered' });
    if ((await this.receipts.remember(tx, id, null, this.clock.now())) && said.kind === 'stop') await this.stop(tx, said.from);
  }

  private async stop(tx: Tx, from: string): Promise<void> {
    // Many gateways leave the plus out.
    const phone = normalisePhone(from) ?? normalisePhone(`+${from.trim()}`);
    if (phone === null) return;
    const holder = await this.marks.holderOf(tx, phone);
    const { householdId = null, contactId = null } = holder ?? {};
    await this.marks.mark(tx, phone, { channel: 'sms', reason: 'stopped', householdId, contactId, noticeId: null }, this.clock.now());
    if (householdId !== null) await this.audit.record(tx, { actor: 'system', action: 'contact.sms_stopped', subject: householdId });
  }

  private isSigned({ secret }: SmsReceipts, { id, timestamp, signature, text }: SignedReceipt): boolean {
    const age = Math.abs(this.clock.now().getTime() / 1000 - Number(timestamp));
    if (!/^\d{1,12}$/.test(timestamp) || age > WINDOW_SECONDS || id === '') return false;
    const expected = createHmac('sha256', secret).update(`${id}.${timestamp}.${text}`).digest();
    return signature.split(' ').some((each) => {
      const given = Buffer.from(each.startsWith('v1,') ? each.slice(3) : '', 'base64');
      return given.length === expected.length && timingSafeEqual(given, expected);
    });
  }
}
