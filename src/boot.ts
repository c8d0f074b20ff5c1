import { join } from 'node:path';
import type { DestinationStream } from 'pino';
import { type DataSource } from 'typeorm';
import { Clock } from './platform/clock/clock.js';
import { loadSecrets } from './platform/config/secrets.js';
import type { Settings } from './platform/config/settings.js';
import { type EmbeddedOptions, startEmbeddedPostgres } from './platform/database/embedded-postgres.js';
import { dataSource, migrate, pendingMigrations } from './platform/database/index.js';
import { Log } from './platform/logging/log.js';
import type { PlatformOptions } from './platform/platform.module.js';

/** The database that this process uses. `stop` ends what was started here. */
export interface RunningDatabase {
  readonly url: string;
  /** Login that may change the schema. */
  readonly ownerUrl: string;
  readonly embedded: boolean;
  stop(): Promise<void>;
}

/** What the application runs on, started. */
export interface Runtime extends RunningDatabase {
  readonly platform: PlatformOptions;
}

interface RuntimeOptions {
  /** `own`: this program is the one that runs on the data folder; `attach`: a command, beside a running program or alone. */
  readonly mode: 'own' | 'attach';
  readonly clock?: Clock;
  /** Data need not survive: the demonstration. */
  readonly ephemeral?: boolean;
  /** The embedded database ended, was started again as often as makes sense, and is gone: why, in one line. Left out: it is not started again. */
  readonly onDatabaseLost?: (reason: string) => void;
}

/** Lines for the person at the terminal, where there is one; whatever else reads the log gets JSON. */
async function terminalLines(): Promise<DestinationStream> {
  return (await import('./platform/logging/readable-lines.js')).toTerminal;
}

/** Opens the configured database. If none is configured, it starts the embedded one. */
export async function openDatabase(settings: Settings, options: Omit<EmbeddedOptions, 'dataDir'>): Promise<RunningDatabase> {
  const embedded = settings.databaseUrl === null ? await startEmbeddedPostgres({ ...options, dataDir: settings.dataDir }) : null;
  const url = embedded?.url ?? settings.databaseUrl ?? '';
  return {
    url,
    ownerUrl: settings.migrationDatabaseUrl ?? url,
    embedded: embedded !== null,
    stop: () => embedded?.stop() ?? Promise.resolve(),
  };
}

/** Opens the database and makes what every process needs. */
export async function prepareRuntime(
  settings: Settings,
  { mode, clock = new Clock(), ephemeral = false, onDatabaseLost }: RuntimeOptions,
): Promise<Runtime> {
  const log = new Log(settings, process.stderr.isTTY ? await terminalLines() : undefined);
  const supervision = onDatabaseLost && {
    ended: (how: string) => log.warn('the embedded PostgreSQL ended, and is started again', { how }),
    isBack: (afterMs: number) => log.warn('the embedded PostgreSQL is back', { afterMs: Math.round(afterMs) }),
    giveUp: onDatabaseLost,
  };
  // The modules take longest to load, so they are loaded while PostgreSQL starts.
  const [database, { schema }] = await Promise.all([openDatabase(settings, { mode, ephemeral, supervision }), import('./schema.js')]);
  const onPoolError = (error: Error) => log.warn('database connection lost', { error: error.name });
  return {
    ...database,
    platform: {
      settings,
      secrets: loadSecrets(settings),
      log,
      clock,
      runsJobs: mode === 'own' && settings.role !== 'api',
      database: { url: database.url, pool: settings.databasePool, schema, asApplication: true, onPoolError },
    },
  };
}

/** The database lacks migrations that this program needs, and this process is not the one to run them. */
class SchemaBehind extends Error {}

/** Brings the schema up to date where this process does that by itself (role `all`), else checks that somebody did. @throws SchemaBehind */
export async function readySchema({ platform, ownerUrl }: Runtime): Promise<void> {
  const { schema } = platform.database;
  if (platform.settings.role === 'all') {
    await migrate(ownerUrl, schema);
    return;
  }
  const source: DataSource = dataSource({ url: platform.database.url, schema, pool: 1, asApplication: false, name: 'passerelle-check' });
  await source.initialize();
  const missing = await pendingMigrations(source, schema).finally(() => source.destroy());
  if (missing.length > 0) throw new SchemaBehind(`the database lacks ${missing.join(', ')}; run "cli migrate" first`);
}

/** Where a development start leaves its addresses and sign-ins. */
export const demoFile = (settings: Settings): string => join(settings.dataDir, 'demo.json');
