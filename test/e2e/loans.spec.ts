import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { newId } from '../../src/shared/ids.js';
import { type Api, expectStatus } from '../support/api.js';
import { START, startTestApp, type TestApp } from '../support/app.js';
import { aDevice, aDeviceModel, aHousehold, aLoan, aSchool, aSite } from '../support/builders.js';
import { aClient, aCouncil, aPerson, type TestCouncil } from '../support/people.js';

let app: TestApp;
let council: TestCouncil;
let api: Api;
beforeAll(async () => {
  app = await startTestApp();
});
beforeEach(async () => {
  app.clock.moveTo(START);
  council = await aCouncil(app);
  api = council.api;
});
afterAll(() => app.close());

const idsOf = async (query: string, as: Api = api) => (await as.get(`/loans?${query}`)).body.data.map(({ id }: { id: string }) => id);

test('filters, alone and together', async () => {
  const late = await aLoan(api, { dueOn: '2026-11-03' });
  const closed = await aLoan(api, { dueOn: '2026-11-03' });
  expectStatus(await api.post('/returns', { assetTag: closed.items[0].assetTag, conditionIn: 'good', siteId: closed.siteId }), 200);
  const running = await aLoan(api);
  expect(await idsOf('')).toEqual([late.id, closed.id, running.id]);
  expect(await idsOf('state=open')).toEqual([late.id, running.id]);
  expect(await idsOf('state=closed')).toEqual([closed.id]);
  expect(await idsOf(`householdId=${closed.householdId}`)).toEqual([closed.id]);
  expect(await idsOf(`siteId=${running.siteId}`)).toEqual([running.id]);
  expect(await idsOf('dueBefore=2026-11-03')).toEqual([]);
  expect(await idsOf('dueBefore=2026-11-04&state=open')).toEqual([late.id]);
  expect(await idsOf(`householdId=${newId()}`)).toEqual([]);
  expect(await idsOf('overdue=true')).toEqual([]);
});

test('by class, level, school and class of a school, and by the days on which something came back', async () => {
  const school = await aSchool(api);
  const learner = { givenName: 'Amal', familyName: 'B.', level: 'lycee', schoolId: school.id, className: '2de 3' };
  const pupil = await aLoan(api, { householdId: (await aHousehold(api, { learners: [learner] })).id });
  // Of the household's school, for the learner has none of its own; and of another's, which goes before the household's.
  const brought = [
    { ...learner, schoolId: null, className: '4e B' },
    { ...learner, level: 'college', schoolId: (await aSchool(api)).id, className: '3e A' },
  ];
  const other = await aLoan(api, { householdId: (await aHousehold(api, { schoolId: school.id, learners: brought })).id });
  const site = await aSite(api);
  const model = await aDeviceModel(api, { category: 'router' });
  const items = [{ deviceId: (await aDevice(api, { siteId: site.id, modelId: model.id })).id, conditionOut: 'good' }];
  const router = await aLoan(api, { siteId: site.id, items });
  expect(await idsOf('class=connectivity')).toEqual([router.id]);
  expect(await idsOf('class=computer')).toEqual([pupil.id, other.id]);
  expect(await idsOf('class=accessory')).toEqual([]);
  expect(await idsOf('level=lycee')).toEqual([pupil.id, other.id]);
  expect(await idsOf('level=college&class=computer')).toEqual([other.id]);
  expect(await idsOf('level=staff')).toEqual([]);
  expect(await idsOf(`schoolId=${school.id}`)).toEqual([pupil.id, other.id]);
  expect(await idsOf(`schoolId=${school.id}&className=${encodeURIComponent('2de 3')}`)).toEqual([pupil.id]);
  expect(await idsOf(`schoolId=${school.id}&className=${encodeURIComponent('４E  b')}`)).toEqual([other.id]);
  expect(await idsOf(`schoolId=${school.id}&className=${encodeURIComponent('3e A')}`)).toEqual([]);
  expect(await idsOf(`schoolId=${school.id}&className=x`)).toEqual([]);
  expect((await api.get('/loans?className=x')).body).toMatchObject({ status: 422, errors: [{ pointer: '/schoolId', code: 'REQUIRED' }] });
  expect(await idsOf('returnedFrom=2026-11-01')).toEqual([]);
  // Half past eleven at night in Paris, on the third.
  app.clock.moveTo(new Date('2026-11-03T22:30:00Z'));
  expectStatus(await api.post('/returns', { assetTag: other.items[0].assetTag, conditionIn: 'good', siteId: other.siteId }), 200);
  expect(await idsOf('returnedFrom=2026-11-03&returnedTo=2026-11-03')).toEqual([other.id]);
  expect(await idsOf('returnedTo=2026-11-02')).toEqual([]);
  expect(await idsOf('returnedFrom=2026-11-04')).toEqual([]);
  expect(await idsOf('returnedTo=2026-11-03&class=connectivity')).toEqual([]);
});

test('a loan is overdue from the day after its grace, by the council’s clock, and no longer when it is back', async () => {
  const late = await aLoan(api, { dueOn: '2026-11-03' });
  const running = await aLoan(api);
  app.clock.moveTo(new Date('2026-11-06T22:59:59Z'));
  expect([await idsOf('overdue=true'), (await api.get(`/loans/${late.id}`)).body.overdue]).toEqual([[], false]);
  app.clock.moveTo(new Date('2026-11-06T23:00:00Z'));
  expect([await idsOf('overdue=true'), (await api.get(`/loans/${late.id}`)).body.overdue]).toEqual([[late.id], true]);
  expect(await idsOf('overdue=false')).toEqual([running.id]);
  expectStatus(await api.post('/returns', { assetTag: late.items[0].assetTag, conditionIn: 'good', siteId: late.siteId }), 200);
  expect(await idsOf('overdue=true')).toEqual([]);
  expect(await idsOf('overdue=false')).toEqual([late.id, running.id]);
});

test('pages go on where they ended, of loans and of their events', async () => {
  const made = [await aLoan(api), await aLoan(api), await aLoan(api)].map(({ id }) => id);
  const first = await api.get('/loans?limit=2');
  expect(first.headers.get('link')).toContain('rel="next"');
  made.push((await aLoan(api)).id);
  const second = await api.get(`/loans?limit=2&cursor=${first.body.nextCursor}`);
  expect([...first.body.data, ...second.body.data].map(({ id }) => id)).toEqual(made);
  expect(second.body.nextCursor).toBeNull();

  for (let renewal = 1; renewal <= 2; renewal++) expectStatus(await api.post(`/loans/${made[0]}/renewals`), 200);
  const events = await api.get(`/loans/${made[0]}/events?limit=2`);
  expect((await api.get(`/loans/${made[0]}/events?limit=2&cursor=${events.body.nextCursor}`)).body.data).toMatchObject([
    { kind: 'renewed' },
  ]);
});

test('what a list refuses', async () => {
  expect((await api.get('/loans?limit=0')).body).toMatchObject({ status: 400, code: 'INVALID_LIMIT' });
  expect((await api.get('/loans?cursor=forged.x')).body).toMatchObject({ status: 400, code: 'INVALID_CURSOR' });
  expect((await api.get('/loans?colour=red')).body).toMatchObject({ status: 400, code: 'UNKNOWN_PARAMETER' });
  expect((await api.get('/loans?householdId=x')).body).toMatchObject({ status: 400, code: 'INVALID_ID' });
  expect((await api.get('/loans?overdue=perhaps')).status).toBe(422);
  expect((await api.get('/loans?dueBefore=2026-02-30')).status).toBe(422);
  expect((await api.get('/loans?state=lost')).status).toBe(422);
  expect((await api.get('/loans/x')).body).toMatchObject({ status: 400, code: 'INVALID_ID' });
  expect((await api.get(`/loans/${newId()}`)).status).toBe(404);
  expect((await api.get(`/loans/${newId()}/events`)).status).toBe(404);
});

test('each sees the loans within reach, and what lies beyond is not there', async () => {
  const [school, otherSchool] = [await aSchool(api), await aSchool(api)];
  const ofLearner = {
    learners: [{ givenName: 'Amal', familyName: 'B.', level: 'college', schoolId: school.id }],
    schoolId: otherSchool.id,
  };
  const byHousehold = await aLoan(api, { householdId: (await aHousehold(api, { schoolId: school.id })).id });
  const byLearner = await aLoan(api, { householdId: (await aHousehold(api, ofLearner)).id });
  const stranger = await aLoan(api);
  const paths = [`/loans/${stranger.id}`, `/loans/${stranger.id}/events`];
  const administrator = await aPerson(app, council.id, 'school_administrator', { schoolId: school.id });
  expect(await idsOf('', administrator)).toEqual([byHousehold.id, byLearner.id]);
  expect((await administrator.get(`/loans/${byLearner.id}`)).status).toBe(200);
  const agent = await aPerson(app, council.id, 'desk_agent', { siteId: byLearner.siteId });
  expect(await idsOf('', agent)).toEqual([byLearner.id]);
  expect(await idsOf(`siteId=${stranger.siteId}`, agent)).toEqual([]);
  const otherCouncil = (await aCouncil(app)).api;
  expect(await idsOf(`householdId=${stranger.householdId}`, otherCouncil)).toEqual([]);
  for (const path of paths) {
    for (const outside of [administrator, agent, otherCouncil]) expect((await outside.get(path)).status).toBe(404);
    expect((await api.anonymous.get(path)).status).toBe(401);
    expect((await (await aClient(app, council.id, ['loans:write'])).get(path)).status).toBe(403);
    expect((await (await aPerson(app, council.id, 'auditor')).get(path)).status).toBe(200);
  }
  expect((await api.anonymous.get('/loans')).status).toBe(401);
  expect((await (await aClient(app, council.id, ['households:read'])).get('/loans')).status).toBe(403);
  const elsewhere = await aPerson(app, council.id, 'desk_agent', { siteId: (await aSite(api)).id });
  expect(await idsOf('', elsewhere)).toEqual([]);
});
