import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type INestApplicationContext, Injectable, type Type } from '@nestjs/common';
import { DiscoveryModule, NestFactory } from '@nestjs/core';
import { HandlesJob, Hears, type Job, jobKind, Outbox, Transactions } from '../../src/platform/index.js';
import { Metrics } from '../../src/platform/health/metrics.js';
import { AnnotatedMethods } from '../../src/platform/outbox/annotated-methods.js';
import { Handlers } from '../../src/platform/outbox/handlers.js';
import { OutboxExecutor } from '../../src/platform/outbox/index.js';
import { PlatformModule } from '../../src/platform/platform.module.js';
import { newId } from '../../src/shared/ids.js';
import { START, testPlatform, type TestPlatform } from '../support/platform.js';
import { startRedis, type TestRedis, testWithRedis } from '../support/redis.js';
import { onServer } from '../support/test-database.js';
import { until } from '../support/until.js';

const NO_SCHEMA = { entities: [], migrations: [] };
const KIND = jobKind('test.work');

/** What the jobs of a test do; each test says. */
let behave: (job: Job, worker: number) => Promise<void>;
let workers = 0;

@Injectable()
class TestJobs {
  readonly number = ++workers;

  @HandlesJob(KIND)
  work(job: Job): Promise<void> {
    return behave(job, this.number);
  }

  @Hears('test.happened', 'first')
  first(job: Job): Promise<void> {
    return behave(job, this.number);
  }

  @Hears('test.happened', 'second')
  second(job: Job): Promise<void> {
    return behave(job, this.number);
  }
}

class Program {
  readonly name = 'a program of a test';
}

const council = newId();
let platform: TestPlatform;
let redis: TestRedis | undefined;
let prefixes = 0;
let environment: Record<string, string>;
let open: INestApplicationContext[];

/** The platform with the handlers of these tests, as one process has it. */
async function start(runsJobs: boolean): Promise<INestApplicationContext> {
  const { options } = await testPlatform(NO_SCHEMA, environment, { runsJobs, beside: platform });
  const context = await NestFactory.createApplicationContext(
    { module: Program, imports: [PlatformModule.forRoot(options)], providers: [TestJobs] },
    { logger: false, abortOnError: false },
  );
  open.push(context);
  return context;
}

const ask = <Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> =>
  onServer(platform.databaseUrl, async (client) => (await client.query(sql, values)).rows as Row[]);

interface OutboxRow {
  id: string;
  attempts: number;
  due_at: Date;
  done_at: Date | null;
  dead_at: Date | null;
  leased_until: Date | null;
  last_error: string | null;
}
const rows = (where = 'true') => ask<OutboxRow>(`SELECT * FROM outbox WHERE ${where} ORDER BY id`);
const pending = async () => (await rows('done_at IS NULL AND dead_at IS NULL')).length;
const allDone = () => until('every job is done', async () => (await pending()) === 0);

/** A row of its own for each time that a job's effects were written. */
const effect = (job: Job) =>
  job.complete((tx) =>
    tx
      .query('INSERT INTO audit_reasons (council_id, event_id, salt, reason) VALUES (current_council(), $1, $2, $3)', [
        newId(),
        job.id,
        'x',
      ])
      .then(() => undefined),
  );
const effects = async () => (await ask<{ salt: string }>('SELECT salt FROM audit_reasons')).map(({ salt }) => salt);
const expectEachOnce = async (count: number) => {
  const written = await effects();
  expect([written.length, new Set(written).size]).toEqual([count, count]);
};

const add = (context: INestApplicationContext, count = 1, when: { at?: Date; key?: string } = {}) =>
  context.get(Transactions).write(council, async (tx) => {
    for (let number = 0; number < count; number++) await context.get(Outbox).add(tx, KIND, { number }, when);
  });

/** A door that jobs wait at. */
function gate(): { readonly reached: () => number; readonly pass: () => Promise<void>; readonly open: () => void } {
  let waiting = 0;
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { reached: () => waiting, pass: () => (waiting++, opened), open };
}

beforeEach(async () => {
  open = [];
  environment = { OUTBOX_POLL_MS: '20', OUTBOX_LEASE_SECONDS: '1', DATABASE_POOL: '20' };
  platform = await testPlatform(NO_SCHEMA);
  behave = effect;
});
afterEach(async () => {
  await Promise.all(open.map((context) => context.close()));
});
afterAll(() => redis?.close());

const settle = (over: 'in the process' | 'over Redis') => {
  beforeAll(async () => {
    if (over === 'over Redis') redis ??= await startRedis();
  });
  beforeEach(() => {
    if (over === 'over Redis') environment = { ...environment, REDIS_URL: redis?.url ?? '', REDIS_PREFIX: `test-${++prefixes}` };
  });
};

describe.each(['in the process', 'over Redis'] as const)('jobs %s', (over) => {
  const it = over === 'over Redis' ? testWithRedis : test;
  // A skipped test still has its beforeAll.
  settle(over);

  it('each is done once, with its effects in one transaction', async () => {
    const worker = await start(true);
    await add(worker, 300);
    await allDone();
    await expectEachOnce(300);
    expect(
      (await rows()).every(({ attempts, last_error, leased_until }) => attempts === 1 && last_error === null && leased_until === null),
    ).toBe(true);
    expect(await worker.get(Metrics).registry.getSingleMetricAsString('outbox_jobs_total')).toContain(
      'outbox_jobs_total{kind="test.work",outcome="done"} 300',
    );
  });

  it('are found by a process that was not there when they were written', async () => {
    await add(await start(false), 5);
    expect(await pending()).toBe(5);
    await start(true);
    await allDone();
    await expectEachOnce(5);
  });

  it('are not done when the transaction that wrote them is rolled back', async () => {
    const worker = await start(true);
    const failed = worker.get(Transactions).write(council, async (tx) => {
      await worker.get(Outbox).add(tx, KIND, {});
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    await add(worker);
    await allDone();
    expect(await rows()).toHaveLength(1);
  });

  it('an event reaches each of its subscribers', async () => {
    const worker = await start(true);
    await worker.get(Transactions).write(council, (tx) => worker.get(Outbox).announce(tx, 'test.happened', {}));
    await worker.get(Transactions).write(council, (tx) => worker.get(Outbox).announceEach(tx, 'test.happened', [{}, {}]));
    await allDone();
    await expectEachOnce(6);
  });

  it('a failing one pauses longer and longer, is set aside at last, and holds up nobody', async () => {
    behave = (job) => (job.ids.number === 0 ? Promise.reject(new Error('smtp said: 550 nadia@example.org')) : effect(job));
    const worker = await start(true);
    await add(worker, 20);
    await until('the others are done', async () => (await effects()).length === 19);
    const pauses: number[] = [];
    for (;;) {
      const [row] = await until('its next try is over', async () => {
        const found = await rows('done_at IS NULL AND leased_until IS NULL');
        return found[0]?.attempts === pauses.length + 1 ? found : null;
      });
      if (!row || row.dead_at) break;
      pauses.push((row.due_at.getTime() - platform.clock.now().getTime()) / 1000);
      platform.clock.moveTo(row.due_at);
    }
    expect(pauses.slice(0, 10)).toEqual([10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600]);
    expect(pauses.every((pause, index) => pause >= (pauses[index - 1] ?? 0))).toBe(true);
    const [dead] = await rows('dead_at IS NOT NULL');
    expect([dead?.attempts, dead?.last_error]).toEqual([36, 'Error']);
    // A provider may be away for a day.
    expect(platform.clock.now().getTime() - START.getTime()).toBeGreaterThan(24 * 3600_000);
    expect(platform.logged.join('')).not.toContain('nadia');
  });

  it('what a failing one wrote is taken back', async () => {
    let tries = 0;
    behave = (job) =>
      job.complete(async (tx) => {
        await tx.execute('INSERT INTO audit_reasons (council_id, event_id, salt, reason) VALUES (current_council(), $1, $2, $3)', [
          newId(),
          job.id,
          'x',
        ]);
        if (++tries === 1) throw new Error('after the effect');
      });
    await add(await start(true));
    await until('it failed', async () => (await rows('last_error IS NOT NULL')).length === 1);
    expect(await effects()).toEqual([]);
    platform.clock.moveTo(new Date(START.getTime() + 10_000));
    await allDone();
    await expectEachOnce(1);
  });

  it('one for later waits for its time', async () => {
    const worker = await start(true);
    await add(worker, 1, { at: new Date(START.getTime() + 3600_000) });
    await add(worker, 3);
    await until('what is due is done', async () => (await effects()).length === 3);
    expect(await pending()).toBe(1);
    platform.clock.moveTo(new Date(START.getTime() + 3600_000));
    await allDone();
  });

  it('there is one of a kind and key, ever', async () => {
    const worker = await start(true);
    await Promise.all(Array.from({ length: 20 }, () => add(worker, 1, { key: 'loan:1' })));
    await allDone();
    await add(worker, 1, { key: 'loan:1' });
    await add(worker, 1, { key: 'loan:2' });
    await allDone();
    expect(await rows()).toHaveLength(2);
    await expectEachOnce(2);
  });

  it('one whose process died is taken over when its lease has run out', async () => {
    const dying = await start(false);
    await add(dying, 3);
    await dying.get(OutboxExecutor).claim(10);
    await start(true);
    await allDone();
    await expectEachOnce(3);
    expect((await rows()).map(({ attempts }) => attempts)).toEqual([2, 2, 2]);
  });

  it('one that kills its process each time is set aside', async () => {
    const dying = await start(false);
    await add(dying);
    await ask(`UPDATE outbox SET attempts = 36, leased_until = now() - interval '1 second'`);
    await start(true);
    await until('it is set aside', async () => (await rows('dead_at IS NOT NULL')).length === 1);
    expect((await rows())[0]).toMatchObject({ attempts: 36, last_error: 'gave no sign any more', leased_until: null });
  });

  it('one that takes longer than its lease stays with who does it', async () => {
    const door = gate();
    behave = async (job) => {
      await door.pass();
      await effect(job);
    };
    await add(await start(true));
    await start(true);
    const [row] = await until('it has begun', () => (door.reached() > 0 ? rows() : null));
    await until(
      'its first lease would have run out',
      async () => (await ask("SELECT 1 WHERE clock_timestamp() > $1::timestamptz + interval '1 second'", [row?.leased_until])).length > 0,
    );
    door.open();
    await allDone();
    expect([door.reached(), (await rows())[0]?.attempts]).toEqual([1, 1]);
    await expectEachOnce(1);
  });

  it('two processes share them', async () => {
    const seen = new Set<number>();
    behave = async (job, worker) => {
      seen.add(worker);
      await until('both work', () => seen.size === 2);
      await effect(job);
    };
    const [first] = await Promise.all([start(true), start(true)]);
    await add(first, 200);
    await allDone();
    await expectEachOnce(200);
  });

  it('a stop waits for what runs, and begins nothing', async () => {
    const door = gate();
    behave = async (job) => {
      await door.pass();
      await effect(job);
    };
    const worker = await start(true);
    await add(worker, 50);
    await until('its places are taken', () => door.reached() === 10);
    let closed = false;
    const closing = worker.close().then(() => {
      closed = true;
    });
    await new Promise(setImmediate);
    expect(closed).toBe(false);
    door.open();
    await closing;
    await expectEachOnce(10);
    expect([door.reached(), await pending()]).toEqual([10, 40]);
  });
});

describe('when Redis fails', () => {
  settle('over Redis');

  testWithRedis('wiped with a thousand rows handed over: each is still done, once', async () => {
    const door = gate();
    behave = async (job) => {
      await door.pass();
      await effect(job);
    };
    const worker = await start(true);
    await add(worker, 1000);
    await until('all are handed over', async () => (await rows('leased_until IS NOT NULL')).length === 1000);
    await redis?.flushAll();
    door.open();
    await allDone();
    await expectEachOnce(1000);
  });

  testWithRedis(
    'killed at work and started again: nothing is lost',
    async () => {
      const worker = await start(true);
      await add(worker, 200);
      await until('some are done', async () => (await effects()).length > 0);
      await redis?.kill();
      await add(worker, 100);
      await redis?.start();
      await until('every job is done', async () => (await pending()) === 0, 50_000);
      await expectEachOnce(300);
    },
    40_000,
  );

  testWithRedis(
    'away for longer than its lock on a running job: nobody else begins the job, and it is done once',
    async () => {
      environment = { ...environment, OUTBOX_LEASE_SECONDS: '3' };
      const door = gate();
      let begun = 0;
      behave = async (job) => {
        begun += 1;
        await door.pass();
        await effect(job);
      };
      const worker = await start(true);
      await add(worker);
      await until('it runs', () => begun === 1);
      const [row] = await rows();
      // As when Bull holds the job for lost: it is brought again, to whoever is there.
      const other = await start(false);
      await other.get(OutboxExecutor).runById(row?.id ?? '');
      expect([begun, (await rows())[0]?.attempts]).toEqual([1, 1]);
      door.open();
      await allDone();
      await expectEachOnce(1);
    },
    40_000,
  );

  testWithRedis('away when the process starts: the jobs are done once it is there', async () => {
    await redis?.kill();
    const worker = await start(true);
    await add(worker, 5);
    await redis?.start();
    await allDone();
    await expectEachOnce(5);
    expect((await rows()).map(({ attempts }) => attempts)).toEqual([1, 1, 1, 1, 1]);
  });

  testWithRedis.each(['killed', 'frozen'] as const)('%s: a stop does not wait for it', async (fate) => {
    const worker = await start(true);
    await add(worker);
    await allDone();
    if (fate === 'killed') await redis?.kill();
    else redis?.freeze();
    const began = Date.now();
    await worker.close();
    expect(Date.now() - began).toBeLessThan(10_000);
    if (fate === 'killed') await redis?.start();
    else redis?.thaw();
  });

  testWithRedis('a job that a killed worker left as its own is taken up again', async () => {
    const dying = await start(false);
    await add(dying);
    const [id] = await dying.get(OutboxExecutor).lease(1);
    const key = (name: string) => `${environment.REDIS_PREFIX}:outbox:${name}`;
    // As Bull leaves it: in the list of active jobs, its lock run out.
    await redis?.run((client) =>
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
    await start(true);
    await allDone();
    await expectEachOnce(1);
  });

  testWithRedis('leaves nothing in Redis behind', async () => {
    const worker = await start(true);
    await add(worker, 50);
    await allDone();
    const left = await until('Bull has forgotten its jobs', async () => {
      const keys = (await redis?.run((client) => client.keys(`${environment.REDIS_PREFIX}:outbox:*`))) ?? [];
      return keys.some((key) => /[0-9a-f]{8}-/.test(key)) ? null : keys;
    });
    expect(left.length).toBeLessThan(5);
  });
});

describe('the start', () => {
  @Injectable()
  class Doubled {
    @HandlesJob(KIND)
    again(): Promise<void> {
      return Promise.resolve();
    }
  }
  const startWith = (...providers: Type[]) =>
    NestFactory.createApplicationContext(
      { module: Program, imports: [DiscoveryModule], providers: [AnnotatedMethods, Handlers, ...providers] },
      { logger: false, abortOnError: false },
    );

  test('is stopped by a kind of job that nobody handles', async () => {
    await expect(startWith()).rejects.toThrow('no handler for jobs of kind test.work');
  });

  test('is stopped by two handlers of one kind', async () => {
    await expect(startWith(TestJobs, Doubled)).rejects.toThrow('two handlers for jobs of kind test.work');
  });
});
