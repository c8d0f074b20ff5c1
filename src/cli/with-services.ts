import { DataSource } from 'typeorm';
import { prepareRuntime, readySchema } from '../boot.js';
import { Clock, Log, Secrets, Settings } from '../platform/index.js';
import { dataSource } from '../platform/database/index.js';
import { Services } from './services.js';
import { settingsOfCommand } from './with-database.js';

/** Runs `work` with single services on the database. The application, HTTP and jobs are not loaded. */
export async function withServices<T>(work: (services: Services) => Promise<T>): Promise<T> {
  const runtime = await prepareRuntime(settingsOfCommand(), { mode: 'attach' });
  const { settings, secrets, log, clock, database } = runtime.platform;
  try {
    await readySchema(runtime);
    const source = await dataSource({ ...database, name: 'passerelle' }).initialize();
    const services = new Services([
      [Settings, settings],
      [Secrets, secrets],
      [Log, log],
      [Clock, clock],
      [DataSource, source],
    ]);
    try {
      return await work(services);
    } finally {
      await services.end();
      await source.destroy();
    }
  } finally {
    await runtime.stop();
  }
}
