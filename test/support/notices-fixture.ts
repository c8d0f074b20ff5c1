import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import pg from 'pg';
import { createContext } from '../../src/application.js';
import { SetClock } from '../../src/platform/clock/clock.js';
import { schema } from '../../src/schema.js';
import { day, instantAt } from '../../src/shared/day.js';
import { type Answer, expectStatus } from './api.js';
import { START, startTestApp, type TestApp } from './app.js';
import { aHousehold, aLoan } from './builders.js';
import { aCouncil, type TestCouncil } from './people.js';
import { testPlatform } from './platform.js';
import { startSmsGateway, type TestGateway } from './sms-gateway.js';
import { type SmtpSink, startSmtpSink } from './smtp.js';
import { truncateAll } from './test-database.js';
import { until } from './until.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** When each family is to be reminded by its council's policy: three days before the end of its loan. */
export const DUE = instantAt(day('2026-11-27'), '09:00', 'Europe/Paris');

export interface NoticeRow {
  readonly id: string;
  readonly household_id: string;
  readonly state: string;
  readonly reason: string | null;
  readonly problem: string | null;
  readonly channel: string | null;
  readonly tried: readonly string[];
  readonly attempts: number;
}

export interface ReminderOptions {
  readonly channels?: readonly string[];
  readonly reminderTime?: string;
}

export interface Family {
  readonly household: Answer['body'];
  readonly loan: Answer['body'];
}

const SOMEBODY = { name: 'Nadia B.', relationship: 'parent', email: 'family0@example.org', language: 'fr', notify: true };

/**
 * The fixture of tests about faults in sending notices: a mail server, an SMS gateway, an application that runs no jobs, and workers that
 * do. It begins anew for each test.
 */
export class NoticesFixture {
  app!: TestApp;
  smtp!: SmtpSink;
  gateway!: TestGateway;
  council!: TestCouncil;
  /** The clock of the application, and of workers that are given no other. */
  clock = new SetClock(START);
  /** Further settings of workers that are started later. */
  environment: Record<string, string> = {};
  private open: INestApplicationContext[] = [];
  private asking: pg.Pool | undefined;

  /** `serverUrl` returns another database than that of the Jest worker. */
  constructor(serverUrl?: () => string) {
    beforeAll(async () => {
      this.smtp = await startSmtpSink();
      this.gateway = await startSmsGateway();
      const own: Record<string, string> = serverUrl ? { DATABASE_URL: serverUrl() } : {};
      this.app = await startTestApp({ ...own, SMTP_URL: this.smtp.url, WEBHOOK_ALLOWED_HOSTS: '127.0.0.1' }, { beside: this });
      this.asking = new pg.Pool({ connectionString: serverUrl?.() ?? this.app.databaseUrl, max: 1 }).on('error', () => undefined);
    });
    beforeEach(async () => {
      await truncateAll(serverUrl?.() ?? this.app.databaseUrl);
      this.clock.moveTo(START);
      this.environment = {
        ...(serverUrl && { DATABASE_URL: serverUrl() }),
        SMTP_URL: this.smtp.url,
        WEBHOOK_ALLOWED_HOSTS: '127.0.0.1',
        OUTBOX_POLL_MS: '50',
        OUTBOX_LEASE_SECONDS: '2',
        OUTBOX_MESSAGES_PER_SECOND: '10000',
        DATABASE_POOL: '30',
      };
      this.council = await aCouncil(this.app);
      this.forget();
    });
    afterEach(() => this.closeWorkers());
    afterAll(async () => {
      await this.app.close();
      await this.asking?.end();
      await this.smtp.close();
      await this.gateway.close();
    });
  }

  /** Starts a worker in this process. */
  async start(clock = this.clock): Promise<void> {
    const { options } = await testPlatform(schema, this.environment, { runsJobs: true, beside: { clock } });
    this.open.push(await createContext(options));
  }

  /** Starts a worker in a process of its own, which can be killed. */
  async startProcess(): Promise<ChildProcess> {
    const worker = spawn(process.execPath, ['test/built/notices-worker.js'], {
      cwd: ROOT,
      env: { ...process.env, NODE_OPTIONS: '', NOW: this.clock.now().toISOString(), SETTINGS: JSON.stringify(this.environment) },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(worker.stdout, 'data');
    return worker;
  }

  async closeWorkers(): Promise<void> {
    await Promise.all(this.open.map((context) => context.close()));
    this.open = [];
  }

  /** Forgets all messages that came, and what was planned to happen to the next ones. */
  forget(): void {
    this.smtp.forget();
    this.gateway.forget();
  }

  /**
   * Writes a policy that reminds three days before the end of a loan, and of a request 25 days after it; for a request that is made at
   * START this is the same day.
   */
  async remind({ channels = ['email'], reminderTime = '09:00' }: ReminderOptions = {}, version: number | null = null): Promise<void> {
    const once = { everyDays: null, times: 1, channels };
    const rules = [
      { trigger: 'loan_due', when: 'before', days: 3, ...once },
      { trigger: 'request_received', when: 'after', days: 25, ...once },
    ];
    expectStatus(await this.council.api.put('/notice-policies', version, { rules, reminderTime }), 200);
  }

  /** A family with a loan, made through the API. */
  async family(contact: object = {}, dueOn = '2026-11-30'): Promise<Family> {
    const contacts = [{ ...SOMEBODY, ...contact }];
    const household = await aHousehold(this.council.api, { contacts });
    return { household, loan: await aLoan(this.council.api, { householdId: household.id, dueOn, override: { reason: 'Au cas où' } }) };
  }

  /** Families whose reminder is planned for `DUE`. The first is made through the API, the others are copies of it. */
  async families(count: number, contact: object = {}, reminding: ReminderOptions = {}): Promise<Family> {
    const { id: councilId } = this.council;
    await this.remind(reminding);
    const first = await this.family(contact);
    const own = (name: string) => `md5('${name} ' || t.council_id || n)::uuid`;
    const changes: Record<string, Record<string, string>> = {
      households: { id: own('household'), reference: `t.reference || n` },
      contacts: {
        id: own('contact'),
        household_id: own('household'),
        email: `'family' || n || '@example.org'`,
        phone: `CASE WHEN t.phone IS NOT NULL THEN '+336' || lpad(n::text, 8, '0') END`,
      },
      devices: { id: own('device'), asset_tag: `t.asset_tag || '-' || n` },
      loans: { id: own('loan'), household_id: own('household'), reference: `t.reference || n` },
      loan_items: { id: own('item'), loan_id: own('loan'), household_id: own('household'), device_id: own('device') },
    };
    for (const [table, change] of Object.entries(changes)) await this.copy(table, councilId, count - 1, change);
    await this.ask('ANALYZE');
    await this.remind(reminding, 1);
    await this.app.drain();
    this.forget();
    return first;
  }

  /** Moves the clock to the hour at which everybody is to be reminded. */
  dueNow(): void {
    this.clock.moveTo(DUE);
  }

  later(seconds: number): void {
    this.clock.moveTo(new Date(this.clock.now().getTime() + seconds * 1000));
  }

  async ask<Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> {
    return ((await this.asking?.query(sql, values))?.rows ?? []) as Row[];
  }

  notices(where = 'true'): Promise<NoticeRow[]> {
    return this.ask<NoticeRow>(`SELECT * FROM notices n WHERE trigger = 'loan_due' AND ${where} ORDER BY id`);
  }

  async count(where: string): Promise<number> {
    return (
      (await this.ask<{ rows: number }>(`SELECT count(*)::integer AS rows FROM notices n WHERE trigger = 'loan_due' AND ${where}`))[0]
        ?.rows ?? 0
    );
  }

  /** Waits until `count` notices fulfil the condition `where`. If the database cannot be reached, it is asked again. */
  untilThereAre(count: number, where: string, within = 60_000): Promise<boolean> {
    return until(`${count} notices are ${where}`, async () => (await this.count(where).catch(() => -1)) === count, within);
  }

  /** The ids with which mails arrived; an id appears once for each time. */
  mailed(): string[] {
    return this.smtp.mails.map(({ messageId }) => /^<([0-9a-f-]{36})@/.exec(messageId ?? '')?.[1] ?? 'no Message-ID of ours');
  }

  /**
   * Expects that every notice that is recorded as sent by e-mail has arrived, and no other: each once, except at most `twiceAtMost` that
   * came twice with the same Message-ID.
   */
  async expectEachMailed(count: number, { twiceAtMost = 0 } = {}): Promise<number> {
    const mailed = this.mailed();
    const once = new Set(mailed);
    const sent = (await this.notices(`state = 'sent' AND channel = 'email'`)).map(({ id }) => id);
    const twice = mailed.length - once.size;
    expect([sent.length, once.size, sent.every((id) => once.has(id))]).toEqual([count, count, true]);
    expect(twice).toBeLessThanOrEqual(twiceAtMost);
    return twice;
  }

  private async copy(table: string, councilId: string, count: number, changes: Readonly<Record<string, string>>): Promise<void> {
    const columns = await this.ask<{ name: string }>(
      `SELECT column_name AS name FROM information_schema.columns WHERE table_name = $1 AND table_schema = 'public' AND is_generated = 'NEVER' AND is_identity = 'NO'`,
      [table],
    );
    const names = columns.map(({ name }) => name);
    const values = names.map((name) => changes[name] ?? `t.${name}`);
    await this.ask(
      `INSERT INTO ${table} (${names.join()}) SELECT ${values.join()} FROM ${table} t, generate_series(1, $2::integer) n WHERE t.council_id = $1`,
      [councilId, count],
    );
  }
}
