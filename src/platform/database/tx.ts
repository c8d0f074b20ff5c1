import { createHash } from 'node:crypto';
import type { PoolClient, QueryResultRow } from 'pg';
import type { EntityManager } from 'typeorm';
import { databaseFault } from './violation.js';

const names = new Map<string, string>();

/** A statement's name: the same text is parsed and planned once a connection. */
export function statementName(text: string): string {
  let name = names.get(text);
  if (name === undefined) {
    name = createHash('sha1').update(text).digest('base64url');
    names.set(text, name);
  }
  return name;
}

/** One open transaction inside one council. Whoever writes takes it as a required argument. */
export class Tx {
  private readonly committed: (() => void)[] = [];
  private readonly things = new Map<string, string>();

  constructor(
    private readonly client: PoolClient,
    /** TypeORM on the same connection and in the same transaction. */
    readonly manager: EntityManager,
    readonly councilId: string,
  ) {}

  /** Runs one prepared statement. `text` must be constant, never built from values. */
  async query<Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    const result = await this.client
      .query<Row & QueryResultRow>({ name: statementName(text), text, values: values as unknown[] })
      .catch(databaseFault);
    return result.rows;
  }

  /** The first row, or null. */
  async one<Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row | null> {
    return (await this.query<Row>(text, values))[0] ?? null;
  }

  /** The first row of a statement that always gives one. */
  async row<Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row> {
    const row = await this.one<Row>(text, values);
    if (row === null) throw new Error('no row of a statement that always gives one');
    return row;
  }

  /** Runs a statement and tells how many rows it touched. */
  async execute(text: string, values: readonly unknown[] = []): Promise<number> {
    const result = await this.client.query({ name: statementName(text), text, values: values as unknown[] }).catch(databaseFault);
    return result.rowCount ?? 0;
  }

  /** Says what the answer of a request that makes something will show, such as `loan` and its id; of several of a kind, the first. */
  made(kind: string, id: string): void {
    if (!this.things.has(kind)) this.things.set(kind, id);
  }

  /** The first of these kinds of which something was made. */
  firstMade(kinds: readonly string[]): { readonly kind: string; readonly id: string } | null {
    for (const kind of kinds) {
      const id = this.things.get(kind);
      if (id !== undefined) return { kind, id };
    }
    return null;
  }

  /** To be done once the transaction stands; for hints only, since a crash forgets it. */
  afterCommit(hint: () => void): void {
    this.committed.push(hint);
  }

  /** @internal by Transactions. */
  announceCommit(): void {
    for (const hint of this.committed) hint();
  }
}
