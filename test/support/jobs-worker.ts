import { SetClock } from '../../src/platform/clock/clock.js';
import { START, testPlatform } from './platform.js';
import { NO_SCHEMA, startTestJobs } from './test-jobs.js';

// A worker with the jobs of tests in a process of its own. It uses the database of the Jest worker that started it, and runs until it is
// killed.

const { REDIS_URL = '', REDIS_PREFIX = '', OUTBOX_LEASE_SECONDS = '', OUTBOX_POLL_MS = '' } = process.env;
const { options } = await testPlatform(
  NO_SCHEMA,
  { REDIS_URL, REDIS_PREFIX, OUTBOX_LEASE_SECONDS, OUTBOX_POLL_MS },
  { runsJobs: true, beside: { clock: new SetClock(START) } },
);
await startTestJobs(options);
process.stdout.write('ready\n');
