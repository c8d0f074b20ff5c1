import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { searchPatterns, Transactions } from '../../src/platform/index.js';
import { newId } from '../../src/shared/ids.js';
import { type Answer, expectStatus } from '../support/api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { aDevice, aDeviceModel, aNewDevice, aSite } from '../support/builders.js';
import { aCouncil, aPerson, type TestCouncil } from '../support/people.js';
import { onServer } from '../support/test-database.js';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const find = async (council: TestCouncil, query: Record<string, string>): Promise<Answer['body']> =>
  expectStatus(await council.api.get(`/devices?${new URLSearchParams(query).toString()}`), 200);
const tags = async (council: TestCouncil, q: string): Promise<string[]> =>
  (await find(council, { q })).data.map((device: Answer['body']) => device.assetTag);

describe('words', () => {
  let council: TestCouncil;
  beforeAll(async () => {
    council = await aCouncil(app);
    const model = await aDeviceModel(council.api, { manufacturer: 'Établi', name: 'Cœur 100% Pro' });
    const other = await aDeviceModel(council.api, { manufacturer: 'Lenovo', name: 'ThinkPad L1000' });
    await aNewDevice(council.api, { assetTag: 'LT-0001', serialNumber: 'a_b-77', modelId: model.id });
    await aNewDevice(council.api, { assetTag: 'LT-0002', serialNumber: 'axb-77', modelId: other.id });
    await aNewDevice(council.api, { assetTag: 'C:\\LAB\\3', imei: '490154203237518', modelId: other.id });
  });

  test.each([
    ['0001', ['LT-0001']],
    ['t-000', ['LT-0001', 'LT-0002']],
    ['LT-000', ['LT-0001', 'LT-0002']],
    ['etabli', ['LT-0001']],
    ['ÉTAB', ['LT-0001']],
    ['coeur', ['LT-0001']],
    ['pad l1', ['LT-0002', 'C:\\LAB\\3']],
    ['thinkpad 0002', ['LT-0002']],
    ['thinkpad 0001', []],
    ['100%', ['LT-0001']],
    ['a_b', ['LT-0001']],
    ['\\lab', ['C:\\LAB\\3']],
    ['%%%', []],
    ['___', []],
    ['\\\\\\', []],
    ["' OR 1=1 --", []],
    ['420323751', ['C:\\LAB\\3']],
    ['nowhere', []],
  ])('%j finds %j', async (q, expected) => {
    expect(await tags(council, q)).toEqual(expected);
  });

  test('are looked up in the index as they are among the next rows', async () => {
    for (const q of ['0001', '100%', 'a_b', '\\lab', 'thinkpad 0002', 'nowhere']) {
      const hits = await app.nest
        .get(Transactions)
        .tenantRead<{ tag: string }>(
          council.id,
          'SELECT asset_tag AS tag FROM search_device_texts($1) AS hit JOIN devices ON id = hit ORDER BY id',
          [searchPatterns(q)],
        );
      expect([q, hits.map(({ tag }) => tag)]).toEqual([q, await tags(council, q)]);
    }
  });

  test('of fewer than three characters are refused', async () => {
    for (const q of ['ab', ' ab ', 'ab cd', '  ', 'é' + 'a']) {
      expect((await council.api.get(`/devices?${new URLSearchParams({ q }).toString()}`)).body).toMatchObject({
        status: 422,
        code: 'INVALID_INPUT',
      });
    }
    expect((await council.api.get(`/devices?q=${'x'.repeat(101)}`)).status).toBe(422);
    expect((await council.api.get('/devices?q=abc%00')).status).toBe(422);
  });
});

describe('many devices', () => {
  let council: TestCouncil;
  let site: Answer['body'];
  /** 2,100 of no interest, then 1,001 that hold "frequent", 1,000 that hold "bounded", and a last one, alone at its site. */
  beforeAll(async () => {
    council = await aCouncil(app);
    const { modelId, siteId } = await aDevice(council.api);
    site = await aSite(council.api);
    await onServer(app.databaseUrl, (client) =>
      client.query(
        `WITH made AS (
           INSERT INTO devices (council_id, id, asset_tag, model_id, category, status, condition, site_id, created_at, updated_at)
           SELECT $1, ('02000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'M-' || n, $2, 'laptop',
             CASE WHEN n % 2 = 0 THEN 'available' ELSE 'repair' END, 'good', CASE WHEN n = 4102 THEN $4::uuid ELSE $3::uuid END, now(), now()
           FROM generate_series(1, 4102) n RETURNING council_id, id, asset_tag)
         INSERT INTO device_texts (council_id, id, search_text)
         SELECT council_id, id, CASE WHEN right(id::text, 12)::integer <= 2100 THEN 'dull'
           WHEN right(id::text, 12)::integer <= 3101 THEN 'frequent' WHEN right(id::text, 12)::integer <= 4101 THEN 'bounded' ELSE 'frequent last' END FROM made`,
        [council.id, modelId, siteId, site.id],
      ),
    );
  });

  test('1,000 hits are paged to the end, whatever lies before them', async () => {
    let seen = 0;
    let cursor: Record<string, string> = {};
    for (;;) {
      const page = await find(council, { q: 'bounded', limit: '200', ...cursor });
      expect(page.truncated).toBeUndefined();
      seen += page.data.length;
      if (page.nextCursor === null) break;
      cursor = { cursor: page.nextCursor };
    }
    expect(seen).toBe(1000);
  });

  test('a frequent word finds its pages among the next rows', async () => {
    const page = await find(council, { q: 'frequent' });
    expect(page.data[0].assetTag).toBe('M-2101');
    expect(page.nextCursor).not.toBeNull();
  });

  test('more hits than are looked at are told, and have no next page', async () => {
    await onServer(app.databaseUrl, async (client) => {
      // So many rows in between that looking on ends before the hits.
      await client.query(
        `WITH made AS (
           INSERT INTO devices (council_id, id, asset_tag, model_id, category, status, condition, site_id, created_at, updated_at)
           SELECT $1, ('01000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'B-' || n, model_id, 'laptop', 'available', 'good', site_id, now(), now()
           FROM generate_series(1, 20000) n, (SELECT model_id, site_id FROM devices WHERE council_id = $1 AND asset_tag = 'M-1') one RETURNING council_id, id)
         INSERT INTO device_texts (council_id, id, search_text) SELECT council_id, id, 'dull' FROM made`,
        [council.id],
      );
    });
    const page = await find(council, { q: 'frequent' });
    expect(page).toMatchObject({ truncated: true, nextCursor: null });
    expect(page.data).toHaveLength(50);
    expect((await find(council, { q: 'bounded', limit: '1' })).nextCursor).not.toBeNull();
    expect(await find(council, { q: '---' })).toEqual({ data: [], nextCursor: null, truncated: true });
  });

  test('filters narrow a search; a site’s few devices are looked through whole', async () => {
    expect((await find(council, { q: 'bounded', status: 'repair', limit: '200' })).data).toHaveLength(200);
    expect((await find(council, { q: 'bounded', status: 'on_loan' })).data).toEqual([]);
    const alone = await find(council, { q: 'frequent', siteId: site.id });
    expect([alone.data.map((device: Answer['body']) => device.assetTag), alone.truncated]).toEqual([['M-4102'], undefined]);
    const agent = await aPerson(app, council.id, 'desk_agent', { siteId: site.id });
    expect((await agent.get('/devices?q=frequent')).body.data).toEqual(alone.data);
  });

  test('what one council has in thousands, another finds among its own few', async () => {
    const other = await aCouncil(app);
    const device = await aNewDevice(other.api, { assetTag: 'BOUNDED-1' });
    const search = (councilId: string) =>
      app.nest.get(Transactions).tenantRead(councilId, 'SELECT id FROM search_device_texts($1) AS id', [['%bounded%']]);
    expect(await search(other.id)).toEqual([{ id: device.id }]);
    expect(await search(council.id)).toHaveLength(1000);
  });
});

describe('the search function', () => {
  test('sees the transaction’s council only, and refuses without one', async () => {
    const [one, other] = [await aCouncil(app), await aCouncil(app)];
    const device = await aNewDevice(one.api, { assetTag: 'SECRET-1' });
    const search = (councilId: string) =>
      app.nest.get(Transactions).tenantRead(councilId, 'SELECT id FROM search_device_texts($1) AS id', [['%secret%']]);
    expect(await search(one.id)).toEqual([{ id: device.id }]);
    expect(await search(other.id)).toEqual([]);
    expect(await search(newId())).toEqual([]);
    await onServer(app.databaseUrl, async (client) => {
      await client.query('SET ROLE passerelle_app');
      await expect(client.query(`SELECT search_device_texts('{%secret%}')`)).rejects.toThrow('app.council_id');
      await client.query(`SET app.council_id = '${one.id}'`);
      await expect(client.query(`SELECT search_device_texts('{%se%,%cr%}')`)).rejects.toThrow('three characters');
      await expect(client.query(`SELECT search_device_texts('{}')`)).rejects.toThrow('three characters');
      await client.query('RESET ROLE; SET ROLE passerelle_search');
      await expect(client.query('SELECT asset_tag FROM devices')).rejects.toThrow('permission denied');
      await expect(client.query(`UPDATE device_texts SET search_text = ''`)).rejects.toThrow('permission denied');
    });
  });
});
