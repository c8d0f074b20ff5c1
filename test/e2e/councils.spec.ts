import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CouncilsRepository, CouncilsService } from '../../src/modules/councils/index.js';
import { Transactions } from '../../src/platform/index.js';
import { newId } from '../../src/shared/ids.js';
import { expectStatus } from '../support/api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { aFund, aSchool, aSite } from '../support/builders.js';
import { aClient, aCouncil, aPerson, type TestCouncil } from '../support/people.js';

let app: TestApp;
let council: TestCouncil;
let other: TestCouncil;
beforeAll(async () => {
  app = await startTestApp();
  council = await aCouncil(app);
  other = await aCouncil(app);
});
afterAll(() => app.close());

const pointers = (answer: { body: { errors: { pointer: string; code: string }[] } }) =>
  answer.body.errors.map(({ pointer, code }) => [pointer, code]);
const NUL = 'a\u0000b';
const address = { line1: '1 rue de la Paix', line2: null, postalCode: '95500', city: 'Gonesse', country: 'FR' };

describe('sites', () => {
  test('a site is made, read, found by its school and changed', async () => {
    const school = await aSchool(council.api);
    const openingHours = [{ weekday: 1, from: '08:00', to: '12:00' }];
    const made = await aSite(council.api, { schoolId: school.id, openingHours });
    expect(made).toMatchObject({ schoolId: school.id, address, openingHours, version: 1 });
    expect((await council.api.get(`/sites/${made.id}`)).body).toEqual(made);
    await aSite(council.api);
    expect((await council.api.get(`/sites?schoolId=${school.id}`)).body).toEqual({ data: [made], nextCursor: null });
    expect((await council.api.get(`/sites?schoolId=${newId()}`)).body).toEqual({ data: [], nextCursor: null });
    const changed = expectStatus(await council.api.patch(`/sites/${made.id}`, 1, { schoolId: null, openingHours: null }), 200);
    expect(changed).toMatchObject({ schoolId: null, openingHours: null, address, version: 2 });
  });

  test('a site may say which schools it serves', async () => {
    const school = await aSchool(council.api);
    const made = await aSite(council.api, { servedSchoolIds: [school.id] });
    expect(made.servedSchoolIds).toEqual([school.id]);
    expect((await aSite(council.api)).servedSchoolIds).toBeNull();
    const path = `/sites/${made.id}`;
    const elsewhere = await aSchool(other.api);
    const unknown = await council.api.patch(path, 1, { servedSchoolIds: [school.id, elsewhere.id, newId()] });
    expect(pointers(unknown)).toEqual([1, 2].map((index) => [`/servedSchoolIds/${index}`, 'UNKNOWN_REFERENCE']));
    expect(pointers(await council.api.patch(path, 1, { servedSchoolIds: [] }))).toEqual([['/servedSchoolIds', 'TOO_FEW']]);
    expect(expectStatus(await council.api.patch(path, 1, { name: 'Mairie' }), 200).servedSchoolIds).toEqual([school.id]);
    expect(expectStatus(await council.api.patch(path, 2, { servedSchoolIds: null }), 200).servedSchoolIds).toBeNull();
  });

  test('what is wrong is said with its place', async () => {
    const hours = [
      { weekday: 8, from: '8:00', to: '12:00' },
      { weekday: 1, from: '08:00', to: '24:00' },
    ];
    const faulty = await council.api.post('/sites', { name: NUL, address: { ...address, country: 'France' }, openingHours: hours });
    expect(faulty.status).toBe(422);
    expect(pointers(faulty).map(([pointer]) => pointer)).toEqual([
      '/name',
      '/address/country',
      '/openingHours/0/weekday',
      '/openingHours/0/from',
      '/openingHours/1/to',
    ]);
    const overlapping = [
      { weekday: 1, from: '12:00', to: '08:00' },
      { weekday: 2, from: '08:00', to: '12:00' },
      { weekday: 2, from: '11:00', to: '13:00' },
    ];
    expect(pointers(await council.api.post('/sites', { name: 'x', address, openingHours: overlapping }))).toEqual([
      ['/openingHours/0/to', 'OUT_OF_RANGE'],
      ['/openingHours/2', 'OVERLAPS'],
    ]);
    const site = await aSite(council.api);
    expect((await council.api.patch(`/sites/${site.id}`, 1, { address: null })).status).toBe(422);
    expect((await council.api.patch(`/sites/${site.id}`, 1, { colour: 'red' })).body).toMatchObject({ status: 400, code: 'UNKNOWN_FIELD' });
  });

  test("a school that is not, or another council's, is an unknown reference", async () => {
    const foreign = await aSchool(other.api);
    for (const schoolId of [newId(), foreign.id]) {
      const refused = await council.api.post('/sites', { name: 'x', address, schoolId });
      expect(refused.body).toMatchObject({ status: 422, code: 'UNKNOWN_REFERENCE', errors: [{ pointer: '/schoolId' }] });
    }
    const site = await aSite(council.api);
    expect((await council.api.patch(`/sites/${site.id}`, 1, { schoolId: foreign.id })).body).toMatchObject({ code: 'UNKNOWN_REFERENCE' });
    expect((await council.api.get(`/sites/${site.id}`)).body.version).toBe(1);
  });

  test.each(["L'île d'Aix", 'École 🏫 🇫🇷', 'مدرسة المستقبل', 'x'.repeat(200)])('the name %s comes back as it was sent', async (name) => {
    expect((await aSite(council.api, { name })).name).toBe(name);
  });
});

describe('funds', () => {
  test('a fund is made, read and changed', async () => {
    const school = await aSchool(council.api);
    const values = {
      name: 'Département 2026',
      funder: 'departement',
      eligibleLevels: ['college'],
      eligibleSchoolIds: [school.id],
      startsOn: '2026-01-01',
      endsOn: '2026-12-31',
      budgetCents: 5_000_000_000,
    };
    const made = await aFund(council.api, values);
    expect(made).toMatchObject({ ...values, version: 1 });
    expect((await council.api.get(`/funds/${made.id}`)).body).toEqual(made);
    const open = { eligibleLevels: null, eligibleSchoolIds: null, endsOn: null, budgetCents: null };
    expect(expectStatus(await council.api.patch(`/funds/${made.id}`, 1, open), 200)).toMatchObject({ ...open, startsOn: '2026-01-01' });
  });

  test('an end before the beginning, an unknown school and an unknown level are refused', async () => {
    const fund = { name: 'x', funder: 'x' };
    const backwards = await council.api.post('/funds', { ...fund, startsOn: '2026-02-01', endsOn: '2026-01-31' });
    expect([backwards.status, pointers(backwards)]).toEqual([422, [['/endsOn', 'OUT_OF_RANGE']]]);
    const school = await aSchool(council.api);
    const stranger = await council.api.post('/funds', { ...fund, eligibleSchoolIds: [school.id, newId()] });
    expect(stranger.body).toMatchObject({ status: 422, code: 'UNKNOWN_REFERENCE', errors: [{ pointer: '/eligibleSchoolIds/1' }] });
    expect((await council.api.post('/funds', { ...fund, eligibleLevels: ['uni'], budgetCents: -1 })).status).toBe(422);
    const made = await aFund(council.api, { startsOn: '2026-02-01' });
    expect((await council.api.patch(`/funds/${made.id}`, 1, { endsOn: '2026-01-31' })).status).toBe(422);
  });
});

describe('the council itself', () => {
  test('it is read and changed; its code never is', async () => {
    const before = expectStatus(await council.api.get('/council'), 200);
    expect(before).toMatchObject({
      id: council.id,
      timeZone: 'Europe/Paris',
      languages: ['fr', 'en'],
      publicPriorityScale: false,
      proposeAtOnce: false,
      openToFamilies: false,
    });
    const changes = {
      name: 'Ville de Gonesse',
      timeZone: 'Indian/Reunion',
      locale: 'en',
      languages: ['fr', 'ar'],
      publicPriorityScale: true,
      proposeAtOnce: true,
      openToFamilies: true,
    };
    const changed = await council.api.patch('/council', before.version, changes);
    expect(expectStatus(changed, 200)).toMatchObject({ ...changes, code: before.code, version: before.version + 1 });
    expect(changed.headers.get('etag')).toBe(`"${before.version + 1}"`);
    expect((await council.api.patch('/council', before.version, { name: 'Late' })).body).toMatchObject({ code: 'VERSION_MISMATCH' });
    expect((await council.api.send('PATCH', '/council', { name: 'x' })).body).toMatchObject({ status: 428, code: 'IF_MATCH_REQUIRED' });
    expect((await council.api.patch('/council', before.version + 1, { code: 'new' })).body).toMatchObject({
      status: 400,
      code: 'UNKNOWN_FIELD',
    });
  });

  test('a zone or a language that is none is refused', async () => {
    const { version } = (await council.api.get('/council')).body;
    const faulty = await council.api.patch('/council', version, { timeZone: 'Europe/Gonesse', locale: 'FR_fr', name: null });
    expect(pointers(faulty).map(([pointer]) => pointer)).toEqual(['/name', '/timeZone', '/locale']);
    expect(pointers(await council.api.patch('/council', version, { languages: ['fr', 'FR_fr', 'fr'] }))).toEqual([
      ['/languages/1', 'INVALID'],
      ['/languages/2', 'DUPLICATE'],
    ]);
    expect((await council.api.patch('/council', version, { languages: [] })).status).toBe(422);
  });

  test('closed days: a first list, then others in its place, in order and each once', async () => {
    const first = await aCouncil(app);
    const none = await first.api.get('/closed-days');
    expect([none.body, none.headers.get('etag')]).toEqual([{ days: [], version: null, updatedAt: null }, '"0"']);
    expect((await first.api.put('/closed-days', 1, { days: [] })).body).toMatchObject({ status: 412 });
    const made = expectStatus(await first.api.put('/closed-days', null, { days: ['2026-12-25', '2026-11-11', '2026-12-25'] }), 200);
    expect(made).toMatchObject({ days: ['2026-11-11', '2026-12-25'], version: 1 });
    expect((await first.api.put('/closed-days', null, { days: [] })).body).toMatchObject({ status: 412 });
    expect(expectStatus(await first.api.put('/closed-days', 1, { days: ['2026-11-12'] }), 200)).toMatchObject({ version: 2 });
    expect((await first.api.get('/closed-days')).body.days).toEqual(['2026-11-12']);
    expect((await first.api.send('PUT', '/closed-days', { days: [] })).body).toMatchObject({ status: 428 });
    const facts = await app.nest.get(Transactions).read(first.id, (tx) => app.nest.get(CouncilsRepository).facts(tx));
    expect(facts).toMatchObject({ timeZone: 'Europe/Paris', closedDays: new Set(['2026-11-12']) });
  });

  test('a day that is none is refused', async () => {
    for (const days of [['2026-02-30'], ['tomorrow'], [20261225], 'x', null]) {
      expect((await council.api.put('/closed-days', null, { days })).status).toBe(422);
    }
  });

  test('of first lists sent at once one stands', async () => {
    for (let round = 0; round < 50; round += 1) {
      const { api } = await aCouncil(app);
      const answers = await Promise.all([1, 2, 3].map((month) => api.put('/closed-days', null, { days: [`2026-0${month}-01`] })));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
    }
  });
});

describe('who is kept out', () => {
  test.each(['/sites', '/funds', '/council', '/closed-days'])('%s: nobody 401, no scope 403, every role may read', async (path) => {
    expect((await council.api.anonymous.get(path)).status).toBe(401);
    expect((await (await aClient(app, council.id, ['loans:read'])).get(path)).status).toBe(403);
    expect((await (await aClient(app, council.id, ['settings:read'])).get(path)).status).toBe(200);
    expect((await (await aPerson(app, council.id, 'auditor')).get(path)).status).toBe(200);
  });

  test.each([
    ['POST', '/sites'],
    ['PATCH', `/sites/${newId()}`],
    ['POST', '/funds'],
    ['PATCH', `/funds/${newId()}`],
    ['PATCH', '/council'],
    ['PUT', '/closed-days'],
  ])('%s %s: only managers and settings:write', async (method, path) => {
    const school = await aSchool(council.api);
    const site = await aSite(council.api);
    expect((await council.api.anonymous.send(method, path, {})).status).toBe(401);
    expect((await (await aClient(app, council.id, ['settings:read'])).send(method, path, {})).status).toBe(403);
    expect((await (await aPerson(app, council.id, 'auditor')).send(method, path, {})).status).toBe(403);
    expect((await (await aPerson(app, council.id, 'school_administrator', { schoolId: school.id })).send(method, path, {})).status).toBe(
      403,
    );
    expect((await (await aPerson(app, council.id, 'desk_agent', { siteId: site.id })).send(method, path, {})).status).toBe(403);
  });

  test("another council's site and fund are absent", async () => {
    const site = await aSite(council.api);
    const fund = await aFund(council.api);
    for (const path of [`/sites/${site.id}`, `/funds/${fund.id}`, `/sites/${newId()}`, `/funds/${newId()}`]) {
      expect((await other.api.get(path)).body).toMatchObject({ status: 404, code: 'NOT_FOUND' });
      expect((await other.api.patch(path, 1, { name: 'mine' })).body).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    }
    expect((await other.api.get('/council')).body.id).toBe(other.id);
  });

  test('pages follow one another, and nothing but our cursors and limits is taken', async () => {
    const { api } = await aCouncil(app);
    const made = [await aFund(api), await aFund(api), await aFund(api)];
    const first = (await api.get('/funds?limit=2')).body;
    const second = (await api.get(`/funds?limit=2&cursor=${first.nextCursor}`)).body;
    expect([...first.data, ...second.data]).toEqual(made);
    expect((await api.get(`/sites?cursor=${first.nextCursor}`)).body).toMatchObject({ status: 400, code: 'INVALID_CURSOR' });
    expect((await api.get('/sites?limit=0')).body).toMatchObject({ status: 400, code: 'INVALID_LIMIT' });
    expect((await api.get('/funds?colour=red')).body).toMatchObject({ status: 400, code: 'UNKNOWN_PARAMETER' });
    expect((await api.get('/sites/nothing')).body).toMatchObject({ status: 400, code: 'INVALID_ID' });
  });
});

test('the operator makes councils, each with a code of its own', async () => {
  const councils = app.nest.get(CouncilsService);
  const gonesse = { code: 'gonesse-95', name: ' Ville de Gonesse ', timeZone: 'Europe/Paris', locale: 'fr' };
  const made = await councils.create(gonesse);
  expect(made).toMatchObject({ ok: true, value: { code: 'gonesse-95' } });
  const id = await councils.idOf('gonesse-95');
  expect(made).toMatchObject({ value: { id } });
  expect(await councils.idOf('nowhere')).toBeNull();
  expect(await councils.get(id ?? '')).toMatchObject({ value: { name: 'Ville de Gonesse', languages: ['fr'], version: 1 } });
  expect(await councils.create(gonesse)).toMatchObject({ ok: false, reason: { kind: 'exists', fault: { pointer: '/code' } } });
  const faulty = await councils.create({ code: 'a b', name: ' ', timeZone: '+01:00', locale: 'French' });
  expect(faulty).toMatchObject({
    reason: { kind: 'invalid', faults: [{ pointer: '/code' }, { pointer: '/name' }, { pointer: '/timeZone' }, { pointer: '/locale' }] },
  });
  expect(await councils.isAny()).toBe(true);
});
