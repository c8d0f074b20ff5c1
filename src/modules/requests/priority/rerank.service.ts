import { Injectable } from '@nestjs/common';
import { Clock, type Job, jobKind, Outbox, type Tx } from '../../../platform/index.js';
import { type Day, startOfDay } from '../../../shared/day.js';
import { CouncilsRepository } from '../../councils/index.js';
import { PriorityPoliciesRepository } from './priority-policies.repository.js';
import { RankingRepository } from './ranking.repository.js';

/** Brings the order of the queues to the policy that holds. */
export const RERANK = jobKind('priority.rerank');

/** Lines reckoned in one transaction: about a second's work. */
const BATCH = 20_000;
/** When lines were just being scored. */
const AGAIN_MS = 1000;

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
    await this.outbox.add(tx, RERANK, {}, at > this.clock.now() ? { at } : {});
  }

  /** Something that every score may stand on has changed, though the policy has not. */
  askForAll(tx: Tx): Promise<void> {
    return this.outbox.add(tx, RERANK, { again: 1 });
  }

  /** One batch, or the switch; whatever policy holds by now is the one that is worked towards. */
  next(job: Job): Promise<void> {
    const { version, after = null, again = 0 } = job.ids as { version?: number; after?: string; again?: number };
    return job.complete(async (tx) => {
      const today = this.clock.today((await this.councils.facts(tx)).timeZone);
      const holding = (await this.policies.holding(tx, today)).version;
      const ranking = await this.ranking.find(tx);
      if (ranking === null || (ranking.policyVersion === holding && again === 0)) return;
      if (after === 'switch' && version === holding) return this.switchTo(tx, holding, again);

      const last = await this.ranking.draftNext(tx, holding, version === holding ? after : null, BATCH);
      await this.outbox.add(tx, RERANK, { version: holding, after: last ?? 'switch', again });
    });
  }

  private async switchTo(tx: Tx, version: number, again: number): Promise<void> {
    if (await this.ranking.hold(tx)) await this.ranking.switchTo(tx, version);
    else await this.outbox.add(tx, RERANK, { version, after: 'switch', again }, { at: new Date(this.clock.now().getTime() + AGAIN_MS) });
  }
}
