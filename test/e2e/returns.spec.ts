import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { newId } from '../../src/shared/ids.js';
import { type Answer, type Api, expectStatus } from '../support/api.js';
import { START, startTestApp, type TestApp } from '../support/app.js';
import { aDevice, aDeviceModel, aHousehold, aLoan, aNewDevice, aSchool, aSite } from '../support/builders.js';
import { aClient, aCouncil, aPerson, type TestCouncil } from '../support/people.js';

let app: TestApp;
let council: TestCouncil;
let api: Api;
let site: Answer['body'];
beforeAll(async () => {
  app = await startTestApp();
});
beforeEach(async () => {
  app.clock.moveTo(START);
  council = await aCouncil(app);
  api = council.api;
  site = await aSite(api);
});
afterAll(() => app.close());

const codes = ({ body }: Answer) => (body.reasons ?? []).map(({ code }: { code: string }) => code);
const faults = ({ body }: Answer) =>
  (body.errors ?? []).map(({ pointer, code }: { pointer: string; code: string }) => `${pointer} ${code}`);
const giveBack = (loanId: string, items: object[], more: object = {}, as: Api = api) =>
  as.post(`/loans/${loanId}/returns`, { items: items.map((item) => ({ conditionIn: 'good', ...item })), siteId: site.id, ...more });
const byTag = (assetTag: string, more: object = {}, as: Api = api) =>
  as.post('/returns', { assetTag, conditionIn: 'good', siteId: site.id, ...more });
const deviceOf = async (id: string) => (await api.get(`/devices/${id}`)).body;
const report = (loan: Answer['body'], kind: string) =>
  api.post(`/loans/${loan.id}/incidents`, { itemId: loan.items[0].id, kind, reportedOn: '2026-11-02', description: 'Disparu' });

/** A laptop and a router on one loan. */
async function aLoanOfTwo() {
  const router = await aDevice(api, { siteId: site.id, modelId: (await aDeviceModel(api, { category: 'router' })).id });
  const laptop = await aDevice(api, { siteId: site.id });
  return aLoan(api, { siteId: site.id, items: [laptop, router].map(({ id: deviceId }) => ({ deviceId, conditionOut: 'new' })) });
}

describe('items of one loan', () => {
  test('come back one by one, and the last closes the loan', async () => {
    const loan = await aLoanOfTwo();
    const [laptop, router] = loan.items;
    const elsewhere = await aSite(api);
    app.clock.moveTo(new Date('2026-11-10T15:00:00Z'));
    const note = "L'écran est rayé";
    const first = await giveBack(loan.id, [{ itemId: laptop.id, conditionIn: 'worn', missingAccessories: ['chargeur', 'housse'], note }], {
      siteId: elsewhere.id,
    });
    expect(expectStatus(first, 200)).toMatchObject({
      state: 'open',
      version: 2,
      closedAt: null,
      items: [
        { state: 'returned', conditionIn: 'worn', returnedAt: '2026-11-10T15:00:00.000Z' },
        { state: 'on_loan', conditionIn: null, returnedAt: null },
      ],
    });
    expect(first.headers.get('etag')).toBe('"2"');
    expect(await deviceOf(laptop.deviceId)).toMatchObject({ status: 'inspection', condition: 'worn', siteId: elsewhere.id });
    const last = expectStatus(await giveBack(loan.id, [{ assetTag: router.assetTag }]), 200);
    expect(last).toMatchObject({ state: 'closed', version: 3, closedAt: '2026-11-10T15:00:00.000Z' });
    expect((await api.get(`/loans/${loan.id}/events`)).body.data).toMatchObject([
      { kind: 'handed_over' },
      { kind: 'item_returned', itemId: laptop.id, missingAccessories: ['chargeur', 'housse'], reason: note },
      { kind: 'item_returned', itemId: router.id, missingAccessories: null, reason: null },
      { kind: 'closed' },
    ]);
  });

  test('all at once', async () => {
    const loan = await aLoanOfTwo();
    expect(
      expectStatus(
        await giveBack(
          loan.id,
          loan.items.map((item: { id: string }) => ({ itemId: item.id })),
        ),
        200,
      ).state,
    ).toBe('closed');
  });

  test('not twice; and where one cannot come back, none does', async () => {
    const loan = await aLoanOfTwo();
    const [laptop, router] = loan.items;
    expectStatus(await giveBack(loan.id, [{ itemId: laptop.id }]), 200);
    const again = await giveBack(loan.id, [{ itemId: router.id }, { itemId: laptop.id }]);
    expect([again.status, codes(again), again.body.reasons[0].overridable]).toEqual([409, ['DEVICE_NOT_ON_LOAN'], false]);
    expect((await deviceOf(router.deviceId)).status).toBe('on_loan');
  });

  test('what is wrong is said with its place', async () => {
    const loan = await aLoanOfTwo();
    const [{ id, assetTag }] = loan.items;
    const other = (await aLoan(api)).items[0];
    expect(faults(await giveBack(loan.id, [{ itemId: other.id }, { assetTag: other.assetTag }], { siteId: newId() }))).toEqual([
      ...['/items/0/itemId UNKNOWN_REFERENCE', '/items/1/assetTag UNKNOWN_REFERENCE', '/siteId UNKNOWN_REFERENCE'],
    ]);
    const [unknown] = (await giveBack(loan.id, [{ assetTag: other.assetTag }])).body.errors;
    expect(unknown.message).toBe('names nothing that you can use; check the tag');
    expect(faults(await giveBack(loan.id, [{ itemId: id }, { assetTag }]))).toEqual(['/items/1/assetTag DUPLICATE']);
    expect(faults(await giveBack(loan.id, [{}, { itemId: id, assetTag }]))).toEqual([
      '/items/0/itemId REQUIRED',
      '/items/1/assetTag NOT_TAKEN',
    ]);
    expect(faults(await giveBack(loan.id, [{ itemId: id, conditionIn: 'fine' }]))).toEqual(['/items/0/conditionIn NOT_ONE_OF']);
    expect(faults(await giveBack(loan.id, []))).toEqual(['/items TOO_FEW']);
    expect(faults(await giveBack(loan.id, [{ itemId: id, note: 'a\u0000b' }]))).toEqual(['/items/0/note FORBIDDEN_CHARACTERS']);
    for (const accessory of ['a\u0000b', 'half a pair: \ud83d'])
      expect(faults(await giveBack(loan.id, [{ itemId: id, missingAccessories: ['chargeur', accessory] }]))).toEqual([
        '/items/0/missingAccessories FORBIDDEN_CHARACTERS',
      ]);
    expect((await giveBack(loan.id, [{ itemId: id, colour: 'red' }])).body).toMatchObject({ status: 400, code: 'UNKNOWN_FIELD' });
    expect((await giveBack('x', [{ itemId: id }])).body).toMatchObject({ status: 400, code: 'INVALID_ID' });
    expect((await giveBack(newId(), [{ itemId: id }])).status).toBe(404);
  });
});

describe('the desk’s form', () => {
  test('finds the loan by the tag', async () => {
    const loan = await aLoan(api);
    const [item] = loan.items;
    expect(expectStatus(await byTag(item.assetTag, { conditionIn: 'damaged' }), 200)).toMatchObject({
      id: loan.id,
      state: 'closed',
      items: [{ state: 'returned', conditionIn: 'damaged' }],
    });
    expect(await deviceOf(item.deviceId)).toMatchObject({ status: 'inspection', condition: 'damaged', siteId: site.id });
  });

  test('a device that is on no loan', async () => {
    const device = await aNewDevice(api);
    const refused = await byTag(device.assetTag);
    expect([refused.status, refused.body.code]).toEqual([409, 'DEVICE_NOT_ON_LOAN']);
    const { assetTag } = (await aLoan(api)).items[0];
    expectStatus(await byTag(assetTag), 200);
    expect(codes(await byTag(assetTag))).toEqual(['DEVICE_NOT_ON_LOAN']);
  });

  test('a device that was missing from the stock is recovered', async () => {
    const device = await aDevice(api);
    expectStatus(await api.post(`/devices/${device.id}/moves`, { move: 'mark_missing' }), 200);
    const recovered = expectStatus(await byTag(device.assetTag, { conditionIn: 'worn' }), 200);
    expect(recovered).toEqual({ deviceId: device.id, status: 'inspection', siteId: site.id });
    expect(await deviceOf(device.id)).toMatchObject({ status: 'inspection', condition: 'worn', siteId: site.id });
  });

  test.each(['lost', 'stolen'])('what was %s comes back: its item, its device, its incident', async (kind) => {
    const loan = await aLoan(api);
    const incident = expectStatus(await report(loan, kind), 201);
    expect((await api.get(`/loans/${loan.id}`)).body).toMatchObject({ state: 'closed', items: [{ state: kind }] });
    const returned = expectStatus(await byTag(loan.items[0].assetTag), 200);
    expect(returned).toMatchObject({ id: loan.id, state: 'closed', items: [{ state: 'returned' }] });
    expect((await deviceOf(loan.items[0].deviceId)).status).toBe('inspection');
    expect((await api.get(`/incidents/${incident.id}`)).body).toMatchObject({ state: 'closed', outcome: 'found', closureReason: null });
    const kinds = (await api.get(`/loans/${loan.id}/events`)).body.data.map((event: { kind: string }) => event.kind);
    expect(kinds).toEqual(['handed_over', 'incident_opened', `item_${kind}`, 'closed', 'item_returned', 'incident_closed']);
  });

  test('a claimed return ends with the return, a breakage does not', async () => {
    const loan = await aLoan(api);
    const claimed = expectStatus(await report(loan, 'claimed_returned'), 201);
    const broken = expectStatus(await report(loan, 'broken'), 201);
    expectStatus(await byTag(loan.items[0].assetTag), 200);
    expect((await api.get(`/incidents/${claimed.id}`)).body).toMatchObject({ state: 'closed', outcome: 'found' });
    expect((await api.get(`/incidents/${broken.id}`)).body).toMatchObject({ state: 'open', outcome: null });
  });

  test('what is wrong is said with its place', async () => {
    const theirs = (await aLoan((await aCouncil(app)).api)).items[0];
    const unknown = await byTag(theirs.assetTag + 'X', { siteId: newId() });
    expect([unknown.status, faults(unknown)]).toEqual([422, ['/assetTag UNKNOWN_REFERENCE', '/siteId UNKNOWN_REFERENCE']]);
    expect(faults(await api.post('/returns', {})).sort()).toEqual(['/assetTag REQUIRED', '/conditionIn REQUIRED', '/siteId REQUIRED']);
  });
});

describe('who may', () => {
  test('nobody, a client without the scope, an auditor: not', async () => {
    const loan = await aLoan(api);
    for (const path of [`/loans/${loan.id}/returns`, '/returns']) {
      expect((await api.anonymous.post(path, {})).status).toBe(401);
      expect((await (await aClient(app, council.id, ['loans:read'])).post(path, {})).status).toBe(403);
      expect((await (await aPerson(app, council.id, 'auditor')).post(path, {})).status).toBe(403);
    }
    expect((await giveBack(loan.id, [{ itemId: loan.items[0].id }], {}, (await aCouncil(app)).api)).status).toBe(404);
  });

  test('a desk takes back at its own site, from whichever loan', async () => {
    const agent = await aPerson(app, council.id, 'desk_agent', { siteId: site.id });
    const [own, other] = [await aLoan(api, { siteId: site.id }), await aLoan(api)];
    expectStatus(await giveBack(own.id, [{ itemId: own.items[0].id }], {}, agent), 200);
    expect((await giveBack(other.id, [{ itemId: other.items[0].id }], {}, agent)).status).toBe(404);
    expect(faults(await byTag(other.items[0].assetTag, { siteId: other.siteId }, agent))).toEqual(['/siteId UNKNOWN_REFERENCE']);
    expectStatus(await byTag(other.items[0].assetTag, {}, agent), 200);
  });

  test('an administrator takes back at the own school’s sites', async () => {
    const school = await aSchool(api);
    const administrator = await aPerson(app, council.id, 'school_administrator', { schoolId: school.id });
    const own = await aSite(api, { schoolId: school.id });
    const loan = await aLoan(api, { householdId: (await aHousehold(api, { schoolId: school.id })).id });
    const stranger = await aLoan(api);
    expect(faults(await giveBack(loan.id, [{ itemId: loan.items[0].id }], {}, administrator))).toEqual(['/siteId UNKNOWN_REFERENCE']);
    expect((await giveBack(stranger.id, [{ itemId: stranger.items[0].id }], { siteId: own.id }, administrator)).status).toBe(404);
    expectStatus(await giveBack(loan.id, [{ itemId: loan.items[0].id }], { siteId: own.id }, administrator), 200);
    expectStatus(await byTag(stranger.items[0].assetTag, { siteId: own.id }, administrator), 200);
  });
});
