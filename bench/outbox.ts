import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import Bull from 'bull';
import { Redis } from 'ioredis';
import pg from 'pg';
import { startEmbeddedPostgres } from '../src/platform/database/embedded-postgres.js';
import { migrate } from '../src/platform/database/index.js';
import { BullRelay } from '../src/platform/outbox/bull.relay.js';
import { OutboxExecutor } from '../src/platform/outbox/index.js';
import { perLane, LANES } from '../src/platform/outbox/lanes.js';
import { schema } from '../src/schema.js';
import { startBenchApplication } from './support/application.js';
import { type Benchmark, timings } from './support/benchmark.js';
import { COUNCIL } from './support/stock.js';

const ROWS = 1_000_000;
const DUE = 100_000;
const FEW = 10_000;
const RATE_LIMIT = 2000;
const SWEEP_SHARE = 1.1;
/** Below this a look costs what a transaction costs: its share says nothing. */
const SWEEP_NOISE_MS = 0.2;
const TIMES = 300;
const MEMORY_LIMIT_MIB = 16;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** What is still in use when garbage has been collected, in bytes. */
function memoryInUse(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const COUNCIL_ROW = `
  INSERT INTO councils (id, code, name, time_zone, locale, languages, created_at, updated_at)
  VALUES ('${COUNCIL}', 'MEASURED', 'Département', 'Europe/Paris', 'fr', '{fr}', now(), now())`;
/** In every lane, for days to come. */
const LATER = `
  INSERT INTO outbox (id, council_id, kind, lane, ids, due_at, created_at)
  SELECT gen_random_uuid(), '${COUNCIL}', 'reminder.due', (ARRAY['work', 'messages', 'bulk', 'urgent'])[1 + n % 4], '{}',
    now() + interval '1 day' + n * interval '1 second', now() FROM generate_series(1, $1::integer) n`;
const NOW_DUE = `
  UPDATE outbox SET due_at = now() - interval '1 hour' WHERE id IN (SELECT id FROM outbox ORDER BY due_at LIMIT $1)`;

export const benchmark: Benchmark = {
  about: `${ROWS} jobs for later of which ${DUE} are due: handed to Redis at ${RATE_LIMIT} a second or more, and a look that costs no more than with ${FEW}`,
  async run() {
    const dataDir = await mkdtemp(join(tmpdir(), 'passerelle-bench-'));
    const server = await startEmbeddedPostgres({ dataDir, ephemeral: true, mode: 'own' });
    const redis = await startRedis(dataDir);
    const ask = onServer(server.url);
    try {
      await migrate(server.url, schema);
      await ask(COUNCIL_ROW);
      const app = await startBenchApplication(server.url, COUNCIL);
      const queues = perLane((lane) => openQueue(lane, redis.url));
      try {
        const executor = app.nest.get(OutboxExecutor);
        const look = () => executor.lease(perLane(() => 500));
        const fill = async (rows: number) => {
          await ask(LATER, [rows]);
          await ask('VACUUM ANALYZE outbox');
        };
        await fill(FEW);
        const few = await timings(TIMES, look);
        await fill(ROWS - FEW);
        const many = await timings(TIMES, look);
        const scrape = await timings(20, () => app.get('/job-queues'));

        await ask(NOW_DUE, [DUE]);
        await ask('VACUUM ANALYZE outbox');
        const handed = await handOver(
          new BullRelay(
            executor,
            queues,
            perLane(() => ROWS),
          ),
        );
        const inRedis = await Promise.all(LANES.map((lane) => queues[lane].getWaitingCount()));
        const waiting = inRedis.reduce((sum, count) => sum + count, 0);
        return {
          tables: {
            'handed to Redis': [handed],
            'milliseconds of a look that finds nothing': [
              { rows: FEW, ...few },
              { rows: ROWS, ...many },
            ],
            [`milliseconds of GET /job-queues with ${ROWS} rows`]: [scrape],
          },
          faults: [
            ...(handed.rows !== DUE || waiting !== DUE ? [`${handed.rows} were handed over and ${waiting} are in Redis, not ${DUE}`] : []),
            ...(handed.perSecond < RATE_LIMIT ? [`handed over: ${handed.perSecond} a second`] : []),
            ...(many.median > few.median * SWEEP_SHARE + SWEEP_NOISE_MS ? [`a look: ${few.median} ms, then ${many.median} ms`] : []),
            ...(handed.keptMebibytes > MEMORY_LIMIT_MIB ? [`${handed.keptMebibytes} MiB more are in use`] : []),
          ],
        };
      } finally {
        await Promise.all(LANES.map((lane) => queues[lane].close()));
        await app.stop();
      }
    } finally {
      await redis.stop();
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    }
  },
};

/** Until nothing is due any more. Memory is counted from the first tenth on, when everything that is needed once is there. */
async function handOver(relay: BullRelay) {
  const start = performance.now();
  let rows = 0;
  let before = 0;
  for (;;) {
    const { handedOver } = await relay.handOver();
    rows += handedOver;
    if (before === 0 && rows >= DUE / 10) before = memoryInUse();
    if (handedOver === 0) break;
  }
  const seconds = (performance.now() - start) / 1000;
  return {
    rows,
    seconds: Math.round(seconds * 10) / 10,
    perSecond: Math.round(rows / seconds),
    keptMebibytes: Math.round((memoryInUse() - before) / 2 ** 20),
  };
}

function onServer(url: string) {
  return async (text: string, values: unknown[] = []) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      await client.query(text, values);
    } finally {
      await client.end();
    }
  };
}

function openQueue(lane: string, url: string): Bull.Queue {
  return new Bull(lane, url, { prefix: 'bench:outbox' });
}

async function startRedis(dir: string): Promise<{ url: string; stop(): Promise<void> }> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  const server = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--dir', dir, '--save', ''], { stdio: 'ignore' });
  await once(server, 'spawn');
  const client = new Redis(port, '127.0.0.1', { maxRetriesPerRequest: null });
  client.on('error', () => undefined);
  await client.ping();
  client.disconnect();
  return {
    url: `redis://127.0.0.1:${port}/0`,
    stop: async () => {
      const exit = once(server, 'exit');
      server.kill('SIGTERM');
      await exit;
    },
  };
}
