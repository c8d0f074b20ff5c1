import { afterEach, beforeEach, expect, test } from '@jest/globals';
import pg from 'pg';
import { type Answer, type Api, expectStatus } from '../support/api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { aDevice, aDeviceModel, aHousehold, anAllocationRound, aRequest, aSite } from '../support/builders.js';
import { aCouncil } from '../support/people.js';

type Body = Answer['body'];

const MINUTE = 60_000;
/** Fewer than the rounds that are opened at once. */
const CONNECTIONS = 6;

let app: TestApp;
let api: Api;
beforeEach(async () => {
  app = await startTestApp({ DATABASE_POOL: String(CONNECTIONS) });
  api = (await aCouncil(app)).api;
  await aRequest(api, (await aHousehold(api)).id);
  await aDevice(api, { siteId: (await aSite(api)).id, modelId: (await aDeviceModel(api)).id });
});
afterEach(() => app.close());

const minuteLater = () => app.clock.moveTo(new Date(app.clock.now().getTime() + MINUTE + 1));

/** As another process does that solves the round, until `release`. */
async function solvedElsewhere({ id }: Body): Promise<() => Promise<void>> {
  const other = new pg.Client({ connectionString: app.databaseUrl });
  await other.connect();
  await other.query(`SELECT pg_advisory_lock(hashtextextended('round ' || $1::text, 0))`, [id]);
  return () => other.end();
}

test('many rounds at once are all solved: none waits for a connection that the others hold', async () => {
  const rounds = await Promise.all(Array.from({ length: CONNECTIONS * 3 }, () => anAllocationRound(api)));
  expect(rounds.map(({ isSolved, stats }) => [isSolved, stats.served])).toEqual(rounds.map(() => [true, 1]));
});

test('the process that solves a round dies after somebody has looked whether it does: the round is solved all the same', async () => {
  const round = await anAllocationRound(api);
  const release = await solvedElsewhere(round);
  expect(expectStatus(await api.post(`/allocation-rounds/${round.id}/solution`), 200).isSolved).toBe(false);
  minuteLater();
  await app.drain();
  await release();
  minuteLater();
  await app.drain();
  expect(expectStatus(await api.get(`/allocation-rounds/${round.id}`), 200)).toMatchObject({ isSolved: true, progress: null });
});
