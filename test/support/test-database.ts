import pg from 'pg';

/** The migrated database that every worker's own is copied from. */
export const TEMPLATE_DATABASE = 'passerelle_template';
/** Start of the names of the workers' databases. */
export const TEST_DATABASE_PREFIX = 'passerelle_test_';

/** Runs statements on a connection of their own. */
export async function onServer<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The same server, another database. */
export function databaseUrl(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}

let ours: Promise<string> | undefined;

/** The database of this Jest worker, as superuser: made from the template by the worker's first file, kept for its later ones. */
export function testDatabaseUrl(): Promise<string> {
  ours ??= makeDatabase();
  return ours;
}

async function makeDatabase(): Promise<string> {
  const server = process.env.TEST_ADMIN_URL;
  if (!server) throw new Error('TEST_ADMIN_URL is not set: run this through Jest with globalSetup test/support/global-setup.ts');
  const name = `${TEST_DATABASE_PREFIX}${Number(process.env.JEST_WORKER_ID ?? 1)}`;
  // Files do not share modules, so the database itself remembers; global-setup has dropped those of earlier runs.
  await onServer(server, async (client) => {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE_DATABASE}`);
  });
  return databaseUrl(server, name);
}

/** A database with nothing in it, of this worker's own, for the time of `work`. */
export async function inEmptyDatabase(work: (url: string) => Promise<void>): Promise<void> {
  const server = process.env.TEST_ADMIN_URL ?? '';
  const name = `${TEST_DATABASE_PREFIX}empty_${Number(process.env.JEST_WORKER_ID ?? 1)}`;
  const drop = () => onServer(server, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
  await drop();
  await onServer(server, (client) => client.query(`CREATE DATABASE ${name}`));
  try {
    await work(databaseUrl(server, name));
  } finally {
    await drop();
  }
}

/** Empties every table but the record of migrations. */
export async function truncateAll(url: string): Promise<void> {
  await onServer(url, async (client) => {
    // A file that failed may have left a transaction open, and with it the locks that TRUNCATE would wait for.
    await client.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'`,
    );
    const { rows } = await client.query<{ tables: string | null }>(
      `SELECT string_agg(format('%I.%I', schemaname, tablename), ', ') AS tables
         FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema') AND tablename NOT LIKE 'migrations%'`,
    );
    const tables = rows[0]?.tables;
    // Append-only tables refuse TRUNCATE by a trigger; as a replica, triggers stay quiet.
    if (tables) await client.query(`BEGIN; SET LOCAL session_replication_role = replica; TRUNCATE ${tables} RESTART IDENTITY; COMMIT`);
  });
}

/** One of its processes killed, a server ends them all, recovers what was committed, and begins again on the same port. */
export function crashServer(url: string): Promise<void> {
  return onServer(url, async (client) => {
    client.on('error', () => undefined);
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const ended = new Promise((resolve) => client.once('end', resolve));
    process.kill(rows[0]?.pid ?? 0, 'SIGKILL');
    await ended;
  });
}

/** Locks that connections of this database wait for: other files of tests have databases of their own on the same server. */
export const WAITING_HERE = `
  SELECT FROM pg_locks WHERE NOT granted AND pid <> pg_backend_pid()
    AND pid IN (SELECT pid FROM pg_stat_activity WHERE datname = current_database())`;
