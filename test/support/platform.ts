import { SetClock } from '../../src/platform/clock/clock.js';
import { Secrets } from '../../src/platform/config/secrets.js';
import { readSettings } from '../../src/platform/config/settings.js';
import type { Schema } from '../../src/platform/database/index.js';
import { Log } from '../../src/platform/logging/log.js';
import type { PlatformOptions } from '../../src/platform/platform.module.js';
import { testDatabaseUrl, truncateAll } from './test-database.js';

/** When every test begins unless it says otherwise: a Monday morning in Paris. */
export const START = new Date('2026-11-02T08:00:00Z');

export interface ProgramOptions {
  /** Whether it does jobs and recurring work by itself, as a worker does. If not, only `drain` does jobs. */
  readonly runsJobs?: boolean;
  /** The first process, if this is a second one beside it; then the database is not emptied. */
  readonly beside?: Pick<TestPlatform, 'clock'>;
}

/** What a program of a test uses. */
export interface TestPlatform {
  readonly options: PlatformOptions;
  readonly clock: SetClock;
  /** The database as a superuser sees it. */
  readonly databaseUrl: string;
  /** Every line that was logged. */
  readonly logged: string[];
}

/** Empties this worker's database and returns what the application, or a part of it, is made from. `environment` has further settings. */
export async function testPlatform(
  schema: Schema,
  environment: Readonly<Record<string, string>> = {},
  { runsJobs = false, beside }: ProgramOptions = {},
): Promise<TestPlatform> {
  const databaseUrl = await testDatabaseUrl();
  if (!beside) await truncateAll(databaseUrl);
  const settings = readSettings({
    NODE_ENV: 'test',
    DATABASE_URL: databaseUrl,
    DATABASE_POOL: '12',
    RATE_LIMIT: '1000000',
    APP_SECRET: 'a secret of tests, long enough for it',
    ...environment,
  });
  const logged: string[] = [];
  const clock = beside?.clock ?? new SetClock(START);
  const log = new Log({ logLevel: settings.logLevel }, { write: (line: string) => void logged.push(line) });
  const secrets = new Secrets(settings.appSecret ?? '');
  const database = { url: settings.databaseUrl ?? '', pool: settings.databasePool, schema, asApplication: true };
  return { options: { settings, secrets, log, clock, database, runsJobs }, clock, databaseUrl, logged };
}
