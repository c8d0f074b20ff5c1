import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { expectStatus } from '../support/api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { aDevice, aDeviceModel, aNewDevice, aSchool, aSite } from '../support/builders.js';
import { onServer } from '../support/test-database.js';
import { aClient, aCouncil, aPerson, type TestCouncil } from '../support/people.js';

let app: TestApp;
let council: TestCouncil;
beforeAll(async () => {
  app = await startTestApp();
  council = await aCouncil(app);
});
afterAll(() => app.close());

const book = { category: 'laptop', manufacturer: 'Acme', name: 'Notebook 11', unitCostCents: 32000 };

test('a model is made, read, listed and changed', async () => {
  const made = expectStatus(await council.api.post('/device-models', book), 201);
  expect(made).toMatchObject({ ...book, version: 1 });
  const read = await council.api.get(`/device-models/${made.id}`);
  expect([read.headers.get('etag'), read.body]).toEqual(['"1"', made]);
  const sim = await aDeviceModel(council.api, { category: 'sim', unitCostCents: null });
  expect((await council.api.get('/device-models?category=sim')).body).toEqual({ data: [sim], nextCursor: null });
  const changed = await council.api.patch(`/device-models/${made.id}`, 1, { unitCostCents: null });
  expect(expectStatus(changed, 200)).toMatchObject({ name: 'Notebook 11', unitCostCents: null, version: 2 });
  expect((await council.api.patch(`/device-models/${made.id}`, 1, { name: 'Late' })).body).toMatchObject({ code: 'VERSION_MISMATCH' });
  expect((await council.api.patch(`/device-models/${made.id}`, 2, {}, { headers: { 'if-match': '' } })).status).toBe(412);
});

test('one name a category, whatever its capitals', async () => {
  const taken = await council.api.post('/device-models', { ...book, manufacturer: 'ACME', name: 'noteBOOK 11' });
  expect(taken.body).toMatchObject({ status: 409, code: 'ALREADY_EXISTS', errors: [{ pointer: '/name' }] });
  const other = expectStatus(await council.api.post('/device-models', { ...book, category: 'tablet' }), 201);
  expect((await council.api.patch(`/device-models/${other.id}`, 1, { category: 'laptop' })).status).toBe(409);
  expect((await (await aCouncil(app)).api.post('/device-models', book)).status).toBe(201);
});

test('what is wrong is said', async () => {
  const faulty = await council.api.post('/device-models', { category: 'toaster', manufacturer: 'A\u0000', unitCostCents: -1 });
  expect(faulty.body).toMatchObject({ status: 422, code: 'INVALID_INPUT' });
  expect(faulty.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
    '/category',
    '/manufacturer',
    '/name',
    '/unitCostCents',
  ]);
  const long = 'é'.repeat(200);
  const odd = expectStatus(await council.api.post('/device-models', { ...book, manufacturer: 'L’Établi 🧰', name: long }), 201);
  expect(odd).toMatchObject({ manufacturer: 'L’Établi 🧰', name: long });
  expect((await council.api.post('/device-models', { ...book, name: `${long}x` })).status).toBe(422);
  expect((await council.api.get('/device-models?category=toaster')).status).toBe(422);
  expect((await council.api.get('/device-models?limit=0')).body).toMatchObject({ code: 'INVALID_LIMIT' });
  expect((await council.api.get('/device-models?cursor=x.y')).body).toMatchObject({ code: 'INVALID_CURSOR' });
  expect((await council.api.get('/device-models/none')).body).toMatchObject({ code: 'INVALID_ID' });
});

test('pages follow one another', async () => {
  const { api } = await aCouncil(app);
  const ids: string[] = [];
  for (let count = 0; count < 3; count++) ids.push((await aDeviceModel(api)).id);
  const first = expectStatus(await api.get('/device-models?limit=2'), 200);
  const second = expectStatus(await api.get(`/device-models?limit=2&cursor=${first.nextCursor}`), 200);
  expect([...first.data, ...second.data].map(({ id }: { id: string }) => id)).toEqual(ids);
  expect(second.nextCursor).toBeNull();
});

test('the category stays while there are devices', async () => {
  const model = await aDeviceModel(council.api);
  expect((await council.api.patch(`/device-models/${model.id}`, 1, { category: 'desktop' })).body).toMatchObject({ category: 'desktop' });
  await aNewDevice(council.api, { modelId: model.id });
  const refused = await council.api.patch(`/device-models/${model.id}`, 2, { category: 'laptop' });
  expect(refused.body).toMatchObject({ status: 422, errors: [{ pointer: '/category', code: 'CATEGORY_IN_USE' }] });
});

test('a new name is what its devices are found by, beyond the first thousand too', async () => {
  const model = await aDeviceModel(council.api, { name: 'Oldname' });
  const device = await aDevice(council.api, { modelId: model.id });
  await onServer(app.databaseUrl, (client) =>
    client.query(
      `WITH made AS (
         INSERT INTO devices (council_id, id, asset_tag, model_id, category, status, condition, site_id, created_at, updated_at)
         SELECT $1, gen_random_uuid(), 'R-' || n, $2, 'laptop', 'available', 'good', $3, now(), now() FROM generate_series(1, 2500) n
         RETURNING council_id, id, asset_tag)
       INSERT INTO device_texts (council_id, id, search_text) SELECT council_id, id, lower(asset_tag) || ' acme oldname' FROM made`,
      [council.id, model.id, device.siteId],
    ),
  );
  expectStatus(await council.api.patch(`/device-models/${model.id}`, 1, { name: 'Nouveau Né' }), 200);
  expect(await textsWith('nouveau ne')).toBe(1000);
  await app.drain();
  expect([await textsWith('oldname'), await textsWith('nouveau ne')]).toEqual([0, 2501]);
  expect((await council.api.get('/devices?q=oldname')).body.data).toEqual([]);
  const found = await council.api.get(`/devices?q=nouveau+ne+${device.assetTag}&status=available`);
  expect(found.body.data).toContainEqual(device);
});

async function textsWith(part: string): Promise<number> {
  const { rows } = await onServer(app.databaseUrl, (client) =>
    client.query<{ count: string }>('SELECT count(*) FROM device_texts WHERE council_id = $1 AND strpos(search_text, $2) > 0', [
      council.id,
      part,
    ]),
  );
  return Number(rows[0]?.count);
}

test('nobody, a client without the scope, a wrong role and another council are kept out', async () => {
  const { id } = await aDeviceModel(council.api);
  const site = await aSite(council.api);
  const school = await aSchool(council.api);
  const path = `/device-models/${id}`;
  const people = [
    await aPerson(app, council.id, 'school_administrator', { schoolId: school.id }),
    await aPerson(app, council.id, 'desk_agent', { siteId: site.id }),
    await aPerson(app, council.id, 'auditor'),
  ];
  for (const person of people) {
    expect((await person.get(path)).status).toBe(200);
    expect((await person.get('/device-models')).status).toBe(200);
    expect((await person.post('/device-models', book)).status).toBe(403);
    expect((await person.patch(path, 1, { name: 'x' })).status).toBe(403);
  }
  const manager = await aPerson(app, council.id, 'council_manager');
  expect((await manager.patch(path, 1, { name: 'Managed' })).status).toBe(200);
  const reader = await aClient(app, council.id, ['inventory:read']);
  const writer = await aClient(app, council.id, ['inventory:write']);
  const other = (await aCouncil(app)).api;
  expect((await reader.post('/device-models', book)).status).toBe(403);
  expect((await writer.get(path)).status).toBe(403);
  for (const call of [
    council.api.anonymous.get(path),
    council.api.anonymous.post('/device-models', book),
    council.api.anonymous.get('/device-models'),
  ]) {
    expect((await call).status).toBe(401);
  }
  expect((await other.get(path)).status).toBe(404);
  expect((await other.patch(path, 2, { name: 'x' })).status).toBe(404);
  expect((await other.get('/device-models')).body.data).toEqual([]);
});

test('a model gets a new name while its devices get new tags and leave it: nobody waits for ever, and each is found by what it is then', async () => {
  const deadlocks = () =>
    onServer(app.databaseUrl, async (client) => {
      const { rows } = await client.query('SELECT deadlocks::integer FROM pg_stat_database WHERE datname = current_database()');
      return (rows[0] as { deadlocks: number }).deadlocks;
    });
  const before = await deadlocks();
  const { api } = await aCouncil(app);
  const site = await aSite(api);
  const elsewhere = await aDeviceModel(api, { name: 'Elsewhere' });
  let model = await aDeviceModel(api, { name: 'Renamed 0' });
  for (let turn = 1; turn <= 50; turn++) {
    const devices = [];
    for (const place of [1, 2, 3])
      devices.push(await aNewDevice(api, { siteId: site.id, modelId: model.id, assetTag: `R-${turn}-${place}` }));
    const [retagged, leaves, stays] = devices;
    const answers = await Promise.all([
      api.patch(`/devices/${retagged!.id}`, 1, { assetTag: `Q-${turn}` }),
      api.patch(`/device-models/${model.id}`, model.version, { name: `Renamed ${turn}` }),
      api.patch(`/devices/${leaves!.id}`, 1, { modelId: elsewhere.id }),
    ]);
    for (const answer of answers) expectStatus(answer, 200);
    model = answers[1].body;
    const texts = await onServer(app.databaseUrl, async (client) => {
      const ids = [retagged!.id, leaves!.id, stays!.id];
      const { rows } = await client.query('SELECT id, search_text FROM device_texts WHERE id = ANY ($1)', [ids]);
      return ids.map((id) => (rows as { id: string; search_text: string }[]).find((row) => row.id === id)?.search_text);
    });
    expect(texts[0]).toMatch(new RegExp(`^q-${turn} .*renamed ${turn}$`));
    expect(texts[1]).toMatch(/elsewhere$/);
    expect(texts[2]).toMatch(new RegExp(`renamed ${turn}$`));
  }
  expect(await deadlocks()).toBe(before);
}, 120_000);
