import { Injectable } from '@nestjs/common';
import { Clock, type Job, type JobOf, Outbox, type Tx } from '../../../platform/index.js';
import { CouncilsRepository } from '../../councils/index.js';
import { PriorityPoliciesRepository } from './priority-policies.repository.js';
import { RankingRepository } from './ranking.repository.js';
import { SCORE_HOUSEHOLD, SCORE_LINE } from './score-jobs.js';

/** When all scores are being changed, a line is scored again after this time. */
const AGAIN_MS = 2000;

/**
 * Gives lines their scores and tickets: in the transaction in which they begin to wait, and again when something changes on which a score
 * depends.
 */
@Injectable()
export class LineScorer {
  constructor(
    private readonly ranking: RankingRepository,
    private readonly policies: PriorityPoliciesRepository,
    private readonly councils: CouncilsRepository,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * Scores lines that the transaction has written; it holds the locks of their households. While all scores are being changed, a job scores
   * the lines once more.
   */
  async score(tx: Tx, lineIds: readonly string[]): Promise<void> {
    const { shared, begun } = await this.ranking.share(tx);
    if (!begun) await this.begin(tx);
    await this.ranking.scoreLines(tx, lineIds);
    if (!shared) for (const lineId of lineIds) await this.outbox.add(tx, SCORE_LINE, { lineId }, { at: this.soon() });
  }

  scoreLineJob(job: JobOf<typeof SCORE_LINE>): Promise<void> {
    return job.complete(async (tx) => {
      const householdId = await this.ranking.householdOf(tx, job.ids.lineId);
      if (householdId !== null) await this.scoreHousehold(tx, householdId);
    });
  }

  /** Scores the lines of a household again because its equipment, its need or its file has changed. */
  scoreHouseholdJob(job: Job<{ householdId: string }>): Promise<void> {
    return job.complete((tx) => this.scoreHousehold(tx, job.ids.householdId));
  }

  /** Scores the open lines of a household. The household is locked first, as it is by everybody who submits or moves its lines. */
  async scoreHousehold(tx: Tx, householdId: string): Promise<void> {
    await this.ranking.lockHousehold(tx, householdId);
    if ((await this.ranking.share(tx)).shared) await this.ranking.scoreHousehold(tx, householdId);
    else await this.outbox.add(tx, SCORE_HOUSEHOLD, { householdId }, { at: this.soon() });
  }

  /** Makes the council's ranking, if it has none: a version of the policy, a day, and a key of the lottery. */
  async begin(tx: Tx): Promise<void> {
    const countedOn = this.clock.today((await this.councils.facts(tx)).timeZone);
    const { version: policyVersion } = await this.policies.holding(tx, countedOn);
    await this.ranking.begin(tx, { policyVersion, countedOn });
  }

  private soon(): Date {
    return new Date(this.clock.now().getTime() + AGAIN_MS);
  }
}
