import { Injectable } from '@nestjs/common';
import { Clock, type Job, type JobOf, Outbox, type Tx } from '../../../platform/index.js';
import { CouncilsRepository } from '../../councils/index.js';
import { PriorityPoliciesRepository } from './priority-policies.repository.js';
import { RankingRepository } from './ranking.repository.js';
import { SCORE_HOUSEHOLD, SCORE_LINE } from './score-jobs.js';

/** Soon, when somebody was just changing what all scores stand on. */
const AGAIN_MS = 2000;

/** Gives lines their scores and tickets: in the transaction that lets them wait, and again when what they stand on has changed. */
@Injectable()
export class LineScorer {
  constructor(
    private readonly ranking: RankingRepository,
    private readonly policies: PriorityPoliciesRepository,
    private readonly councils: CouncilsRepository,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Scores lines that the transaction has written, of households whose locks it holds. Where the policy is being changed this instant, once more after that. */
  async score(tx: Tx, lineIds: readonly string[]): Promise<void> {
    const { shared, begun } = await this.ranking.share(tx);
    if (!begun) await this.begin(tx);
    await this.ranking.scoreLines(tx, lineIds);
    if (!shared) for (const lineId of lineIds) await this.outbox.add(tx, SCORE_LINE, { lineId }, { at: this.soon() });
  }

  line(job: JobOf<typeof SCORE_LINE>): Promise<void> {
    return job.complete(async (tx) => {
      const householdId = await this.ranking.householdOf(tx, job.ids.lineId);
      if (householdId !== null) await this.scoreHousehold(tx, householdId);
    });
  }

  /** What the household has, needs or says of itself has changed. */
  household(job: Job<{ householdId: string }>): Promise<void> {
    return job.complete((tx) => this.scoreHousehold(tx, job.ids.householdId));
  }

  /** The household first: whoever submits or moves its lines holds it from before reading until that is committed. */
  async scoreHousehold(tx: Tx, householdId: string): Promise<void> {
    await this.ranking.lockHousehold(tx, householdId);
    if ((await this.ranking.share(tx)).shared) await this.ranking.scoreHousehold(tx, householdId);
    else await this.outbox.add(tx, SCORE_HOUSEHOLD, { householdId }, { at: this.soon() });
  }

  /** Gives the council its ranking, if it has none: a policy, a day, and a key of the lottery. */
  async begin(tx: Tx): Promise<void> {
    const countedOn = this.clock.today((await this.councils.facts(tx)).timeZone);
    const { version: policyVersion } = await this.policies.holding(tx, countedOn);
    await this.ranking.begin(tx, { policyVersion, countedOn });
  }

  private soon(): Date {
    return new Date(this.clock.now().getTime() + AGAIN_MS);
  }
}
