import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { onServer, testDatabaseUrl, truncateAll } from '../support/test-database.js';
import { until } from '../support/until.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

test('a program that is asked to stop is gone within 15 seconds, whatever still runs', async () => {
  const databaseUrl = await testDatabaseUrl();
  await truncateAll(databaseUrl);
  const dataDir = await mkdtemp(join(tmpdir(), 'passerelle-stop-'));
  const program = spawn(process.execPath, ['--import', '@swc-node/register/esm-register', 'src/main.ts'], {
    cwd: root,
    env: { DATABASE_URL: databaseUrl, DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  program.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  const url = await until('it is ready', () => /ready at (\S+)/.exec(said)?.[1], 30_000);

  await onServer(databaseUrl, async (client) => {
    await client.query('BEGIN; LOCK TABLE sign_in_failures');
    const running = fetch(`${url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"email": "claire@example.org", "password": "wrong"}',
    });
    const lost = expect(running).rejects.toThrow();
    const waits = `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND application_name = 'passerelle'`;
    await until('it waits', async () => ((await onServer(databaseUrl, (other) => other.query(waits))).rowCount ?? 0) > 0);
    const exit = once(program, 'exit');
    const began = Date.now();
    program.kill('SIGTERM');
    expect(await exit).toEqual([1, null]);
    expect(Date.now() - began).toBeLessThan(15_000);
    await lost;
  });
  await rm(dataDir, { recursive: true, force: true });
}, 90_000);
