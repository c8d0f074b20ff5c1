import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApplication } from '../../src/application.js';
import { SetClock } from '../../src/platform/clock/clock.js';
import { Secrets } from '../../src/platform/config/secrets.js';
import { readSettings } from '../../src/platform/config/settings.js';
import { OutboxExecutor } from '../../src/platform/outbox/index.js';
import { Log } from '../../src/platform/logging/log.js';
import { schema } from '../../src/schema.js';
import { testDatabaseUrl, truncateAll } from './test-database.js';

/** When every test begins, unless it says otherwise: a Monday morning in Paris. */
export const START = new Date('2026-11-02T08:00:00Z');

/** The real application on a real database and a real port, with a clock that stands still until it is moved. */
export interface TestApp {
  readonly nest: NestFastifyApplication;
  readonly clock: SetClock;
  /** Where it listens, such as `http://127.0.0.1:41234`. */
  readonly url: string;
  /** The superuser's view of the database, for looking behind the application's back. */
  readonly databaseUrl: string;
  /** Every line that was logged. */
  readonly logged: string[];
  /** Does every job that is due now, and those that follow from them. */
  drain(): Promise<void>;
  close(): Promise<void>;
}

/** Starts the application on this worker's emptied database. `environment` gives further settings. */
export async function startTestApp(environment: Readonly<Record<string, string>> = {}): Promise<TestApp> {
  const databaseUrl = await testDatabaseUrl();
  await truncateAll(databaseUrl);
  const settings = readSettings({
    NODE_ENV: 'test',
    DATABASE_URL: databaseUrl,
    DATABASE_POOL: '12',
    RATE_LIMIT: '1000000',
    APP_SECRET: 'a secret of tests, long enough for it',
    ...environment,
  });
  const logged: string[] = [];
  const clock = new SetClock(START);
  const log = new Log({ logLevel: settings.logLevel }, { write: (line: string) => void logged.push(line) });
  const secrets = new Secrets(settings.appSecret ?? '');
  const database = { url: databaseUrl, pool: settings.databasePool, schema, asApplication: true };
  const nest = await createApplication({ settings, secrets, log, clock, database });
  await nest.listen(0, '127.0.0.1');
  const executor = nest.get(OutboxExecutor);
  return {
    nest,
    clock,
    url: await nest.getUrl(),
    databaseUrl,
    logged,
    async drain() {
      for (;;) {
        const rows = await executor.claim(100);
        if (rows.length === 0) return;
        for (const row of rows) await executor.run(row);
      }
    },
    close: () => nest.close(),
  };
}
