import type { OpenAPIObject } from '@nestjs/swagger';
import { documentOf } from '../../src/application.js';
import { Secrets } from '../../src/platform/config/secrets.js';
import { SetClock } from '../../src/platform/clock/clock.js';
import { readSettings } from '../../src/platform/config/settings.js';
import { Log } from '../../src/platform/logging/log.js';
import { schema } from '../../src/schema.js';
import { START } from './platform.js';

/** The OpenAPI document, as the command line prints it: without a database. */
export function theDocument(): Promise<OpenAPIObject> {
  const settings = readSettings({ NODE_ENV: 'test' });
  const database = { url: '', pool: 4, schema, asApplication: true };
  return documentOf({ settings, secrets: new Secrets(''), log: new Log(settings), clock: new SetClock(START), database, runsJobs: false });
}
