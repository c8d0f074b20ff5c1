import { Injectable } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { Transactions } from '../database/index.js';
import { Log } from '../logging/log.js';
import { Handlers, type Job } from './handlers.js';
import type { JobIds } from './outbox.js';

/** A row as it was claimed. */
export interface ClaimedRow {
  readonly id: string;
  readonly council_id: string;
  readonly kind: string;
  readonly ids: JobIds;
  readonly due_at: Date;
  readonly attempts: number;
}

/** A try may take this long before somebody else takes the row over, in seconds. */
const LEASE_SECONDS = 60;
/** A row that failed this often is set aside, visible and replayable. */
const MAX_ATTEMPTS = 8;
const LONGEST_PAUSE_SECONDS = 3600;

/** Due rows nobody works on, leased to the caller. Due is the application's time, leases are the database's: no clock of ours can stretch them. */
const CLAIM = `
  UPDATE outbox SET leased_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS}), attempts = attempts + 1
  WHERE id IN (
    SELECT id FROM outbox
    WHERE done_at IS NULL AND dead_at IS NULL AND due_at <= $1 AND (leased_until IS NULL OR leased_until < clock_timestamp())
    ORDER BY due_at, id LIMIT $2 FOR UPDATE SKIP LOCKED)
  RETURNING id, council_id, kind, ids, due_at, attempts`;

const DONE = 'UPDATE outbox SET done_at = $2, leased_until = NULL, last_error = NULL WHERE id = $1 AND done_at IS NULL';
const FAILED = 'UPDATE outbox SET leased_until = NULL, last_error = $2, due_at = $3, dead_at = $4 WHERE id = $1 AND done_at IS NULL';
const READ = `
  SELECT id, council_id, kind, ids, due_at, attempts FROM outbox
  WHERE id = $1 AND done_at IS NULL AND dead_at IS NULL AND leased_until > clock_timestamp()`;

/** Somebody else finished the row first: this try's effects are taken back. */
class AlreadyDone extends Error {}

/** Claims due rows and does them: the one meaning of a job, whichever runner brings it. */
@Injectable()
export class OutboxExecutor {
  constructor(
    private readonly transactions: Transactions,
    private readonly handlers: Handlers,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** Leases at most `limit` due rows to the caller. */
  claim(limit: number, at: Date = this.clock.now()): Promise<ClaimedRow[]> {
    return this.transactions.system((tx) => tx.query<ClaimedRow>(CLAIM, [at, limit]));
  }

  /** Does the row of this id if it is still to be done under its lease. */
  async runById(id: string): Promise<void> {
    const row = await this.transactions.system((tx) => tx.one<ClaimedRow>(READ, [id]));
    if (row) await this.run(row);
  }

  /** Does one leased row: it ends done, postponed with a growing pause, or set aside. Never throws. */
  async run(row: ClaimedRow): Promise<'done' | 'failed'> {
    let completed = false;
    const complete: Job['complete'] = async (effects) => {
      await this.transactions.write(row.council_id, async (tx) => {
        await effects(tx);
        if ((await tx.execute(DONE, [row.id, this.clock.now()])) === 0) throw new AlreadyDone();
      });
      completed = true;
    };
    try {
      const handle = this.handlers.handlerOf(row.kind);
      if (!handle) throw new Error(`no handler for jobs of kind ${row.kind}`);
      await handle({ id: row.id, councilId: row.council_id, ids: row.ids, dueAt: row.due_at, attempt: row.attempts, complete });
      if (!completed) await complete(() => Promise.resolve());
      return 'done';
    } catch (error) {
      if (error instanceof AlreadyDone) return 'done';
      await this.postpone(row, error);
      return 'failed';
    }
  }

  private async postpone(row: ClaimedRow, error: unknown): Promise<void> {
    const now = this.clock.now();
    const dead = row.attempts >= MAX_ATTEMPTS;
    const pause = Math.min(2 ** row.attempts * 5, LONGEST_PAUSE_SECONDS);
    const words = describe(error);
    this.log.warn('job failed', { jobId: row.id, kind: row.kind, attempt: row.attempts, dead, error: words });
    await this.transactions
      .system((tx) => tx.execute(FAILED, [row.id, words, new Date(now.getTime() + pause * 1000), dead ? now : null]))
      .catch((fault: unknown) => {
        // The lease runs out by itself, and the row is taken again.
        this.log.warn('job could not be postponed', { jobId: row.id, error: describe(fault) });
      });
  }
}

/** The kind of fault without its data: messages of mail servers and of databases quote addresses. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown fault';
  const { code, responseCode } = error as { code?: string | number; responseCode?: number };
  return [error.name, code, responseCode].filter((part) => part !== undefined).join(' ');
}
