import { expect, test } from '@jest/globals';
import { startTestProgram } from '../support/program.js';
import { onServer, testDatabaseUrl, truncateAll } from '../support/test-database.js';
import { until } from '../support/until.js';

test('a program that is asked to stop is gone within 15 seconds, whatever still runs', async () => {
  const databaseUrl = await testDatabaseUrl();
  await truncateAll(databaseUrl);
  const program = await startTestProgram(databaseUrl);

  await onServer(databaseUrl, async (client) => {
    await client.query('BEGIN; LOCK TABLE sign_in_failures');
    const running = fetch(`${program.url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"email": "claire@example.org", "password": "wrong"}',
    });
    const lost = expect(running).rejects.toThrow();
    const waits = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND application_name = 'passerelle'`;
    await until('it waits', async () => ((await onServer(databaseUrl, (other) => other.query(waits))).rowCount ?? 0) > 0);
    const began = Date.now();
    expect(await program.end('SIGTERM')).toEqual({ status: 1, signal: null });
    expect(Date.now() - began).toBeLessThan(15_000);
    await lost;
  });
}, 90_000);
