import { documentOf } from '../../application.js';
import { Clock } from '../../platform/clock/clock.js';
import { Secrets } from '../../platform/config/secrets.js';
import { readSettings } from '../../platform/config/settings.js';
import { Log } from '../../platform/logging/log.js';
import { schema } from '../../schema.js';
import { options } from '../command.js';

export function printDocument(words: readonly string[]): Promise<unknown> {
  options(words);
  // Nobody connects and nothing is signed: routes and classes are read, and they are the same under all settings.
  const settings = readSettings({});
  const database = { url: '', pool: settings.databasePool, schema, asApplication: true };
  return documentOf({ settings, secrets: new Secrets(''), log: new Log(settings), clock: new Clock(), database, runsJobs: false });
}
