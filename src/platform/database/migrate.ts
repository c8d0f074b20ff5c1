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

/** The names of the migrations that the database has, in the order in which they ran. */
async function appliedMigrations(source: DataSource): Promise<string[]> {
  const rows = await source.query<{ name: string }[]>('SELECT name FROM migrations ORDER BY id').catch((error: unknown) => {
    if ((error as { driverError?: { code?: string } }).driverError?.code === UNDEFINED_TABLE) return [];
    throw error;
  });
  return rows.map(({ name }) => name);
}

/** A migration's name ends with the number by which they are in order. */
const orderOf = (name: string): number => Number(name.slice(-13));

/** Those migrations of a database that this program does not know: an earlier program made them, or a newer one. */
function unknownMigrations(applied: readonly string[], schema: Schema): { readonly earlier: string[]; readonly newer: string[] } {
  const known = schema.migrations.map(({ name }) => name);
  const first = Math.min(...known.map(orderOf));
  const unknown = applied.filter((name) => !known.includes(name));
  return { earlier: unknown.filter((name) => orderOf(name) < first), newer: unknown.filter((name) => orderOf(name) >= first) };
}

const inShort = ([first, ...others]: readonly string[]): string =>
  `${first}${others.length > 0 ? ` and ${others.length} more migrations` : ''}`;

/** @throws ForeignDatabase where an earlier program made the database */
function refuseEarlier(applied: readonly string[], schema: Schema): void {
  const { earlier } = unknownMigrations(applied, schema);
  if (earlier.length === 0) return;
  throw new ForeignDatabase(
    `the database was made by an earlier program, which this one cannot continue, and stays as it is (it has ${inShort(earlier)}, unknown here). ` +
      'Set DATA_DIR to a new folder, or DATABASE_URL to an empty database.',
  );
}

/** @throws ForeignDatabase where another program than this one made the database, or has migrated it further */
function refuseForeign(applied: readonly string[], schema: Schema): void {
  refuseEarlier(applied, schema);
  const { newer } = unknownMigrations(applied, schema);
  if (newer.length === 0) return;
  throw new ForeignDatabase(
    `the database was made by a newer program, and stays as it is (it has ${inShort(newer)}, unknown here). Start that program, or one that is newer still.`,
  );
}

/** Brings the database up to the newest migration, one program at a time. Returns the names of those it ran. @throws ForeignDatabase */
export async function migrate(url: string, schema: Schema): Promise<string[]> {
  return withLock(url, schema, async (source) => {
    refuseForeign(await appliedMigrations(source), schema);
    const ran = await source.runMigrations({ transaction: 'each' });
    // A process that is not the owner looks there whether it may start.
    await source.query(`GRANT SELECT ON migrations TO ${APPLICATION_ROLE}`);
    return ran.map(({ name }) => name);
  });
}

/** Takes back every migration, newest first. Returns how many. @throws ForeignDatabase */
export async function migrateDown(url: string, schema: Schema): Promise<number> {
  return withLock(url, schema, async (source) => {
    const applied = await appliedMigrations(source);
    refuseForeign(applied, schema);
    for (let step = 0; step < applied.length; step++) await source.undoLastMigration({ transaction: 'each' });
    return applied.length;
  });
}

/**
 * The migrations that the database still lacks. One that a newer program has migrated lacks nothing: while a new version is brought in,
 * processes of the one before run on. @throws ForeignDatabase where an earlier program made it
 */
export async function pendingMigrations(source: DataSource, schema: Schema): Promise<string[]> {
  const applied = await appliedMigrations(source);
  refuseEarlier(applied, schema);
  return schema.migrations.map(({ name }) => name).filter((name) => !applied.includes(name));
}
