import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Answer, type Api, expectStatus } from '../support/api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { aDeviceModel, aSchool, aSite } from '../support/builders.js';
import { aCouncil, aPerson, type TestCouncil } from '../support/people.js';
import { onServer } from '../support/test-database.js';
import { all } from '../support/upload.js';

let app: TestApp;
let council: TestCouncil;
let moulin: string;
let voltaire: string;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  council = await aCouncil(app);
  moulin = (await aSchool(council.api)).id as string;
  voltaire = (await aSchool(council.api)).id as string;
});

const contact = (more: object) => [{ name: 'Nadia B.', relationship: 'parent', ...more }];
const amal = { givenName: 'Amal', familyName: 'Benali', level: 'college' };
const register = (api: Api, body: object) => api.post('/households', { contacts: contact({}), ...body });
const made = async (body: object, api = council.api) => expectStatus(await register(api, body), 201);
const ids = (answer: Answer['body']) => answer.possibleDuplicates.map(({ id }: { id: string }) => id);
const listed = async (api: Api, q: string, more = '') =>
  (await api.get(`/households?${new URLSearchParams({ q }).toString()}${more}`)).body.data?.map(({ id }: { id: string }) => id);

describe('a telephone number', () => {
  test('finds its household in whichever form, and by a part of it', async () => {
    const { id } = await made({ schoolId: moulin, contacts: contact({ phone: '06 12 34 56 78' }) });
    await made({ contacts: contact({ phone: '06 98 76 54 32' }) });
    for (const q of [
      '06 12 34 56 78',
      '+33612345678',
      '0033 6 12 34 56 78',
      '06.12.34.56.78',
      '612345678',
      '0612',
      '5678',
      '34 56 7',
      '٠٦١٢٣٤٥٦٧٨',
    ]) {
      expect([q, await listed(council.api, q), await listed(council.api, q, `&schoolId=${moulin}`)]).toEqual([q, [id], [id]]);
    }
    expect(await listed(council.api, '0712345678')).toEqual([]);
    expect((await council.api.get('/households?q=567')).status).toBe(200);
    expect((await council.api.get('/households?q=12%2034')).status).toBe(200);
    expect((await council.api.get('/households?q=1%202')).status).toBe(422);
  });

  test('is no way for a desk agent, nor beyond a school or the council', async () => {
    const { id } = await made({ schoolId: moulin, contacts: contact({ phone: '06 12 34 56 78' }) });
    const siteId = (await aSite(council.api)).id as string;
    const agent = await aPerson(app, council.id, 'desk_agent', { siteId });
    for (const q of ['0612345678', '+33612345678', '5678']) expect(await listed(agent, q)).toEqual([]);
    expect((await agent.get('/households?q=06%2012%2034%2056%2078')).status).toBe(422);
    const [own, other] = await Promise.all(
      [moulin, voltaire].map((schoolId) => aPerson(app, council.id, 'school_administrator', { schoolId })),
    );
    expect([await listed(own as Api, '0612345678'), await listed(other as Api, '0612345678')]).toEqual([[id], []]);
    expect(await listed((await aCouncil(app)).api, '0612345678')).toEqual([]);
  });

  test('is found inside a school, however many others have the same digits', async () => {
    await onServer(app.databaseUrl, async (client) => {
      await client.query(`ALTER TABLE contacts DISABLE TRIGGER USER`);
      await client.query(`
        WITH other AS (
          INSERT INTO households (council_id, id, reference, equipment, facts, search_text, created_at, updated_at)
          SELECT '${council.id}', gen_random_uuid(), 'X-' || n, '[]', '{}', '', now(), now() FROM generate_series(1, 1200) n
          RETURNING council_id, id)
        INSERT INTO contacts (council_id, household_id, id, position, name, relationship, phone, search_text, notify)
        SELECT council_id, id, gen_random_uuid(), 0, 'Adulte', 'parent', '+33612345678', '33612345678', true FROM other`);
      await client.query(`ALTER TABLE contacts ENABLE TRIGGER USER`);
    });
    const { id } = await made({ schoolId: moulin, contacts: contact({ phone: '06 12 34 56 78' }) });
    const administrator = await aPerson(app, council.id, 'school_administrator', { schoolId: moulin });
    expect([await listed(council.api, '5678', `&schoolId=${moulin}`), await listed(administrator, '34 56 78')]).toEqual([[id], [id]]);
  });

  test('follows a change', async () => {
    const { id } = await made({ contacts: contact({ phone: '0612345678' }) });
    expectStatus(await council.api.patch(`/households/${id}`, 1, { contacts: contact({ phone: '0698765432' }) }), 200);
    expect([await listed(council.api, '0612345678'), await listed(council.api, '0698765432')]).toEqual([[], [id]]);
  });
});

describe('a household that looks like another', () => {
  test('is told of it by number, mailbox, or child and school', async () => {
    const first = await made({
      schoolId: moulin,
      contacts: contact({ phone: '06 12 34 56 78', email: 'nadia@example.org' }),
      learners: [amal],
    });
    expect(first.possibleDuplicates).toEqual([]);
    const because = async (body: object) =>
      (await made(body)).possibleDuplicates.find(({ id }: { id: string }) => id === first.id)?.because;
    expect(await because({ contacts: contact({ phone: '+33612345678' }) })).toEqual(['phone']);
    expect(await because({ contacts: contact({ email: 'NADIA@Example.org' }) })).toEqual(['email']);
    expect(await because({ learners: [{ ...amal, givenName: 'BENALI', familyName: 'Amâl', schoolId: moulin }] })).toEqual(['learner']);
    const all3 = { schoolId: moulin, contacts: contact({ phone: '0612345678', email: 'nadia@example.org' }), learners: [amal] };
    expect(await because(all3)).toEqual(['email', 'learner', 'phone']);
    expect(await because({ learners: [{ ...amal, schoolId: voltaire }] })).toBeUndefined();
    expect(await because({ learners: [amal] })).toBeUndefined();
    // A learner's own school goes before the household's.
    await made({ schoolId: moulin, learners: [{ ...amal, givenName: 'Inès', schoolId: voltaire }] });
    expect(ids(await made({ schoolId: moulin, learners: [{ ...amal, givenName: 'Inès' }] }))).toEqual([]);
  });

  test('beyond the caller’s reach is told to the managers only, and leaves their list when it was looked at', async () => {
    const first = await made({ schoolId: moulin, contacts: contact({ phone: '0612345678' }) });
    const administrator = await aPerson(app, council.id, 'school_administrator', { schoolId: voltaire });
    const second = await made({ schoolId: voltaire, contacts: contact({ phone: '0612345678' }) }, administrator);
    expect(second.possibleDuplicates).toEqual([]);
    const manager = await aPerson(app, council.id, 'council_manager');
    const [pair] = await all(manager, '/possible-duplicates');
    expect(pair).toMatchObject({ household: { id: second.id }, other: { id: first.id, reference: first.reference }, because: ['phone'] });
    for (const role of ['school_administrator', 'desk_agent', 'auditor'] as const) {
      const siteId = (await aSite(council.api)).id as string;
      const place = { school_administrator: { schoolId: voltaire }, desk_agent: { siteId }, auditor: {} }[role];
      expect((await (await aPerson(app, council.id, role, place)).get('/possible-duplicates')).status).toBe(403);
    }
    expect((await (await aCouncil(app)).api.delete(`/possible-duplicates/${pair.id}`)).status).toBe(404);
    expect((await manager.delete(`/possible-duplicates/${pair.id}`)).status).toBe(204);
    expect((await manager.delete(`/possible-duplicates/${pair.id}`)).status).toBe(404);
    expect(await all(manager, '/possible-duplicates')).toEqual([]);
    expectStatus(await administrator.patch(`/households/${second.id}`, 1, { homeAlone: true }), 200);
    expect(await all(manager, '/possible-duplicates')).toEqual([]);
  });

  test('is one pair, whichever was written last: settled, it does not come back the other way round', async () => {
    const first = await made({ contacts: contact({ phone: '0612345678' }) });
    await made({ contacts: contact({ phone: '0612345678', email: 'nadia@example.org' }) });
    const [pair] = await all(council.api, '/possible-duplicates');
    expect((await council.api.delete(`/possible-duplicates/${pair.id}`)).status).toBe(204);
    const contacts = contact({ phone: '0612345678', email: 'nadia@example.org' });
    const changed = expectStatus(await council.api.patch(`/households/${first.id}`, 1, { contacts }), 200);
    expect(changed.possibleDuplicates).toMatchObject([{ because: ['email'] }]);
    expect(await all(council.api, '/possible-duplicates')).toEqual([]);
  });

  test('waits for nobody who changes the other file', async () => {
    const first = await made({ contacts: contact({ phone: '0612345678' }) });
    await onServer(app.databaseUrl, async (client) => {
      await client.query('BEGIN');
      await client.query('SELECT FROM households WHERE id = $1 FOR UPDATE', [first.id]);
      expect(ids(await made({ contacts: contact({ phone: '0612345678' }) }))).toEqual([first.id]);
    });
  });

  test('shares its number with more files than are told: those in reach are told first, and the managers see all', async () => {
    const number = { contacts: contact({ phone: '0612345678' }) };
    const near = await made({ schoolId: voltaire, ...number });
    for (let file = 0; file < 25; file += 1) await made({ schoolId: moulin, ...number });
    const administrator = await aPerson(app, council.id, 'school_administrator', { schoolId: voltaire });
    const last = await made({ schoolId: voltaire, ...number }, administrator);
    expect(ids(last)).toEqual([near.id]);
    expect(ids(await made({ schoolId: moulin, ...number }))).toHaveLength(20);
    const pairs = (await all(council.api, '/possible-duplicates')).filter(({ household }) => household.id === last.id);
    expect(pairs).toHaveLength(26);
  });

  test('is told when a learner or a number comes to it later, and of nothing that it had before', async () => {
    const first = await made({ schoolId: moulin, contacts: contact({ phone: '0612345678' }), learners: [amal] });
    const second = await made({ schoolId: moulin });
    const added = expectStatus(await council.api.post(`/households/${second.id}/learners`, amal), 201);
    expect(ids(added)).toEqual([first.id]);
    const renamed = await council.api.patch(`/households/${second.id}/learners/${added.id}`, 2, { className: '4e B' });
    expect(ids(expectStatus(renamed, 200))).toEqual([]);
    const changed = await council.api.patch(`/households/${second.id}`, 3, { contacts: contact({ phone: '06 12 34 56 78' }) });
    expect(expectStatus(changed, 200).possibleDuplicates).toEqual([{ id: first.id, reference: first.reference, because: ['phone'] }]);
  });

  test('registered twice at once: the later one is told of the other', async () => {
    for (let round = 0; round < 50; round += 1) {
      const body = {
        schoolId: moulin,
        contacts: contact({ phone: `+336120000${String(round).padStart(2, '0')}` }),
        learners: [{ ...amal, givenName: `Amal ${round}` }],
      };
      const [one, other] = await Promise.all([made(body), made(body)]);
      expect([ids(one).length, ids(other).length].sort()).toEqual([0, 1]);
      expect([...ids(one), ...ids(other)]).toEqual(ids(one).length === 1 ? [other.id] : [one.id]);
    }
  });

  test('is found by indexes', async () => {
    await made({ schoolId: moulin, contacts: contact({ phone: '+33612000099' }), learners: [amal] });
    const plan = await onServer(app.databaseUrl, async (client) => {
      // Among a few rows every index is as good as another.
      await client.query(`
        BEGIN;
        INSERT INTO contacts (council_id, household_id, id, position, name, relationship, phone, email, notify)
        SELECT c.council_id, c.household_id, gen_random_uuid(), n, 'Adulte', 'parent', '+336' || n, n || '@example.org', false
        FROM (SELECT * FROM contacts WHERE council_id = '${council.id}' LIMIT 1) c, generate_series(1, 3000) n;
        INSERT INTO learners (council_id, household_id, id, position, given_name, family_name, level, school_id, exam_year, large_screen)
        SELECT l.council_id, l.household_id, gen_random_uuid(), n, 'Amal ' || n, 'B.', l.level, l.school_id, false, false
        FROM (SELECT * FROM learners WHERE council_id = '${council.id}' LIMIT 1) l, generate_series(1, 3000) n;
        ANALYZE contacts; ANALYZE learners`);
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(
        `EXPLAIN SELECT household_id FROM contacts WHERE council_id = $1 AND phone = ANY ($2) UNION ALL
         SELECT household_id FROM contacts WHERE council_id = $1 AND email_key = ANY ($2) UNION ALL
         SELECT household_id FROM learners WHERE council_id = $1 AND name_key = ANY ($2) AND left_at IS NULL`,
        [council.id, ['x']],
      );
      return rows.map((row) => row['QUERY PLAN']).join('\n');
    });
    for (const index of ['contacts_by_phone', 'contacts_by_email', 'learners_by_name']) expect(plan).toContain(index);
  });
});

test('a device whose serial number is spelt otherwise is told of the one that has it', async () => {
  const [siteId, modelId] = [(await aSite(council.api, { schoolId: moulin })).id, (await aDeviceModel(council.api)).id];
  const device = (assetTag: string, serialNumber: string | null, api = council.api) =>
    api.post('/devices', { assetTag, serialNumber, modelId, siteId, condition: 'new' });
  const first = expectStatus(await device('A-1', 'SN-0123-O'), 201);
  expect(first.possibleDuplicates).toEqual([]);
  const second = expectStatus(await device('A-2', 'sn 0123 0'), 201);
  expect(second.possibleDuplicates).toEqual([{ id: first.id, assetTag: 'A-1' }]);
  expect(expectStatus(await device('A-3', null), 201).possibleDuplicates).toEqual([]);
  expect(expectStatus(await council.api.patch(`/devices/${second.id}`, 1, { notes: 'x' }), 200).possibleDuplicates).toEqual([]);
  const changed = await council.api.patch(`/devices/${second.id}`, 2, { serialNumber: 'SN/0l23/0' });
  expect(expectStatus(changed, 200).possibleDuplicates).toEqual([{ id: first.id, assetTag: 'A-1' }]);
  expect((await device('A-4', 'sn-0123-o')).status).toBe(409);
});
