import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MIGRATIONS } from '../../src/migrations/index.js';
import { SetClock } from '../../src/platform/clock/clock.js';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/platform/database/embedded-postgres.js';
import { migrate } from '../../src/platform/database/index.js';
import { PermanentFailure } from '../../src/platform/index.js';
import { OutboxExecutor } from '../../src/platform/outbox/index.js';
import { perLane } from '../../src/platform/outbox/lanes.js';
import { gate } from '../support/gate.js';
import { JobsFixture } from '../support/jobs-fixture.js';
import { START } from '../support/platform.js';
import { testWithRedis } from '../support/redis.js';
import { crashServer, truncateAll } from '../support/test-database.js';
import { effect, URGENT } from '../support/test-jobs.js';
import { MANY_JOBS, SOME_JOBS } from '../support/thorough.js';
import { until } from '../support/until.js';

// Whatever goes wrong, each row is done once or says why not.

/** Processes are started and killed, and thousands of rows done: a busy machine takes its time. Each wait ends as soon as it may. */
jest.setTimeout(300_000);
const LONG = 240_000;

const fixture = new JobsFixture();

describe.each(['in the process', 'over Redis'] as const)('workers %s', (over) => {
  const it = over === 'over Redis' ? testWithRedis : test;
  fixture.settle(over);

  it('one is killed with -9 in the middle of a batch: another takes over', async () => {
    const killed = await fixture.startProcess();
    await fixture.addMany(await fixture.start(false), SOME_JOBS);
    await until('it is in the middle', async () => (await fixture.count('done_at IS NOT NULL')) > 100, LONG);
    killed.kill('SIGKILL');
    expect(await once(killed, 'exit')).toEqual([null, 'SIGKILL']);
    expect(await fixture.pending()).toBeGreaterThan(0);
    await fixture.start(true);
    await fixture.allDone(LONG);
    await fixture.expectEachOnce(SOME_JOBS);
  });

  it('two have clocks that are ten minutes apart: they share the rows, and the later clock does not wait for the other', async () => {
    const ahead = new SetClock(new Date(START.getTime() + 600_000));
    const workers = new Set<number>();
    fixture.behave = async (job, worker) => {
      workers.add(worker);
      await until('both work', () => workers.size === 2, LONG);
      await effect(job);
    };
    const [behind] = await Promise.all([fixture.start(true), fixture.start(true, { clock: ahead })]);
    await fixture.addMany(behind, 500);
    await fixture.add(behind, 20, { at: new Date(START.getTime() + 300_000) });
    await fixture.add(behind, 20, { at: new Date(START.getTime() + 900_000) });
    await until('what is due by one of them is done', async () => (await fixture.count('done_at IS NOT NULL')) === 520, LONG);
    await fixture.expectEachOnce(520);
    expect(await fixture.count('attempts = 0 AND leased_until IS NULL AND done_at IS NULL')).toBe(20);
  });

  it('tens of thousands of others are due: an urgent one is done long before them', async () => {
    fixture.environment.OUTBOX_POLL_MS = '1000';
    const api = await fixture.start(false);
    await fixture.addMany(api, 10 * MANY_JOBS);
    await fixture.start(true);
    await until('the others are being done', async () => (await fixture.count('done_at IS NOT NULL')) > 100, LONG);
    const began = performance.now();
    await fixture.add(api, 1, {}, URGENT);
    await until('it is done', async () => (await fixture.count(`lane = 'urgent' AND done_at IS NOT NULL`)) === 1, LONG);
    expect(performance.now() - began).toBeLessThan(10_000);
    await fixture.closeAll();
    await fixture.expectEachOnce(await fixture.count('done_at IS NOT NULL'));
    expect(await fixture.count('done_at IS NULL AND (dead_at IS NOT NULL OR last_error IS NOT NULL)')).toBe(0);
    expect(await fixture.pending()).toBeGreaterThan(5 * MANY_JOBS);
  });
});

describe('thousands of rows over Redis', () => {
  fixture.settle('over Redis');
  // What waits in Redis is not handed over again every second.
  beforeEach(() => {
    Object.assign(fixture.environment, { OUTBOX_LEASE_SECONDS: '5', OUTBOX_POLL_MS: '200' });
  });

  testWithRedis(
    'Redis is wiped, and wiped again; one throws, and another says that it never will: the others are done once, and these say why',
    async () => {
      const door = gate();
      fixture.behave = async (job) => {
        await door.pass();
        if (job.ids.number === MANY_JOBS * 0.4) throw new TypeError('nadia@example.org');
        if (job.ids.number === MANY_JOBS * 0.6) throw new PermanentFailure('no such address');
        await effect(job);
      };
      await fixture.addMany(await fixture.start(true), MANY_JOBS);
      await until('as many are handed over as may be', async () => (await fixture.count('leased_until IS NOT NULL')) >= 2000);
      await fixture.redis?.flushAll();
      door.open();
      await until('half are done', async () => (await fixture.count('done_at IS NOT NULL')) > MANY_JOBS / 2, LONG);
      await fixture.redis?.flushAll();
      await until('the others are done', async () => (await fixture.count('done_at IS NOT NULL')) === MANY_JOBS - 2, LONG);
      await fixture.expectEachOnce(MANY_JOBS - 2);
      expect(await fixture.rows('done_at IS NULL AND dead_at IS NULL')).toMatchObject([{ attempts: 1, last_error: 'TypeError' }]);
      expect(await fixture.rows('dead_at IS NOT NULL')).toMatchObject([{ attempts: 1, last_error: 'no such address' }]);
      const pauseOver = new Date(START.getTime() + 10_000);
      fixture.behave = effect;
      fixture.platform.clock.moveTo(pauseOver);
      await until('the one that threw is done', async () => (await fixture.count('done_at IS NOT NULL')) === MANY_JOBS - 1, LONG);
      await fixture.expectEachOnce(MANY_JOBS - 1);
    },
    300_000,
  );
});

describe('PostgreSQL restarted', () => {
  let dataDir: string;
  let server: EmbeddedPostgres;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'passerelle-faults-'));
    // What it has committed must outlive it, so its data is not said to be ephemeral: such a server may lose the last half second.
    server = await startEmbeddedPostgres({ dataDir, mode: 'own' });
    // Without the modules, whose jobs nobody here does.
    await migrate(server.url, { entities: [], migrations: MIGRATIONS });
  });
  afterAll(async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  describe.each(['in the process', 'over Redis'] as const)('%s', (over) => {
    const it = over === 'over Redis' ? testWithRedis : test;
    fixture.settle(over);
    beforeEach(async () => {
      fixture.environment.DATABASE_URL = server.url;
      await truncateAll(server.url);
    });

    it('twice while jobs run: each is done, once', async () => {
      const worker = await fixture.start(true);
      await fixture.addMany(worker, 1500);
      for (const done of [200, 800]) {
        await until('some more are done', async () => (await fixture.count('done_at IS NOT NULL').catch(() => 0)) > done, LONG);
        await crashServer(server.url);
      }
      await until('every job is done', async () => (await fixture.pending().catch(() => 1)) === 0, LONG);
      await fixture.expectEachOnce(1500);
    });
  });
});

describe('when Redis fails', () => {
  fixture.settle('over Redis');

  testWithRedis(
    'killed at work and started again: nothing is lost',
    async () => {
      const worker = await fixture.start(true);
      await fixture.add(worker, 200);
      await until('some are done', async () => (await fixture.effects()).length > 0, LONG);
      await fixture.redis?.kill();
      await fixture.add(worker, 100);
      await fixture.redis?.start();
      await until('every job is done', async () => (await fixture.pending()) === 0, LONG);
      await fixture.expectEachOnce(300);
    },
    300_000,
  );

  testWithRedis(
    'away for longer than its lock on a running job: nobody else begins the job, and it is done once',
    async () => {
      Object.assign(fixture.environment, { OUTBOX_LEASE_SECONDS: '3' });
      const door = gate();
      let begun = 0;
      fixture.behave = async (job) => {
        begun += 1;
        await door.pass();
        await effect(job);
      };
      const worker = await fixture.start(true);
      await fixture.add(worker);
      await until('it runs', () => begun === 1, LONG);
      const [row] = await fixture.rows();
      // As when Bull holds the job for lost: it is brought again, to whoever is there.
      const other = await fixture.start(false);
      await other.get(OutboxExecutor).runById(row?.id ?? '');
      expect([begun, (await fixture.rows())[0]?.attempts]).toEqual([1, 1]);
      door.open();
      await fixture.allDone();
      await fixture.expectEachOnce(1);
    },
    300_000,
  );

  testWithRedis('away when the process starts: the jobs are done once it is there', async () => {
    await fixture.redis?.kill();
    const worker = await fixture.start(true);
    await fixture.add(worker, 5);
    await fixture.redis?.start();
    await fixture.allDone();
    await fixture.expectEachOnce(5);
    expect((await fixture.rows()).map(({ attempts }) => attempts)).toEqual([1, 1, 1, 1, 1]);
  });

  testWithRedis.each(['killed', 'frozen'] as const)('%s: a stop does not wait for it', async (fate) => {
    const worker = await fixture.start(true);
    await fixture.add(worker);
    await fixture.allDone();
    if (fate === 'killed') await fixture.redis?.kill();
    else fixture.redis?.freeze();
    const began = Date.now();
    await worker.close();
    expect(Date.now() - began).toBeLessThan(10_000);
    if (fate === 'killed') await fixture.redis?.start();
    else fixture.redis?.thaw();
  });

  // What a stop leaves unanswered must reject nothing that nobody looks at: that would end a program, and ends this test.
  testWithRedis.each(['killed', 'frozen', 'there'] as const)('%s when the process starts and stops at once', async (fate) => {
    if (fate === 'killed') await fixture.redis?.kill();
    if (fate === 'frozen') fixture.redis?.freeze();
    const worker = await fixture.start(true);
    await worker.close();
    if (fate === 'killed') await fixture.redis?.start();
    if (fate === 'frozen') fixture.redis?.thaw();
    await new Promise((resolve) => setTimeout(resolve, 500));
  });

  testWithRedis('a job that a killed worker left as its own is taken up again', async () => {
    const dying = await fixture.start(false);
    await fixture.add(dying);
    const [id] = (await dying.get(OutboxExecutor).lease(perLane(() => 1))).work;
    const key = (name: string) => `${fixture.environment.REDIS_PREFIX}:outbox:work:${name}`;
    // As Bull leaves it: in the list of active jobs, its lock run out.
    await fixture.redis?.run((client) =>
      client
        .multi()
        .hset(key(id ?? ''), {
          name: '__default__',
          data: '{}',
          opts: '{"removeOnFail":true,"removeOnComplete":true}',
          timestamp: 1,
          delay: 0,
          priority: 0,
          stalledCounter: 50,
        })
        .lpush(key('active'), id ?? '')
        .sadd(key('stalled'), id ?? '')
        .exec(),
    );
    await fixture.start(true);
    await fixture.allDone();
    await fixture.expectEachOnce(1);
  });

  testWithRedis('leaves nothing in Redis behind', async () => {
    const worker = await fixture.start(true);
    await fixture.add(worker, 50);
    await fixture.allDone();
    const left = await until('Bull has forgotten its jobs', async () => {
      const keys = (await fixture.redis?.run((client) => client.keys(`${fixture.environment.REDIS_PREFIX}:outbox:*`))) ?? [];
      return keys.some((key) => /[0-9a-f]{8}-/.test(key)) ? null : keys;
    });
    // What Bull counts and keeps for each queue.
    expect(left.length).toBeLessThan(12);
  });
});
