import { describe, expect, test } from '@jest/globals';
import { type INestApplicationContext, Injectable, type Type } from '@nestjs/common';
import { DiscoveryModule, NestFactory } from '@nestjs/core';
import { HandlesJob, Outbox, PermanentFailure, Transactions } from '../../src/platform/index.js';
import { Metrics } from '../../src/platform/health/metrics.js';
import { AnnotatedMethodFinder } from '../../src/platform/outbox/annotated-method-finder.js';
import { HandlerCollector } from '../../src/platform/outbox/handler-collector.js';
import { HandlerRegistry } from '../../src/platform/outbox/handlers.js';
import { OutboxExecutor } from '../../src/platform/outbox/index.js';
import { type PerLane, perLane, type Lane } from '../../src/platform/outbox/lanes.js';
import { newId } from '../../src/shared/ids.js';
import { gate } from '../support/gate.js';
import { JobsFixture } from '../support/jobs-fixture.js';
import { START } from '../support/platform.js';
import { testWithRedis } from '../support/redis.js';
import { Behaviour, BULK, effect, HAPPENED, MESSAGE, TestJobs, type TestKind, URGENT, WORK } from '../support/test-jobs.js';
import { until } from '../support/until.js';

const fixture = new JobsFixture();

const KIND_OF: PerLane<TestKind> = { urgent: URGENT, work: WORK, messages: MESSAGE, bulk: BULK };
const OTHERS = ['work', 'messages', 'bulk'] as const;
/** Of those, as the settings have them when nobody says anything. */
const PLACES = [10, 20, 2];

/** Jobs that know their lane. */
const addTo = (context: INestApplicationContext, lane: Lane, count: number) =>
  context.get(Transactions).write(fixture.council, async (tx) => {
    for (let number = 0; number < count; number++) await context.get(Outbox).add(tx, KIND_OF[lane], { lane, number });
  });

describe.each(['in the process', 'over Redis'] as const)('jobs %s', (over) => {
  const it = over === 'over Redis' ? testWithRedis : test;
  // A skipped test still has its beforeAll.
  fixture.settle(over);

  it('each is done once, with its effects in one transaction', async () => {
    const worker = await fixture.start(true);
    await fixture.add(worker, 300);
    await fixture.allDone();
    await fixture.expectEachOnce(300);
    expect(
      (await fixture.rows()).every(
        ({ attempts, last_error, leased_until }) => attempts === 1 && last_error === null && leased_until === null,
      ),
    ).toBe(true);
    expect(await worker.get(Metrics).registry.getSingleMetricAsString('outbox_jobs_total')).toContain(
      'outbox_jobs_total{kind="test.work",lane="work",outcome="done"} 300',
    );
  });

  it('are found by a process that was not there when they were written', async () => {
    await fixture.add(await fixture.start(false), 5);
    expect(await fixture.pending()).toBe(5);
    await fixture.start(true);
    await fixture.allDone();
    await fixture.expectEachOnce(5);
  });

  it('are not done when the transaction that wrote them is rolled back', async () => {
    const worker = await fixture.start(true);
    const failed = worker.get(Transactions).write(fixture.council, async (tx) => {
      await worker.get(Outbox).add(tx, WORK, {});
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    await fixture.add(worker);
    await fixture.allDone();
    expect(await fixture.rows()).toHaveLength(1);
  });

  it('an event reaches each of its subscribers', async () => {
    const worker = await fixture.start(true);
    await worker.get(Transactions).write(fixture.council, (tx) => worker.get(Outbox).announce(tx, HAPPENED, {}));
    await worker.get(Transactions).write(fixture.council, (tx) => worker.get(Outbox).announceEach(tx, HAPPENED, [{}, {}]));
    await fixture.allDone();
    await fixture.expectEachOnce(6);
  });

  it('a failing one pauses longer and longer, is set aside at last, and holds up nobody', async () => {
    fixture.behave = (job) => (job.ids.number === 0 ? Promise.reject(new Error('smtp said: 550 nadia@example.org')) : effect(job));
    const worker = await fixture.start(true);
    await fixture.add(worker, 20);
    await until('the others are done', async () => (await fixture.effects()).length === 19);
    const pauses: number[] = [];
    for (;;) {
      const [row] = await until('its next try is over', async () => {
        const found = await fixture.rows('done_at IS NULL AND leased_until IS NULL');
        return found[0]?.attempts === pauses.length + 1 ? found : null;
      });
      if (!row || row.dead_at) break;
      pauses.push((row.due_at.getTime() - fixture.platform.clock.now().getTime()) / 1000);
      fixture.platform.clock.moveTo(row.due_at);
    }
    expect(pauses.slice(0, 10)).toEqual([10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600]);
    expect(pauses.every((pause, index) => pause >= (pauses[index - 1] ?? 0))).toBe(true);
    const [dead] = await fixture.rows('dead_at IS NOT NULL');
    expect([dead?.attempts, dead?.last_error]).toEqual([36, 'Error']);
    // A provider may be away for a day.
    expect(fixture.platform.clock.now().getTime() - START.getTime()).toBeGreaterThan(24 * 3600_000);
    expect(fixture.platform.logged.join('')).not.toContain('nadia');
  });

  it('what a failing one wrote is taken back', async () => {
    let tries = 0;
    fixture.behave = (job) =>
      job.complete(async (tx) => {
        await tx.execute('INSERT INTO audit_reasons (council_id, event_id, salt, reason) VALUES (current_council(), $1, $2, $3)', [
          newId(),
          job.id,
          'x',
        ]);
        if (++tries === 1) throw new Error('after the effect');
      });
    await fixture.add(await fixture.start(true));
    await until('it failed', async () => (await fixture.rows('last_error IS NOT NULL')).length === 1);
    expect(await fixture.effects()).toEqual([]);
    fixture.platform.clock.moveTo(new Date(START.getTime() + 10_000));
    await fixture.allDone();
    await fixture.expectEachOnce(1);
  });

  it('one that says that trying again would not help is set aside at once', async () => {
    fixture.behave = (job) => (job.ids.number === 0 ? Promise.reject(new PermanentFailure('no such address')) : effect(job));
    const worker = await fixture.start(true);
    await fixture.add(worker, 3);
    await fixture.allDone();
    await fixture.expectEachOnce(2);
    expect(await fixture.rows('dead_at IS NOT NULL')).toMatchObject([{ attempts: 1, last_error: 'no such address', leased_until: null }]);
  });

  it('one that lacks what it works on is set aside at once', async () => {
    await fixture.add(await fixture.start(false), 1, {}, URGENT);
    await fixture.ask(`UPDATE outbox SET ids = '{"lane": "urgent"}'`);
    await fixture.start(true);
    const [row] = await until('it is set aside', async () => {
      const dead = await fixture.rows('dead_at IS NOT NULL');
      return dead.length > 0 ? dead : null;
    });
    expect(row).toMatchObject({ attempts: 1, last_error: 'an id is missing without which there is nothing to do' });
    expect(await fixture.effects()).toEqual([]);
  });

  it('of one lane wait behind no job of another', async () => {
    const doors = Object.fromEntries(OTHERS.map((lane) => [lane, gate()]));
    fixture.behave = async (job) => {
      await doors[String(job.ids.lane)]?.pass();
      await effect(job);
    };
    const reached = () => OTHERS.map((lane) => doors[lane]?.reached());
    const worker = await fixture.start(true);
    for (const lane of OTHERS) await addTo(worker, lane, 50);
    await until('the places of the other lanes are taken', () => reached().join() === PLACES.join());
    await addTo(worker, 'urgent', 30);
    await until('the urgent ones are done', async () => (await fixture.effects()).length === 30);
    expect(await fixture.count(`lane = 'urgent' AND done_at IS NOT NULL`)).toBe(30);
    expect(reached()).toEqual(PLACES);
    for (const lane of OTHERS) doors[lane]?.open();
    await fixture.allDone();
    await fixture.expectEachOnce(180);
  });

  it('of one council wait behind no backlog of another', async () => {
    const api = await fixture.start(false);
    await fixture.addMany(api, 8000);
    const others = [newId(), newId(), newId()];
    for (const other of others) {
      await api.get(Transactions).write(other, (tx) => api.get(Outbox).add(tx, WORK, { number: 0 }));
    }
    const worker = await fixture.start(true);
    await until(
      'those of the others are done',
      async () => (await fixture.count(`council_id <> '${fixture.council}' AND done_at IS NOT NULL`)) === 3,
    );
    expect(await fixture.count('done_at IS NOT NULL')).toBeLessThan(5000);
    await worker.close();
  });

  it('of messages leave no faster than the setting says, and hold up no other lane', async () => {
    fixture.environment.OUTBOX_MESSAGES_PER_SECOND = '4';
    const begun: number[] = [];
    fixture.behave = async (job) => {
      if (job.ids.lane === 'messages') begun.push(performance.now());
      await effect(job);
    };
    const worker = await fixture.start(true);
    await addTo(worker, 'messages', 14);
    await addTo(worker, 'work', 30);
    await until('the others are done', async () => (await fixture.count(`lane = 'work' AND done_at IS NOT NULL`)) === 30);
    expect(begun.length).toBeLessThan(14);
    await fixture.allDone();
    await fixture.expectEachOnce(44);
    // 14 need a part of four seconds; a second is counted from its first message, so that two such lie within any second.
    expect((begun.at(-1) ?? 0) - (begun[0] ?? 0)).toBeGreaterThan(1900);
    begun.forEach((at, place) => expect((begun[place + 8] ?? Infinity) - at).toBeGreaterThan(900));
  });

  it('one for later waits for its time', async () => {
    const worker = await fixture.start(true);
    await fixture.add(worker, 1, { at: new Date(START.getTime() + 3600_000) });
    await fixture.add(worker, 3);
    await until('what is due is done', async () => (await fixture.effects()).length === 3);
    expect(await fixture.pending()).toBe(1);
    fixture.platform.clock.moveTo(new Date(START.getTime() + 3600_000));
    await fixture.allDone();
  });

  it('there is one of a kind and key, ever', async () => {
    const worker = await fixture.start(true);
    await Promise.all(Array.from({ length: 20 }, () => fixture.add(worker, 1, { key: 'loan:1' })));
    await fixture.allDone();
    await fixture.add(worker, 1, { key: 'loan:1' });
    await fixture.add(worker, 1, { key: 'loan:2' });
    const each = ['loan:3', 'loan:2', 'loan:3'].map((key) => ({ ids: {}, at: START, key }));
    await worker.get(Transactions).write(fixture.council, (tx) => worker.get(Outbox).addEach(tx, WORK, each));
    await fixture.allDone();
    expect(await fixture.rows()).toHaveLength(3);
    await fixture.expectEachOnce(3);
  });

  it('one whose process died is taken over when its lease has run out', async () => {
    const dying = await fixture.start(false);
    await fixture.add(dying, 3);
    await dying.get(OutboxExecutor).claim(perLane(() => 10));
    await fixture.start(true);
    await fixture.allDone();
    await fixture.expectEachOnce(3);
    expect((await fixture.rows()).map(({ attempts }) => attempts)).toEqual([2, 2, 2]);
  });

  it('one that kills its process each time is set aside', async () => {
    const dying = await fixture.start(false);
    await fixture.add(dying);
    await fixture.ask(`UPDATE outbox SET attempts = 36, leased_until = now() - interval '1 second'`);
    await fixture.start(true);
    await until('it is set aside', async () => (await fixture.rows('dead_at IS NOT NULL')).length === 1);
    expect((await fixture.rows())[0]).toMatchObject({ attempts: 36, last_error: 'gave no sign any more', leased_until: null });
  });

  it('one that takes longer than its lease stays with who does it', async () => {
    const door = gate();
    fixture.behave = async (job) => {
      await door.pass();
      await effect(job);
    };
    await fixture.add(await fixture.start(true));
    await fixture.start(true);
    const [row] = await until('it has begun', () => (door.reached() > 0 ? fixture.rows() : null));
    await until(
      'its first lease would have run out',
      async () =>
        (await fixture.ask("SELECT 1 WHERE clock_timestamp() > $1::timestamptz + interval '1 second'", [row?.leased_until])).length > 0,
    );
    door.open();
    await fixture.allDone();
    expect([door.reached(), (await fixture.rows())[0]?.attempts]).toEqual([1, 1]);
    await fixture.expectEachOnce(1);
  });

  it('two processes share them', async () => {
    const seen = new Set<number>();
    fixture.behave = async (job, worker) => {
      seen.add(worker);
      await until('both work', () => seen.size === 2);
      await effect(job);
    };
    const [first] = await Promise.all([fixture.start(true), fixture.start(true)]);
    await fixture.add(first, 200);
    await fixture.allDone();
    await fixture.expectEachOnce(200);
  });

  it('a stop waits for what runs, and begins nothing', async () => {
    const door = gate();
    fixture.behave = async (job) => {
      await door.pass();
      await effect(job);
    };
    const worker = await fixture.start(true);
    await fixture.add(worker, 50);
    await until('its places are taken', () => door.reached() === 10);
    let closed = false;
    const closing = worker.close().then(() => {
      closed = true;
    });
    await new Promise(setImmediate);
    expect(closed).toBe(false);
    door.open();
    await closing;
    await fixture.expectEachOnce(10);
    expect([door.reached(), await fixture.pending()]).toEqual([10, 40]);
  });
});

test('those that a command does one after the other stay with it, however long the first takes', async () => {
  const door = gate();
  fixture.behave = async (job) => {
    await door.pass();
    await effect(job);
  };
  const command = await fixture.start(false);
  await fixture.add(command, 3);
  const drained = command.get(OutboxExecutor).drain();
  const rows = await until('the first has begun', () => (door.reached() === 1 ? fixture.rows() : null));
  await until(
    'their first leases would have run out',
    async () =>
      (await fixture.ask("SELECT 1 WHERE clock_timestamp() > $1::timestamptz + interval '1 second'", [rows[0]?.leased_until])).length > 0,
  );
  expect(await fixture.count('leased_until > clock_timestamp()')).toBe(3);
  door.open();
  expect(await drained).toBe(3);
  await fixture.expectEachOnce(3);
  expect((await fixture.rows()).map(({ attempts }) => attempts)).toEqual([1, 1, 1]);
});

describe('metrics', () => {
  test('tell of each lane what is due, runs, is for later and was set aside, and for how long the oldest is due', async () => {
    const door = gate();
    fixture.behave = async (job) => {
      if (job.ids.number === 0) throw new PermanentFailure('no such address');
      await door.pass();
      await effect(job);
    };
    const worker = await fixture.start(true);
    await addTo(worker, 'bulk', 6);
    await fixture.add(worker, 4, { at: new Date(START.getTime() + 3600_000) }, URGENT);
    await until('two run, and one is set aside', async () => door.reached() === 2 && (await fixture.count('dead_at IS NOT NULL')) === 1);
    fixture.platform.clock.moveTo(new Date(START.getTime() + 90_000));
    const { registry } = worker.get(Metrics);
    const told = (await registry.metrics()).split('\n');
    expect(told).toEqual(
      expect.arrayContaining([
        'outbox_rows{lane="bulk",state="due"} 3',
        'outbox_rows{lane="bulk",state="running"} 2',
        'outbox_rows{lane="bulk",state="dead"} 1',
        'outbox_rows{lane="bulk",state="scheduled"} 0',
        'outbox_rows{lane="urgent",state="scheduled"} 4',
        'outbox_oldest_due_seconds{lane="bulk"} 90',
        'outbox_oldest_due_seconds{lane="work"} 0',
        'outbox_jobs_total{kind="test.bulk",lane="bulk",outcome="failed"} 1',
        'outbox_job_duration_seconds_count{kind="test.bulk"} 1',
      ]),
    );
    door.open();
  });
});

describe('the start', () => {
  @Injectable()
  class Doubled {
    @HandlesJob(WORK)
    again(): Promise<void> {
      return Promise.resolve();
    }
  }
  const startWith = (...providers: Type[]) =>
    NestFactory.createApplicationContext(
      {
        module: Behaviour,
        imports: [DiscoveryModule],
        providers: [AnnotatedMethodFinder, HandlerCollector, HandlerRegistry, ...providers],
      },
      { logger: false, abortOnError: false },
    );

  test('is stopped by a kind of job that nobody handles', async () => {
    await expect(startWith()).rejects.toThrow('no handler for jobs of kind test.work');
  });

  test('is stopped by two handlers of one kind', async () => {
    await expect(startWith(Behaviour, TestJobs, Doubled)).rejects.toThrow('two handlers for jobs of kind test.work');
  });
});
