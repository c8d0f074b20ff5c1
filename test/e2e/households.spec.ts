import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { HouseholdsRepository } from '../../src/modules/households/index.js';
import { Transactions } from '../../src/platform/index.js';
import { type Answer, type Api, expectStatus as bodyOf } from '../support/api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { aHousehold as makeHousehold, aSchool, aSite } from '../support/builders.js';
import { aClient, aCouncil, aPerson, type Role, type TestCouncil } from '../support/people.js';
import { onServer } from '../support/test-database.js';

/** Without who looks alike, which possible-duplicates.spec.ts tries. */
function expectStatus(answer: Answer, status: number): Answer['body'] {
  const { possibleDuplicates: _, ...body } = bodyOf(answer, status) as Record<string, unknown>;
  return body;
}

async function aHousehold(api: Api, overrides: Record<string, unknown> = {}): Promise<Answer['body']> {
  const { possibleDuplicates: _, ...made } = (await makeHousehold(api, overrides)) as Record<string, unknown>;
  return made;
}

let app: TestApp;
let council: TestCouncil;
let other: TestCouncil;
let moulin: string;
let voltaire: string;

beforeAll(async () => {
  app = await startTestApp();
  council = await aCouncil(app);
  other = await aCouncil(app);
  moulin = (await aSchool(council.api)).id as string;
  voltaire = (await aSchool(council.api)).id as string;
});
afterAll(() => app.close());

const evenings = [{ weekday: 1, from: '18:00', to: '20:00' }];
const nadia = {
  name: 'Nadia B.',
  relationship: 'parent',
  phone: '06 12 34 56 78',
  email: 'nadia@example.org',
  language: 'FR',
  preferredChannel: 'sms',
};
const address = { line1: '1 rue de la Paix', postalCode: '95500', city: 'Gonesse', country: 'FR' };
const timetable = { live: [{ weekday: 1, from: '09:00', to: '10:00' }], work: [{ weekday: 1, minutes: 120 }] };
const full = () => ({
  schoolId: moulin,
  homeAlone: true,
  bursaryLevel: 4,
  contacts: [nadia, { name: 'Samir B.', relationship: 'guardian', preferredChannel: 'letter', address }],
  learners: [
    { givenName: 'Amal', familyName: 'B.', level: 'college', schoolId: voltaire, className: '4e B', externalId: 'ent-4711', timetable },
  ],
  equipment: [{ id: 'phone', category: 'smartphone', label: 'maman', available: evenings }, { category: 'tablet' }],
  connectivity: { kind: 'mobile', simultaneousLive: null, available: evenings },
});
const faultsOf = ({ status, body }: Answer): unknown[] => [
  status,
  ...((body as { errors?: { pointer: string; code: string }[] }).errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`),
];
const auditOf = (subject: string) =>
  onServer(app.databaseUrl, async (client) => {
    const { rows } = await client.query('SELECT action, fields FROM audit_events WHERE subject = $1 ORDER BY id', [subject]);
    return rows as { action: string; fields: string[] }[];
  });

describe('a household', () => {
  test('is made with everything that a family says, and read', async () => {
    const answer = await council.api.post('/households', full());
    const made = expectStatus(answer, 201);
    expect(answer.headers.get('location')).toBe(`/api/v1/households/${made.id}`);
    const declared = { source: 'declared', verifiedBy: null, verifiedAt: null, changedAt: '2026-11-02T08:00:00.000Z' };
    expect(made).toEqual({
      id: made.id,
      version: 1,
      createdAt: '2026-11-02T08:00:00.000Z',
      updatedAt: '2026-11-02T08:00:00.000Z',
      reference: expect.stringMatching(/^F-[0-9A-Z]{4}-[0-9A-Z]{2}$/),
      schoolId: moulin,
      homeAlone: true,
      bursaryLevel: 4,
      contacts: [
        { ...nadia, id: made.contacts[0].id, phone: '+33612345678', language: 'fr', notify: true, address: null },
        {
          id: made.contacts[1].id,
          name: 'Samir B.',
          relationship: 'guardian',
          phone: null,
          email: null,
          language: null,
          preferredChannel: 'letter',
          notify: false,
          address: { ...address, line2: null },
        },
      ],
      learners: [{ ...full().learners[0], id: made.learners[0].id, examYear: false, largeScreen: false }],
      equipment: [full().equipment[0], { id: made.equipment[1].id, category: 'tablet', label: null, available: null }],
      connectivity: full().connectivity,
      facts: {
        homeAlone: declared,
        bursaryLevel: declared,
        equipment: declared,
        connectivity: declared,
        learners: declared,
        examYear: declared,
      },
    });
    const read = await council.api.get(`/households/${made.id}`);
    expect([read.headers.get('etag'), read.body]).toEqual(['"1"', made]);
    expect(await auditOf(made.id)).toEqual([{ action: 'household.created', fields: [] }]);
  });

  test('needs no more than one contact', async () => {
    const made = expectStatus(await council.api.post('/households', { contacts: [{ name: 'Li', relationship: 'other' }] }), 201);
    expect(made).toMatchObject({ schoolId: null, homeAlone: null, bursaryLevel: null, learners: [], equipment: [], connectivity: null });
  });

  test.each([
    ['an apostrophe', 'O’Brien D’Artagnan'],
    ['another apostrophe', "D'Artagnan"],
    ['emoji', 'Zoé 👩‍👧‍👦'],
    ['right to left', 'فاطمة الزهراء'],
    ['200 characters', 'é'.repeat(200)],
  ])('may have a name with %s', async (_, name) => {
    const made = await aHousehold(council.api, {
      contacts: [{ ...nadia, name }],
      learners: [{ givenName: name, familyName: name, level: 'staff' }],
    });
    const { body } = await council.api.get(`/households/${made.id}`);
    expect([body.contacts[0].name, body.learners[0].givenName, body.learners[0].familyName]).toEqual([name, name, name]);
  });

  test('is changed field by field; a list is replaced, and what keeps its id is the same', async () => {
    const made = expectStatus(await council.api.post('/households', full()), 201);
    const [mother, father] = made.contacts;
    const contacts = [
      { ...father, name: 'Samir Bensaïd' },
      { name: 'Leïla', relationship: 'other' },
    ];
    const changed = expectStatus(await council.api.patch(`/households/${made.id}`, 1, { contacts, bursaryLevel: null }), 200);
    expect(changed).toEqual({
      ...made,
      version: 2,
      bursaryLevel: null,
      contacts: [{ ...father, name: 'Samir Bensaïd' }, expect.objectContaining({ name: 'Leïla', notify: false })],
    });
    expect(changed.contacts.map(({ id }: { id: string }) => id)).not.toContain(mother.id);
    expect((await council.api.get(`/households/${made.id}`)).body).toEqual(changed);
    expect((await auditOf(made.id)).at(-1)).toEqual({ action: 'household.changed', fields: ['bursaryLevel', 'contacts'] });

    const resent = expectStatus(await council.api.patch(`/households/${made.id}`, 2, { learners: changed.learners, equipment: [] }), 200);
    expect(resent).toMatchObject({ version: 3, learners: made.learners, equipment: [] });
    const alone = expectStatus(await council.api.patch(`/households/${made.id}`, 3, { learners: [], connectivity: null }), 200);
    expect([alone.learners, alone.connectivity]).toEqual([[], null]);
  });

  test('of a part that is named with its id, what is not named stays; null clears it', async () => {
    const made = expectStatus(await council.api.post('/households', full()), 201);
    const [mother, father] = made.contacts;
    const [learner] = made.learners;
    const sent = {
      contacts: [
        { id: mother.id, phone: '+33698765432' },
        { id: father.id, address: null, preferredChannel: null },
      ],
      learners: [{ id: learner.id, examYear: true, className: null }],
      equipment: [
        { id: 'phone', label: 'papa' },
        { id: made.equipment[1].id, available: evenings },
      ],
    };
    const changed = expectStatus(await council.api.patch(`/households/${made.id}`, 1, sent), 200);
    expect(changed).toMatchObject({
      contacts: [
        { ...mother, phone: '+33698765432' },
        { ...father, address: null, preferredChannel: null },
      ],
      learners: [{ ...learner, examYear: true, className: null }],
      equipment: [
        { ...made.equipment[0], label: 'papa' },
        { ...made.equipment[1], available: evenings },
      ],
    });
    expect((await council.api.get(`/households/${made.id}`)).body).toEqual(changed);
  });

  test('a new part is whole, and null clears nothing that must be there', async () => {
    const made = expectStatus(await council.api.post('/households', full()), 201);
    const [mother] = made.contacts;
    const patch = async (sent: object) => faultsOf(await council.api.patch(`/households/${made.id}`, 1, sent));
    expect(await patch({ contacts: [{ phone: '+33698765432' }] })).toEqual([
      422,
      '/contacts/0/name REQUIRED',
      '/contacts/0/relationship REQUIRED',
    ]);
    expect(await patch({ learners: [{ examYear: true }] })).toEqual([
      422,
      '/learners/0/givenName REQUIRED',
      '/learners/0/familyName REQUIRED',
      '/learners/0/level REQUIRED',
    ]);
    expect(await patch({ equipment: [{ id: 'tower', label: 'salon' }] })).toEqual([422, '/equipment/0/category REQUIRED']);
    expect((await patch({ contacts: [{ id: mother.id, name: null }] }))[0]).toBe(422);
    expect((await patch({ contacts: [{ id: mother.id, notify: null }] }))[0]).toBe(422);
    expect(await patch({ contacts: [{ id: mother.id, phone: null }] })).toEqual([422, '/contacts/0/preferredChannel CHANNEL_NOT_POSSIBLE']);
    expect(await patch({ contacts: [{ id: randomUUID(), phone: null }] })).toEqual([422, '/contacts/0/id UNKNOWN_REFERENCE']);
    expect(await patch({ contacts: [{ phone: null }] })).toEqual([422, '/contacts/0/name REQUIRED', '/contacts/0/relationship REQUIRED']);
    expect((await council.api.get(`/households/${made.id}`)).body).toEqual(made);
  });

  test('its own answer can be sent back', async () => {
    const made = expectStatus(await council.api.post('/households', full()), 201);
    const { schoolId, contacts, learners, equipment, connectivity, homeAlone, bursaryLevel } = made;
    const sent = { schoolId, contacts, learners, equipment, connectivity, homeAlone, bursaryLevel };
    expect(expectStatus(await council.api.patch(`/households/${made.id}`, 1, sent), 200)).toEqual({ ...made, version: 2 });
  });

  test('ids count in capitals too', async () => {
    const made = expectStatus(await council.api.post('/households', { ...full(), schoolId: moulin.toUpperCase() }), 201);
    const contacts = [{ ...made.contacts[0], id: made.contacts[0].id.toUpperCase() }];
    const changed = expectStatus(await council.api.patch(`/households/${made.id.toUpperCase()}`, 1, { contacts }), 200);
    expect([changed.schoolId, changed.contacts[0].id]).toEqual([moulin, made.contacts[0].id]);
  });

  test('is changed upon what was read only', async () => {
    const { id } = await aHousehold(council.api);
    expect((await council.api.send('PATCH', `/households/${id}`, { bursaryLevel: 1 })).body).toMatchObject({
      status: 428,
      code: 'IF_MATCH_REQUIRED',
    });
    expect((await council.api.patch(`/households/${id}`, 7, { bursaryLevel: 1 })).body).toMatchObject({
      status: 412,
      code: 'VERSION_MISMATCH',
    });
  });

  test('of two changes at once upon the same version exactly one is done', async () => {
    for (let repeat = 0; repeat < 50; repeat++) {
      const { id } = await aHousehold(council.api);
      const patch = (name: string) => council.api.patch(`/households/${id}`, 1, { contacts: [{ name, relationship: 'parent' }] });
      const answers = await Promise.all([patch('First'), patch('Second')]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
      const winner = answers.find(({ status }) => status === 200)!;
      const { possibleDuplicates: _, ...written } = winner.body;
      expect((await council.api.get(`/households/${id}`)).body).toEqual(written);
    }
  }, 60_000);

  test('draws another reference when one is taken', async () => {
    const households = app.nest.get(HouseholdsRepository);
    const { id } = await aHousehold(council.api);
    const wide = { schoolId: null, siteId: null };
    const inserted = await app.nest.get(Transactions).write(council.id, async (tx) => {
      const file = (await households.read(tx, wide, id))!;
      return households.insert(tx, { ...file, id: randomUUID(), contacts: [], learners: [] });
    });
    expect(inserted).toBe(false);
  });
});

describe('what is refused', () => {
  const contacts = [nadia];
  test.each([
    [{}, ['/contacts REQUIRED']],
    [{ contacts: [] }, ['/contacts TOO_FEW']],
    [{ contacts: Array(7).fill(nadia) }, ['/contacts TOO_MANY']],
    [{ contacts: [{ ...nadia, name: 'a\u0000b' }] }, ['/contacts/0/name FORBIDDEN_CHARACTERS']],
    [{ contacts: [{ ...nadia, name: 'é'.repeat(201) }] }, ['/contacts/0/name TOO_LONG']],
    [{ contacts: [{ ...nadia, phone: '12' }] }, ['/contacts/0/phone isPhone']],
    [{ contacts: [{ ...nadia, language: 'français' }] }, ['/contacts/0/language isLanguage']],
    [
      { contacts: [{ ...nadia, relationship: 'dog', preferredChannel: 'fax' }] },
      ['/contacts/0/relationship NOT_ONE_OF', '/contacts/0/preferredChannel NOT_ONE_OF'],
    ],
    [{ contacts: [{ ...nadia, phone: null }] }, ['/contacts/0/preferredChannel CHANNEL_NOT_POSSIBLE']],
    [{ contacts: [{ ...nadia, id: randomUUID() }] }, ['/contacts/0/id UNKNOWN_REFERENCE']],
    [{ contacts, schoolId: randomUUID() }, ['/schoolId UNKNOWN_REFERENCE']],
    [{ contacts, bursaryLevel: 9, homeAlone: 'yes' }, ['/homeAlone WRONG_TYPE', '/bursaryLevel OUT_OF_RANGE']],
    [{ contacts, learners: Array(21).fill({ givenName: 'A', familyName: 'B', level: 'college' }) }, ['/learners TOO_MANY']],
    [{ contacts, learners: [{ givenName: 'A', familyName: 'B', level: 'maternelle' }] }, ['/learners/0/level NOT_ONE_OF']],
    [
      { contacts, learners: [{ givenName: '123456789AB', familyName: 'B', level: 'college' }] },
      ['/learners/0/givenName PUPIL_NUMBER_REFUSED'],
    ],
    [
      { contacts: [{ ...nadia, address: { ...address, line2: '123456789AB' } }], equipment: [{ id: '123456789AB', category: 'laptop' }] },
      ['/contacts/0/address/line2 PUPIL_NUMBER_REFUSED', '/equipment/0/id PUPIL_NUMBER_REFUSED'],
    ],
    [{ contacts, learners: [{ givenName: 'A', familyName: 'B', level: 'college', examYear: null }] }, ['/learners/0/examYear WRONG_TYPE']],
    [{ contacts, equipment: Array(21).fill({ category: 'laptop' }) }, ['/equipment TOO_MANY']],
    [{ contacts, equipment: [{ category: 'abacus' }] }, ['/equipment/0/category NOT_ONE_OF']],
    [
      { contacts, equipment: [{ category: 'laptop', available: [{ weekday: 8, from: '18:10', to: '24:00' }] }] },
      ['/equipment/0/available/0/weekday OUT_OF_RANGE', '/equipment/0/available/0/from isTime', '/equipment/0/available/0/to isTime'],
    ],
    [
      { contacts, connectivity: { kind: 'fixed', available: [{ weekday: 1, from: '20:00', to: '20:00' }] } },
      ['/connectivity/available/0/to ENDS_BEFORE_IT_STARTS'],
    ],
  ])('%j', async (body, faults) => {
    const codes = (found: unknown[]) => found.map((fault) => String(fault).replace(/ (isPhone|isLanguage|isTime)$/, ' INVALID'));
    expect(faultsOf(await council.api.post('/households', body))).toEqual([422, ...codes(faults)]);
  });

  test("another council's school", async () => {
    const foreign = await other.api.post('/households', { contacts, schoolId: moulin });
    expect(foreign.body).toMatchObject({ status: 422, code: 'UNKNOWN_REFERENCE' });
    const learners = [{ givenName: 'A', familyName: 'B', level: 'college', schoolId: moulin }];
    expect(faultsOf(await other.api.post('/households', { contacts, learners }))).toEqual([422, '/learners/0/schoolId UNKNOWN_REFERENCE']);
  });

  test('what cannot be read', async () => {
    expect((await council.api.post('/households', { contacts, colour: 'red' })).body).toMatchObject({ status: 400, code: 'UNKNOWN_FIELD' });
    expect((await council.api.post('/households', '{"contacts":')).body).toMatchObject({ status: 400, code: 'MALFORMED_BODY' });
    expect((await council.api.get('/households/7')).body).toMatchObject({ status: 400, code: 'INVALID_ID' });
    expect((await council.api.get(`/households/${randomUUID()}`)).body).toMatchObject({ status: 404, code: 'NOT_FOUND' });
  });

  test('a change against a rule changes nothing', async () => {
    const made = await aHousehold(council.api);
    const change = { bursaryLevel: 3, contacts: [{ ...nadia, email: null, preferredChannel: 'email' }], schoolId: randomUUID() };
    expect(faultsOf(await council.api.patch(`/households/${made.id}`, 1, change))).toEqual([
      422,
      '/contacts/0/preferredChannel CHANNEL_NOT_POSSIBLE',
      '/schoolId UNKNOWN_REFERENCE',
    ]);
    expect((await council.api.get(`/households/${made.id}`)).body).toEqual(made);
  });
});

describe('facts', () => {
  test('are verified by who saw them proven, and declared again when they change', async () => {
    const { id } = expectStatus(await council.api.post('/households', full()), 201);
    const manager = await aPerson(app, council.id, 'council_manager');
    app.clock.moveTo(new Date('2026-11-03T08:00:00Z'));
    const verified = expectStatus(await manager.post(`/households/${id}/verifications`, { fields: ['bursaryLevel', 'homeAlone'] }), 200);
    expect(verified).toMatchObject({ version: 2, updatedAt: '2026-11-03T08:00:00.000Z' });
    expect(verified.facts.bursaryLevel).toEqual({
      source: 'verified',
      verifiedBy: expect.stringMatching(/^user:/),
      verifiedAt: '2026-11-03T08:00:00.000Z',
      changedAt: '2026-11-02T08:00:00.000Z',
    });
    expect((await council.api.get(`/households/${id}`)).body).toEqual(verified);
    expect((await auditOf(id)).at(-1)).toEqual({ action: 'household.verified', fields: ['bursaryLevel', 'homeAlone'] });

    const changed = expectStatus(await council.api.patch(`/households/${id}`, 2, { bursaryLevel: 5, homeAlone: true }), 200);
    expect(changed.facts.bursaryLevel).toEqual({
      source: 'declared',
      verifiedBy: null,
      verifiedAt: null,
      changedAt: '2026-11-03T08:00:00.000Z',
    });
    expect(changed.facts.homeAlone).toEqual(verified.facts.homeAlone);
  });

  test('that were not stated, or that there are not, cannot be verified', async () => {
    const { id } = await aHousehold(council.api);
    const verify = (body: unknown) => council.api.post(`/households/${id}/verifications`, body);
    expect(faultsOf(await verify({ fields: ['bursaryLevel'] }))).toEqual([422, '/fields/0 NOTHING_TO_VERIFY']);
    expect(faultsOf(await verify({ fields: ['colour'] }))).toEqual([422, '/fields NOT_ONE_OF']);
    expect(faultsOf(await verify({ fields: [] }))).toEqual([422, '/fields TOO_FEW']);
    expect((await council.api.post(`/households/${randomUUID()}/verifications`, { fields: ['equipment'] })).status).toBe(404);
  });
});

describe('who may', () => {
  const calls: [string, (api: Api, id: string) => Promise<Answer>, readonly string[]][] = [
    ['GET', (api, id) => api.get(`/households/${id}`), ['council_manager', 'school_administrator', 'auditor']],
    ['PATCH', (api, id) => api.patch(`/households/${id}`, 99, {}), ['council_manager', 'school_administrator']],
    [
      'verify',
      (api, id) => api.post(`/households/${id}/verifications`, { fields: ['homeAlone'] }),
      ['council_manager', 'school_administrator'],
    ],
    ['POST', (api) => api.post('/households', {}), ['council_manager', 'school_administrator']],
  ];

  test.each(calls)('%s', async (_, call, allowed) => {
    const { id } = await aHousehold(council.api, { schoolId: moulin });
    const siteId = (await aSite(council.api)).id as string;
    const places = { school_administrator: { schoolId: moulin }, desk_agent: { siteId } } as Record<Role, object>;
    expect((await call(council.api.anonymous, id)).status).toBe(401);
    expect((await call(await aClient(app, council.id, ['loans:read', 'loans:write']), id)).status).toBe(403);
    for (const role of ['council_manager', 'school_administrator', 'desk_agent', 'auditor'] as const) {
      const { status } = await call(await aPerson(app, council.id, role, places[role]), id);
      expect([role, status === 403]).toEqual([role, !allowed.includes(role)]);
    }
  });

  test('another council finds nothing', async () => {
    const { id } = await aHousehold(council.api);
    expect((await other.api.get(`/households/${id}`)).status).toBe(404);
    expect((await other.api.patch(`/households/${id}`, 1, { bursaryLevel: 1 })).status).toBe(404);
    expect((await other.api.post(`/households/${id}/verifications`, { fields: ['equipment'] })).status).toBe(404);
    expect((await other.api.get('/households')).body).toEqual({ data: [], nextCursor: null });
    expect((await other.api.get(`/households?schoolId=${moulin}`)).body).toEqual({ data: [], nextCursor: null });
  });

  test('a school administrator: own households, by the household or by a learner', async () => {
    const administrator = await aPerson(app, council.id, 'school_administrator', { schoolId: moulin });
    const learner = { givenName: 'Amal', familyName: 'B.', level: 'college' };
    const own = await aHousehold(council.api, { schoolId: moulin });
    const byLearner = await aHousehold(council.api, { schoolId: voltaire, learners: [{ ...learner, schoolId: moulin }] });
    const foreign = await aHousehold(council.api, { schoolId: voltaire, learners: [{ ...learner, schoolId: voltaire }] });
    expect((await administrator.get(`/households/${own.id}`)).status).toBe(200);
    expect((await administrator.patch(`/households/${byLearner.id}`, 1, { bursaryLevel: 2 })).status).toBe(200);
    expect((await administrator.get(`/households/${foreign.id}`)).status).toBe(404);
    expect((await administrator.patch(`/households/${foreign.id}`, 1, { bursaryLevel: 2 })).status).toBe(404);
    expect((await administrator.post(`/households/${foreign.id}/verifications`, { fields: ['equipment'] })).status).toBe(404);

    expect((await administrator.post('/households', { contacts: [nadia], schoolId: moulin })).status).toBe(201);
    const learners = [{ ...learner, schoolId: moulin }];
    expect((await administrator.post('/households', { contacts: [nadia], schoolId: voltaire, learners })).status).toBe(201);
    expect(faultsOf(await administrator.post('/households', { contacts: [nadia], schoolId: voltaire }))).toEqual([
      422,
      '/schoolId OUTSIDE_YOUR_SCHOOL',
    ]);
  });
});

test('a repeated POST with one key makes one household', async () => {
  const headers = { 'idempotency-key': `"${randomUUID()}"` };
  const first = expectStatus(await council.api.post('/households', full(), { headers }), 201);
  expect(expectStatus(await council.api.post('/households', full(), { headers }), 201)).toEqual(first);
});

test('nothing personal is logged', () => {
  expect(app.logged.filter((line) => /Nadia|Samir|Amal|Bensa|Artagnan|33612345678|rue de la Paix|ent-4711/i.test(line))).toEqual([]);
});
