import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startEmbeddedPostgres } from '../../src/platform/database/embedded-postgres.js';
import { dataSource, migrate, migrateDown, pendingMigrations } from '../../src/platform/database/index.js';
import { schema } from '../../src/schema.js';
import { inEmptyDatabase, onServer } from '../support/test-database.js';

// A database that another program made, an older or a newer one, stays as it is; one line says what to do.

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const MAKE_OLD = `
  CREATE TABLE migrations (id serial PRIMARY KEY, timestamp bigint NOT NULL, name varchar NOT NULL);
  INSERT INTO migrations (timestamp, name) VALUES (1790000000000, 'Platform1790000000000'), (1790000000100, 'Councils1790000000100');
  CREATE TABLE councils (id uuid PRIMARY KEY, code text NOT NULL)`;
const TOO_OLD =
  'the database was made by an earlier program, which this one cannot continue, and stays as it is (it has Platform1790000000000 and 1 more ' +
  'migrations, unknown here). Set DATA_DIR to a new folder, or DATABASE_URL to an empty database.';
const TOO_NEW =
  'the database was made by a newer program, and stays as it is (it has Nicknames1999999999999, unknown here). Start that program, or one that is newer still.';

const ask = (url: string, sql: string) => onServer(url, async (client) => (await client.query(sql)).rows as unknown[]);

/** What there is, who may do what with it, and which migrations ran. */
const stateOf = async (url: string) => [
  await ask(url, `SELECT oid, relname, relacl::text FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY oid`),
  await ask(url, 'SELECT * FROM migrations ORDER BY id'),
];

interface Ended {
  readonly status: number | null;
  /** The lines of standard error. */
  readonly said: readonly string[];
}

/** Starts a program as somebody at a terminal does. */
function run(words: readonly string[], environment: Readonly<Record<string, string>>): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      words,
      { cwd: ROOT, env: { NODE_NO_WARNINGS: '1', PORT: '0', LOG_LEVEL: 'error', ...environment } },
      (_, __, said) => resolve({ status: child.exitCode, said: said.split('\n').filter((line) => line !== '') }),
    );
  });
}

let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'passerelle-foreign-'));
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

describe('by a program before the first schema', () => {
  test('at DATABASE_URL: migrated neither up nor down', () =>
    inEmptyDatabase(async (url) => {
      await ask(url, MAKE_OLD);
      const state = await stateOf(url);
      expect(await run(['dist/cli.js', 'migrate'], { DATABASE_URL: url, DATA_DIR: dataDir })).toEqual({ status: 1, said: [TOO_OLD] });
      await expect(migrateDown(url, schema)).rejects.toThrow(TOO_OLD);
      expect(await stateOf(url)).toEqual(state);
    }));

  test('in the data folder: the program does not start', async () => {
    const inFolder = async <T>(work: (url: string) => Promise<T>) => {
      const server = await startEmbeddedPostgres({ dataDir, ephemeral: true, mode: 'own' });
      return work(server.url).finally(() => server.stop());
    };
    const state = await inFolder(async (url) => {
      await ask(url, MAKE_OLD);
      return stateOf(url);
    });
    expect(await run(['dist/main.js'], { DATA_DIR: dataDir })).toEqual({ status: 1, said: [`Passerelle could not start: ${TOO_OLD}`] });
    expect(await inFolder(stateOf)).toEqual(state);
  });
});

test('by a newer program: nobody migrates it, up or down; processes that only work on it run on', () =>
  inEmptyDatabase(async (url) => {
    await migrate(url, schema);
    await ask(url, `INSERT INTO migrations (timestamp, name) VALUES (1999999999999, 'Nicknames1999999999999')`);
    const state = await stateOf(url);
    await expect(migrate(url, schema)).rejects.toThrow(TOO_NEW);
    await expect(migrateDown(url, schema)).rejects.toThrow(TOO_NEW);
    // A process that only looks whether somebody has migrated.
    const source = await dataSource({ url, schema, pool: 1, asApplication: true, name: 'test' }).initialize();
    expect(await pendingMigrations(source, schema).finally(() => source.destroy())).toEqual([]);
    expect(await stateOf(url)).toEqual(state);
  }));
