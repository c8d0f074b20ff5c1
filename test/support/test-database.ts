import pg from 'pg';

/** The migrated database; those of the workers are copies of it. */
export const TEMPLATE_DATABASE = 'passerelle_template';
/** The beginning of the names of the workers' databases. */
export const TEST_DATABASE_PREFIX = 'passerelle_test_';

/** Runs `work` with a connection of its own. */
export async function onServer<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The address of another database on the same server. */
export function databaseUrl(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}

let ours: Promise<string> | undefined;

/** The database of this Jest worker, as superuser. The worker's first file copies it from the template; later files use it again. */
export function testDatabaseUrl(): Promise<string> {
  ours ??= makeDatabase();
  return ours;
}

async function makeDatabase(): Promise<string> {
  const server = process.env.TEST_ADMIN_URL;
  if (!server) throw new Error('TEST_ADMIN_URL is not set: run this through Jest with globalSetup test/support/global-setup.ts');
  const name = `${TEST_DATABASE_PREFIX}${Number(process.env.JEST_WORKER_ID ?? 1)}`;
  // Test files do not share modules, so the database itself keeps the mark. Databases of earlier runs were deleted by global-setup.
  await onServer(server, async (client) => {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE_DATABASE}`);
  });
  return databaseUrl(server, name);
}

/** An empty database of this worker, which exists while `work` runs. */
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

/** Empties every table except the record of migrations. */
export async function truncateAll(url: string): Promise<void> {
  await onServer(url, async (client) => {
    // A test file that failed may have left a transaction open, with locks for which TRUNCATE would wait.
    await client.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'`,
    );
    const { rows } = await client.query<{ tables: string | null }>(
      `SELECT string_agg(format('%I.%I', schemaname, tablename), ', ') AS tables
         FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema') AND tablename NOT LIKE 'migrations%'`,
    );
    const tables = rows[0]?.tables;
    // Deleting the few rows that there are is ten times as fast, but leaves what the planner knows of the tables, which is wrong for the next file:
    // its statements then take thirty times as long. Truncating makes it forget.
    // Triggers refuse to truncate append-only tables; in the role of a replica they do not run.
    if (tables) await client.query(`BEGIN; SET LOCAL session_replication_role = replica; TRUNCATE ${tables} RESTART IDENTITY; COMMIT`);
  });
}

/** Kills one process of the server. The server then ends them all, recovers what was committed, and starts again on the same port. */
export function crashServer(url: string): Promise<void> {
  return onServer(url, async (client) => {
    client.on('error', () => undefined);
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const ended = new Promise((resolve) => client.once('end', resolve));
    process.kill(rows[0]?.pid ?? 0, 'SIGKILL');
    await ended;
  });
}

/** Counts locks for which connections of this database wait. Other test files have databases of their own on the same server. */
export const WAITING_HERE = `
  SELECT FROM pg_locks WHERE NOT granted AND pid <> pg_backend_pid()
    AND pid IN (SELECT pid FROM pg_stat_activity WHERE datname = current_database())`;
