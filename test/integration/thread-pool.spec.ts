import { afterEach, expect, test } from '@jest/globals';
import { PoolIsFull, ThreadPool, threadTask } from '../../src/platform/threads/thread-pool.js';
import type work from '../support/work.thread.js';

const WORK = threadTask<typeof work>(import.meta.url, '../built/work.thread');
const pools: ThreadPool[] = [];
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.stop()));
});

function aPool(limits: Partial<{ size: number; waiting: number; limitMs: number }> = {}): ThreadPool {
  const pool = new ThreadPool({ size: 1, waiting: 2, limitMs: 60_000, ...limits });
  pools.push(pool);
  return pool;
}

const outcome = (running: Promise<unknown>) =>
  running.then(
    (value) => value,
    (error: unknown) => (error instanceof PoolIsFull ? error.why : (error as Error).message),
  );

test('work is done beside the process, one after the other, in the order in which it came', async () => {
  const pool = aPool();
  expect(await Promise.all([1, 2, 3].map((number) => pool.run(WORK, { kind: 'twice', number })))).toEqual([2, 4, 6]);
});

test('what is more than may wait is refused at once', async () => {
  const pool = aPool({ waiting: 1 });
  const asked = [1, 2, 3, 4].map((number) => outcome(pool.run(WORK, { kind: 'twice', number })));
  expect(await Promise.all(asked)).toEqual([2, 4, 'too_many_wait', 'too_many_wait']);
});

test('work without end is given up, and its thread with it; the next gets another', async () => {
  const pool = aPool({ limitMs: 1000 });
  expect(await outcome(pool.run(WORK, { kind: 'forever' }))).toBe('too_long');
  expect(await outcome(pool.run(WORK, { kind: 'twice', number: 4 }))).toBe(8);
});

test('a fault is told without its message, which may quote what was sent; the thread works on', async () => {
  const pool = aPool();
  expect(await outcome(pool.run(WORK, { kind: 'fail', words: 'Nadia' }))).toBe('the work in a thread failed: RangeError');
  expect(await outcome(pool.run(WORK, { kind: 'twice', number: 1 }))).toBe(2);
});

test('a thread that ends by itself takes only its own work with it', async () => {
  const pool = aPool();
  expect(await outcome(pool.run(WORK, { kind: 'end' }))).toBe('a thread ended with 3');
  expect(await outcome(pool.run(WORK, { kind: 'twice', number: 1 }))).toBe(2);
});

test('a thread of one’s own remembers, until it is given back', async () => {
  const pool = aPool();
  const lease = await pool.lease();
  expect(await lease.ask(WORK, { kind: 'count' }, 60_000)).toBe(1);
  expect(await lease.ask(WORK, { kind: 'count' }, 60_000)).toBe(2);
  const waiting = outcome(pool.run(WORK, { kind: 'twice', number: 5 }));
  lease.end();
  lease.end();
  expect(await waiting).toBe(10);
  expect(await outcome(lease.ask(WORK, { kind: 'count' }, 60_000))).toBe('stopped');
});

test('an answer that comes too late reaches nobody else', async () => {
  const pool = aPool();
  const lease = await pool.lease();
  const late = outcome(lease.ask(WORK, { kind: 'count' }, 60_000));
  lease.end();
  expect(await pool.run(WORK, { kind: 'twice', number: 21 })).toBe(42);
  expect(await late).toMatch(/^a thread ended with [01]$/);
});

test('stopping ends what runs and what waits', async () => {
  const pool = aPool();
  const running = [outcome(pool.run(WORK, { kind: 'forever' })), outcome(pool.run(WORK, { kind: 'twice', number: 1 }))];
  await pool.stop();
  expect(await running[1]).toBe('stopped');
  expect(await running[0]).toMatch(/ended/);
  expect(await outcome(pool.run(WORK, { kind: 'twice', number: 1 }))).toBe('stopped');
});

test('a module that is not there is an error when its task is named', () => {
  expect(() => threadTask(import.meta.url, './nowhere.thread')).toThrow(/there is no module .*nowhere[.]thread[.]js for a thread/);
});
