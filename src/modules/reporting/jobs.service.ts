import { Injectable } from '@nestjs/common';
import { Audit, type LaneCount, LaneCounter, Outbox, Transactions, type Tx } from '../../platform/index.js';
import { invalidMove, notFound, type Outcome } from '../../shared/denial.js';
import { ok } from '../../shared/result.js';
import type { Actor } from '../councils/index.js';
import { type DeadJob, type JobFilter, type JobPlace, type JobRow, JobsRepository } from './jobs.repository.js';

/** The number of jobs that one transaction makes due again. */
const BATCH = 1000;

/** Selects jobs that were set aside: one job, or all of a kind. */
interface DeadJobSelection {
  readonly id?: string;
  readonly kind?: string;
}

/** Reads the jobs of the outbox, and makes those that were set aside due again. */
@Injectable()
export class JobsService {
  constructor(
    private readonly jobs: JobsRepository,
    private readonly counts: LaneCounter,
    private readonly outbox: Outbox,
    private readonly audit: Audit,
    private readonly transactions: Transactions,
  ) {}

  queues(actor: Actor): Promise<LaneCount[]> {
    return this.counts.ofCouncil(actor.councilId);
  }

  list(actor: Actor, filter: JobFilter, after: JobPlace | null, limit: number): Promise<JobRow[]> {
    return this.jobs.page(actor.councilId, filter, after, limit);
  }

  find({ councilId }: Actor, id: string): Promise<Outcome<JobRow>> {
    return this.transactions.read(councilId, async (tx) => {
      const job = await this.jobs.find(tx, id);
      return job ? ok(job) : notFound();
    });
  }

  /** Makes a job that was set aside due now. */
  replay(actor: Actor, id: string): Promise<Outcome<JobRow>> {
    return this.transactions.write(actor, async (tx) => {
      const job = await this.jobs.lock(tx, id);
      if (job === null) return notFound();
      if (job.state !== 'dead') return invalidMove({ from: job.state, move: 'replay', possible: [] });
      await this.again(tx, [id], actor.id);
      return ok((await this.jobs.lock(tx, id)) ?? job);
    });
  }

  /** The first jobs that were set aside, of every council, for the operator. */
  async dead(limit: number): Promise<{ jobs: DeadJob[]; thereAreMore: boolean }> {
    const jobs = await this.jobs.dead({}, limit + 1);
    return { jobs: jobs.slice(0, limit), thereAreMore: jobs.length > limit };
  }

  /**
   * Makes jobs that were set aside due now, one or all of a kind, each once and in every council, for the operator. Returns their number.
   */
  async replayForOperator(which: DeadJobSelection): Promise<number> {
    let replayed = 0;
    for (let after: string | null = null; ;) {
      const dead = await this.jobs.dead(which, BATCH, after);
      for (const councilId of new Set(dead.map((job) => job.councilId))) {
        const ids = dead.filter((job) => job.councilId === councilId).map(({ id }) => id);
        replayed += await this.transactions.write(councilId, (tx) => this.again(tx, ids, 'system'));
      }
      after = dead.at(-1)?.id ?? null;
      if (dead.length < BATCH || after === null) return replayed;
    }
  }

  private async again(tx: Tx, ids: readonly string[], actor: string): Promise<number> {
    const replayed = await this.outbox.replay(tx, ids);
    await this.audit.recordEach(
      tx,
      replayed.map((subject) => ({ actor, action: 'job.replayed', subject, fields: ['dueAt', 'attempts'] })),
    );
    return replayed.length;
  }
}
