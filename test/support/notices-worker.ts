import { createContext } from '../../src/application.js';
import { SetClock } from '../../src/platform/clock/clock.js';
import { schema } from '../../src/schema.js';
import { testPlatform } from './platform.js';

// A worker of the whole program in a process of its own, whose clock stands at NOW. It uses the database of the Jest worker that started
// it, and runs until it is killed.

const { NOW = '', SETTINGS = '{}' } = process.env;
const clock = new SetClock(new Date(NOW));
const { options } = await testPlatform(schema, JSON.parse(SETTINGS) as Record<string, string>, { runsJobs: true, beside: { clock } });
await createContext(options);
process.stdout.write('ready\n');
