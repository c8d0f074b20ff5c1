import { Injectable } from '@nestjs/common';
import { COUNCIL_HEADER, Transactions } from '../../../platform/index.js';
import { deliveryReport } from '../domain/delivery-report.js';
import { type BounceOutcome, MessageReceiptsService } from './message-receipts.service.js';

/** Takes the mails by which mail servers say that they gave a message up after they had taken it. */
@Injectable()
export class BouncesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly receipts: MessageReceiptsService,
  ) {}

  /** `mail`: as it came (RFC 5322). `ignored`: it says of no message of ours that it did not arrive. */
  async take(mail: Buffer): Promise<BounceOutcome | 'ignored'> {
    const report = await deliveryReport(mail, COUNCIL_HEADER);
    if (report === null) return 'ignored';
    return this.transactions.write(report.councilId, (tx) => this.receipts.bounced(tx, report));
  }
}
