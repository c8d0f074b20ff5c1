import { Injectable } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { Settings } from '../config/settings.js';
import { Transactions } from '../database/index.js';
import { Metrics } from '../health/metrics.js';
import { Log } from '../logging/log.js';
import { DUE_IN_TIME, DUE_IN_TURN, LAST_IN_TURN, PENDING } from './due.sql.js';
import { HandlerRegistry } from './handlers.js';
import { type Job, PermanentFailure } from './job.js';
import { type PerLane, perLane, type Lane, LANES } from './lanes.js';
import { NIL_ID } from '../../shared/ids.js';

/** A row whose attempt has begun; `attempts` includes it. */
export interface ClaimedRow {
  readonly id: string;
  readonly council_id: string;
  readonly kind: string;
  readonly lane: Lane;
  readonly ids: unknown;
  readonly due_at: Date;
  readonly attempts: number;
}

/**
 * A row that has failed this often is set aside; it can be seen and replayed. The pauses add up to more than a day, so a provider may be
 * down for a day.
 */
const MAX_ATTEMPTS = 36;
const FIRST_PAUSE_SECONDS = 10;
const LONGEST_PAUSE_SECONDS = 3600;
/** How often a lease is renewed before it would end, while the attempt runs. */
const RENEWALS_A_LEASE = 3;

interface BegunRow extends ClaimedRow {
  readonly dead_at: Date | null;
}

interface TakenRow {
  readonly lane: Lane;
  readonly lastInTurn: string | null;
}

const UNTIL = (seconds: string) => `clock_timestamp() + make_interval(secs => ${seconds})`;
const ROW = 'id, council_id, kind, lane, ids, due_at, attempts';
/** If the last allowed attempt died with its process, the row is set aside here. */
const TRY = `
  running = attempts < ${MAX_ATTEMPTS},
  attempts = CASE WHEN attempts < ${MAX_ATTEMPTS} THEN attempts + 1 ELSE attempts END,
  leased_until = CASE WHEN attempts < ${MAX_ATTEMPTS} THEN ${UNTIL('$2')} END,
  last_error = CASE WHEN attempts < ${MAX_ATTEMPTS} THEN last_error ELSE 'gave no sign any more' END,
  dead_at = CASE WHEN attempts < ${MAX_ATTEMPTS} THEN NULL ELSE $1::timestamptz END`;

/** The statements that take rows: in the order of time, and with turns for councils. */
interface TakeStatements {
  readonly inTime: string;
  readonly inTurn: string;
  /**
   * How many councils have their turn at once, and at every how many looks at a backlog there are turns. Turns cost more than the order of
   * time.
   */
  readonly councils: number;
  readonly everyLook: number;
}

const claiming = (due: string, last: string) => `
  ${due}, begun AS (UPDATE outbox SET ${TRY} WHERE id IN (SELECT id FROM due) RETURNING ${ROW}, ordinal, dead_at)
  SELECT *, ${last} AS "lastInTurn" FROM begun ORDER BY due_at, ordinal`;
/** Rows are claimed a few at a time, many times a second. */
const CLAIM: TakeStatements = {
  inTime: claiming(DUE_IN_TIME, 'NULL'),
  inTurn: claiming(DUE_IN_TURN, LAST_IN_TURN),
  councils: 2,
  everyLook: 4,
};
const leasing = (due: string, last: string) => `
  ${due}, leased AS (
    UPDATE outbox SET leased_until = ${UNTIL('$2')}, running = false WHERE id IN (SELECT id FROM due) RETURNING id, lane, due_at, ordinal)
  SELECT id, lane, ${last} AS "lastInTurn" FROM leased ORDER BY due_at, ordinal`;
const LEASE: TakeStatements = {
  inTime: leasing(DUE_IN_TIME, 'NULL'),
  inTurn: leasing(DUE_IN_TURN, LAST_IN_TURN),
  councils: 50,
  everyLook: 1,
};
/** If the attempt of the row still runs, because Redis forgot who works on it, no second one is begun. */
const BEGIN = `
  UPDATE outbox SET ${TRY}
  WHERE id = $3 AND ${PENDING} AND leased_until IS NOT NULL AND (NOT running OR leased_until < clock_timestamp()) RETURNING ${ROW}, dead_at`;
const RENEW = `UPDATE outbox SET leased_until = ${UNTIL('$3')} WHERE id = $1 AND attempts = $2 AND ${PENDING} AND leased_until IS NOT NULL`;
const DONE =
  'UPDATE outbox SET done_at = $2, leased_until = NULL, running = false, last_error = NULL, dead_at = NULL WHERE id = $1 AND done_at IS NULL';
/** Only the attempt that holds the row may change it. One that was replaced by another may not. */
const FAILED = `
  UPDATE outbox SET leased_until = NULL, running = false, last_error = $3, due_at = $4, dead_at = $5
  WHERE id = $1 AND attempts = $2 AND ${PENDING}`;

/** Another attempt has finished the row, so the effects of this one are rolled back. */
class RowAlreadyDone extends Error {}

/** Claims due rows and does their jobs. Both runners use it, so a job means the same in both. */
@Injectable()
export class OutboxExecutor {
  /** The last council that had its turn. */
  private turn = NIL_ID;
  /** Whether at the last look a lane had more rows than were taken, and how many such looks there were. */
  private isBacklog = false;
  private looks = 0;

  constructor(
    private readonly transactions: Transactions,
    private readonly handlers: HandlerRegistry,
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly metrics: Metrics,
    private readonly log: Log,
  ) {}

  /** Begins an attempt of due rows, of each lane at most the given number. The caller must run them at once. */
  async claim(limits: PerLane<number>): Promise<ClaimedRow[]> {
    return this.withoutSetAside(await this.take<BegunRow>(CLAIM, limits));
  }

  /** Leases due rows, of each lane at most the given number. They must be run by their ids before the lease ends. */
  async lease(limits: PerLane<number>): Promise<PerLane<string[]>> {
    const rows = await this.take<{ id: string; lane: Lane }>(LEASE, limits);
    const leased = perLane<string[]>(() => []);
    for (const { id, lane } of rows) leased[lane].push(id);
    return leased;
  }

  /** Does every due row, and those that follow from them. Returns how many were done. */
  async drain(): Promise<number> {
    let done = 0;
    for (;;) {
      const rows = await this.claim(perLane(() => 100));
      if (rows.length === 0) return done;
      // The leases of rows that are run later are renewed as well; otherwise another process might take them for abandoned.
      const kept = rows.map((row) => ({ row, letGo: this.keep(row) }));
      for (const { row, letGo } of kept) {
        letGo();
        if ((await this.run(row)) === 'done') done += 1;
      }
    }
  }

  /** Does the leased row with this id, unless it is done already. */
  async runById(id: string): Promise<void> {
    const values = [this.clock.now(), this.settings.outboxLeaseSeconds, id];
    const begun = await this.transactions.system((tx) => tx.query<BegunRow>(BEGIN, values));
    for (const row of this.withoutSetAside(begun)) await this.run(row);
  }

  /** Does one row whose attempt has begun. Afterwards the row is done, postponed with a growing pause, or set aside. Never throws. */
  async run(row: ClaimedRow): Promise<'done' | 'failed'> {
    const letGo = this.keep(row);
    const duration = this.metrics.jobDuration.startTimer({ kind: row.kind });
    const outcome = await this.attempt(row).finally(letGo);
    duration();
    this.count(row, outcome);
    return outcome;
  }

  /** Renews the lease of a row until the returned function is called. */
  private keep(row: ClaimedRow): () => void {
    const everyMs = (this.settings.outboxLeaseSeconds * 1000) / RENEWALS_A_LEASE;
    const renewal = setInterval(() => void this.renew(row), everyMs).unref();
    return () => clearInterval(renewal);
  }

  private async take<Row extends object>(taking: TakeStatements, limits: PerLane<number>): Promise<Row[]> {
    const inTime = [this.clock.now(), this.settings.outboxLeaseSeconds, ...LANES.map((lane) => limits[lane])];
    const isInTurn = this.isBacklog && ++this.looks % taking.everyLook === 0;
    const [text, values] = isInTurn ? [taking.inTurn, [...inTime, this.turn, taking.councils]] : [taking.inTime, inTime];
    const rows = await this.transactions.system((tx) => tx.query<Row & TakenRow>(text, values));
    if (isInTurn) this.turn = rows[0]?.lastInTurn ?? NIL_ID;
    this.isBacklog = LANES.some((lane) => limits[lane] > 0 && rows.filter((row) => row.lane === lane).length === limits[lane]);
    return rows;
  }

  private count({ kind, lane }: ClaimedRow, outcome: 'done' | 'failed'): void {
    this.metrics.jobs.inc({ kind, lane, outcome });
  }

  private async attempt(row: ClaimedRow): Promise<'done' | 'failed'> {
    const state = { completed: false };
    const complete: Job['complete'] = async (effects) => {
      await this.transactions.write(row.council_id, async (tx) => {
        await effects(tx);
        if ((await tx.execute(DONE, [row.id, this.clock.now()])) === 0) throw new RowAlreadyDone();
      });
      state.completed = true;
    };
    try {
      const handler = this.handlers.handlerOf(row.kind);
      if (!handler) throw new Error(`no handler for jobs of kind ${row.kind}`);
      const ids = handler.idsOf(row.ids);
      await handler.handle({ id: row.id, councilId: row.council_id, ids, dueAt: row.due_at, attempt: row.attempts, complete });
      if (!state.completed) await complete(() => Promise.resolve());
      return 'done';
    } catch (error) {
      if (state.completed || error instanceof RowAlreadyDone) return 'done';
      await this.postpone(row, error);
      return 'failed';
    }
  }

  /** A running attempt keeps its row. When its process dies, the row is free once the lease has ended. */
  private async renew({ id, attempts }: ClaimedRow): Promise<void> {
    const values = [id, attempts, this.settings.outboxLeaseSeconds];
    await this.transactions
      .system((tx) => tx.execute(RENEW, values))
      .catch((fault: unknown) => {
        this.log.warn('the lease of a job could not be renewed', { jobId: id, error: describe(fault) });
      });
  }

  /** The rows without those that were just set aside. */
  private withoutSetAside(begun: readonly BegunRow[]): ClaimedRow[] {
    for (const row of begun.filter(({ dead_at }) => dead_at !== null)) {
      const { id, kind, attempts } = row;
      this.log.error('job set aside: its last try gave no sign any more', { jobId: id, kind, attempt: attempts });
      this.count(row, 'failed');
    }
    return begun.filter(({ dead_at }) => dead_at === null);
  }

  private async postpone(row: ClaimedRow, error: unknown): Promise<void> {
    const now = this.clock.now();
    const dead = row.attempts >= MAX_ATTEMPTS || error instanceof PermanentFailure;
    const pause = Math.min(FIRST_PAUSE_SECONDS * 2 ** (row.attempts - 1), LONGEST_PAUSE_SECONDS);
    const words = describe(error);
    this.log.warn('job failed', { jobId: row.id, kind: row.kind, attempt: row.attempts, dead, error: words });
    await this.transactions
      .system((tx) => tx.execute(FAILED, [row.id, row.attempts, words, new Date(now.getTime() + pause * 1000), dead ? now : null]))
      .catch((fault: unknown) => {
        // The lease ends by itself, and then the row is taken again.
        this.log.warn('job could not be postponed', { jobId: row.id, error: describe(fault) });
      });
  }
}

/** The kind of error without its data, because messages of mail servers and databases quote addresses. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown fault';
  if (error instanceof PermanentFailure) return error.reason;
  const { code, responseCode } = error as { code?: string | number; responseCode?: number };
  return [error.name, code, responseCode].filter((part) => part !== undefined).join(' ');
}
