import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import type pg from 'pg';
import { type ListedStatement, listedStatements } from './statement-list.js';
import { onServer } from './test-database.js';

// What each version of the program left: the rows of a small council and the statements that the program sent, so that later schemas are
// tried with them. Once a version is out, its files stay as they are.

const HISTORY = fileURLToPath(new URL('../history/', import.meta.url));

type KeptStatement = Pick<ListedStatement, 'id' | 'files' | 'text'>;

/** A database as rows. */
interface KeptRows {
  /** Which migrations it had. */
  readonly migrations: readonly string[];
  readonly tables: Readonly<Record<string, readonly object[]>>;
  /** The last number that each sequence gave. */
  readonly sequences: Readonly<Record<string, string | null>>;
}

/** In a run that was asked to. */
export const isKeeping = (): boolean => process.env.STATEMENTS === 'keep';

/** Such as `0.2`. */
export const keptVersions = (): string[] => readdirSync(HISTORY).sort();

const fileOf = (version: string, name: string): string => join(HISTORY, version, `${name}.json.gz`);
const read = <T>(version: string, name: string): T => JSON.parse(gunzipSync(readFileSync(fileOf(version, name))).toString()) as T;
const write = (version: string, name: string, content: unknown): void =>
  writeFileSync(fileOf(version, name), gzipSync(JSON.stringify(content), { level: 9 }));

export const keptStatements = (version: string): KeptStatement[] => read(version, 'statements');
export const keptRows = (version: string): KeptRows => read(version, 'rows');

/** Keeps the rows of a database and the statements that are listed today as those of a version. */
export async function keepVersion(version: string, url: string): Promise<void> {
  const rows = await onServer(url, rowsOf);
  mkdirSync(join(HISTORY, version), { recursive: true });
  write(version, 'rows', rows);
  write(
    version,
    'statements',
    listedStatements().map(({ id, files, text }): KeptStatement => ({ id, files, text })),
  );
}

async function rowsOf(client: pg.Client): Promise<KeptRows> {
  const tables: Record<string, readonly object[]> = {};
  for (const { name } of await ask<{ name: string }>(
    client,
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> 'migrations' ORDER BY oid`,
  )) {
    const [found] = await ask<{ rows: object[] }>(client, `SELECT coalesce(jsonb_agg(to_jsonb(t)), '[]') AS rows FROM ${name} t`);
    tables[name] = found?.rows ?? [];
  }
  const migrations = await ask<{ name: string }>(client, 'SELECT name FROM migrations ORDER BY id');
  const sequences = await ask<{ name: string; last: string | null }>(
    client,
    `SELECT sequencename AS name, last_value::text AS last FROM pg_sequences WHERE schemaname = 'public' AND sequencename NOT LIKE 'migrations%' ORDER BY 1`,
  );
  return {
    migrations: migrations.map(({ name }) => name),
    tables,
    sequences: Object.fromEntries(sequences.map(({ name, last }) => [name, last])),
  };
}

/** Writes the rows into a database of their own schema, as they were: no trigger adds to them. */
export function restoreRows(url: string, { tables, sequences }: KeptRows): Promise<void> {
  return onServer(url, async (client) => {
    await client.query('SET session_replication_role = replica');
    for (const [table, rows] of Object.entries(tables)) {
      const [written] = await ask<{ columns: string }>(
        client,
        `SELECT string_agg(attname, ', ' ORDER BY attnum) AS columns FROM pg_attribute
         WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`,
        [table],
      );
      const columns = written?.columns ?? '';
      await client.query(
        `INSERT INTO ${table} (${columns}) OVERRIDING SYSTEM VALUE SELECT ${columns} FROM jsonb_populate_recordset(null::${table}, $1)`,
        [JSON.stringify(rows)],
      );
    }
    for (const [name, last] of Object.entries(sequences)) if (last !== null) await client.query('SELECT setval($1, $2)', [name, last]);
  });
}

/** The statements that a database's schema does not understand, with its words. */
export function notUnderstood(url: string, statements: readonly KeptStatement[]): Promise<string[]> {
  return onServer(url, async (client) => {
    const faults: string[] = [];
    for (const { id, files, text } of statements) {
      await client.query(`PREPARE "${id}" AS ${text}`).catch((error: unknown) => {
        faults.push(`${id} of ${files.join(', ')}: ${(error as Error).message}`);
      });
    }
    return faults;
  });
}

const ask = async <Row extends object>(client: pg.Client, sql: string, values: readonly unknown[] = []): Promise<Row[]> =>
  (await client.query<Row>(sql, [...values])).rows;
