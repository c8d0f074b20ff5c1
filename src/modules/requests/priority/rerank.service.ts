import { Injectable } from '@nestjs/common';
import { Clock, type JobOf, Outbox, type Tx } from '../../../platform/index.js';
import { type Day, startOfDay } from '../../../shared/day.js';
import { CouncilsRepository } from '../../councils/index.js';
import { PriorityPoliciesRepository } from './priority-policies.repository.js';
import { RankingRepository } from './ranking.repository.js';
import { RERANK } from './score-jobs.js';

/** Lines reckoned in one transaction: about a second's work. */
const BATCH = 20_000;

/** Ranks every line anew when another policy holds: beside the queue, batch by batch, and then all at once. */
@Injectable()
export class RerankService {
  constructor(
    private readonly ranking: RankingRepository,
    private readonly policies: PriorityPoliciesRepository,
    private readonly councils: CouncilsRepository,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Has the queues ranked anew on the day from which a policy holds. */
  async schedule(tx: Tx, holdsFrom: Day, timeZone: string): Promise<void> {
    const at = startOfDay(holdsFrom, timeZone);
    await this.outbox.add(tx, RERANK, { holdsFrom }, at > this.clock.now() ? { at } : {});
  }

  /** Something that every score may stand on has changed, though the policy has not. However often it changes, the last asking does it all. */
  async askForAll(tx: Tx): Promise<void> {
    await this.letFirstLineCome(tx);
    const again = await this.ranking.ask(tx);
    if (again !== null) await this.outbox.add(tx, RERANK, { again });
  }

  /** One batch, or the switch; whatever policy holds by now is the one that is worked towards. */
  next(job: JobOf<typeof RERANK>): Promise<void> {
    const { holdsFrom, version, after, again = 0 } = job.ids;
    return job.complete(async (tx) => {
      await this.letFirstLineCome(tx);
      // Before anything is read: whoever held it may have done the work.
      if (after === 'switch') await this.ranking.hold(tx);
      const { timeZone } = await this.councils.facts(tx);
      const today = this.clock.today(timeZone);
      // The clock of whoever brought the job goes ahead of ours, or the council's time zone is another by now.
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

  /** A council's first line begins its ranking, on what held when it was scored: nobody sees it before that is over. */
  private async letFirstLineCome(tx: Tx): Promise<void> {
    if ((await this.ranking.find(tx)) === null) await this.ranking.hold(tx);
  }
}
