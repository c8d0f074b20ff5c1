import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { HouseholdsRepository } from '../../src/modules/households/index.js';
import { Transactions } from '../../src/platform/index.js';
import { type Answer, type Api, expectStatus } from '../support/api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { aHousehold, aSchool, aSite } from '../support/builders.js';
import { aClient, aCouncil, aPerson, type TestCouncil } from '../support/people.js';
import { onServer } from '../support/test-database.js';

let app: TestApp;
let council: TestCouncil;
let moulin: string;
beforeAll(async () => {
  app = await startTestApp();
  council = await aCouncil(app);
  moulin = (await aSchool(council.api)).id as string;
});
afterAll(() => app.close());

const idris = { givenName: 'Idris', familyName: 'B.', level: 'lycee', examYear: true };
const pathOf = (householdId: string, learnerId = '') => `/households/${householdId}/learners${learnerId && `/${learnerId}`}`;
const read = async (id: string) => expectStatus(await council.api.get(`/households/${id}`), 200);

test('a learner is added last, and the household has a new version', async () => {
  const { id } = await aHousehold(council.api);
  const answer = await council.api.post(pathOf(id), { ...idris, schoolId: moulin });
  const made = expectStatus(answer, 201);
  expect(made).toEqual({
    possibleDuplicates: [],
    id: made.id,
    ...idris,
    schoolId: moulin,
    className: null,
    largeScreen: false,
    externalId: null,
    timetable: null,
    householdId: id,
    version: 2,
  });
  expect([answer.headers.get('etag'), answer.headers.get('location')]).toEqual(['"2"', `/api/v1${pathOf(id, made.id)}`]);
  const { householdId: _, version: __, possibleDuplicates: ___, ...learner } = made;
  const household = await read(id);
  expect([household.version, household.learners[1]]).toEqual([2, learner]);
});

test('a learner is changed field by field, upon the version of the household', async () => {
  const { id, learners } = await aHousehold(council.api);
  const path = pathOf(id, learners[0].id);
  const timetable = { live: [{ weekday: 2, from: '09:00', to: '10:00' }], work: [] };
  const changed = await council.api.patch(path, 1, { givenName: 'Amâlthée', timetable });
  expect(expectStatus(changed, 200)).toMatchObject({ ...learners[0], givenName: 'Amâlthée', timetable, version: 2 });
  expect(changed.headers.get('etag')).toBe('"2"');
  expect(expectStatus(await council.api.patch(path, 2, { timetable: null }), 200)).toMatchObject({
    givenName: 'Amâlthée',
    timetable: null,
  });
  expect((await council.api.patch(path, 2, { givenName: 'Late' })).body).toMatchObject({ status: 412, code: 'VERSION_MISMATCH' });
  expect((await council.api.send('PATCH', path, {})).body).toMatchObject({ status: 428, code: 'IF_MATCH_REQUIRED' });
  expect((await council.api.get('/households?q=amalthee')).body.data[0].id).toBe(id);
});

test('a learner who leaves is in no answer, and stays in the database', async () => {
  const { id, learners } = await aHousehold(council.api);
  const path = pathOf(id, learners[0].id);
  expect((await council.api.delete(path, { headers: { 'if-match': '"9"' } })).status).toBe(412);
  expect((await council.api.delete(path, { headers: { 'if-match': '"1"' } })).status).toBe(204);
  expect(await read(id)).toMatchObject({ version: 2, learners: [] });
  expect((await council.api.delete(path)).status).toBe(404);
  expect((await council.api.patch(path, 2, { examYear: true })).status).toBe(404);
  expect((await council.api.patch(`/households/${id}`, 2, { learners })).body).toMatchObject({ status: 422, code: 'UNKNOWN_REFERENCE' });
  const kept = await onServer(app.databaseUrl, (client) => client.query('SELECT left_at FROM learners WHERE id = $1', [learners[0].id]));
  expect(kept.rows).toEqual([{ left_at: app.clock.now() }]);
});

test('a learner leaves without If-Match, too', async () => {
  const { id, learners } = await aHousehold(council.api);
  expect((await council.api.delete(pathOf(id, learners[0].id))).status).toBe(204);
});

test('facts follow: who learns, and who sits an exam', async () => {
  const { id, learners } = await aHousehold(council.api);
  const verify = async () =>
    expectStatus(await council.api.post(`/households/${id}/verifications`, { fields: ['learners', 'examYear'] }), 200);
  const sources = async () => {
    const { facts } = await read(id);
    return [facts.learners.source, facts.examYear.source];
  };
  await verify();
  await council.api.patch(pathOf(id, learners[0].id), 2, { familyName: 'Bensaïd' });
  expect(await sources()).toEqual(['verified', 'verified']);
  await council.api.patch(pathOf(id, learners[0].id), 3, { examYear: true });
  expect(await sources()).toEqual(['verified', 'declared']);
  await verify();
  await council.api.post(pathOf(id), { ...idris, examYear: false });
  expect(await sources()).toEqual(['declared', 'verified']);
});

test('what is against a rule', async () => {
  const { id, learners } = await aHousehold(council.api);
  const told = ({ status, body }: Answer) => [
    status,
    ...body.errors.map((error: { pointer: string; code: string }) => `${error.pointer} ${error.code}`),
  ];
  expect(told(await council.api.post(pathOf(id), { ...idris, externalId: '1234567890A' }))).toEqual([
    422,
    '/externalId PUPIL_NUMBER_REFUSED',
  ]);
  expect(told(await council.api.post(pathOf(id), { ...idris, schoolId: randomUUID() }))).toEqual([422, '/schoolId UNKNOWN_REFERENCE']);
  expect(told(await council.api.post(pathOf(id), { ...idris, givenName: 'a\u0000' }))).toEqual([422, '/givenName FORBIDDEN_CHARACTERS']);
  expect((await council.api.post(pathOf(id), { ...idris, id: randomUUID() })).body).toMatchObject({ status: 400, code: 'UNKNOWN_FIELD' });
  const path = pathOf(id, learners[0].id);
  expect(told(await council.api.patch(path, 1, { schoolId: randomUUID() }))).toEqual([422, '/schoolId UNKNOWN_REFERENCE']);
  expect(told(await council.api.patch(path, 1, { level: null }))).toEqual([422, '/level REQUIRED']);
  expect((await read(id)).version).toBe(1);
});

test('a household has at most twenty learners, even when they come at once', async () => {
  const { id } = await aHousehold(council.api, { learners: Array(19).fill(idris) });
  const answers = await Promise.all(Array.from({ length: 5 }, () => council.api.post(pathOf(id), idris)));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 422, 422, 422, 422]);
  const { learners, version } = await read(id);
  expect([learners.length, version]).toEqual([20, 2]);
});

test('learners who are added at once are all there, each with a version of its own', async () => {
  for (let repeat = 0; repeat < 50; repeat++) {
    const { id } = await aHousehold(council.api);
    const answers = await Promise.all([1, 2, 3].map((n) => council.api.post(pathOf(id), { ...idris, givenName: `Idris ${n}` })));
    expect(answers.map(({ body }) => body.version as number).sort()).toEqual([2, 3, 4]);
    expect((await read(id)).learners).toHaveLength(4);
  }
}, 60_000);

test('who may', async () => {
  const { id, learners } = await aHousehold(council.api);
  const path = pathOf(id, learners[0].id);
  const calls: ((api: Api) => Promise<Answer>)[] = [
    (api) => api.post(pathOf(id), idris),
    (api) => api.patch(path, 1, {}),
    (api) => api.delete(path),
  ];
  const elsewhere = await aPerson(app, council.id, 'school_administrator', { schoolId: moulin });
  const keptOut: [number, Api][] = [
    [401, council.api.anonymous],
    [403, await aClient(app, council.id, ['households:read'])],
    [403, await aPerson(app, council.id, 'desk_agent', { siteId: (await aSite(council.api)).id as string })],
    [403, await aPerson(app, council.id, 'auditor')],
    [404, (await aCouncil(app)).api],
    [404, elsewhere],
  ];
  for (const call of calls) for (const [status, api] of keptOut) expect((await call(api)).status).toBe(status);
  expect((await council.api.post(pathOf(randomUUID()), idris)).status).toBe(404);
  const own = await aHousehold(council.api, { schoolId: moulin });
  expect((await elsewhere.post(pathOf(own.id), idris)).status).toBe(201);
});

test('other modules lock a household and learn what they decide upon', async () => {
  const { id, reference, learners } = await aHousehold(council.api, { schoolId: moulin });
  const households = app.nest.get(HouseholdsRepository);
  const locked = (schoolId: string | null) =>
    app.nest.get(Transactions).write(council.id, (tx) => households.lock(tx, { schoolId, siteId: null }, id));
  expect(await locked(null)).toEqual({
    id,
    reference,
    schoolId: moulin,
    learners: [{ id: learners[0].id, level: 'college', schoolId: null }],
    version: 1,
  });
  expect(await locked(moulin)).not.toBeNull();
  expect(await locked(randomUUID())).toBeNull();
});

test('nothing personal is logged', () => {
  expect(app.logged.filter((line) => /Nadia|Amal|Amâl|Idris|Bensa/i.test(line))).toEqual([]);
});
