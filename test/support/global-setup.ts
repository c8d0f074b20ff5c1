import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// This file runs twice, as it is built. Jest runs the default function; that starts the file again as a program of its own, which keeps
// the database. When Jest ends, even by kill -9, that program sees its input close and leaves nothing behind. Only the program needs the
// application: hence it imports it late.

const here = fileURLToPath(import.meta.url);

/** How global-teardown finds the program; Jest runs both in one process. */
export interface TestServer {
  passerelleTestServer?: ChildProcess;
  /** The folder to which the workers write the statements that were sent. */
  passerelleStatements?: string;
}

/** Starts the database server of the whole run, or takes that of TEST_DATABASE_URL, and tells the workers where it is. */
export default async function globalSetup(): Promise<void> {
  const server = spawn(process.execPath, [here], { cwd: join(here, '../../..'), stdio: ['pipe', 'pipe', 'inherit'] });
  (globalThis as TestServer).passerelleTestServer = server;
  if (process.env.STATEMENTS !== undefined && process.env.STATEMENTS_FOLDER === undefined) {
    const folder = await mkdtemp(join(tmpdir(), 'passerelle-statements-'));
    (globalThis as TestServer).passerelleStatements = folder;
    process.env.STATEMENTS_FOLDER = folder;
  }
  process.env.TEST_ADMIN_URL = await new Promise<string>((resolve, reject) => {
    server.stdout.setEncoding('utf8').once('data', (line: string) => resolve(line.trim()));
    server.once('exit', (code) => reject(new Error(`the test database did not start (exit status ${code}): see above`)));
  });
}

async function serve(): Promise<void> {
  process.on('SIGINT', () => undefined); // Ctrl-C is for Jest; we end with it
  const finished = new Promise((resolve) => process.stdin.resume().once('close', resolve));
  const { TEMPLATE_DATABASE, TEST_DATABASE_PREFIX, databaseUrl, onServer } = await import('./test-database.js');
  const { migrate } = await import('../../src/platform/database/migrate.js');
  const { schema } = await import('../../src/schema.js');

  const server = process.env.TEST_DATABASE_URL ? { url: process.env.TEST_DATABASE_URL, stop: dropAll } : await startEphemeral();
  try {
    await dropAll();
    await onServer(server.url, (client) => client.query(`CREATE DATABASE ${TEMPLATE_DATABASE}`));
    await migrate(databaseUrl(server.url, TEMPLATE_DATABASE), schema);
    process.stdout.write(`${server.url}\n`);
    await finished;
  } finally {
    await server.stop();
  }

  /** Deletes the databases of earlier runs, on a server that outlives them. */
  async function dropAll(): Promise<void> {
    await onServer(server.url, async (client) => {
      const { rows } = await client.query<{ name: string }>(
        'SELECT quote_ident(datname) AS name FROM pg_database WHERE datname = $1 OR starts_with(datname, $2)',
        [TEMPLATE_DATABASE, TEST_DATABASE_PREFIX],
      );
      for (const { name } of rows) await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
    });
  }
}

async function startEphemeral(): Promise<{ url: string; stop(): Promise<void> }> {
  const { startEmbeddedPostgres } = await import('../../src/platform/database/embedded-postgres.js');
  const dataDir = await mkdtemp(join(tmpdir(), 'passerelle-test-'));
  const server = await startEmbeddedPostgres({ dataDir, ephemeral: true, mode: 'own' });
  return {
    url: server.url,
    stop: async () => {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

if (process.argv[1] === here) void serve();
