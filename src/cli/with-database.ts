import { openDatabase, type RunningDatabase } from '../boot.js';
import { type Settings, settingsOfProcess } from '../platform/config/settings.js';

/** The settings for a command. A command prints its own result; log lines about requests and jobs would only disturb. */
export function settingsOfCommand(): Settings {
  const settings = settingsOfProcess();
  settings.logLevel = 'warn';
  return settings;
}

/** Runs `work` with the database: that of the running program, or one that is started for the time. The application is not loaded. */
export async function withDatabase<T>(work: (database: RunningDatabase) => Promise<T>): Promise<T> {
  const database = await openDatabase(settingsOfCommand(), { mode: 'attach' });
  try {
    return await work(database);
  } finally {
    await database.stop();
  }
}
