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

/** The database was made by another program than this one, and this one leaves it as it is. */
class ForeignDatabase extends Error {}

/** The names of the migrations that the database has. @throws ForeignDatabase where this program does not know one of them */
async function appliedMigrations(source: DataSource, schema: Schema): Promise<string[]> {
  const rows = await source.query<{ name: string }[]>('SELECT name FROM migrations ORDER BY id').catch((error: unknown) => {
    if ((error as { driverError?: { code?: string } }).driverError?.code === UNDEFINED_TABLE) return [];
    throw error;
  });
  const applied = rows.map(({ name }) => name);
  const known = schema.migrations.map(({ name }) => name);
  const unknown = applied.filter((name) => !known.includes(name));
  const [first, ...others] = unknown;
  if (first === undefined) return applied;
  const which = `${first}${others.length > 0 ? ` and ${others.length} more migrations` : ''}`;
  if (orderOf(first) < Math.min(...known.map(orderOf))) {
    throw new ForeignDatabase(
      `the database was made by an earlier program, which this one cannot continue, and stays as it is (it has ${which}, unknown here). ` +
        'Set DATA_DIR to a new folder, or DATABASE_URL to an empty database.',
    );
  }
  throw new ForeignDatabase(
    `the database was made by a newer program, and stays as it is (it has ${which}, unknown here). Start that program, or one that is newer still.`,
  );
}

/** A migration's name ends with the number by which they are in order. */
const orderOf = (name: string): number => Number(name.slice(-13));

/** Brings the database up to the newest migration, one program at a time. Returns the names of those it ran. @throws ForeignDatabase */
export async function migrate(url: string, schema: Schema): Promise<string[]> {
  return withLock(url, schema, async (source) => {
    await appliedMigrations(source, schema);
    const ran = await source.runMigrations({ transaction: 'each' });
    // A process that is not the owner looks there whether it may start.
    await source.query(`GRANT SELECT ON migrations TO ${APPLICATION_ROLE}`);
    return ran.map(({ name }) => name);
  });
}

/** Takes back every migration, newest first. Returns how many. @throws ForeignDatabase */
export async function migrateDown(url: string, schema: Schema): Promise<number> {
  return withLock(url, schema, async (source) => {
    const { length } = await appliedMigrations(source, schema);
    for (let step = 0; step < length; step++) await source.undoLastMigration({ transaction: 'each' });
    return length;
  });
}

/** The migrations that the database still lacks. @throws ForeignDatabase */
export async function pendingMigrations(source: DataSource, schema: Schema): Promise<string[]> {
  const applied = await appliedMigrations(source, schema);
  return schema.migrations.map(({ name }) => name).filter((name) => !applied.includes(name));
}
