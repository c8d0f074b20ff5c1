import { Injectable } from '@nestjs/common';
import { newId } from '../../shared/ids.js';
import { Clock } from '../clock/clock.js';
import type { Tx } from '../database/index.js';
import { HandlerRegistry, type Subscription } from './handlers.js';
import type { JobEvent, JobKind } from './job-kind.js';
import { OutboxNotifier } from './outbox-notifier.js';

interface JobSchedule {
  /** The job is not done before this instant; the default is now. */
  readonly at?: Date;
  /** In each council there is at most one row of this kind with this key, for ever. To add it again changes nothing. */
  readonly key?: string;
}

const ADD = `
  INSERT INTO outbox (id, council_id, kind, lane, ids, key, due_at, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
  ON CONFLICT (council_id, kind, key) WHERE key IS NOT NULL DO NOTHING`;

const ADD_EACH = `
  INSERT INTO outbox (id, council_id, kind, lane, ids, due_at, created_at)
  SELECT job.id, current_council(), $1, $2, job.ids, $5, $5 FROM unnest($3::uuid[], $4::jsonb[]) AS job (id, ids)`;

const ADD_TIMED = `
  INSERT INTO outbox (id, council_id, kind, lane, ids, due_at, key, created_at)
  SELECT job.id, current_council(), $1, $2, job.ids, job.due_at, job.key, $7
  FROM unnest($3::uuid[], $4::jsonb[], $5::timestamptz[], $6::text[]) AS job (id, ids, due_at, key)
  ON CONFLICT (council_id, kind, key) WHERE key IS NOT NULL DO NOTHING`;

const REPLAY = `
  UPDATE outbox SET dead_at = NULL, due_at = $2, attempts = 0, leased_until = NULL, running = false
  WHERE council_id = current_council() AND id = ANY($1::uuid[]) AND dead_at IS NOT NULL AND done_at IS NULL RETURNING id`;

/** A job that is not done before an instant. */
interface TimedJob<Ids> extends Pick<JobSchedule, 'key'> {
  readonly ids: Ids;
  readonly at: Date;
}

/** Adds the jobs that follow from a change, in the transaction of the change. */
@Injectable()
export class Outbox {
  constructor(
    private readonly clock: Clock,
    private readonly handlers: HandlerRegistry,
    private readonly notifier: OutboxNotifier,
  ) {}

  /** Adds one job. The only handler of its kind does it. */
  add<Ids>(tx: Tx, kind: JobKind<Ids>, ids: NoInfer<Ids>, when: JobSchedule = {}): Promise<void> {
    return this.insert(tx, kind, ids, when);
  }

  /** Adds many jobs of one kind with one statement; each has its own due time. */
  async addEach<Ids>(tx: Tx, { kind, lane }: JobKind<Ids>, jobs: readonly TimedJob<NoInfer<Ids>>[]): Promise<void> {
    if (jobs.length === 0) return;
    const now = this.clock.now();
    const values = [
      jobs.map(() => newId()),
      jobs.map(({ ids }) => JSON.stringify(ids)),
      jobs.map(({ at }) => at),
      jobs.map(({ key }) => key ?? null),
    ];
    await tx.execute(ADD_TIMED, [kind, lane, ...values, now]);
    if (jobs.some(({ at }) => at <= now)) tx.afterCommit(() => this.notifier.notify());
  }

  /** Tells every subscriber of an event, by adding one job for each. */
  async announce<Ids>(tx: Tx, { event }: JobEvent<Ids>, ids: NoInfer<Ids>): Promise<void> {
    for (const subscription of this.handlers.subscribers(event)) await this.insert(tx, subscription, ids, {});
  }

  /** The same for many events of one kind, with one statement for each subscriber. */
  async announceEach<Ids>(tx: Tx, { event }: JobEvent<Ids>, each: readonly NoInfer<Ids>[]): Promise<void> {
    const subscriptions = each.length > 0 ? this.handlers.subscribers(event) : [];
    for (const { kind, lane } of subscriptions) {
      const values = [each.map(() => newId()), each.map((ids) => JSON.stringify(ids)), this.clock.now()];
      await tx.execute(ADD_EACH, [kind, lane, ...values]);
    }
    if (subscriptions.length > 0) tx.afterCommit(() => this.notifier.notify());
  }

  /** Makes jobs that were set aside due now, with no attempts counted. Returns the ids of those that were. */
  async replay(tx: Tx, ids: readonly string[]): Promise<string[]> {
    const replayed = await tx.query<{ id: string }>(REPLAY, [ids, this.clock.now()]);
    if (replayed.length > 0) tx.afterCommit(() => this.notifier.notify());
    return replayed.map(({ id }) => id);
  }

  private async insert(tx: Tx, { kind, lane }: Subscription, ids: unknown, { at, key }: JobSchedule): Promise<void> {
    const now = this.clock.now();
    await tx.execute(ADD, [newId(), tx.councilId, kind, lane, ids, key ?? null, at ?? now, now]);
    if (at === undefined || at <= now) tx.afterCommit(() => this.notifier.notify());
  }
}
