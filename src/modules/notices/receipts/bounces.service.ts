import { Injectable } from '@nestjs/common';
import { COUNCIL_HEADER, Transactions } from '../../../platform/index.js';
import { deliveryReport } from '../domain/delivery-report.js';
import { type BounceOutcome, MessageReceiptsService } from './message-receipts.service.js';

/** Takes the mails in which mail servers report that they could not deliver a message that they had taken. */
@Injectable()
export class BouncesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly receipts: MessageReceiptsService,
  ) {}

  /** `mail`: the raw mail (RFC 5322). Returns `ignored` when it does not report that one of our messages could not be delivered. */
  async take(mail: Buffer): Promise<BounceOutcome | 'ignored'> {
    const report = await deliveryReport(mail, COUNCIL_HEADER);
    if (report === null) return 'ignored';
    return this.transactions.write(report.councilId, (tx) => this.receipts.bounced(tx, report));
  }
}
