import { expect, test } from '@jest/globals';
import { Api, expectStatus } from '../support/api.js';
import { startTestApp } from '../support/app.js';
import { aSite } from '../support/builders.js';
import { aCouncil } from '../support/people.js';
import { startTestProgram } from '../support/program.js';
import { onServer } from '../support/test-database.js';
import { until } from '../support/until.js';
import { all, sendFile } from '../support/upload.js';

const ROWS = 6_000;
const KILLS = 2;

test(`one file sent twice at the same moment, the program killed ${KILLS} times while it works: every row once, and every device`, async () => {
  const app = await startTestApp();
  const { id: councilId, api: ours } = await aCouncil(app);
  await aSite(ours, { name: 'Depot' });
  await app.close();
  const rows = Array.from({ length: ROWS }, (_, number) => `K-${number},SN-${number},Book ${number % 30},laptop,Depot,Ready to Deploy`);
  const content = ['Asset Tag,Serial,Model,Category,Location,Status', ...rows].join('\n');
  // A job of a dead process is taken over when its lease has run out.
  const start = () => startTestProgram(app.databaseUrl, { OUTBOX_LEASE_SECONDS: '1', OUTBOX_POLL_MS: '50', RATE_LIMIT: '1000000' });

  let program = await start();
  const api = () => new Api(program.url, ours.headers);
  const sent = await Promise.all([sendFile(api(), content), sendFile(api(), content)]);
  const ids = sent.map((answer): string => expectStatus(answer, 202).id);
  const read = () => Promise.all(ids.map(async (id) => expectStatus(await api().get(`/imports/${id}`), 200)));

  let before = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    const states = await until('it went on', async () => {
      const imports = await read();
      return imports.every(({ processed }) => processed > before) ? imports : null;
    });
    expect(states.some(({ state }) => state === 'running')).toBe(true);
    expect(await program.end('SIGKILL')).toEqual({ status: null, signal: 'SIGKILL' });
    before = Math.max(...states.map(({ processed }) => processed as number));
    program = await start();
  }

  const [one, other] = await until(
    'both are done',
    async () => {
      const imports = await read();
      return imports.every(({ state }) => state === 'finished') ? imports : null;
    },
    60_000,
  );
  const counts = { total: ROWS, processed: ROWS, updated: 0, failed: 0 };
  expect([one, other]).toMatchObject([counts, counts]);
  expect([one.created + other.created, one.unchanged + other.unchanged]).toEqual([ROWS, ROWS]);
  for (const id of ids) {
    const lines = (await all(api(), `/imports/${id}/rows`)).map(({ line }) => line as number);
    expect(lines).toEqual(Array.from({ length: ROWS }, (_, place) => place + 2));
  }
  await onServer(app.databaseUrl, async (client) => {
    const { rows: stored } = await client.query(
      `SELECT (SELECT count(*) FROM devices WHERE council_id = $1)::integer AS devices,
         (SELECT count(*) FROM device_events WHERE council_id = $1)::integer AS events,
         (SELECT count(*) FROM device_models WHERE council_id = $1)::integer AS models,
         (SELECT count(*) FROM import_chunks)::integer + (SELECT count(*) FROM import_keys)::integer AS left`,
      [councilId],
    );
    expect(stored).toEqual([{ devices: ROWS, events: 2 * ROWS, models: 30, left: 0 }]);
  });
  await program.end('SIGTERM');
}, 180_000);
