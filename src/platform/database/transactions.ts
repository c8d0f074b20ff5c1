import { Injectable } from '@nestjs/common';
import type { Pool, PoolClient, QueryResultRow } from 'pg';
import { DataSource } from 'typeorm';
import { isUuid, NIL_ID } from '../../shared/ids.js';
import type { Caller, Claim } from './claim.js';
import { SYSTEM_ROLE } from './data-source.js';
import { statementName, Tx } from './tx.js';
import { databaseFault, isConnectionLost } from './violation.js';

/** No council: what the platform does for itself. Row-level security then shows no council's row. */
export const NO_COUNCIL = NIL_ID;
const DEADLOCK = new Set(['40P01', '40001']);
const ATTEMPTS = 3;

/** A transaction that writes ends within this time, or is ended: what begins later sees what it wrote. */
export const LONGEST_TRANSACTION_MS = 120_000;

/** Nothing was done yet: another connection may do. */
class NotBegun extends Error {}

const isDeadlock = (error: unknown) => DEADLOCK.has((error as { code?: string }).code ?? '');

/** The ways into the database. Each is one transaction, inside one council, set for that transaction alone. */
@Injectable()
export class Transactions {
  constructor(private readonly source: DataSource) {}

  /**
   * Runs `work` in one transaction that sees and writes only one council; a deadlock's victim is run again from the start. What a caller asks
   * for is written in the caller's name: what their request claims is held and settled with it. A council's id alone is for work that no
   * request waits for.
   */
  write<T>(by: Caller | string, work: (tx: Tx) => Promise<T>): Promise<T> {
    const councilId = typeof by === 'string' ? by : by.councilId;
    const claim = typeof by === 'string' ? undefined : by.claim;
    return this.run(`BEGIN; ${inside(councilId)}`, councilId, claim ? claimed(claim, work) : work);
  }

  /** The same, read-only, with one snapshot for all its statements. */
  read<T>(councilId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.run(`BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; ${inside(councilId)}`, councilId, work);
  }

  /**
   * Reads with one snapshot and writes what follows from it; where somebody else changed a row that it writes, it is run again from the
   * start. For long work: it holds up nobody whose rows it does not write.
   */
  snapshot<T>(councilId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.run(`BEGIN ISOLATION LEVEL REPEATABLE READ; ${inside(councilId)}`, councilId, work);
  }

  /** Work across councils on the platform's own tables: outbox, audit chain, sign-in look-ups. */
  system<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.run(`BEGIN; SET LOCAL ROLE ${SYSTEM_ROLE}; ${inside(NO_COUNCIL)}`, NO_COUNCIL, work);
  }

  /** One prepared statement inside a council: the quickest read. `text` must be constant. */
  async tenantRead<Row extends object>(councilId: string, text: string, values: readonly unknown[] = []): Promise<Row[]> {
    return this.run(`BEGIN READ ONLY; ${inside(councilId)}`, councilId, (tx) => tx.query<Row>(text, values));
  }

  /** One prepared statement outside every council, for functions that look up who somebody is; tables of a council would refuse it. */
  async platformCall<Row extends object>(text: string, values: readonly unknown[]): Promise<Row[]> {
    const pool = (this.source.driver as unknown as { master: Pool }).master;
    for (let attempt = 1; ; attempt++) {
      try {
        return (await pool.query<Row & QueryResultRow>({ name: statementName(text), text, values: values as unknown[] })).rows;
      } catch (error) {
        // It only reads: when the pooled connection turns out to be gone, another does.
        if (attempt === ATTEMPTS || !isConnectionLost(error)) databaseFault(error);
      }
    }
  }

  /** Whether the database answers. */
  async ping(): Promise<void> {
    await this.source.query('SELECT 1');
  }

  /** The present by the database's clock, in milliseconds since 1970. */
  async presentMs(): Promise<number> {
    const [row] = await this.source.query<{ ms: number }[]>('SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS ms');
    if (!row) throw new Error('the database did not tell the time');
    return row.ms;
  }

  private async run<T>(begin: string, councilId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.attempt(begin, councilId, work);
      } catch (error) {
        const isGone = error instanceof NotBegun;
        if (attempt < (isGone ? this.mostGone() : ATTEMPTS) && (isGone || isDeadlock(error))) continue;
        if (error instanceof NotBegun) databaseFault(error.cause);
        throw error;
      }
    }
  }

  /** After a restart of the server every connection of the pool may be gone; one that is new then fails at once, and is not asked for again. */
  private mostGone(): number {
    const { options } = (this.source.driver as unknown as { master: Pool }).master;
    return ATTEMPTS + options.max;
  }

  private async attempt<T>(begin: string, councilId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    const runner = this.source.createQueryRunner();
    const client = (await runner.connect().catch(databaseFault)) as PoolClient;
    const connection = { isBroken: false };
    try {
      await client.query(begin).catch((cause: unknown) => {
        if (!isConnectionLost(cause)) databaseFault(cause);
        throw new NotBegun('the pooled connection was gone', { cause });
      });
      // TypeORM would open a transaction of its own inside ours if it did not know.
      Object.assign(runner, { isTransactionActive: true, transactionDepth: 1 });
      const tx = new Tx(client, runner.manager, councilId);
      const value = await work(tx);
      const { command } = await client.query('COMMIT').catch(databaseFault);
      // PostgreSQL answers COMMIT of a failed transaction with ROLLBACK, not with an error.
      if (command !== 'COMMIT') throw new Error('the transaction was rolled back: a statement in it failed and its error was swallowed');
      tx.announceCommit();
      return value;
    } catch (error) {
      await client.query('ROLLBACK').catch(() => {
        connection.isBroken = true;
      });
      throw error;
    } finally {
      Object.assign(runner, { isTransactionActive: false, transactionDepth: 0 });
      await (connection.isBroken ? discard(client, runner) : runner.release());
    }
  }
}

/** The work of a request that holds something: what it did is written down in the same transaction, unless it was refused. */
function claimed<T>(claim: Claim, work: (tx: Tx) => Promise<T>): (tx: Tx) => Promise<T> {
  return async (tx) => {
    await claim.hold(tx);
    const value = await work(tx);
    if (!isRefusal(value)) await claim.settle(tx);
    return value;
  };
}

const isRefusal = (value: unknown): boolean => (value as { ok?: unknown } | null | undefined)?.ok === false;

/** Takes a connection whose state is unknown out of the pool. */
async function discard(client: PoolClient, runner: { release(): Promise<void> }): Promise<void> {
  (client as PoolClient & { end(): Promise<void> }).end().catch(() => undefined);
  await runner.release();
}

/** The council of a transaction, as a literal: it is a UUID and nothing else. */
function inside(councilId: string): string {
  if (!isUuid(councilId)) throw new Error('a council id must be a UUID');
  return `SET LOCAL app.council_id = '${councilId}'`;
}
