import { Injectable } from '@nestjs/common';
import { Audit, Clock, Transactions } from '../../../platform/index.js';
import { ScoreChecker, type ScoreFault } from '../../requests/index.js';
import { LedgerRepairRepository, type RepairableRule, REPAIRS } from './ledger-repair.repository.js';
import { type LedgerFault, LedgerRepository } from './ledger.repository.js';

export interface LedgerReport {
  /** How many councils' books were checked. */
  readonly councils: number;
  readonly faults: readonly ((LedgerFault | ScoreFault) & { readonly councilId: string })[];
  /** Further scores that disagree: of each council only the first are told one by one. */
  readonly unlisted: number;
}

/** What was written anew. */
export interface LedgerRepair {
  readonly councilId: string;
  readonly rule: RepairableRule | ScoreFault['rule'];
  readonly subject: string;
}

export interface RepairReport extends LedgerReport {
  readonly repaired: readonly LedgerRepair[];
}

/** Recomputes from the history what the tables say, and tells where they do not agree (`ledger:verify`). */
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

  /** Every disagreement in every council's books; each council's are of one moment; its scores, of one moment a batch. */
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
   * Writes anew whatever follows from the history and differs from it, each thing with an audit event, and tells what is left. The history
   * itself is never touched; what contradicts it in the books of several things is left to a person.
   */
  async repair(): Promise<RepairReport> {
    const councils = await this.transactions.system((tx) => this.ledger.councils(tx));
    const repaired: LedgerRepair[] = [];
    for (const councilId of councils) {
      // In this order: a device's status is mended before what follows from it is looked at.
      for (const rule of Object.keys(REPAIRS) as RepairableRule[]) {
        const subjects = await this.repairOf(councilId, rule);
        repaired.push(...subjects.map((subject) => ({ councilId, rule, subject })));
      }
      // Then what the queues stand on: who holds a device counts in a score.
      const { first } = await this.scores.checkCouncil(councilId, { repair: true });
      repaired.push(...first.map(({ rule, subject }) => ({ councilId, rule, subject })));
    }
    return { repaired, ...(await this.verify()) };
  }

  /** One rule in a transaction of its own: it locks things of one kind, in the order of their ids, and households before them. */
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
