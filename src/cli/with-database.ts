import { openDatabase, type RunningDatabase } from '../boot.js';
import { type Settings, settingsOfProcess } from '../platform/config/settings.js';

/** The settings of a command: it says what it has to say, and requests and jobs are no matter of it. */
export function settingsOfCommand(): Settings {
  const settings = settingsOfProcess();
  settings.logLevel = 'warn';
  return settings;
}

/** Runs `work` with the database, the running program's or our own for the time; the application is not loaded. */
export async function withDatabase<T>(work: (database: RunningDatabase) => Promise<T>): Promise<T> {
  const database = await openDatabase(settingsOfCommand(), { mode: 'attach' });
  try {
    return await work(database);
  } finally {
    await database.stop();
  }
}
