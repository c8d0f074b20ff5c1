import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { newId } from '../../src/shared/ids.js';
import { type Answer, type Api, expectStatus } from '../support/api.js';
import { START, startTestApp, type TestApp } from '../support/app.js';
import { aDevice, aDeviceModel, aHousehold, aLoan, aRequest, aSchool, aSite } from '../support/builders.js';
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

const codes = ({ body }: Answer) => (body.reasons ?? []).map(({ code }: { code: string }) => code);
const faults = ({ body }: Answer) =>
  (body.errors ?? []).map(({ pointer, code }: { pointer: string; code: string }) => `${pointer} ${code}`);
const renew = (loan: { id: string }, body: object = {}, as: Api = api) => as.post(`/loans/${loan.id}/renewals`, body);
const recall = (loan: { id: string }, dueOn: string, as: Api = api) =>
  as.post(`/loans/${loan.id}/recall`, { dueOn, reason: 'Rappel du fabricant' });
const changeDueDate = (loan: { id: string; version: number }, dueOn: string, as: Api = api) =>
  as.put(`/loans/${loan.id}/due-date`, loan.version, { dueOn, reason: 'Stage prolongé' });
const giveBack = (loan: Answer['body']) =>
  api.post('/returns', { assetTag: loan.items[0].assetTag, conditionIn: 'good', siteId: loan.siteId });
const policy = (...rules: object[]) => api.put('/loan-policies', null, { rules });
const eventsOf = async (loan: { id: string }) => (await api.get(`/loans/${loan.id}/events`)).body.data;

describe('renewing', () => {
  test('counts from the old due day, off closed days', async () => {
    const loan = await aLoan(api, { dueOn: '2026-12-01' });
    const renewed = await renew(loan);
    expect(expectStatus(renewed, 200)).toMatchObject({ dueOn: '2027-02-01', renewals: 1, version: 2, graceDays: 3 });
    expect(renewed.headers.get('etag')).toBe('"2"');
    expect(expectStatus(await renew(loan), 200)).toMatchObject({ dueOn: '2027-04-02', renewals: 2 });
    expect(await eventsOf(loan)).toMatchObject([
      { kind: 'handed_over' },
      { kind: 'renewed', dueOn: '2027-02-01' },
      { kind: 'renewed', dueOn: '2027-04-02' },
    ]);
  });

  test('to a day that a person types, with a reason', async () => {
    const loan = await aLoan(api, { dueOn: '2026-12-01' });
    const reason = "Jusqu'à la fin du stage";
    expect(expectStatus(await renew(loan, { dueOn: '2026-12-06', reason }), 200)).toMatchObject({ dueOn: '2026-12-06', renewals: 1 });
    expect((await eventsOf(loan)).at(-1)).toMatchObject({ kind: 'renewed', dueOn: '2026-12-06', reason });
    expect(faults(await renew(loan, { dueOn: '2027-01-04' }))).toEqual(['/reason REQUIRED']);
    expect(faults(await renew(loan, { reason }))).toEqual(['/reason NOT_TAKEN']);
    expect(faults(await renew(loan, { dueOn: '2026-12-06', reason }))).toEqual(['/dueOn NOT_LATER']);
    app.clock.moveTo(new Date('2026-12-08T08:00:00Z'));
    expect(faults(await renew(loan, { dueOn: '2026-12-07', reason }))).toEqual(['/dueOn DAY_PASSED']);
  });

  test.each([
    ['at full length', {}, '2027-02-01'],
    ['shortened', { renewWhenWaited: 'shorten', shortenedDays: 2 }, '2027-01-18'],
    ['to the open day before', { renewalDays: 2, closedDay: 'day_before' }, '2027-01-18'],
  ])('never ends in the past, %s', async (_, values, dueOn) => {
    await policy({ renewalDays: 15, ...values });
    const loan = await aLoan(api, { dueOn: '2026-12-01' });
    await aRequest(api, (await aHousehold(api)).id, { pickupSiteId: loan.siteId });
    // A Friday: in two days it is Sunday.
    app.clock.moveTo(new Date('2027-01-15T08:00:00Z'));
    const renewed = await renew(loan, { override: { reason: 'La famille était absente' } });
    expect(expectStatus(renewed, 200)).toMatchObject({ dueOn, renewals: 1 });
  });

  test('under several policies: the reasons of each, the earliest day', async () => {
    await policy({ category: 'laptop', renewalDays: 30 }, { category: 'router', renewals: 1, renewalDays: 10 });
    const site = await aSite(api);
    const router = await aDevice(api, { siteId: site.id, modelId: (await aDeviceModel(api, { category: 'router' })).id });
    const laptop = await aDevice(api, { siteId: site.id });
    const items = [laptop, router].map(({ id: deviceId }) => ({ deviceId, conditionOut: 'good' }));
    const loan = await aLoan(api, { siteId: site.id, items, dueOn: '2026-12-01' });
    expect(expectStatus(await renew(loan), 200)).toMatchObject({ dueOn: '2026-12-11' });
    expect(codes(await renew(loan))).toEqual(['RENEWAL_LIMIT_REACHED']);
    expectStatus(await api.post('/returns', { assetTag: router.assetTag, conditionIn: 'good', siteId: site.id }), 200);
    expect(expectStatus(await renew(loan), 200)).toMatchObject({ dueOn: '2027-01-11' });
  });

  test('LOAN_CLOSED is never overridden', async () => {
    const loan = await aLoan(api);
    expectStatus(await giveBack(loan), 200);
    const refused = await renew(loan, { override: { reason: 'Quand même' } });
    expect([refused.status, refused.body.code, refused.body.reasons]).toMatchObject([
      409,
      'LOAN_CLOSED',
      [{ code: 'LOAN_CLOSED', overridable: false }],
    ]);
    expect(refused.body.detail).toContain('No override counts against LOAN_CLOSED.');
  });

  test('LOAN_RECALLED, LOAN_OVERDUE, RENEWAL_LIMIT_REACHED and WAITED_FOR_BY_OTHERS, all at once', async () => {
    const loan = await aLoan(api, { dueOn: '2026-12-01' });
    expectStatus(await renew(loan), 200);
    expectStatus(await renew(loan), 200);
    expect(codes(await renew(loan))).toEqual(['RENEWAL_LIMIT_REACHED']);
    expectStatus(await recall(loan, '2026-12-01'), 200);
    expect(codes(await renew(loan))).toEqual(['LOAN_RECALLED', 'RENEWAL_LIMIT_REACHED']);
    await aRequest(api, (await aHousehold(api)).id);
    app.clock.moveTo(new Date('2026-12-05T08:00:00Z'));
    expect(codes(await renew(loan))).toEqual(['LOAN_RECALLED', 'LOAN_OVERDUE', 'RENEWAL_LIMIT_REACHED', 'WAITED_FOR_BY_OTHERS']);
  });

  test('WAITED_FOR_BY_OTHERS only where one of the devices could serve the line, and not for the family’s own', async () => {
    const household = await aHousehold(api);
    const loan = await aLoan(api, { householdId: household.id });
    await aRequest(api, household.id);
    await aRequest(api, (await aHousehold(api)).id, { pickupSiteId: (await aSite(api)).id });
    expectStatus(await renew(loan), 200);
    await aRequest(api, (await aHousehold(api)).id);
    expect(codes(await renew(loan))).toEqual(['WAITED_FOR_BY_OTHERS']);
  });

  test('nobody waits for whom nothing can be promised now', async () => {
    const loan = await aLoan(api);
    const other = await aHousehold(api);
    const theirs = await aLoan(api, { householdId: other.id });
    await aRequest(api, other.id);
    // It has as much as it may.
    expectStatus(await renew(loan), 200);
    expectStatus(await giveBack(theirs), 200);
    expect(codes(await renew(loan))).toEqual(['WAITED_FOR_BY_OTHERS']);
  });

  test('a policy may shorten it instead, or allow it', async () => {
    await policy({ renewWhenWaited: 'shorten', shortenedDays: 14 }, { category: 'desktop', renewWhenWaited: 'allow' });
    const loan = await aLoan(api, { dueOn: '2026-12-01' });
    await aRequest(api, (await aHousehold(api)).id);
    expect(expectStatus(await renew(loan), 200).dueOn).toBe('2026-12-15');
  });

  test('overriding takes the right, and is told in the history', async () => {
    const school = await aSchool(api);
    const loan = await aLoan(api, { householdId: (await aHousehold(api, { schoolId: school.id })).id });
    expectStatus(await recall(loan, '2026-12-01'), 200);
    const override = { reason: 'Examen en décembre' };
    const refused = await renew(loan, { override }, await aClient(app, council.id, ['loans:write']));
    expect([codes(refused), refused.body.detail]).toEqual([['LOAN_RECALLED'], expect.stringContaining('You may not override this')]);
    const administrator = await aPerson(app, council.id, 'school_administrator', { schoolId: school.id });
    expectStatus(await renew(loan, { override }, administrator), 200);
    expect((await eventsOf(loan)).at(-1)).toMatchObject({ kind: 'overridden', codes: ['LOAN_RECALLED'], reason: override.reason });
  });
});

describe('another due day', () => {
  test('by a person, kept as it is, under the version', async () => {
    const loan = await aLoan(api);
    const changed = await changeDueDate(loan, '2026-12-06');
    expect(expectStatus(changed, 200)).toMatchObject({ dueOn: '2026-12-06', renewals: 0, recalledOn: null, version: 2 });
    expect(changed.headers.get('etag')).toBe('"2"');
    expect((await eventsOf(loan)).at(-1)).toMatchObject({ kind: 'due_date_changed', dueOn: '2026-12-06', reason: 'Stage prolongé' });
    expect((await changeDueDate(loan, '2026-12-07')).body).toMatchObject({ status: 412, code: 'VERSION_MISMATCH' });
    const without = await api.send('PUT', `/loans/${loan.id}/due-date`, { dueOn: '2026-12-07', reason: 'x' });
    expect(without.body).toMatchObject({ status: 428, code: 'IF_MATCH_REQUIRED' });
    expect((await api.put(`/loans/${loan.id}/due-date`, null, { dueOn: '2026-12-07', reason: 'x' })).status).toBe(412);
  });

  test('not in the past, not without a reason, not of a closed loan', async () => {
    const loan = await aLoan(api);
    expect(faults(await changeDueDate(loan, '2026-11-01'))).toEqual(['/dueOn DAY_PASSED']);
    expect(faults(await api.put(`/loans/${loan.id}/due-date`, 1, {}))).toEqual(['/dueOn REQUIRED', '/reason REQUIRED']);
    const closed = expectStatus(await giveBack(loan), 200);
    expect(codes(await changeDueDate(closed, '2026-12-07'))).toEqual(['LOAN_CLOSED']);
  });
});

describe('a recall', () => {
  test('gives an earlier day and says when it was asked', async () => {
    const loan = await aLoan(api);
    expect(expectStatus(await recall(loan, '2026-11-09'), 200)).toMatchObject({
      dueOn: '2026-11-09',
      recalledOn: '2026-11-02',
      version: 2,
    });
    expect((await eventsOf(loan)).at(-1)).toMatchObject({ kind: 'recalled', dueOn: '2026-11-09', reason: 'Rappel du fabricant' });
  });

  test('from today to the due day, unless that has passed; only of an open loan', async () => {
    const loan = await aLoan(api, { dueOn: '2026-12-01' });
    expect(faults(await recall(loan, '2026-11-01'))).toEqual(['/dueOn DAY_PASSED']);
    expect(faults(await recall(loan, '2026-12-02'))).toEqual(['/dueOn NOT_EARLIER']);
    expect(faults(await api.post(`/loans/${loan.id}/recall`, {}))).toEqual(['/dueOn REQUIRED', '/reason REQUIRED']);
    app.clock.moveTo(new Date('2026-12-10T08:00:00Z'));
    expectStatus(await recall(loan, '2026-12-14'), 200);
    expectStatus(await giveBack(loan), 200);
    expect(codes(await recall(loan, '2026-12-14'))).toEqual(['LOAN_CLOSED']);
  });
});

test('managers and administrators of the family’s school, nobody else', async () => {
  const school = await aSchool(api);
  const loan = await aLoan(api, { householdId: (await aHousehold(api, { schoolId: school.id })).id });
  const every = (as: Api) => [renew(loan, {}, as), recall(loan, '2026-11-09', as), changeDueDate(loan, '2026-12-07', as)];
  const statuses = async (as: Api) => (await Promise.all(every(as))).map(({ status }) => status);
  expect(await statuses(api.anonymous)).toEqual([401, 401, 401]);
  expect(await statuses(await aClient(app, council.id, ['loans:read']))).toEqual([403, 403, 403]);
  expect(await statuses(await aPerson(app, council.id, 'desk_agent', { siteId: loan.siteId }))).toEqual([403, 403, 403]);
  expect(await statuses(await aPerson(app, council.id, 'auditor'))).toEqual([403, 403, 403]);
  expect(await statuses(await aPerson(app, council.id, 'school_administrator', { schoolId: (await aSchool(api)).id }))).toEqual([
    404, 404, 404,
  ]);
  expect(await statuses((await aCouncil(app)).api)).toEqual([404, 404, 404]);
  expect((await renew({ id: newId() })).status).toBe(404);
  expectStatus(await renew(loan, {}, await aPerson(app, council.id, 'school_administrator', { schoolId: school.id })), 200);
  expectStatus(await renew(loan, {}, await aPerson(app, council.id, 'council_manager')), 200);
});
