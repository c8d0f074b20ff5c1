import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { newId } from '../../src/shared/ids.js';
import { type Answer, type Api, expectStatus } from '../support/api.js';
import { START, startTestApp, type TestApp } from '../support/app.js';
import { aDevice, aDeviceModel, aFund, aHousehold, aLoan, anAgreement, aRequest, aSchool, aSite } from '../support/builders.js';
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
const report = (loan: Answer['body'], kind: string, more: object = {}, as: Api = api) =>
  as.post(`/loans/${loan.id}/incidents`, {
    itemId: loan.items[0].id,
    kind,
    reportedOn: '2026-11-02',
    description: "L'écran reste noir",
    ...more,
  });
const close = (incident: { id: string }, outcome: string, as: Api = api) =>
  as.post(`/incidents/${incident.id}/closure`, { outcome, reason: 'Vu à la vie scolaire' });
const exchange = (loan: Answer['body'], deviceId: string, more: object = {}, as: Api = api) =>
  as.post(`/loans/${loan.id}/exchanges`, {
    itemId: loan.items[0].id,
    deviceId,
    conditionIn: 'damaged',
    conditionOut: 'good',
    reason: 'Écran noir',
    ...more,
  });
const loanNow = async (loan: { id: string }) => (await api.get(`/loans/${loan.id}`)).body;
const statusOf = async (loan: Answer['body']) => (await api.get(`/devices/${loan.items[0].deviceId}`)).body.status;
const giveBack = (loan: Answer['body']) =>
  api.post('/returns', { assetTag: loan.items[0].assetTag, conditionIn: 'good', siteId: loan.siteId });
const inspected = async (loan: Answer['body']) =>
  expectStatus(
    await api.post(`/devices/${loan.items[0].deviceId}/moves`, { move: 'pass_inspection', condition: 'good', dataWiped: true }),
    200,
  );

describe('reporting', () => {
  test.each(['lost', 'stolen'])('%s: the item and the device at once, and the loan of nothing else closes', async (kind) => {
    const loan = await aLoan(api);
    const answer = await report(loan, kind, { policeReportReference: '2026/04512' });
    const incident = expectStatus(answer, 201);
    expect([answer.headers.get('etag'), answer.headers.get('location')]).toEqual(['"1"', `/api/v1/incidents/${incident.id}`]);
    expect(incident).toMatchObject({
      loanId: loan.id,
      itemId: loan.items[0].id,
      kind,
      reportedOn: '2026-11-02',
      description: "L'écran reste noir",
      state: 'open',
      policeReportReference: '2026/04512',
      outcome: null,
      closedAt: null,
      closureReason: null,
      version: 1,
    });
    expect((await api.get(`/incidents/${incident.id}`)).body).toEqual(incident);
    expect(await loanNow(loan)).toMatchObject({ state: 'closed', items: [{ state: kind }] });
    expect(await statusOf(loan)).toBe(kind);
  });

  test.each(['broken', 'claimed_returned'])('%s: the family keeps the item until somebody has looked', async (kind) => {
    const loan = await aLoan(api);
    expectStatus(await report(loan, kind), 201);
    expect(await loanNow(loan)).toMatchObject({ state: 'open', items: [{ state: 'on_loan' }] });
    expect(await statusOf(loan)).toBe('on_loan');
    expect((await api.get(`/loans/${loan.id}/events`)).body.data).toMatchObject([{ kind: 'handed_over' }, { kind: 'incident_opened' }]);
  });

  test('ITEM_NOT_ON_LOAN and INCIDENT_ALREADY_OPEN', async () => {
    const loan = await aLoan(api);
    expectStatus(await report(loan, 'broken'), 201);
    expect(codes(await report(loan, 'broken'))).toEqual(['INCIDENT_ALREADY_OPEN']);
    expectStatus(await report(loan, 'lost'), 201);
    expect(codes(await report(loan, 'lost'))).toEqual(['ITEM_NOT_ON_LOAN', 'INCIDENT_ALREADY_OPEN']);
    expect(codes(await report(loan, 'stolen'))).toEqual(['ITEM_NOT_ON_LOAN']);
  });

  test('what is wrong is said with its place', async () => {
    const loan = await aLoan(api);
    expect(faults(await report(loan, 'lost', { reportedOn: '2026-11-03', itemId: (await aLoan(api)).items[0].id }))).toEqual([
      ...['/reportedOn DAY_TO_COME', '/itemId UNKNOWN_REFERENCE'],
    ]);
    expect(faults(await report(loan, 'sold', { description: 'a\u0000b' }))).toEqual([
      '/kind NOT_ONE_OF',
      '/description FORBIDDEN_CHARACTERS',
    ]);
    expect((await report({ ...loan, id: newId() }, 'lost')).status).toBe(404);
  });
});

describe('closing', () => {
  test('found: what was lost is recovered, what was claimed to be back is taken back', async () => {
    for (const kind of ['lost', 'claimed_returned']) {
      const loan = await aLoan(api);
      const incident = expectStatus(await report(loan, kind), 201);
      expect(expectStatus(await close(incident, 'found'), 200)).toMatchObject({
        state: 'closed',
        outcome: 'found',
        closureReason: 'Vu à la vie scolaire',
        version: 2,
      });
      expect(await loanNow(loan)).toMatchObject({ state: 'closed', items: [{ state: 'returned' }] });
      expect(await statusOf(loan)).toBe('inspection');
    }
  });

  test('not_found: the item stays with the family', async () => {
    const loan = await aLoan(api);
    const incident = expectStatus(await report(loan, 'claimed_returned'), 201);
    expectStatus(await close(incident, 'not_found'), 200);
    expect(await loanNow(loan)).toMatchObject({ state: 'open', items: [{ state: 'on_loan' }] });
    expectStatus(await report(loan, 'claimed_returned'), 201);
  });

  test('repaired: nothing moves', async () => {
    const loan = await aLoan(api);
    expectStatus(await close(expectStatus(await report(loan, 'broken'), 201), 'repaired'), 200);
    expect(await loanNow(loan)).toMatchObject({ state: 'open', items: [{ state: 'on_loan' }] });
  });

  test('written_off: the item is settled and the device retired, on loan, lost or back already', async () => {
    for (const kind of ['broken', 'stolen']) {
      const loan = await aLoan(api);
      expectStatus(await close(expectStatus(await report(loan, kind), 201), 'written_off'), 200);
      expect(await loanNow(loan)).toMatchObject({ state: 'closed', items: [{ state: 'written_off' }] });
      expect(await statusOf(loan)).toBe('retired');
      expect(codes(await giveBack(loan))).toEqual(['DEVICE_NOT_ON_LOAN']);
    }
    const loan = await aLoan(api);
    const incident = expectStatus(await report(loan, 'broken'), 201);
    expectStatus(await giveBack(loan), 200);
    expectStatus(await close(incident, 'written_off'), 200);
    expect(await loanNow(loan)).toMatchObject({ items: [{ state: 'returned' }] });
    expect(await statusOf(loan)).toBe('retired');
  });

  test('a device that the inventory has retired meanwhile is left where it is', async () => {
    const loan = await aLoan(api);
    const incident = expectStatus(await report(loan, 'lost'), 201);
    expectStatus(await api.post(`/devices/${loan.items[0].deviceId}/moves`, { move: 'retire', reason: 'Inventaire' }), 200);
    expectStatus(await close(incident, 'written_off'), 200);
    expect(await loanNow(loan)).toMatchObject({ items: [{ state: 'written_off' }] });
  });

  test('INCIDENT_CLOSED, OUTCOME_DOES_NOT_FIT and DEVICE_IN_USE_AGAIN', async () => {
    const loan = await aLoan(api);
    const incident = expectStatus(await report(loan, 'broken'), 201);
    expect(codes(await close(incident, 'found'))).toEqual(['OUTCOME_DOES_NOT_FIT']);
    expectStatus(await giveBack(loan), 200);
    await inspected(loan);
    const again = { siteId: loan.siteId, items: [{ deviceId: loan.items[0].deviceId, conditionOut: 'good' }] };
    await aLoan(api, again);
    expect(codes(await close(incident, 'written_off'))).toEqual(['DEVICE_IN_USE_AGAIN']);
    expectStatus(await close(incident, 'repaired'), 200);
    expect(codes(await close(incident, 'repaired'))).toEqual(['INCIDENT_CLOSED']);
    expect(faults(await api.post(`/incidents/${incident.id}/closure`, {}))).toEqual(['/outcome REQUIRED', '/reason REQUIRED']);
    expect((await close({ id: newId() }, 'repaired')).status).toBe(404);
  });
});

describe('exchanging', () => {
  test('the broken one comes back, the other leaves on the same loan, for no line', async () => {
    const loan = await aLoan(api);
    const other = await aDevice(api, { siteId: loan.siteId });
    const exchanged = expectStatus(await exchange(loan, other.id), 200);
    expect(exchanged).toMatchObject({
      state: 'open',
      version: 2,
      dueOn: loan.dueOn,
      items: [
        { id: loan.items[0].id, state: 'returned', conditionIn: 'damaged' },
        { deviceId: other.id, state: 'on_loan', conditionOut: 'good', requestLineId: null },
      ],
    });
    expect([await statusOf(loan), (await api.get(`/devices/${other.id}`)).body.status]).toEqual(['inspection', 'on_loan']);
    expect((await api.get(`/loans/${loan.id}/events`)).body.data).toMatchObject([
      { kind: 'handed_over' },
      { kind: 'item_returned', itemId: loan.items[0].id, reason: 'Écran noir' },
      { kind: 'item_added', itemId: exchanged.items[1].id, reason: 'Écran noir' },
    ]);
    expect(
      expectStatus(await api.post('/returns', { assetTag: other.assetTag, conditionIn: 'good', siteId: loan.siteId }), 200).state,
    ).toBe('closed');
  });

  test('ITEM_NOT_ON_LOAN, DEVICE_NOT_AVAILABLE and DEVICE_AT_ANOTHER_SITE', async () => {
    const loan = await aLoan(api);
    const elsewhere = await aLoan(api);
    expectStatus(await giveBack(loan), 200);
    expect(codes(await exchange(loan, elsewhere.items[0].deviceId))).toEqual([
      'ITEM_NOT_ON_LOAN',
      'DEVICE_NOT_AVAILABLE',
      'DEVICE_AT_ANOTHER_SITE',
    ]);
  });

  test('FUND_NOT_ELIGIBLE: what a fund pays for goes to its pupils, be it in exchange', async () => {
    const learners = ['college', 'lycee'].map((level) => ({ givenName: 'Amal', familyName: 'B.', level }));
    const family = await aHousehold(api, { learners });
    const site = await aSite(api);
    await aRequest(api, family.id);
    const device = await aDevice(api, { siteId: site.id });
    const loan = await aLoan(api, { householdId: family.id, siteId: site.id, items: [{ deviceId: device.id, conditionOut: 'good' }] });
    const ofFund = async (values: Record<string, unknown>) =>
      (await aDevice(api, { siteId: site.id, fundId: (await aFund(api, values)).id })).id as string;
    // The line was for the first learner, of collège.
    const refused = await exchange(loan, await ofFund({ eligibleLevels: ['lycee'] }));
    expect([refused.status, refused.body.reasons]).toMatchObject([409, [{ code: 'FUND_NOT_ELIGIBLE', overridable: false }]]);
    expect(codes(await exchange(loan, await ofFund({ endsOn: '2026-11-01' })))).toEqual(['FUND_NOT_ELIGIBLE']);
    expectStatus(await exchange(loan, await ofFund({ eligibleLevels: ['college'], endsOn: '2026-11-02' })), 200);
  });

  test('what is wrong is said with its place', async () => {
    const loan = await aLoan(api);
    const router = await aDevice(api, { siteId: loan.siteId, modelId: (await aDeviceModel(api, { category: 'router' })).id });
    expect(faults(await exchange(loan, router.id))).toEqual(['/deviceId WRONG_CLASS']);
    expect(faults(await exchange(loan, newId(), { itemId: newId() }))).toEqual([
      '/itemId UNKNOWN_REFERENCE',
      '/deviceId UNKNOWN_REFERENCE',
    ]);
    expect(faults(await api.post(`/loans/${loan.id}/exchanges`, {}))).toHaveLength(5);
    expect((await exchange({ ...loan, id: newId() }, router.id)).status).toBe(404);
  });

  test('an administrator exchanges at the own school’s sites', async () => {
    const school = await aSchool(api);
    const { id: householdId } = await aHousehold(api, { schoolId: school.id });
    const administrator = await aPerson(app, council.id, 'school_administrator', { schoolId: school.id });
    const own = await aLoan(api, { householdId, siteId: (await aSite(api, { schoolId: school.id })).id });
    const { id } = await aDevice(api, { siteId: own.siteId });
    expectStatus(await exchange(own, id, {}, administrator), 200);
    const elsewhere = await aLoan(api, { householdId: (await aHousehold(api, { schoolId: school.id })).id });
    const there = await aDevice(api, { siteId: elsewhere.siteId });
    expect(faults(await exchange(elsewhere, there.id, {}, administrator))).toEqual(['/deviceId UNKNOWN_REFERENCE']);
  });

  test('takes no turn in the queue, and no more than the limit', async () => {
    const loan = await aLoan(api);
    const other = await aDevice(api, { siteId: loan.siteId });
    expectStatus(await exchange(loan, other.id), 200);
    const third = await aDevice(api, { siteId: loan.siteId });
    const more = {
      householdId: loan.householdId,
      siteId: loan.siteId,
      agreement: anAgreement,
      items: [{ deviceId: third.id, conditionOut: 'good' }],
    };
    expect(codes(await api.post('/loans', more))).toEqual(['HOUSEHOLD_LIMIT_REACHED']);
  });
});

describe('the reference of the police report', () => {
  const path = ({ id }: { id: string }) => `/incidents/${id}`;

  test('may follow later, be corrected, and taken back; the trail tells of it without the words', async () => {
    const incident = expectStatus(await report(await aLoan(api), 'stolen'), 201);
    expect(incident.policeReportReference).toBeNull();
    const answer = await api.patch(path(incident), 1, { policeReportReference: 'PV 2026/04512' });
    expect([answer.status, answer.headers.get('etag')]).toEqual([200, '"2"']);
    expect(answer.body).toMatchObject({ ...incident, policeReportReference: 'PV 2026/04512', version: 2, updatedAt: expect.any(String) });
    expect((await api.get(path(incident))).body).toEqual(answer.body);
    expect(expectStatus(await api.patch(path(incident), 2, { policeReportReference: null }), 200).policeReportReference).toBeNull();
    const trail = (await api.get(`/audit-events?subject=${incident.id}`)).body.data;
    expect(trail.map(({ action, fields }: { action: string; fields: string[] }) => [action, fields])).toEqual([
      ['incident.changed', ['policeReportReference']],
      ['incident.changed', ['policeReportReference']],
      ['incident.opened', ['kind']],
    ]);
    expect(JSON.stringify(trail)).not.toContain('04512');
  });

  test('may follow a closure, which stays', async () => {
    const incident = expectStatus(await report(await aLoan(api), 'stolen'), 201);
    const closed = expectStatus(await close(incident, 'written_off'), 200);
    expect(expectStatus(await api.patch(path(incident), closed.version, { policeReportReference: '7' }), 200)).toMatchObject({
      state: 'closed',
      outcome: 'written_off',
      closureReason: closed.closureReason,
      policeReportReference: '7',
    });
  });

  test('needs the version that was read; of two at once one wins, every time', async () => {
    const incident = expectStatus(await report(await aLoan(api), 'stolen'), 201);
    expect((await api.send('PATCH', path(incident), { policeReportReference: '7' })).body.code).toBe('IF_MATCH_REQUIRED');
    expect((await api.patch(path(incident), 9, { policeReportReference: '7' })).status).toBe(412);
    expect(faults(await api.patch(path(incident), 1, { policeReportReference: 'x'.repeat(101) }))).toEqual([
      '/policeReportReference TOO_LONG',
    ]);
    expect((await api.patch(path(incident), 1, { kind: 'lost' })).body.code).toBe('UNKNOWN_FIELD');
    for (let version = 1; version <= 50; version++) {
      const answers = await Promise.all(
        ['a', 'b'].map((policeReportReference) => api.patch(path(incident), version, { policeReportReference })),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
    }
  });

  test('comes to a closure at the same moment, and neither is lost, every time', async () => {
    for (let turn = 0; turn < 50; turn++) {
      const incident = expectStatus(await report(await aLoan(api), 'stolen'), 201);
      const [amended, closed] = await Promise.all([
        api.patch(path(incident), 1, { policeReportReference: '7' }),
        close(incident, 'written_off'),
      ]);
      expect(closed.status).toBe(200);
      expect([200, 412]).toContain(amended.status);
      expect((await api.get(path(incident))).body).toMatchObject({
        state: 'closed',
        outcome: 'written_off',
        policeReportReference: amended.status === 200 ? '7' : null,
      });
    }
  });
});

describe('who may', () => {
  test('by role, scope and reach', async () => {
    const school = await aSchool(api);
    const siteId = (await aSite(api, { schoolId: school.id })).id;
    const loan = await aLoan(api, { siteId, householdId: (await aHousehold(api, { schoolId: school.id })).id });
    const other = await aDevice(api, { siteId });
    const incident = expectStatus(await report(loan, 'broken'), 201);
    const statuses = async (as: Api) =>
      (
        await Promise.all([
          as.get(`/incidents/${incident.id}`),
          as.get('/incidents'),
          report(loan, 'claimed_returned', { reportedOn: '2027-01-01' }, as),
          exchange(loan, other.id, { itemId: newId() }, as),
          as.patch(`/incidents/${incident.id}`, 9, { policeReportReference: '7' }),
          close(incident, 'not_found', as),
        ])
      ).map(({ status }) => status);
    expect(await statuses(api.anonymous)).toEqual([401, 401, 401, 401, 401, 401]);
    expect(await statuses(await aClient(app, council.id, ['inventory:read']))).toEqual([403, 403, 403, 403, 403, 403]);
    expect(await statuses(await aClient(app, council.id, ['loans:read']))).toEqual([200, 200, 403, 403, 403, 403]);
    expect(await statuses(await aPerson(app, council.id, 'auditor'))).toEqual([200, 200, 403, 403, 403, 403]);
    expect(await statuses(await aPerson(app, council.id, 'council_manager'))).toEqual([200, 200, 422, 422, 412, 409]);
    expect(await statuses(await aPerson(app, council.id, 'desk_agent', { siteId: loan.siteId }))).toEqual([200, 200, 422, 422, 412, 403]);
    expect(await statuses(await aPerson(app, council.id, 'school_administrator', { schoolId: school.id }))).toEqual([
      200, 200, 422, 422, 412, 409,
    ]);
    const strangers = [
      await aPerson(app, council.id, 'school_administrator', { schoolId: (await aSchool(api)).id }),
      (await aCouncil(app)).api,
    ];
    for (const stranger of strangers) {
      expect(await statuses(stranger)).toEqual([404, 200, 404, 404, 404, 404]);
      expect((await stranger.get('/incidents')).body.data).toEqual([]);
    }
    const agent = await aPerson(app, council.id, 'desk_agent', { siteId: (await aSite(api)).id });
    expect(await statuses(agent)).toEqual([404, 200, 404, 404, 404, 403]);
    expect((await agent.get('/incidents')).body.data).toEqual([]);
  });
});

test('the list: filters, pages, and what it refuses', async () => {
  const loan = await aLoan(api);
  const made = [];
  for (const kind of ['broken', 'claimed_returned', 'lost']) made.push(expectStatus(await report(loan, kind), 201));
  const [broken, claimed, lost] = made;
  expectStatus(await close(broken, 'repaired'), 200);
  const idsOf = async (query: string) => (await api.get(`/incidents?${query}`)).body.data.map(({ id }: { id: string }) => id);
  expect(await idsOf('')).toEqual([broken.id, claimed.id, lost.id]);
  expect(await idsOf('state=open')).toEqual([claimed.id, lost.id]);
  expect(await idsOf('kind=lost')).toEqual([lost.id]);
  expect(await idsOf(`loanId=${loan.id}&state=closed`)).toEqual([broken.id]);
  expect(await idsOf(`loanId=${newId()}`)).toEqual([]);
  const first = await api.get('/incidents?limit=2');
  expect((await api.get(`/incidents?limit=2&cursor=${first.body.nextCursor}`)).body).toMatchObject({
    data: [{ id: lost.id }],
    nextCursor: null,
  });
  expect((await api.get('/incidents?limit=0')).body.code).toBe('INVALID_LIMIT');
  expect((await api.get('/incidents?cursor=forged.x')).body.code).toBe('INVALID_CURSOR');
  expect((await api.get('/incidents?colour=red')).body.code).toBe('UNKNOWN_PARAMETER');
  expect((await api.get('/incidents?state=maybe')).status).toBe(422);
});
