import type { INestApplicationContext } from '@nestjs/common';
import { prepareRuntime, readySchema } from '../boot.js';
import { SetClock } from '../platform/clock/clock.js';
import { settingsOfCommand } from './with-database.js';

/** Runs `work` with the application, without HTTP and without doing its jobs. If an instant is given, the clock stands still at it. */
export async function inApplication<T>(work: (app: INestApplicationContext) => Promise<T>, at?: Date): Promise<T> {
  const preparing = prepareRuntime(settingsOfCommand(), { mode: 'attach', clock: at && new SetClock(at) });
  // Loaded while PostgreSQL starts.
  const [runtime, { createContext }] = await Promise.all([preparing, import('../application.js')]);
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
