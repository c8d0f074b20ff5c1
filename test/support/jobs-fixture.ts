import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import pg from 'pg';
import type { SetClock } from '../../src/platform/clock/clock.js';
import { Outbox, Transactions } from '../../src/platform/index.js';
import { newId } from '../../src/shared/ids.js';
import { testPlatform, type TestPlatform } from './platform.js';
import { startRedis, type TestRedis } from './redis.js';
import { type JobBehaviour, Behaviour, effect, NO_SCHEMA, startTestJobs, type TestKind, WORK } from './test-jobs.js';
import { until } from './until.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface OutboxRow {
  readonly id: string;
  readonly kind: string;
  readonly lane: string;
  readonly attempts: number;
  readonly due_at: Date;
  readonly done_at: Date | null;
  readonly dead_at: Date | null;
  readonly leased_until: Date | null;
  readonly last_error: string | null;
}

let prefixes = 0;

/** The fixture of outbox tests: an emptied database, workers on it, and the states of the rows. It begins anew for each test. */
export class JobsFixture {
  readonly council = newId();
  platform!: TestPlatform;
  redis: TestRedis | undefined;
  /** Further settings of workers that are started later. */
  environment: Record<string, string> = {};
  private readonly behaviour = new Behaviour();
  private open: INestApplicationContext[] = [];
  private asking: pg.Pool | undefined;

  constructor() {
    beforeEach(async () => {
      this.open = [];
      this.environment = { OUTBOX_POLL_MS: '20', OUTBOX_LEASE_SECONDS: '1', DATABASE_POOL: '20' };
      this.platform = await testPlatform(NO_SCHEMA);
      this.behave = effect;
    });
    afterEach(async () => {
      await this.closeAll();
      await this.asking?.end();
      this.asking = undefined;
    });
    afterAll(() => this.redis?.close());
  }

  /** What jobs do from now on. */
  set behave(behave: JobBehaviour) {
    this.behaviour.behave = behave;
  }

  /** Makes the workers of a `describe` run in this way. */
  settle(over: 'in the process' | 'over Redis'): void {
    if (over === 'in the process') return;
    beforeAll(async () => {
      this.redis ??= await startRedis();
    });
    beforeEach(() => {
      Object.assign(this.environment, { REDIS_URL: this.redis?.url ?? '', REDIS_PREFIX: `test-${++prefixes}` });
    });
  }

  /** Starts a process with the jobs of tests. Without `runsJobs` it only adds jobs. */
  async start(runsJobs: boolean, { clock = this.platform.clock }: { clock?: SetClock } = {}): Promise<INestApplicationContext> {
    const { options } = await testPlatform(NO_SCHEMA, this.environment, { runsJobs, beside: { clock } });
    const context = await startTestJobs(options, this.behaviour);
    this.open.push(context);
    return context;
  }

  /** Starts a worker in a process of its own, which can be killed. */
  async startProcess(): Promise<ChildProcess> {
    const worker = spawn(process.execPath, ['test/built/jobs-worker.js'], {
      cwd: ROOT,
      env: { ...process.env, NODE_OPTIONS: '', ...this.environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(worker.stdout, 'data');
    return worker;
  }

  async closeAll(): Promise<void> {
    await Promise.all(this.open.map((context) => context.close()));
    this.open = [];
  }

  /** Uses a connection that stays open, because conditions are queried many times a second. */
  async ask<Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> {
    const url = this.environment.DATABASE_URL ?? this.platform.databaseUrl;
    this.asking ??= new pg.Pool({ connectionString: url, max: 1 }).on('error', () => undefined);
    return (await this.asking.query(sql, values)).rows as Row[];
  }

  rows(where = 'true'): Promise<OutboxRow[]> {
    return this.ask<OutboxRow>(`SELECT * FROM outbox WHERE ${where} ORDER BY id`);
  }

  async count(where: string): Promise<number> {
    return (await this.ask<{ rows: number }>(`SELECT count(*)::integer AS rows FROM outbox WHERE ${where}`))[0]?.rows ?? 0;
  }

  pending(): Promise<number> {
    return this.count('done_at IS NULL AND dead_at IS NULL');
  }

  allDone(within?: number): Promise<boolean> {
    return until('every job is done', async () => (await this.pending()) === 0, within);
  }

  /** The jobs whose effects were written; a job appears once for each time. */
  async effects(): Promise<string[]> {
    return (await this.ask<{ salt: string }>('SELECT salt FROM audit_reasons')).map(({ salt }) => salt);
  }

  /** Expects that so many jobs had their effects, each once, and that these are the jobs that are marked done. */
  async expectEachOnce(count: number): Promise<void> {
    const written = await this.effects();
    const done = (await this.ask<{ id: string }>('SELECT id FROM outbox WHERE done_at IS NOT NULL')).map(({ id }) => id);
    const once = new Set(written);
    expect([written.length, once.size, done.length, done.every((id) => once.has(id))]).toEqual([count, count, count, true]);
  }

  add(context: INestApplicationContext, count = 1, when: { at?: Date; key?: string } = {}, kind: TestKind = WORK): Promise<void> {
    return context.get(Transactions).write(this.council, async (tx) => {
      for (let number = 0; number < count; number++) await context.get(Outbox).add(tx, kind, { number }, when);
    });
  }

  /** Adds many jobs at once, due now. */
  addMany(context: INestApplicationContext, count: number, kind: TestKind = WORK): Promise<void> {
    const at = this.platform.clock.now();
    const jobs = Array.from({ length: count }, (_, number) => ({ ids: { number }, at }));
    return context.get(Transactions).write(this.council, (tx) => context.get(Outbox).addEach(tx, kind, jobs));
  }
}
