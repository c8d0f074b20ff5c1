import type { INestApplicationContext } from '@nestjs/common';
import { createContext } from '../application.js';
import { prepareRuntime, readySchema } from '../boot.js';
import { SetClock } from '../platform/clock/clock.js';
import { orProblem, Problem } from '../platform/index.js';
import type { Outcome } from '../shared/denial.js';
import { WrongUsage } from './command.js';
import { settingsOfCommand } from './with-database.js';

/** Runs `work` with the application, without HTTP and without doing its jobs. If an instant is given, the clock stands still at it. */
export async function inApplication<T>(work: (app: INestApplicationContext) => Promise<T>, at?: Date): Promise<T> {
  const runtime = await prepareRuntime(settingsOfCommand(), { mode: 'attach', clock: at && new SetClock(at) });
  try {
    await readySchema(runtime);
    const app = await createContext(runtime.platform);
    try {
      return await work(app);
    } finally {
      await app.close();
    }
  } finally {
    await runtime.stop();
  }
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
