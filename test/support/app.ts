import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApplication } from '../../src/application.js';
import type { SetClock } from '../../src/platform/clock/clock.js';
import { OutboxExecutor } from '../../src/platform/outbox/index.js';
import { schema } from '../../src/schema.js';
import { testPlatform, type ProgramOptions } from './platform.js';

export { START } from './platform.js';

/** The real application on a real database and a real port, with a clock that stands still until a test moves it. */
export interface TestApp {
  readonly nest: NestFastifyApplication;
  readonly clock: SetClock;
  /** The address at which it listens, such as `http://127.0.0.1:41234`. */
  readonly url: string;
  /** The database as a superuser sees it, for checks and changes without the application. */
  readonly databaseUrl: string;
  /** Every line that was logged. */
  readonly logged: string[];
  /** Does every job that is due now, and those that follow from them. Returns how many were done. */
  drain(): Promise<number>;
  close(): Promise<void>;
}

/** Starts the application on this worker's emptied database. `environment` has further settings. */
export async function startTestApp(
  environment: Readonly<Record<string, string>> = {},
  programOptions: ProgramOptions = {},
): Promise<TestApp> {
  const { options, clock, databaseUrl, logged } = await testPlatform(schema, environment, programOptions);
  const nest = await createApplication(options);
  await nest.listen(0, '127.0.0.1');
  const executor = nest.get(OutboxExecutor);
  return {
    nest,
    clock,
    url: await nest.getUrl(),
    databaseUrl,
    logged,
    drain: () => executor.drain(),
    close: () => nest.close(),
  };
}
