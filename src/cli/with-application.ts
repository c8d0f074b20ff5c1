import type { INestApplicationContext } from '@nestjs/common';
import { createContext } from '../application.js';
import { prepareRuntime, type Runtime, readySchema } from '../boot.js';
import { SetClock } from '../platform/clock/clock.js';
import { settingsOfProcess } from '../platform/config/settings.js';
import { orProblem, Problem } from '../platform/index.js';
import type { Outcome } from '../shared/denial.js';
import { WrongUsage } from './command.js';

/** Runs `work` with the database, the running program's or our own for the time. */
export async function withRuntime<T>(work: (runtime: Runtime) => Promise<T>): Promise<T> {
  const settings = settingsOfProcess();
  // A command says what it has to say; requests and jobs are no matter of it.
  settings.logLevel = 'warn';
  const runtime = await prepareRuntime(settings, { mode: 'attach' });
  try {
    return await work(runtime);
  } finally {
    await runtime.stop();
  }
}

/** Runs `work` with the application, without HTTP and without taking over its jobs; at an instant at which the clock stands still, if one is given. */
export function inApplication<T>(work: (app: INestApplicationContext) => Promise<T>, at?: Date): Promise<T> {
  return withRuntime(async (runtime) => {
    await readySchema(runtime);
    const app = await createContext(at ? { ...runtime.platform, clock: new SetClock(at) } : runtime.platform);
    try {
      return await work(app);
    } finally {
      await app.close();
    }
  });
}

/** The value of what was asked, or a failure that says why not, in words. */
export function orWrongUsage<T>(outcome: Outcome<T>): T {
  try {
    return orProblem(outcome);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new WrongUsage(error.details.detail ?? error.title);
  }
}
