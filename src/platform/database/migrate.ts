import type { DataSource } from 'typeorm';
import { APPLICATION_ROLE, dataSource, type Schema } from './data-source.js';

/** Any constant: the key under which migrations of one database wait for each other. */
const LOCK = 0x70617373;
const UNDEFINED_TABLE = '42P01';

async function withLock<T>(url: string, schema: Schema, work: (source: DataSource) => Promise<T>): Promise<T> {
  const source = dataSource({ url, schema, pool: 4, asApplication: false, name: 'passerelle-migrate', unhurried: true });
  await source.initialize();
  const holder = source.createQueryRunner();
  try {
    await holder.query('SELECT pg_advisory_lock($1)', [LOCK]);
    return await work(source);
  } finally {
    await holder.query('SELECT pg_advisory_unlock($1)', [LOCK]).catch(() => undefined);
    await holder.release();
    await source.destroy();
  }
}

/** Brings the database up to the newest migration, one program at a time. Returns the names of those it ran. */
export async function migrate(url: string, schema: Schema): Promise<string[]> {
  return withLock(url, schema, async (source) => {
    const ran = await source.runMigrations({ transaction: 'each' });
    // A process that is not the owner looks there whether it may start.
    await source.query(`GRANT SELECT ON migrations TO ${APPLICATION_ROLE}`);
    return ran.map(({ name }) => name);
  });
}

/** Takes back every migration, newest first. Returns how many. */
export async function migrateDown(url: string, schema: Schema): Promise<number> {
  return withLock(url, schema, async (source) => {
    const applied = await source.query<{ count: string }[]>('SELECT count(*) FROM migrations');
    const count = Number(applied[0]?.count ?? 0);
    for (let step = 0; step < count; step++) await source.undoLastMigration({ transaction: 'each' });
    return count;
  });
}

/** The migrations that the database still lacks. */
export async function pendingMigrations(source: DataSource, schema: Schema): Promise<string[]> {
  const rows = await source.query<{ name: string }[]>('SELECT name FROM migrations').catch((error: unknown) => {
    if ((error as { driverError?: { code?: string } }).driverError?.code === UNDEFINED_TABLE) return [];
    throw error;
  });
  const applied = new Set(rows.map(({ name }) => name));
  return schema.migrations.map((migration) => migration.name).filter((name) => !applied.has(name));
}
