import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Api, expectStatus } from '../support/api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { aDevice, aHousehold, anAgreement, aSchool, aSite } from '../support/builders.js';
import { aClient, aCouncil, aPerson, type TestCouncil } from '../support/people.js';
import { onServer } from '../support/test-database.js';

let app: TestApp;
let council: TestCouncil;
let moulin: string;
let voltaire: string;
let siteId: string;
beforeAll(async () => {
  app = await startTestApp();
  council = await aCouncil(app);
  moulin = (await aSchool(council.api)).id as string;
  voltaire = (await aSchool(council.api)).id as string;
  siteId = (await aSite(council.api)).id as string;
});
afterAll(() => app.close());

interface Listed {
  readonly ids: string[];
  readonly nextCursor: string | null;
  readonly truncated?: boolean;
}

async function list(api: Api, parameters: Readonly<Record<string, string>> = {}): Promise<Listed> {
  const { data, nextCursor, truncated } = expectStatus(await api.get(`/households?${new URLSearchParams(parameters).toString()}`), 200);
  return { ids: data.map(({ id }: { id: string }) => id), nextCursor, ...(truncated && { truncated }) };
}

const named = (name: string, more: object = {}) =>
  aHousehold(council.api, { contacts: [{ name, relationship: 'parent' }], learners: [], ...more });

describe('a search', () => {
  test('finds inside references and names, whatever the accents, capitals and apostrophes', async () => {
    const learners = [{ givenName: 'Chloë', familyName: 'Lefèvre', level: 'primary' }];
    const { id, reference } = await named('Zoé O’Brien-Łaski', { learners });
    for (const q of [
      'zoe',
      "O'BRIEN",
      'bri',
      'lefevre',
      'hloe',
      'Lefèvre CHLOE',
      'zoé lefevre',
      reference,
      reference.slice(2, 6),
      reference.toLowerCase().replaceAll('-', ' '),
    ]) {
      expect([q, (await list(council.api, { q })).ids]).toEqual([q, [id]]);
    }
    for (const q of ['brieno', '%%%', '___', 'zoe\\', "'; DROP TABLE households; --"])
      expect((await list(council.api, { q })).ids).toEqual([]);
  });

  test('finds emoji and right-to-left names', async () => {
    const { id } = await named('فاطمة 👩‍👧‍👦');
    expect((await list(council.api, { q: 'فاطمة' })).ids).toEqual([id]);
    expect((await list(council.api, { q: '👩‍👧‍👦' })).ids).toEqual([id]);
  });

  test('follows a change of names', async () => {
    const { id } = await named('Marguerite');
    expectStatus(await council.api.patch(`/households/${id}`, 1, { contacts: [{ name: 'Solange', relationship: 'parent' }] }), 200);
    expect([(await list(council.api, { q: 'marguerite' })).ids, (await list(council.api, { q: 'solange' })).ids]).toEqual([[], [id]]);
  });

  test('needs a word of three characters', async () => {
    for (const q of ['ab', 'a b', '  a  ', 'a'.repeat(101)]) {
      expect((await council.api.get(`/households?${new URLSearchParams({ q }).toString()}`)).status).toBe(422);
    }
  });

  test('is paged, also inside one school', async () => {
    const made: string[] = [];
    for (let i = 0; i < 7; i++) made.push((await named(`Paginée ${i}`, { schoolId: voltaire })).id);
    const filters: Record<string, string>[] = [{ q: 'paginee' }, { q: 'paginee', schoolId: voltaire }, { schoolId: voltaire }];
    for (const filter of filters) {
      const seen: string[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const page: Listed = await list(council.api, { ...filter, limit: '3', ...(cursor !== '' && { cursor }) });
        seen.push(...page.ids);
        cursor = page.nextCursor;
      }
      expect(seen).toEqual(made);
    }
  });

  test('of another council finds nothing', async () => {
    const { reference } = await named('Perrine');
    const stranger = (await aCouncil(app)).api;
    expect((await list(stranger, { q: 'perrine' })).ids).toEqual([]);
    expect((await list(stranger, { q: reference })).ids).toEqual([]);
  });

  test('of a school administrator stays in the own school', async () => {
    const own = await named('Honorine A', { schoolId: moulin });
    const learners = [{ givenName: 'Honorine', familyName: 'B', level: 'college', schoolId: moulin }];
    const byLearner = await named('Somebody', { schoolId: voltaire, learners });
    const foreign = await named('Honorine C', { schoolId: voltaire });
    const administrator = await aPerson(app, council.id, 'school_administrator', { schoolId: moulin });
    expect((await list(administrator, { q: 'honorine' })).ids).toEqual([own.id, byLearner.id]);
    expect((await list(administrator)).ids).toEqual(expect.arrayContaining([own.id, byLearner.id]));
    expect((await list(administrator)).ids).not.toContain(foreign.id);
    expect((await list(administrator, { schoolId: voltaire })).ids).toEqual([byLearner.id]);
    expect((await list(administrator, { q: foreign.reference })).ids).toEqual([]);
    expect((await list(administrator, { q: own.reference })).ids).toEqual([own.id]);
    expect((await list(council.api, { q: 'honorine', schoolId: voltaire })).ids).toEqual([byLearner.id, foreign.id]);
  });
});

test('a device’s exact tag finds whoever has it, for everybody who may list, within their reach; an exchange hands it on', async () => {
  const learners = ['A', 'B'].map((givenName) => ({ givenName, familyName: 'X', level: 'college', schoolId: voltaire }));
  const household = await named('Wilfried', { schoolId: moulin, learners });
  const [first, second] = [
    await aDevice(council.api, { siteId, assetTag: 'HX-0001' }),
    await aDevice(council.api, { siteId, assetTag: 'HX-0002' }),
  ];
  const items = [{ deviceId: first.id, conditionOut: 'good' }];
  const loan = expectStatus(await council.api.post('/loans', { householdId: household.id, siteId, agreement: anAgreement, items }), 201);
  const administrators = await Promise.all(
    [moulin, voltaire, (await aSchool(council.api)).id].map((schoolId) => aPerson(app, council.id, 'school_administrator', { schoolId })),
  );
  const auditor = await aPerson(app, council.id, 'auditor');
  const seenBy = (q: string) =>
    Promise.all([council.api, auditor, ...administrators].map(async (api) => (await list(api, { q })).ids.includes(household.id)));
  expect(await seenBy('HX-0001')).toEqual([true, true, true, true, false]);
  expect((await list(council.api, { q: 'HX-0001', schoolId: voltaire })).ids).toEqual([household.id]);
  expect(await seenBy('HX-000')).toEqual([false, false, false, false, false]);
  const exchange = { itemId: loan.items[0].id, deviceId: second.id, conditionIn: 'damaged', conditionOut: 'good', reason: 'black' };
  expectStatus(await council.api.post(`/loans/${loan.id}/exchanges`, exchange), 200);
  expect([(await seenBy('HX-0001'))[0], (await seenBy('HX-0002'))[0]]).toEqual([false, true]);
  const lost = {
    itemId: expectStatus(await council.api.get(`/loans/${loan.id}`), 200).items[1].id,
    kind: 'lost',
    reportedOn: '2026-11-02',
    description: 'x',
  };
  expectStatus(await council.api.post(`/loans/${loan.id}/incidents`, lost), 201);
  expect((await seenBy('HX-0002'))[0]).toBe(false);
});

describe('a desk agent', () => {
  const look = async (agent: Api, q: string) => expectStatus(await agent.get(`/households?${new URLSearchParams({ q }).toString()}`), 200);

  test('sees id, reference and names of five households, and each look-up is audited', async () => {
    const agent = await aPerson(app, council.id, 'desk_agent', { siteId });
    const one = await named('Ophélie Grandin', {
      contacts: [
        { name: 'Ophélie Grandin', relationship: 'parent' },
        { name: 'Jean Petit', relationship: 'parent' },
      ],
    });
    expect(await look(agent, 'grandin')).toEqual({
      data: [{ id: one.id, reference: one.reference, names: ['Ophélie Grandin', 'Jean Petit'] }],
      nextCursor: null,
    });
    expect((await look(agent, one.reference)).data).toHaveLength(1);
    for (let i = 0; i < 6; i++) await named(`Nombreux ${i}`);
    const many = await look(agent, 'nombreux');
    expect([many.data.length, many.nextCursor, many.truncated]).toEqual([5, null, true]);
    const fewer = expectStatus(await agent.get('/households?q=nombreux&limit=2'), 200);
    expect([fewer.data.length, fewer.truncated]).toEqual([2, true]);
    const audited = await onServer(app.databaseUrl, (client) =>
      client.query("SELECT subject, fields, reason_hash FROM audit_events WHERE action = 'household.looked_up' AND actor LIKE 'user:%'"),
    );
    expect(audited.rows).toEqual(Array(4).fill({ subject: council.id, fields: [], reason_hash: null }));
  });

  test('finds the household that has a device by its exact tag, as long as it has it', async () => {
    const agent = await aPerson(app, council.id, 'desk_agent', { siteId });
    const household = await named('Vianney Tag', { learners: [{ givenName: 'A', familyName: 'Tag', level: 'college' }] });
    for (let i = 0; i < 6; i++) await named(`Tagged-77 ${i}`);
    const device = await aDevice(council.api, { assetTag: 'TAGGED-77', siteId });
    const loan = { householdId: household.id, siteId, agreement: anAgreement, items: [{ deviceId: device.id, conditionOut: 'good' }] };
    expectStatus(await council.api.post('/loans', loan), 201);
    const match = [{ id: household.id, reference: household.reference, names: ['Vianney Tag'] }];
    expect(await look(agent, 'TAGGED-77')).toEqual({ data: match, nextCursor: null });
    expect((await look(agent, 'TAGGED-7')).data).toHaveLength(5);
    const other = await aCouncil(app);
    const stranger = await aPerson(app, other.id, 'desk_agent', { siteId: (await aSite(other.api)).id });
    expect((await look(stranger, 'TAGGED-77')).data).toEqual([]);
    expectStatus(await council.api.post('/returns', { assetTag: 'TAGGED-77', conditionIn: 'good', siteId }), 200);
    expect((await look(agent, 'TAGGED-77')).data.map(({ id }: { id: string }) => id)).not.toContain(household.id);
  });

  test('lists nothing without saying whom', async () => {
    const agent = await aPerson(app, council.id, 'desk_agent', { siteId });
    expect((await agent.get('/households')).body).toMatchObject({ status: 422, errors: [{ pointer: '/q', code: 'REQUIRED' }] });
    expect((await agent.get('/households?q=a%20b')).body).toMatchObject({ status: 422, errors: [{ pointer: '/q', code: 'TOO_SHORT' }] });
  });
});

test('a list that cannot be read', async () => {
  const { data, nextCursor } = (await council.api.get('/households?limit=1')).body;
  expect([data.length, typeof nextCursor]).toEqual([1, 'string']);
  const codes = ['limit=0', 'limit=201', 'cursor=forged', `cursor=${nextCursor}x`, 'schoolId=7', 'colour=red'].map(
    async (query) => (await council.api.get(`/households?${query}`)).body.code as string,
  );
  expect(await Promise.all(codes)).toEqual([
    'INVALID_LIMIT',
    'INVALID_LIMIT',
    'INVALID_CURSOR',
    'INVALID_CURSOR',
    'INVALID_ID',
    'UNKNOWN_PARAMETER',
  ]);
});

test('who may list', async () => {
  expect((await council.api.anonymous.get('/households')).status).toBe(401);
  expect((await (await aClient(app, council.id, ['households:write'])).get('/households')).status).toBe(403);
  expect((await (await aPerson(app, council.id, 'auditor')).get('/households')).status).toBe(200);
});

test('a list says what it may answer', async () => {
  const { paths } = (await council.api.get('/openapi.json')).body;
  const { schema } = paths['/api/v1/households'].get.responses['200'].content['application/json'];
  expect(schema.properties.data.items.oneOf).toEqual([
    { $ref: '#/components/schemas/HouseholdView' },
    { $ref: '#/components/schemas/HouseholdMatch' },
  ]);
  expect(schema.properties.truncated.type).toBe('boolean');
});

test('nothing that was sought is logged', () => {
  expect(app.logged.filter((line) => /zoe|brien|honorine|grandin|nombreux|perrine/i.test(line))).toEqual([]);
});
