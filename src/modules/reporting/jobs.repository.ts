import { Injectable } from '@nestjs/common';
import { Clock, type Lane, LANES, MOST_COUNTED, Transactions, type Tx, storedIds } from '../../platform/index.js';

export const JOB_STATES = ['dead', 'due', 'running', 'scheduled'] as const;
export type JobState = (typeof JOB_STATES)[number];

export interface JobFilter {
  readonly state?: JobState;
  readonly lane?: Lane;
  readonly kind?: string;
}

/** Where a page begins: behind the job with this due time (as the database writes it) and this place among the jobs of that time. */
export interface JobPlace {
  readonly at: string;
  readonly ordinal: number;
}

export interface JobRow {
  readonly id: string;
  readonly kind: string;
  readonly lane: Lane;
  readonly ids: Readonly<Record<string, string | number>>;
  readonly dueAt: Date;
  readonly attempts: number;
  readonly lastError: string | null;
  readonly state: JobState | 'done';
  /** The due time with all its digits. */
  readonly place: string;
  readonly ordinal: number;
}

/** A job that was set aside, in any council. */
export interface DeadJob {
  readonly id: string;
  readonly councilId: string;
  readonly kind: string;
  readonly lane: Lane;
  readonly ids: Readonly<Record<string, string | number>>;
  readonly attempts: number;
  readonly lastError: string | null;
  readonly deadAt: Date;
}

// Reads the platform's table outbox. `$1` is the current time.
const RUNS = 'coalesce(running AND leased_until >= clock_timestamp(), false)';
const COLUMNS = `
  id, kind, lane, ids, due_at AS "dueAt", attempts, last_error AS "lastError", due_at::text AS place, ordinal,
  CASE WHEN done_at IS NOT NULL THEN 'done' WHEN dead_at IS NOT NULL THEN 'dead' WHEN ${RUNS} THEN 'running' WHEN due_at <= $1 THEN 'due' ELSE 'scheduled' END AS state`;
const WHICH = `
  council_id = current_council() AND lane = each.lane
  AND ($4::timestamptz IS NULL OR (due_at, ordinal) > ($4, $5::bigint))`;
const OF_KIND = '($3::text IS NULL OR kind = $3)';
/**
 * Each lane is read in the order of its index, then the lanes are merged. $12 is the most rows of a lane that are searched: those of the
 * page, or more when it is filtered.
 */
const PAGE = `
  SELECT job.* FROM unnest($2::text[]) AS each (lane) CROSS JOIN LATERAL (
    (SELECT * FROM (
       SELECT ${COLUMNS} FROM outbox
       WHERE $6 AND ${WHICH} AND done_at IS NULL AND dead_at IS NULL AND due_at > $7::timestamptz AND due_at <= $8::timestamptz
       ORDER BY due_at, ordinal LIMIT $12) pending
     WHERE ${OF_KIND} AND ($9::boolean IS NULL OR (state = 'running') = $9)
     ORDER BY "dueAt", ordinal LIMIT $10)
    UNION ALL
    (SELECT ${COLUMNS} FROM outbox WHERE $11 AND ${WHICH} AND ${OF_KIND} AND done_at IS NULL AND dead_at IS NOT NULL
     ORDER BY due_at, ordinal LIMIT $10)) job
  ORDER BY job."dueAt", job.ordinal LIMIT $10`;
const ONE = `SELECT ${COLUMNS} FROM outbox WHERE council_id = current_council() AND id = $2`;
const LOCKED = `${ONE} FOR UPDATE`;
const DEAD = `
  SELECT id, council_id AS "councilId", kind, lane, ids, attempts, last_error AS "lastError", dead_at AS "deadAt" FROM outbox
  WHERE dead_at IS NOT NULL AND done_at IS NULL AND ($1::uuid IS NULL OR id = $1) AND ($2::text IS NULL OR kind = $2) AND ($4::uuid IS NULL OR id > $4)
  ORDER BY id LIMIT $3`;

const withIds = <T extends Pick<JobRow, 'ids'>>(rows: readonly T[]): T[] => rows.map((row) => ({ ...row, ids: storedIds(row.ids) }));

/** All SQL for people who look at jobs. */
@Injectable()
export class JobsRepository {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** The jobs that are not done, in the order in which they are due. Returns one more than `limit` when more follow. */
  async page(councilId: string, { state, lane, kind }: JobFilter, after: JobPlace | null, limit: number): Promise<JobRow[]> {
    const now = this.clock.now();
    const from = state === 'scheduled' ? now : '-infinity';
    const to = state === 'due' || state === 'running' ? now : 'infinity';
    const runs = state === 'running' ? true : state === 'due' || state === 'scheduled' ? false : null;
    const which = [lane === undefined ? LANES : [lane], kind ?? null, after?.at ?? null, after?.ordinal ?? null];
    const values = [now, ...which, state !== 'dead', from, to, runs, limit + 1, state === undefined || state === 'dead'];
    // Running jobs were due first, so they are only searched among the first rows.
    const looked = state === 'running' ? MOST_COUNTED : null;
    return withIds(await this.transactions.tenantRead<JobRow>(councilId, PAGE, [...values, looked]));
  }

  async find(tx: Tx, id: string): Promise<JobRow | null> {
    return withIds(await tx.query<JobRow>(ONE, [this.clock.now(), id]))[0] ?? null;
  }

  /** The job with this id, locked until the transaction ends. */
  async lock(tx: Tx, id: string): Promise<JobRow | null> {
    return withIds(await tx.query<JobRow>(LOCKED, [this.clock.now(), id]))[0] ?? null;
  }

  /** At most `limit` jobs that were set aside, of every council, in the order of their ids. */
  dead({ id, kind }: { id?: string; kind?: string }, limit: number, after: string | null = null): Promise<DeadJob[]> {
    return this.transactions.system(async (tx) => withIds(await tx.query<DeadJob>(DEAD, [id ?? null, kind ?? null, limit, after])));
  }
}
