import { Injectable } from '@nestjs/common';
import { Clock, type JobOf, Outbox, type Tx } from '../../../platform/index.js';
import { type Day, startOfDay } from '../../../shared/day.js';
import { CouncilsRepository } from '../../councils/index.js';
import { PriorityPoliciesRepository } from './priority-policies.repository.js';
import { RankingRepository } from './ranking.repository.js';
import { RERANK } from './score-jobs.js';

/** The lines of one transaction, which take about a second. */
const BATCH = 20_000;

/** Scores every line again when another policy holds: beside the queue, batch by batch, and then all at once. */
@Injectable()
export class RerankService {
  constructor(
    private readonly ranking: RankingRepository,
    private readonly policies: PriorityPoliciesRepository,
    private readonly councils: CouncilsRepository,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Plans the re-ranking on the day from which a policy holds. */
  async schedule(tx: Tx, holdsFrom: Day, timeZone: string): Promise<void> {
    const at = startOfDay(holdsFrom, timeZone);
    await this.outbox.add(tx, RERANK, { holdsFrom }, at > this.clock.now() ? { at } : {});
  }

  /**
   * Plans a re-ranking because something has changed on which every score may depend, though the policy has not. When it changes several
   * times, the last re-ranking does the work.
   */
  async askForAll(tx: Tx): Promise<void> {
    await this.waitForFirstLine(tx);
    const again = await this.ranking.ask(tx);
    if (again !== null) await this.outbox.add(tx, RERANK, { again });
  }

  /** Does one batch, or the switch to the new scores. It works towards the policy that holds by now. */
  next(job: JobOf<typeof RERANK>): Promise<void> {
    const { holdsFrom, version, after, again = 0 } = job.ids;
    return job.complete(async (tx) => {
      await this.waitForFirstLine(tx);
      // The lock comes before anything is read: whoever held it may have done the work.
      if (after === 'switch') await this.ranking.hold(tx);
      const { timeZone } = await this.councils.facts(tx);
      const today = this.clock.today(timeZone);
      // The clock of the process that started the job may be ahead of ours, or the council may have another time zone by now.
      if (holdsFrom !== undefined && holdsFrom > today) return this.schedule(tx, holdsFrom, timeZone);

      const holding = (await this.policies.holding(tx, today)).version;
      const ranking = await this.ranking.find(tx);
      if (ranking === null) return;
      const isNeeded = again === 0 ? ranking.policyVersion !== holding : again >= ranking.asked;
      if (!isNeeded) return;
      if (after === 'switch' && version === holding) return this.ranking.switchTo(tx, holding);

      const last = await this.ranking.draftNext(tx, holding, version === holding ? (after ?? null) : null, BATCH);
      await this.outbox.add(tx, RERANK, { version: holding, after: last ?? 'switch', again });
    });
  }

  /**
   * A council's first line makes its ranking, from what held when it was scored, and that is visible only after its commit. So this waits for
   * it.
   */
  private async waitForFirstLine(tx: Tx): Promise<void> {
    if ((await this.ranking.find(tx)) === null) await this.ranking.hold(tx);
  }
}
