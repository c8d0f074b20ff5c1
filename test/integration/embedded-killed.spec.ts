import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Api, expectStatus } from '../support/api.js';
import { aSite } from '../support/builders.js';
import { startTestProgram, type TestProgram } from '../support/program.js';
import { until } from '../support/until.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SETTINGS = { DEMO_DATA: 'false', LOG_LEVEL: 'warn', RATE_LIMIT: '1000000' };

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'passerelle-killed-'));
});
afterEach(() => rm(dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 }));

const start = () => startTestProgram(null, { ...SETTINGS, DATA_DIR: dataDir });

/** A command beside the program; what it printed. */
const cli = (...words: string[]): Promise<{ status: number; output: string }> =>
  new Promise((resolve) => {
    const child = execFile(process.execPath, ['dist/cli.js', ...words], { cwd: ROOT, env: { DATA_DIR: dataDir } }, (_, output) => {
      resolve({ status: child.exitCode ?? -1, output });
    });
  });

interface Where {
  readonly pid: number;
  readonly url: string;
}
const where = async () => JSON.parse(await readFile(join(dataDir, 'postgres.json'), 'utf8')) as Where;

/** Every process that works in the folder of the database. */
async function processesOfServer(): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const folders = await Promise.all(pids.map((pid) => readlink(`/proc/${pid}/cwd`).catch(() => '')));
  return pids.filter((_, place) => folders[place]?.endsWith(join(dataDir, 'postgres'))).map(Number);
}

const killServer = async () => process.kill((await where()).pid, 'SIGKILL');

/** Once another server than the one that was killed takes connections. */
const isBack = (program: TestProgram, before: Where) =>
  until(
    'the database is back',
    async () => {
      const now = await where();
      return now.pid !== before.pid && (await fetch(`${program.url}/readyz`)).status === 200 ? now : null;
    },
    60_000,
  );

async function aClient(program: TestProgram): Promise<Api> {
  const { output: council } = await cli('council:create', '--code', 'KILLED', '--name', 'Conseil');
  expect(JSON.parse(council)).toMatchObject({ code: 'KILLED' });
  const { output } = await cli('client:create', '--council', 'KILLED', '--name', 'test', '--scopes', '*');
  const { clientId, clientSecret } = JSON.parse(output) as { clientId: string; clientSecret: string };
  const answer = await fetch(`${program.url}/api/v1/oauth/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  const { access_token } = (await answer.json()) as { access_token: string };
  return new Api(program.url, { authorization: `Bearer ${access_token}` });
}

test('the database is killed: requests are asked to come again, then answered, and what was there is there', async () => {
  const program = await start();
  const api = await aClient(program);
  const site = await aSite(api);
  const first = await where();

  await killServer();
  const answers: { status: number; retryAfter: string | null }[] = [];
  await until(
    'it answers again',
    async () => {
      const { status, headers } = await api.get(`/sites/${site.id}`);
      answers.push({ status, retryAfter: headers.get('retry-after') });
      return status === 200 && (await where()).pid !== first.pid;
    },
    60_000,
  );
  const refused = answers.filter(({ status }) => status !== 200);
  expect(new Set(refused.map(({ status }) => status))).toEqual(new Set([503]));
  expect(refused.every(({ retryAfter }) => Number(retryAfter) > 0)).toBe(true);
  const second = await isBack(program, first);
  expect(second.url).toBe(first.url);
  expect(program.said()).toContain('the embedded PostgreSQL ended, and is started again');
  await aSite(api);
  const { status, output } = await cli('ledger:verify', '--repair');
  expect([status, JSON.parse(output)]).toEqual([0, { repaired: [], councils: 1, faults: [], unlisted: 0 }]);

  // Every one of its processes at once, while a backend computes.
  for (const pid of await processesOfServer()) process.kill(pid, 'SIGKILL');
  await isBack(program, second);
  expect(expectStatus(await api.get('/sites'), 200).data).toHaveLength(2);

  // Asked to stop while it is being started again, the program stops, and leaves nothing behind.
  await killServer();
  expect(await program.end('SIGTERM')).toEqual({ status: 0, signal: null });
  expect(await processesOfServer()).toEqual([]);
  await expect(where()).rejects.toThrow('ENOENT');
}, 240_000);

test('killed four times within a minute, the program ends and says why in one line; the next start has it all', async () => {
  const program = await start();
  const api = await aClient(program);
  const site = await aSite(api);
  for (let kill = 0; kill < 3; kill += 1) {
    const before = await where();
    await killServer();
    await isBack(program, before);
  }
  const earlier = program.said();
  await killServer();
  const { status } = await program.ended;
  expect(status).toBe(1);
  const last = program
    .said()
    .slice(earlier.length)
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('{'));
  expect(last).toEqual([
    expect.stringMatching(/^Passerelle ends: PostgreSQL ended 4 times within a minute, the last time so: signal SIGKILL\./),
  ]);
  expect(await processesOfServer()).toEqual([]);

  const next = await start();
  expect(expectStatus(await new Api(next.url, api.headers).get(`/sites/${site.id}`), 200).id).toBe(site.id);
  expect(await next.end('SIGTERM')).toEqual({ status: 0, signal: null });
}, 240_000);
