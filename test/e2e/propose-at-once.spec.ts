import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { type Answer, type Api, expectStatus } from '../support/api.js';
import { START, startTestApp, type TestApp } from '../support/app.js';
import { OutboxExecutor } from '../../src/platform/outbox/index.js';
import { perLane } from '../../src/platform/outbox/lanes.js';
import { aDevice, aDeviceModel, aHousehold, aRequest, aSchool, aSite } from '../support/builders.js';
import { aCouncil, aPerson, type TestCouncil } from '../support/people.js';
import { onServer } from '../support/test-database.js';
import { until } from '../support/until.js';

type Body = Answer['body'];

let app: TestApp;
let council: TestCouncil;
let api: Api;
let site: Body;
let modelId: string;
beforeAll(async () => {
  app = await startTestApp();
});
beforeEach(async () => {
  app.clock.moveTo(START);
  council = await aCouncil(app);
  api = council.api;
  site = await aSite(api);
  modelId = (await aDeviceModel(api)).id;
  await setProposeAtOnce(true);
});
afterAll(() => app.close());

async function setProposeAtOnce(proposeAtOnce: boolean): Promise<void> {
  const { version } = expectStatus(await api.get('/council'), 200);
  expectStatus(await api.patch('/council', version, { proposeAtOnce }), 200);
}
/** A line with so many learners: each is worth ten points. */
const aLine = async (learners = 1, schoolId: string | null = null): Promise<Body> => {
  const all = Array.from({ length: learners }, (_, index) => ({
    givenName: `Enfant ${index}`,
    familyName: 'B.',
    level: 'college',
    schoolId,
  }));
  return (await aRequest(api, (await aHousehold(api, { learners: all })).id)).lines[0];
};
const aLaptop = (overrides: object = {}) => aDevice(api, { siteId: site.id, modelId, ...overrides });
const leaves = async ({ id }: Body) => expectStatus(await api.post(`/devices/${id}/moves`, { move: 'inspect', reason: 'Rendu' }), 200);
/** A device that was away comes back. */
async function returns({ id }: Body): Promise<void> {
  await leaves({ id });
  expectStatus(await api.post(`/devices/${id}/moves`, { move: 'pass_inspection', condition: 'good', dataWiped: true }), 200);
}
/** The same, and everything that follows from that is done. */
async function comesBack(device: Body): Promise<void> {
  await returns(device);
  await app.drain();
}
const keptBack = async (devices: number) =>
  expectStatus(
    await api.put('/allocation-policy', null, { reserves: [{ siteId: null, category: null, devices }], maximumWaitingDays: null }),
    200,
  );
async function daysLater(days: number): Promise<void> {
  app.clock.moveTo(new Date(app.clock.now().getTime() + days * 86_400_000));
  await app.drain();
}
const rounds = async (query = ''): Promise<Body[]> => expectStatus(await api.get(`/allocation-rounds${query}`), 200).data;
const proposals = async ({ id }: Body): Promise<Body[]> => expectStatus(await api.get(`/allocation-rounds/${id}/proposals`), 200).data;
const stateOf = async ({ id }: Body) => expectStatus(await api.get(`/request-lines/${id}`), 200).state as string;
const move = (line: Body, name: string, said: object = {}) => api.post(`/request-lines/${line.id}/moves`, { move: name, ...said });
const standing = async (overrides: object = {}): Promise<Body> => {
  const decision = { name: 'Retours', reason: 'Un appareil rendu ne doit pas attendre', from: '2026-11-02', ...overrides };
  return expectStatus(await api.post('/standing-decisions', decision), 201);
};

describe('a device that comes back', () => {
  test('is proposed to the best line, which waits for a person’s word', async () => {
    await aLine(1);
    const best = await aLine(3);
    const device = await aLaptop();
    await comesBack(device);
    const [round] = await rounds();
    expect(round).toMatchObject({
      deviceId: device.id,
      class: 'computer',
      siteIds: [site.id],
      state: 'draft',
      isSolved: true,
      openedBy: 'system',
      stats: { lines: 1, served: 1, capacity: 1 },
    });
    expect(await proposals(round)).toMatchObject([{ lineId: best.id, served: true, siteId: site.id }]);
    expect(await stateOf(best)).toBe('waiting');
    expectStatus(await api.post(`/allocation-rounds/${round.id}/publication`), 200);
    expect(await stateOf(best)).toBe('offered');
    expect(expectStatus(await api.get(`/offers?lineId=${best.id}`), 200).data).toMatchObject([{ deviceId: device.id }]);
  });

  test('is not where the council does not want that, nobody waits, or it is kept back', async () => {
    const device = await aLaptop();
    await comesBack(device);
    await aLine();
    await setProposeAtOnce(false);
    await comesBack(device);
    expect(await rounds()).toEqual([]);
    await setProposeAtOnce(true);
    await keptBack(1);
    await comesBack(device);
    expect(await rounds()).toMatchObject([{ deviceId: device.id, state: 'discarded', decidedBy: 'system' }]);
    await comesBack(await aLaptop());
    expect(await rounds('?state=draft')).toMatchObject([{ stats: { served: 1 } }]);
  });

  test('two of them go to two lines; one that comes back twice is proposed once', async () => {
    const [second, first] = [await aLine(1), await aLine(3)];
    const devices = [await aLaptop(), await aLaptop()];
    for (const device of [...devices, ...devices]) await comesBack(device);
    const drafts = await rounds('?state=draft');
    expect(drafts.map(({ deviceId }) => deviceId as string).reverse()).toEqual(devices.map(({ id }) => id as string));
    const lines = await Promise.all(drafts.map(async (round) => (await proposals(round))[0]?.lineId as string));
    expect(lines.reverse()).toEqual([first.id, second.id]);
  });

  test('a family that declined it is not asked again: the next line is', async () => {
    const [next, first] = [await aLine(1), await aLine(3)];
    await comesBack(await aLaptop());
    await api.post(`/allocation-rounds/${(await rounds())[0]?.id}/publication`);
    expectStatus(await move(first, 'decline'), 200);
    await app.drain();
    const [round] = await rounds('?state=draft');
    expect(await proposals(round)).toMatchObject([{ lineId: next.id, served: true }]);
  });

  test('a line that is set aside makes room for the next', async () => {
    const [next, first] = [await aLine(1), await aLine(3)];
    await comesBack(await aLaptop());
    const [round] = await rounds();
    expectStatus(await api.post(`/allocation-rounds/${round.id}/exclusions`, { lineId: first.id, reason: 'A déménagé' }), 201);
    expect(await proposals(round)).toMatchObject([
      { lineId: next.id, served: true },
      { lineId: first.id, served: false, reason: 'EXCLUDED' },
    ]);
    expectStatus(await api.post(`/allocation-rounds/${round.id}/publication`), 200);
    const lastRound = async ({ id }: Body) => expectStatus(await api.get(`/request-lines/${id}/explanation?language=en`), 200).lastRound;
    expect(await lastRound(first)).toMatchObject({ reason: 'EXCLUDED', served: false, sentence: expect.stringContaining('A déménagé') });
    const served = await lastRound(next);
    expect(served).toMatchObject({ served: true, sentence: expect.stringContaining('a single device that had come back') });
    expect(served.sentence).not.toContain('1 of');
  });

  test('a decision that is taken while it comes back again is not undone', async () => {
    await aLine();
    const device = await aLaptop();
    await comesBack(device);
    const [round] = await rounds();
    const deciding = new pg.Client({ connectionString: app.databaseUrl });
    await deciding.connect();
    await deciding.query('BEGIN');
    await deciding.query(`UPDATE allocation_rounds SET state = 'discarded', decided_by = 'x', decided_at = now() WHERE id = $1`, [
      round.id,
    ]);
    await returns(device);
    const drained = app.drain();
    const isWaiting = `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`;
    try {
      await until('the job to wait for the decision', () =>
        onServer(app.databaseUrl, async (client) => (await client.query(isWaiting)).rowCount === 1),
      );
      await deciding.query('COMMIT');
    } finally {
      await deciding.end();
    }
    await drained;
    const [later, decided] = await rounds();
    expect(decided).toMatchObject({ id: round.id, state: 'discarded', isSolved: true });
    expect(later).toMatchObject({ deviceId: device.id, state: 'draft', isSolved: true });
  });

  test('gone meanwhile: publishing says so', async () => {
    await aLine();
    const device = await aLaptop();
    await comesBack(device);
    expectStatus(await api.post(`/devices/${device.id}/moves`, { move: 'inspect', reason: 'Contrôle' }), 200);
    const refused = await api.post(`/allocation-rounds/${(await rounds())[0]?.id}/publication`);
    expect(refused.body).toMatchObject({ status: 409, code: 'STOCK_CHANGED' });
  });
});

describe('what is kept back', () => {
  test('is not proposed by two rounds that each leave the other’s device', async () => {
    for (let number = 0; number < 2; number++) await aLine();
    const devices = [await aLaptop(), await aLaptop()];
    await keptBack(1);
    for (const device of devices) await comesBack(device);
    expect((await rounds()).map(({ deviceId, state }) => [deviceId, state])).toEqual([
      [devices[1].id, 'discarded'],
      [devices[0].id, 'draft'],
    ]);
  });

  test('is not given where the rest of the pool has left meanwhile', async () => {
    await aLine();
    const [device, rest] = [await aLaptop(), await aLaptop()];
    await keptBack(1);
    await comesBack(device);
    await leaves(rest);
    const refused = await api.post(`/allocation-rounds/${(await rounds())[0]?.id}/publication`);
    expect(refused.body).toMatchObject({ status: 409, code: 'STOCK_CHANGED' });
    expect(refused.body.detail ?? refused.body.reasons[0].message).toContain('1 instead of 2');
  });
});

describe('a proposal that waits for a person', () => {
  test('is put away on another day when its device is gone', async () => {
    await aLine();
    const device = await aLaptop();
    await comesBack(device);
    expect(await rounds()).toMatchObject([{ state: 'draft' }]);
    await leaves(device);
    await daysLater(1);
    expect(await rounds()).toMatchObject([{ state: 'discarded', decidedBy: 'system' }]);
  });

  test('goes to the next line on another day when its own does not wait any more; while it stands, it stays', async () => {
    const [next, first] = [await aLine(1), await aLine(3)];
    await comesBack(await aLaptop());
    const [round] = await rounds();
    await daysLater(3);
    expect(await rounds()).toMatchObject([{ version: round.version, state: 'draft' }]);
    expectStatus(await move(first, 'withdraw'), 200);
    await daysLater(1);
    expect(await proposals(round)).toMatchObject([{ lineId: next.id, served: true }]);
  });

  test('goes to a needier line that has come, on another day', async () => {
    const line = await aLine(1);
    await comesBack(await aLaptop());
    const [round] = await rounds();
    expect(await proposals(round)).toMatchObject([{ lineId: line.id }]);
    const needier = await aLine(3);
    await daysLater(1);
    expect(await proposals(round)).toMatchObject([{ lineId: needier.id, served: true }]);
    const { version } = expectStatus(await api.get(`/allocation-rounds/${round.id}`), 200);
    await daysLater(1);
    expect(await rounds()).toMatchObject([{ id: round.id, version, state: 'draft' }]);
  });

  test('follows its device to another site', async () => {
    const elsewhere = await aSite(api);
    const line = await aLine();
    const device = await aLaptop();
    await comesBack(device);
    expectStatus(await api.post(`/devices/${device.id}/moves`, { move: 'send', siteId: elsewhere.id }), 200);
    await daysLater(1);
    expect(await rounds()).toMatchObject([{ state: 'draft', siteIds: [site.id] }]);
    expectStatus(await api.post(`/devices/${device.id}/moves`, { move: 'receive' }), 200);
    await daysLater(1);
    const [there, here] = await rounds();
    expect(here).toMatchObject({ state: 'discarded', siteIds: [site.id] });
    expect(there).toMatchObject({ state: 'draft', siteIds: [elsewhere.id], deviceId: device.id });
    expect(await proposals(there)).toMatchObject([{ lineId: line.id, siteId: elsewhere.id }]);
  });

  test('is made anew where a device comes back at another site than before', async () => {
    const elsewhere = await aSite(api);
    await aLine();
    const device = await aLaptop();
    await comesBack(device);
    expectStatus(await api.post(`/devices/${device.id}/moves`, { move: 'send', siteId: elsewhere.id }), 200);
    expectStatus(await api.post(`/devices/${device.id}/moves`, { move: 'receive' }), 200);
    await comesBack(device);
    expect((await rounds()).map(({ state, siteIds }) => [state, ...siteIds])).toEqual([
      ['draft', elsewhere.id],
      ['discarded', site.id],
    ]);
  });

  test('two that are solved at one time do not keep one line each from the other', async () => {
    const lines = [await aLine(1), await aLine(3)];
    const devices = [await aLaptop(), await aLaptop()];
    for (const device of devices) await returns(device);
    const executor = app.nest.get(OutboxExecutor);
    const due = () => executor.claim(perLane(() => 100));
    for (const row of await due()) await executor.run(row);
    await Promise.all((await due()).map((row) => executor.run(row)));
    await app.drain();
    const drafts = await rounds('?state=draft');
    const proposed = await Promise.all(drafts.map(async (round) => (await proposals(round))[0]?.lineId as string));
    expect(proposed.sort()).toEqual(lines.map(({ id }) => id as string).sort());
  });
});

describe('at a school’s site', () => {
  test('its administrators see what is proposed to its own families, and nothing of another school’s', async () => {
    const [school, other] = [await aSchool(api), await aSchool(api)];
    site = await aSite(api, { schoolId: school.id });
    const admin = await aPerson(app, council.id, 'school_administrator', { schoolId: school.id });
    const [mine, foreign] = [await aLine(2, school.id), await aLine(1, other.id)];
    await comesBack(await aLaptop());
    const [round] = await rounds();
    expect((await admin.get(`/allocation-rounds/${round.id}/proposals`)).body.data).toMatchObject([{ lineId: mine.id }]);
    // Set aside by two administrators, it makes room for a line that they may not see.
    const colleague = await aPerson(app, council.id, 'school_administrator', { schoolId: school.id });
    const exclude = (who: Api) => who.post(`/allocation-rounds/${round.id}/exclusions`, { lineId: mine.id, reason: 'A déménagé' });
    expectStatus(await exclude(admin), 201);
    expectStatus(await exclude(colleague), 201);
    expect(await proposals(round)).toMatchObject([{ lineId: foreign.id }, { lineId: mine.id, reason: 'EXCLUDED' }]);
    expect((await admin.get(`/request-lines/${foreign.id}`)).status).toBe(404);
    expect((await admin.get('/allocation-rounds')).body.data).toEqual([]);
    for (const path of ['', '/proposals', `/proposals/${foreign.id}`, '/exclusions'])
      expect((await admin.get(`/allocation-rounds/${round.id}${path}`)).status).toBe(404);
    expect((await admin.post(`/allocation-rounds/${round.id}/publication`)).status).toBe(404);
    // Not even once their own family is proposed again beside a line that was set aside.
    expectStatus(await api.post(`/allocation-rounds/${round.id}/exclusions`, { lineId: foreign.id, reason: 'A déménagé' }), 201);
    expect((await admin.get(`/allocation-rounds/${round.id}/exclusions`)).status).toBe(404);
  });
});

describe('under a standing decision', () => {
  test('it is offered without asking, and the round names the decision', async () => {
    const decision = await standing({ siteId: site.id });
    const line = await aLine();
    await comesBack(await aLaptop());
    expect(await stateOf(line)).toBe('offered');
    expect(await rounds()).toMatchObject([{ state: 'published', decidedBy: 'system', standingDecisionId: decision.id }]);
  });

  test('the family reads so, and whom it may ask: its school, else the council', async () => {
    await standing();
    const school = await aSchool(api, { name: 'Collège Rosa Parks', email: 'vie.scolaire@example.org' });
    const { name } = expectStatus(await api.get('/council'), 200);
    for (const [schoolId, contact] of [
      [school.id, 'Collège Rosa Parks (vie.scolaire@example.org)'],
      [null, name],
    ]) {
      const line = await aLine(1, schoolId);
      await comesBack(await aLaptop());
      for (const language of ['fr', 'en', 'ar', 'tr', 'pt', 'uk', 'ro', 'es']) {
        const { lastRound } = expectStatus(await api.get(`/request-lines/${line.id}/explanation?language=${language}`), 200);
        expect(lastRound.sentence).toContain('Retours');
        expect(lastRound.sentence).toContain(contact);
      }
    }
  });

  test('not for another site, nor once it is revoked, nor where facts changed lately', async () => {
    await standing({ siteId: (await aSite(api)).id });
    const line = await aLine();
    const device = await aLaptop();
    await comesBack(device);
    const decision = await standing();
    expectStatus(await api.post(`/standing-decisions/${decision.id}/revocation`, { reason: 'Assez' }), 200);
    await comesBack(device);
    expect(await rounds()).toMatchObject([{ state: 'draft', standingDecisionId: null }]);

    await standing();
    app.clock.moveTo(new Date(START.getTime() + 3 * 86_400_000));
    const household = expectStatus(await api.get(`/households/${line.householdId}`), 200);
    expectStatus(await api.patch(`/households/${line.householdId}`, household.version, { bursaryLevel: 7 }), 200);
    await comesBack(device);
    expect(await rounds()).toMatchObject([{ state: 'draft' }]);
    expect(await stateOf(line)).toBe('waiting');
  });
});
