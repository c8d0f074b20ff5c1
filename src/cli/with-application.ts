import type { INestApplicationContext } from '@nestjs/common';
import { createContext } from '../application.js';
import { prepareRuntime, type Runtime, readySchema } from '../boot.js';
import { SetClock } from '../platform/clock/clock.js';
import { settingsOfProcess } from '../platform/config/settings.js';
import { orProblem, Problem } from '../platform/index.js';
import type { Outcome } from '../shared/denial.js';
import { WrongUsage } from './command.js';

/** Runs `work` with the database: that of the running program, or one that is started for the time. */
export async function withRuntime<T>(work: (runtime: Runtime) => Promise<T>): Promise<T> {
  const settings = settingsOfProcess();
  // A command prints its own result; log lines about requests and jobs would only disturb.
  settings.logLevel = 'warn';
  const runtime = await prepareRuntime(settings, { mode: 'attach' });
  try {
    return await work(runtime);
  } finally {
    await runtime.stop();
  }
}

/** Runs `work` with the application, without HTTP and without doing its jobs. If an instant is given, the clock stands still at it. */
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

/** The value of an outcome. @throws WrongUsage with the reason in words, when there is no value */
export function orWrongUsage<T>(outcome: Outcome<T>): T {
  try {
    return orProblem(outcome);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new WrongUsage(error.details.detail ?? error.title);
  }
}
