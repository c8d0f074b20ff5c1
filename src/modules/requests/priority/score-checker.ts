import { Injectable } from '@nestjs/common';
import { Counter } from 'prom-client';
import { Audit, Clock, Every, Log, Metrics, Transactions, type Tx } from '../../../platform/index.js';
import { CouncilsRepository, CouncilsService } from '../../councils/index.js';
import { StoredNeedsService } from '../../needs/index.js';
import { type ScoredLine, type ScoreFault, scoreFaults, type ScoringBasis } from '../domain/score-check.rules.js';
import { LineScorer } from './line-scorer.js';
import { PriorityPoliciesRepository } from './priority-policies.repository.js';
import { RankingRepository } from './ranking.repository.js';
import { ScoreCheckRepository } from './score-check.repository.js';

/** The lines that are read and scored at a time. */
const BATCH = 1000;
/** The lines of a council that are checked in one night, which takes some seconds. The next night continues where this one ended. */
const LINES_A_NIGHT = 20_000;
/** The most faults of a council that are listed one by one. */
const MOST_LISTED = 1000;

/** A fault, and the household under whose lock it is corrected. */
type HouseholdFault = ScoreFault & { readonly householdId: string };

/** The result of the check of a whole council: the number of faults, and the first of them. */
export interface ScoreReport {
  readonly found: number;
  readonly first: readonly ScoreFault[];
}

/**
 * Compares the stored scores, tickets, needs and counts with the pure rules: every night for some lines of each council, and for all of them
 * when the operator asks. What a job is about to compute again is late, which is no fault: a change and its job are committed together, so one
 * snapshot shows both.
 */
@Injectable()
export class ScoreChecker {
  private readonly mended: Counter<'rule'>;

  constructor(
    private readonly transactions: Transactions,
    private readonly checks: ScoreCheckRepository,
    private readonly ranking: RankingRepository,
    private readonly policies: PriorityPoliciesRepository,
    private readonly scores: LineScorer,
    private readonly needs: StoredNeedsService,
    private readonly councils: CouncilsRepository,
    private readonly allCouncils: CouncilsService,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly log: Log,
    metrics: Metrics,
  ) {
    this.mended = new Counter({
      name: 'priority_scores_mended_total',
      help: 'Scores, tickets and needs that were not what the rules make of their facts, and were mended; above 0 tells of a fault of the program.',
      labelNames: ['rule'],
      registers: [metrics.registry],
    });
  }

  /** Checks every council in which the check of the night is due. */
  @Every(600)
  checkAll(): Promise<void> {
    return this.allCouncils.each('scores', (councilId) => this.checkTonight(councilId));
  }

  /** Returns every fault in a council, read batch by batch; with `repair` they are corrected. */
  async checkCouncil(councilId: string, { repair = false } = {}): Promise<ScoreReport> {
    const counts = await this.transactions.read(councilId, (tx) => this.checks.counts(tx, MOST_LISTED));
    const first: ScoreFault[] = counts.map(({ place, kept, made }) => ({
      rule: 'WAITING_COUNT_IS_NOT_ITS_LINES',
      subject: councilId,
      found: `${place}: ${kept}, by the lines ${made}`,
    }));
    let found = first.length;
    if (repair && found > 0) await this.mendCounts(councilId);
    for await (const faults of this.batches(councilId, null, Infinity)) {
      if (repair) await this.mend(councilId, faults.list);
      found += faults.list.length;
      first.push(
        ...faults.list.slice(0, MOST_LISTED - first.length).map(({ rule, subject, found: what }) => ({ rule, subject, found: what })),
      );
    }
    return { found, first };
  }

  /** Checks some lines of a council, once a night, after its waiting days were counted. */
  private async checkTonight(councilId: string): Promise<void> {
    const { progress, today } = await this.transactions.read(councilId, async (tx) => ({
      progress: await this.checks.progress(tx),
      today: this.clock.today((await this.councils.facts(tx)).timeZone),
    }));
    if (!progress || progress.countedOn < today || (progress.on !== null && progress.on >= today)) return;
    let to = progress.to;
    for await (const { list, last } of this.batches(councilId, progress.to, LINES_A_NIGHT)) {
      await this.mend(councilId, list);
      to = last;
    }
    await this.transactions.write(councilId, (tx) => this.checks.goOn(tx, today, to));
  }

  /**
   * Yields the faults of the next lines, one batch in one snapshot. `last` is the line at which the batch ended, and null at the end of all
   * lines.
   */
  private async *batches(councilId: string, after: string | null, most: number) {
    let last = after;
    for (let lines = 0; lines < most; lines += BATCH) {
      const batch = await this.transactions.read(councilId, async (tx) => this.batch(tx, last));
      last = batch.last;
      yield batch;
      if (last === null) return;
    }
  }

  private async batch(tx: Tx, after: string | null): Promise<{ list: HouseholdFault[]; last: string | null }> {
    const lines = await this.checks.next(tx, after, BATCH);
    const order = lines.length > 0 ? await this.order(tx) : null;
    const last = lines.length < BATCH ? null : (lines.at(-1)?.id ?? null);
    if (!order) return { list: [], last };
    const outdated = new Set(await this.needs.outdated(tx, [...new Set(lines.map(({ householdId }) => householdId))]));
    const list = [
      ...lines.flatMap((line) => faultsOf(line, order)),
      ...[...outdated].map((householdId) => ({
        rule: 'NEED_IS_NOT_OF_WHAT_IS_AT_HOME' as const,
        subject: householdId,
        householdId,
        found: 'stored of other inputs',
      })),
    ];
    return { list: await this.withoutPending(tx, list), last };
  }

  private async withoutPending(tx: Tx, list: readonly HouseholdFault[]): Promise<HouseholdFault[]> {
    if (list.length === 0) return [];
    const ids = list.map(({ subject }) => subject);
    const awaited = await this.checks.pending(tx, [...new Set(list.map(({ householdId }) => householdId))], ids, this.clock.now());
    return list.filter(({ rule, subject, householdId }) => {
      const isOfAll = rule === 'NEED_IS_NOT_OF_WHAT_IS_AT_HOME' ? awaited.needsOfAll : awaited.scoresOfAll;
      return !isOfAll && !awaited.households.has(householdId) && !awaited.lines.has(subject);
    });
  }

  /** Corrects households one by one, each under its lock. What is right by then is left alone. */
  private async mend(councilId: string, faults: readonly HouseholdFault[]): Promise<void> {
    for (const householdId of new Set(faults.map((fault) => fault.householdId))) {
      const mended = await this.transactions.write(councilId, (tx) => this.mendHousehold(tx, householdId));
      for (const { rule } of mended) this.mended.inc({ rule });
      if (mended.length > 0) {
        this.log.error('scores were not what the rules make of their facts, and were mended', {
          councilId,
          householdId,
          rules: [...new Set(mended.map(({ rule }) => rule))].join(' '),
        });
      }
    }
  }

  private mendCounts(councilId: string): Promise<void> {
    return this.transactions.write(councilId, async (tx) => {
      await this.checks.mendCounts(tx);
      await this.audit.record(tx, { actor: 'system', ...AUDIT_ACTIONS.WAITING_COUNT_IS_NOT_ITS_LINES, subject: councilId });
    });
  }

  private async mendHousehold(tx: Tx, householdId: string): Promise<ScoreFault[]> {
    await this.ranking.lockHousehold(tx, householdId);
    const isOutdated = (await this.needs.outdated(tx, [householdId])).length > 0;
    if (isOutdated) await this.needs.renew(tx, householdId);
    const order = await this.order(tx);
    const wrong = order ? (await this.checks.ofHousehold(tx, householdId)).flatMap((line) => scoreFaults(line, order)) : [];
    await this.scores.scoreHousehold(tx, householdId);
    const need = { rule: 'NEED_IS_NOT_OF_WHAT_IS_AT_HOME' as const, subject: householdId, found: 'stored of other inputs' };
    const mended = [...(isOutdated ? [need] : []), ...wrong];
    await this.audit.recordEach(
      tx,
      mended.map(({ rule, subject }) => ({ actor: 'system', ...AUDIT_ACTIONS[rule], subject })),
    );
    return mended;
  }

  private async order(tx: Tx): Promise<ScoringBasis | null> {
    const order = await this.ranking.order(tx);
    const policy = order && (await this.policies.find(tx, Math.max(1, order.policyVersion), order.countedOn));
    return order && policy ? { scale: policy.scale, key: order.key } : null;
  }
}

/** The audit event of each correction. */
const AUDIT_ACTIONS = {
  SCORE_IS_NOT_WHAT_ITS_FACTS_MAKE: { action: 'request_line.score_mended', fields: ['score'] },
  TICKET_IS_NOT_ITS_HOUSEHOLDS: { action: 'request_line.score_mended', fields: ['ticket'] },
  NEED_IS_NOT_OF_WHAT_IS_AT_HOME: { action: 'household.need_mended', fields: ['need'] },
  WAITING_COUNT_IS_NOT_ITS_LINES: { action: 'request_line.counts_mended', fields: ['waiting'] },
} as const satisfies Record<ScoreFault['rule'], { action: string; fields: readonly string[] }>;

function faultsOf(line: ScoredLine, order: ScoringBasis): HouseholdFault[] {
  return scoreFaults(line, order).map((fault) => ({ ...fault, householdId: line.householdId }));
}
