import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startTestProgram } from '../support/program.js';
import { until } from '../support/until.js';

const RUN = fileURLToPath(new URL('../../scripts/run.mjs', import.meta.url));

/** Its database and its demonstration council are new, and the machine may be busy. */
const PATIENCE_MS = 60_000;

let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'passerelle-embedded-'));
});
afterAll(() => rm(dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 }));

interface Shown {
  readonly id: string;
  readonly channel: string;
  readonly to: string;
  readonly text: string;
  readonly times: number;
}

/** Runs a command as an operator does, beside the program on the same data folder. */
const cli = (...words: string[]): Promise<{ status: number; output: string }> =>
  new Promise((resolve) => {
    const child = execFile(process.execPath, [RUN, 'cli', ...words], { env: { DATA_DIR: dataDir } }, (_, output) => {
      resolve({ status: child.exitCode ?? -1, output });
    });
  });

/** A Wednesday morning to come, at which SMS may leave. */
function wednesday(): string {
  const at = new Date(Date.now() + 24 * 3600_000);
  while (at.getUTCDay() !== 3) at.setUTCDate(at.getUTCDate() + 1);
  return `${at.toISOString().slice(0, 10)}T10:00:00Z`;
}

test('the program with nothing set up shows its own messages, and those of a command beside it, once each', async () => {
  await cli('config'); // builds the program where that was not done yet
  const program = await startTestProgram(null, { DATA_DIR: dataDir });
  try {
    const { client, baseUrl, users, families } = JSON.parse(await readFile(join(dataDir, 'demo.json'), 'utf8')) as {
      client: { id: string; secret: string };
      baseUrl: string;
      users: { email: string }[];
      families: { reference: string; code: string }[];
    };
    expect(baseUrl).toBe(program.url);
    // The last words of the start.
    expect(program.said()).toMatch(
      new RegExp(`ready at ${baseUrl}\\n[^]*${users[0]?.email} +\\S+\\n[^]*${client.id} +${client.secret}\\n$`),
    );
    for (const family of families) {
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify(family);
      expect((await fetch(`${program.url}/api/v1/session/family`, { method: 'POST', headers, body })).status).toBe(201);
    }
    expect(families.length).toBeGreaterThan(2);
    const shown = async () => ((await (await fetch(`${program.url}/messages?limit=200`)).json()) as { data: Shown[] }).data;
    const token = await fetch(`${program.url}/api/v1/oauth/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${client.id}:${client.secret}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
    const { access_token } = (await token.json()) as { access_token: string };
    const call = async (method: string, path: string) => {
      const headers = { authorization: `Bearer ${access_token}` };
      const answer = await fetch(`${program.url}/api/v1${path}`, { method, headers });
      expect([path, answer.status]).toEqual([path, 200]);
      return (await answer.json()) as { data: { id: string; email: string }[] };
    };
    const manager = (await call('GET', '/users')).data.find(({ email }) => email === users[0]?.email);
    await call('POST', `/users/${manager?.id}/invitation`);
    const mail = await until('the invitation is shown', async () => (await shown()).find(({ to }) => to === manager?.email), PATIENCE_MS);
    expect(mail).toMatchObject({ to: manager?.email, text: expect.stringContaining(`${program.url}/invitation#token=`) });

    const { status, output } = await cli('notices:run', '--at', wednesday());
    expect(status).toBe(0);
    expect(JSON.parse(output)).toMatchObject({ dead: 0 });
    // By day the program itself may be sending some of them meanwhile.
    const all = await until(
      'each family of the demonstration that asked lately has an SMS',
      async () => {
        const messages = await shown();
        const numbers = new Set(messages.filter(({ channel }) => channel === 'sms').map(({ to }) => to));
        return [1, 2, 6].every((family) => numbers.has(`+3363998900${family}`)) ? messages : null;
      },
      PATIENCE_MS,
    );
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    expect(all.every(({ times }) => times === 1)).toBe(true);
  } finally {
    await program.end('SIGTERM');
  }
}, 300_000);
