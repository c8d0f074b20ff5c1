import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../src/platform/database/embedded-postgres.js';
import { migrate } from '../../src/platform/database/index.js';
import { schema } from '../../src/schema.js';
import { FULL_SIZE, type LoadStep, loadStock, type Size } from './stock.js';

export interface BenchDatabase {
  /** The superuser's. */
  readonly url: string;
  /** What was loaded just now; empty when the folder was full already. */
  readonly steps: readonly LoadStep[];
  readonly size: Size;
  stop(): Promise<void>;
}

/**
 * A database full of stock: in `--data FOLDER`, which is kept and filled once; without it in a temporary folder. `--devices N` and
 * `--households N` make it smaller.
 */
export async function fullDatabase(words: readonly string[]): Promise<BenchDatabase> {
  const { values } = parseArgs({
    args: [...words],
    options: { data: { type: 'string' }, devices: { type: 'string' }, households: { type: 'string' } },
  });
  const size = { devices: Number(values.devices ?? FULL_SIZE.devices), households: Number(values.households ?? FULL_SIZE.households) };
  const dataDir = values.data ?? (await mkdtemp(join(tmpdir(), 'passerelle-bench-')));
  const server = await startEmbeddedPostgres({ dataDir, ephemeral: true, mode: 'own' });
  const stop = async () => {
    await server.stop();
    if (values.data === undefined) await rm(dataDir, { recursive: true, force: true });
  };
  try {
    await migrate(server.url, schema);
    return { url: server.url, steps: (await isEmpty(server.url)) ? await loadStock(server.url, size) : [], size, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A smaller one beside it, on the same server; made anew each time. */
export async function smallDatabase(url: string, size: Size): Promise<string> {
  const small = new URL(url);
  small.pathname = '/small';
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('DROP DATABASE IF EXISTS small WITH (FORCE)');
    await client.query('CREATE DATABASE small');
  } finally {
    await client.end();
  }
  await migrate(small.href, schema);
  await loadStock(small.href, size);
  return small.href;
}

async function isEmpty(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query('SELECT FROM councils LIMIT 1')).rowCount === 0;
  } finally {
    await client.end();
  }
}
