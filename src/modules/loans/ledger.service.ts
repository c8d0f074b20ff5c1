import { Injectable } from '@nestjs/common';
import { Transactions } from '../../platform/index.js';
import { type LedgerFault, LedgerRepository } from './ledger.repository.js';

export interface LedgerReport {
  /** How many councils' books were checked. */
  readonly councils: number;
  readonly faults: readonly (LedgerFault & { readonly councilId: string })[];
}

/** Recomputes from the history what the tables say, and tells where they do not agree (`ledger:verify`). */
@Injectable()
export class Ledger {
  constructor(
    private readonly transactions: Transactions,
    private readonly ledger: LedgerRepository,
  ) {}

  /** Every disagreement in every council's books; each council's are of one moment. */
  async verify(): Promise<LedgerReport> {
    const councils = await this.transactions.system((tx) => this.ledger.councils(tx));
    const faults: LedgerReport['faults'][number][] = [];
    for (const councilId of councils) {
      const found = await this.transactions.read(councilId, (tx) => this.ledger.faults(tx));
      faults.push(...found.map((fault) => ({ councilId, ...fault })));
    }
    return { councils: councils.length, faults };
  }
}
