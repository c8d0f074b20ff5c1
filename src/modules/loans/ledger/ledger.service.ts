import { Injectable } from '@nestjs/common';
import { Audit, Clock, Transactions } from '../../../platform/index.js';
import { ScoreChecker, type ScoreFault } from '../../requests/index.js';
import { LedgerRepairRepository, type RepairableRule, REPAIRS } from './ledger-repair.repository.js';
import { type LedgerFault, LedgerRepository } from './ledger.repository.js';

export interface LedgerReport {
  /** How many councils were checked. */
  readonly councils: number;
  readonly faults: readonly ((LedgerFault | ScoreFault) & { readonly councilId: string })[];
  /** How many further faults of scores there are: of each council only the first ones are listed. */
  readonly unlisted: number;
}

/** A row that was repaired. */
export interface LedgerRepair {
  readonly councilId: string;
  readonly rule: RepairableRule | ScoreFault['rule'];
  readonly subject: string;
}

export interface RepairReport extends LedgerReport {
  readonly repaired: readonly LedgerRepair[];
}

/** Computes from the history what the tables should say, and reports where they differ (`ledger:verify`). */
@Injectable()
export class LedgerService {
  constructor(
    private readonly transactions: Transactions,
    private readonly ledger: LedgerRepository,
    private readonly scores: ScoreChecker,
    private readonly repairs: LedgerRepairRepository,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Returns every fault of every council. The faults of a council are of one moment; those of its scores, of one moment for each batch. */
  async verify(): Promise<LedgerReport> {
    const councils = await this.transactions.system((tx) => this.ledger.councils(tx));
    const faults: LedgerReport['faults'][number][] = [];
    let unlisted = 0;
    for (const councilId of councils) {
      const found = await this.transactions.read(councilId, (tx) => this.ledger.faults(tx));
      const scores = await this.scores.checkCouncil(councilId);
      faults.push(...[...found, ...scores.first].map((fault) => ({ councilId, ...fault })));
      unlisted += scores.found - scores.first.length;
    }
    return { councils: councils.length, faults, unlisted };
  }

  /**
   * Repairs everything that follows from the history and differs from it, with an audit event for each row, and reports the faults that are
   * left. The history itself is never changed. A fault in which two records contradict each other is left to a person.
   */
  async repair(): Promise<RepairReport> {
    const councils = await this.transactions.system((tx) => this.ledger.councils(tx));
    const repaired: LedgerRepair[] = [];
    for (const councilId of councils) {
      // In the order of the table: the status of a device is repaired before what follows from it is checked.
      for (const rule of Object.keys(REPAIRS) as RepairableRule[]) {
        const subjects = await this.repairOf(councilId, rule);
        repaired.push(...subjects.map((subject) => ({ councilId, rule, subject })));
      }
      // The scores come last, because the holder of a device counts in them.
      const { first } = await this.scores.checkCouncil(councilId, { repair: true });
      repaired.push(...first.map(({ rule, subject }) => ({ councilId, rule, subject })));
    }
    return { repaired, ...(await this.verify()) };
  }

  /** Repairs one rule in a transaction of its own, which locks rows of one kind in the order of their ids, and households before them. */
  private repairOf(councilId: string, rule: RepairableRule): Promise<string[]> {
    return this.transactions.write(councilId, async (tx) => {
      const broken = (await this.ledger.faultsOf(tx, rule)).map(({ subject }) => subject);
      if (broken.length === 0) return [];
      const subjects = await this.repairs.repair(tx, rule, broken, this.clock.now());
      const { fields } = REPAIRS[rule];
      await this.audit.recordEach(
        tx,
        subjects.map((subject) => ({ actor: 'system', action: 'ledger.repaired', subject, fields })),
      );
      return subjects;
    });
  }
}
