import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { newId } from '../../src/shared/ids.js';
import { type Answer, type Api, expectStatus } from '../support/api.js';
import { START, startTestApp, type TestApp } from '../support/app.js';
import {
  aDevice,
  aDeviceModel,
  aHousehold,
  aLoan,
  anAgreement,
  aNewDevice,
  anOffer,
  aPickupSlot,
  aRequest,
  aSchool,
  aSite,
} from '../support/builders.js';
import { aClient, aCouncil, aPerson, type TestCouncil } from '../support/people.js';
import { onServer } from '../support/test-database.js';

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

const good = (deviceId: string, more: object = {}) => ({ deviceId, conditionOut: 'good', ...more });
const aLaptop = (overrides: object = {}) => aDevice(api, { siteId: site.id, ...overrides });
const handOver = (householdId: string, items: object[], more: object = {}, as: Api = api) =>
  as.post('/loans', { householdId, siteId: site.id, items, agreement: anAgreement, ...more });
const codes = ({ body }: Answer) => (body.reasons ?? []).map(({ code }: { code: string }) => code);
const faults = ({ body }: Answer) =>
  (body.errors ?? []).map(({ pointer, code }: { pointer: string; code: string }) => `${pointer} ${code}`);
const statusOf = async (deviceId: string) => (await api.get(`/devices/${deviceId}`)).body.status;
const lineOf = async (request: { id: string }) => (await api.get(`/requests/${request.id}`)).body.lines[0];
const auditOf = (subject: string) =>
  onServer(app.databaseUrl, async (client) => {
    const text = `SELECT action, fields, reason FROM audit_events e LEFT JOIN audit_reasons r ON r.event_id = e.id WHERE subject = $1 ORDER BY e.id`;
    return (await client.query<{ action: string; fields: string[]; reason: string | null }>(text, [subject])).rows;
  });
const policy = (...rules: object[]) => api.put('/loan-policies', null, { rules });

describe('what a hand-over does', () => {
  test('the loan, its device, the line and the history agree', async () => {
    const household = await aHousehold(api);
    const request = await aRequest(api, household.id);
    const device = await aLaptop();
    const answer = await handOver(household.id, [{ assetTag: device.assetTag, conditionOut: 'worn' }]);
    const loan = expectStatus(answer, 201);
    expect(loan).toMatchObject({
      reference: expect.stringMatching(/^L-[0-9A-Z]{4}-[0-9A-Z]{2}$/),
      householdId: household.id,
      siteId: site.id,
      state: 'open',
      version: 1,
      dueOn: '2027-05-03',
      graceDays: 3,
      overdue: false,
      recalledOn: null,
      renewals: 0,
      closedAt: null,
      handedOverAt: START.toISOString(),
      agreement: anAgreement,
      items: [
        { deviceId: device.id, assetTag: device.assetTag, category: 'laptop', state: 'on_loan', conditionOut: 'worn', conditionIn: null },
      ],
    });
    expect([answer.headers.get('etag'), answer.headers.get('location')]).toEqual(['"1"', `/api/v1/loans/${loan.id}`]);
    expect((await api.get(`/loans/${loan.id}`)).body).toEqual(loan);
    const line = await lineOf(request);
    expect([line.state, line.id]).toEqual(['fulfilled', loan.items[0].requestLineId]);
    expect((await api.get(`/devices/${device.id}`)).body).toMatchObject({ status: 'on_loan', condition: 'worn' });
    const { data } = (await api.get(`/devices/${device.id}/events`)).body;
    expect(data.at(-1)).toMatchObject({ move: 'hand_over', from: 'available', to: 'on_loan' });
    const events = (await api.get(`/loans/${loan.id}/events`)).body.data;
    expect(events).toMatchObject([{ kind: 'handed_over', dueOn: '2027-05-03' }]);
  });

  test('a line is for one device, and the first item takes it; another class takes none of it', async () => {
    const household = await aHousehold(api, {
      learners: ['Amal', 'Idris'].map((givenName) => ({ givenName, familyName: 'B.', level: 'college' })),
    });
    const request = await aRequest(api, household.id);
    const router = await aLaptop({ modelId: (await aDeviceModel(api, { category: 'router' })).id });
    const [first, second] = [await aLaptop(), await aLaptop()];
    const loan = expectStatus(await handOver(household.id, [good(router.id), good(first.id), good(second.id)]), 201);
    expect(loan.items.map((item: { requestLineId: string | null }) => item.requestLineId)).toEqual([
      null,
      (await lineOf(request)).id,
      null,
    ]);
  });

  test('a named line, a suspended one too, is the one that is fulfilled', async () => {
    const household = await aHousehold(api);
    const request = await aRequest(api, household.id);
    const { id: requestLineId } = await lineOf(request);
    expectStatus(await api.post(`/request-lines/${requestLineId}/moves`, { move: 'suspend', reason: 'Voyage' }), 200);
    const device = await aLaptop();
    expect(expectStatus(await handOver(household.id, [good(device.id, { requestLineId })]), 201).items[0].requestLineId).toBe(
      requestLineId,
    );
    expect((await lineOf(request)).state).toBe('fulfilled');
  });

  test('a typed due day is kept, on a Sunday too; a computed one moves off closed days', async () => {
    const household = await aHousehold(api);
    expect((await aLoan(api, { householdId: household.id, dueOn: '2026-11-08' })).dueOn).toBe('2026-11-08');
    expectStatus(await api.put('/closed-days', null, { days: ['2027-05-03', '2027-05-04'] }), 200);
    expect((await aLoan(api)).dueOn).toBe('2027-05-05');
  });

  test('under several policies the earliest day, the shortest grace', async () => {
    await policy({ category: 'laptop', loanDays: 90, graceDays: 7 }, { category: 'router', fixedDueOn: '2026-12-18', graceDays: 5 });
    const router = await aLaptop({ modelId: (await aDeviceModel(api, { category: 'router' })).id });
    const loan = expectStatus(await handOver((await aHousehold(api)).id, [good((await aLaptop()).id), good(router.id)]), 201);
    expect(loan).toMatchObject({ dueOn: '2026-12-18', graceDays: 5 });
  });

  test('names of every script are kept', async () => {
    for (const signatoryName of ["D'Arc Œuvrard", 'نادية بن علي', '👩‍👧 Nadia', 'x'.repeat(200)]) {
      const loan = await aLoan(api, { agreement: { ...anAgreement, signatoryName } });
      expect(loan.agreement.signatoryName).toBe(signatoryName);
    }
  });
});

describe('why a hand-over is refused', () => {
  test('DEVICE_NOT_AVAILABLE, in every status but available', async () => {
    const device = await aNewDevice(api, { siteId: site.id });
    const refused = await handOver((await aHousehold(api)).id, [good(device.id)]);
    expect([refused.status, refused.body.code, codes(refused)]).toEqual([409, 'DEVICE_NOT_AVAILABLE', ['DEVICE_NOT_AVAILABLE']]);
    expect(refused.body.reasons[0]).toMatchObject({ overridable: false, message: expect.any(String) });
    const loan = await aLoan(api, { siteId: site.id });
    expect(codes(await handOver((await aHousehold(api)).id, [good(loan.items[0].deviceId)]))).toEqual(['DEVICE_NOT_AVAILABLE']);
    expect(await statusOf(device.id)).toBe('intake');
  });

  test('DEVICE_AT_ANOTHER_SITE and AGREEMENT_MISSING, not to be overridden', async () => {
    const elsewhere = await aDevice(api);
    const household = await aHousehold(api);
    const override = { reason: 'Urgence' };
    expect(codes(await handOver(household.id, [good(elsewhere.id)], { agreement: null, override }))).toEqual([
      'DEVICE_AT_ANOTHER_SITE',
      'AGREEMENT_MISSING',
    ]);
    const { id } = await aLaptop();
    expect(codes(await handOver(household.id, [good(id)], { agreement: undefined }))).toEqual(['AGREEMENT_MISSING']);
    const another = await handOver(household.id, [good(id)], { agreement: { ...anAgreement, termsVersion: '2025-09' } });
    expect(codes(another)).toEqual(['AGREEMENT_NOT_IN_FORCE']);
    expect(another.body.detail).toContain(`have the text "${anAgreement.termsVersion}" signed first`);
    expect(await statusOf(id)).toBe('available');
  });

  test('OTHERS_ARE_WAITING: whoever comes later takes only what is left over', async () => {
    // Of equal points the lottery's ticket would decide.
    const waiting = await aHousehold(api, { bursaryLevel: 8 });
    await aRequest(api, waiting.id);
    app.clock.moveTo(new Date('2026-11-02T09:00:00Z'));
    const walkIn = await aHousehold(api);
    const [first, second] = [await aLaptop(), await aLaptop()];
    expectStatus(await handOver(walkIn.id, [good(first.id)]), 201);
    const another = await aHousehold(api);
    await aRequest(api, another.id);
    expect(codes(await handOver(another.id, [good(second.id)]))).toEqual(['OTHERS_ARE_WAITING']);
    expectStatus(await handOver(waiting.id, [good(second.id)]), 201);
  });

  test('nobody waits for whom nothing can be promised now', async () => {
    const ahead = await aHousehold(api, { bursaryLevel: 8 });
    const loan = await aLoan(api, { householdId: ahead.id });
    await aRequest(api, ahead.id);
    app.clock.moveTo(new Date('2026-11-02T09:00:00Z'));
    const laptop = await aLaptop();
    // It has as much as it may.
    expectStatus(await handOver((await aHousehold(api)).id, [good(laptop.id)]), 201);
    const another = await aLaptop();
    expectStatus(await api.post('/returns', { assetTag: loan.items[0].assetTag, conditionIn: 'good', siteId: loan.siteId }), 200);
    expect(codes(await handOver((await aHousehold(api)).id, [good(another.id)]))).toEqual(['OTHERS_ARE_WAITING']);
  });

  test('nobody waits for a pool that could not serve them', async () => {
    const household = await aHousehold(api);
    const elsewhere = await aSite(api);
    await aRequest(api, household.id, { pickupSiteId: elsewhere.id });
    const fund = expectStatus(await api.post('/funds', { name: 'Lycées', funder: 'region', eligibleLevels: ['lycee'] }), 201);
    const learners = [{ givenName: 'Lina', familyName: 'C.', level: 'lycee' }];
    expectStatus(await handOver((await aHousehold(api, { learners })).id, [good((await aLaptop({ fundId: fund.id })).id)]), 201);
    expectStatus(await handOver((await aHousehold(api)).id, [good((await aLaptop()).id)]), 201);
    const desktop = await aLaptop({ modelId: (await aDeviceModel(api, { category: 'desktop' })).id });
    expectStatus(await handOver((await aHousehold(api)).id, [good(desktop.id)]), 201);
  });

  test('FUND_NOT_ELIGIBLE', async () => {
    const fund = expectStatus(await api.post('/funds', { name: 'Lycées', funder: 'region', eligibleLevels: ['lycee'] }), 201);
    expect(codes(await handOver((await aHousehold(api)).id, [good((await aLaptop({ fundId: fund.id })).id)]))).toEqual([
      'FUND_NOT_ELIGIBLE',
    ]);
    const ended = expectStatus(await api.post('/funds', { name: 'Ancien', funder: 'region', endsOn: '2026-11-01' }), 201);
    expect(codes(await handOver((await aHousehold(api)).id, [good((await aLaptop({ fundId: ended.id })).id)]))).toEqual([
      'FUND_NOT_ELIGIBLE',
    ]);
  });

  test('HOUSEHOLD_LIMIT_REACHED counts a class, over all loans', async () => {
    const household = await aHousehold(api);
    await aLoan(api, { householdId: household.id });
    const tablet = await aLaptop({ modelId: (await aDeviceModel(api, { category: 'tablet' })).id });
    expect(codes(await handOver(household.id, [good(tablet.id)]))).toEqual(['HOUSEHOLD_LIMIT_REACHED']);
    const router = await aLaptop({ modelId: (await aDeviceModel(api, { category: 'router' })).id });
    expectStatus(await handOver(household.id, [good(router.id)]), 201);
    expect(codes(await handOver((await aHousehold(api)).id, [good(tablet.id), good((await aLaptop()).id)]))).toEqual([
      'HOUSEHOLD_LIMIT_REACHED',
    ]);
  });

  test('HOUSEHOLD_HAS_OVERDUE_LOAN the day after the grace', async () => {
    const household = await aHousehold(api);
    const router = await aLaptop({ modelId: (await aDeviceModel(api, { category: 'router' })).id });
    expectStatus(await handOver(household.id, [good(router.id)], { dueOn: '2026-11-03' }), 201);
    const { id } = await aLaptop();
    // Paris: the 7th begins at 23:00 of the 6th in UTC.
    app.clock.moveTo(new Date('2026-11-06T23:00:00Z'));
    expect(codes(await handOver(household.id, [good(id)]))).toEqual(['HOUSEHOLD_HAS_OVERDUE_LOAN']);
    app.clock.moveTo(new Date('2026-11-06T22:59:59Z'));
    expectStatus(await handOver(household.id, [good(id)]), 201);
  });

  test('DUE_DATE_BEYOND_POLICY', async () => {
    const { id } = await aLaptop();
    const household = await aHousehold(api);
    expect(codes(await handOver(household.id, [good(id)], { dueOn: '2027-05-04' }))).toEqual(['DUE_DATE_BEYOND_POLICY']);
    expectStatus(await handOver(household.id, [good(id)], { dueOn: '2027-05-03' }), 201);
  });

  test('every reason at once, in the order of the document', async () => {
    await aRequest(api, (await aHousehold(api)).id);
    const household = await aHousehold(api);
    const router = await aLaptop({ modelId: (await aDeviceModel(api, { category: 'router' })).id });
    const first = await aLaptop();
    await aLaptop();
    expectStatus(await handOver(household.id, [good(router.id), good(first.id)], { dueOn: '2026-11-03' }), 201);
    app.clock.moveTo(new Date('2026-12-01T08:00:00Z'));
    const fund = expectStatus(await api.post('/funds', { name: 'Lycées', funder: 'region', eligibleLevels: ['lycee'] }), 201);
    const elsewhere = await aDevice(api);
    const items = [
      good(first.id),
      good(elsewhere.id),
      good((await aLaptop({ fundId: fund.id })).id),
      good((await aLaptop()).id),
      good((await aLaptop()).id),
    ];
    const refused = await handOver(household.id, [...items, good((await aLaptop()).id), good((await aLaptop()).id)], {
      agreement: null,
      dueOn: '2028-01-01',
      override: { reason: 'Tout' },
    });
    expect(codes(refused)).toEqual([
      ...['DEVICE_NOT_AVAILABLE', 'DEVICE_AT_ANOTHER_SITE', 'AGREEMENT_MISSING', 'OTHERS_ARE_WAITING', 'FUND_NOT_ELIGIBLE'],
      ...['HOUSEHOLD_LIMIT_REACHED', 'HOUSEHOLD_HAS_OVERDUE_LOAN', 'DUE_DATE_BEYOND_POLICY'],
    ]);
    expect(refused.body.code).toBe('DEVICE_NOT_AVAILABLE');
  });
});

describe('a device that is held', () => {
  const isReserved = async (device: { id: string }) => (await statusOf(device.id)) === 'reserved';
  /** A family whose line has a laptop of its own held for it. */
  async function anOffered() {
    const household = await aHousehold(api);
    const line = await lineOf(await aRequest(api, household.id));
    const device = await aLaptop();
    return { household, line, device, offer: await anOffer(api, line.id, device.id) };
  }
  const offerState = async (offer: { id: string }) => (await api.get(`/offers/${offer.id}`)).body.state as string;
  const lineState = async (line: { id: string }) => (await api.get(`/request-lines/${line.id}`)).body.state as string;

  test('goes to the family that it is held for, though others wait', async () => {
    await aRequest(api, (await aHousehold(api)).id);
    const { household, line, device, offer } = await anOffered();
    const loan = expectStatus(await handOver(household.id, [good(device.id)]), 201);
    expect(loan.items[0].requestLineId).toBe(line.id);
    expect([await offerState(offer), await lineState(line), await statusOf(device.id)]).toEqual(['collected', 'fulfilled', 'on_loan']);
  });

  test('accepted and booked, it goes too: the place in the slot is free', async () => {
    const slot = await aPickupSlot(api, site.id);
    const { household, line, device, offer } = await anOffered();
    expectStatus(await api.post(`/request-lines/${line.id}/moves`, { move: 'accept', pickupSlotId: slot.id }), 200);
    expectStatus(await handOver(household.id, [good(device.id, { requestLineId: line.id })]), 201);
    expect([await offerState(offer), await lineState(line)]).toEqual(['collected', 'fulfilled']);
    expect((await api.get(`/pickup-slots?siteId=${site.id}`)).body.data[0].booked).toBe(0);
    // What was collected neither expires nor frees anything later.
    app.clock.moveTo(new Date('2026-11-20T08:00:00Z'));
    await app.drain();
    expect([await offerState(offer), await statusOf(device.id)]).toEqual(['collected', 'on_loan']);
  });

  test('is exchanged for its like at the desk, which takes nothing from those who wait', async () => {
    const { household, device } = await anOffered();
    await aRequest(api, (await aHousehold(api, { bursaryLevel: 8 })).id);
    const like = await aLaptop();
    expectStatus(await handOver(household.id, [good(like.id)]), 201);
    expect([await statusOf(device.id), await statusOf(like.id)]).toEqual(['available', 'on_loan']);
    // Somebody before this family could have had the one, and has no use of the other.
    const again = await anOffered();
    const tablet = await aLaptop({ modelId: (await aDeviceModel(api, { category: 'tablet' })).id });
    const needier = await aHousehold(api, { bursaryLevel: 8 });
    const lines = [{ class: 'computer', learnerIds: [needier.learners[0].id], acceptableCategories: ['tablet'] }];
    await aRequest(api, needier.id, { lines });
    expect(codes(await handOver(again.household.id, [good(tablet.id)]))).toEqual(['OTHERS_ARE_WAITING']);
  });

  test('leaves its family where it was in the queue: who is behind it is not passed over', async () => {
    const { household } = await anOffered();
    const behind = await aHousehold(api);
    app.clock.moveTo(new Date('2026-11-02T09:00:00Z'));
    const tablet = await aLaptop({ modelId: (await aDeviceModel(api, { category: 'tablet' })).id });
    expectStatus(await api.patch(`/households/${household.id}`, household.version, { bursaryLevel: 8 }), 200);
    await app.drain();
    await aRequest(api, behind.id);
    expectStatus(await handOver(household.id, [good(tablet.id)]), 201);
  });

  test('DEVICE_RESERVED_FOR_ANOTHER, whatever anybody overrides', async () => {
    const { device, offer } = await anOffered();
    const another = await aHousehold(api);
    await aRequest(api, another.id);
    const refused = await handOver(another.id, [good(device.id)], { override: { reason: 'Urgence' } });
    expect(codes(refused)).toEqual(['DEVICE_RESERVED_FOR_ANOTHER']);
    expect(refused.body.reasons[0].overridable).toBe(false);
    expect([await offerState(offer), await isReserved(device)]).toEqual(['open', true]);
  });

  test('another device of the class frees the one that was held; of another class, it stays', async () => {
    const { household, line, device, offer } = await anOffered();
    const router = await aLaptop({ modelId: (await aDeviceModel(api, { category: 'router' })).id });
    expectStatus(await handOver(household.id, [good(router.id)]), 201);
    expect([await offerState(offer), await isReserved(device)]).toEqual(['open', true]);
    const other = await aLaptop();
    expectStatus(await handOver(household.id, [good(other.id)]), 201);
    expect([await offerState(offer), await lineState(line)]).toEqual(['collected', 'fulfilled']);
    expect([await statusOf(device.id), await statusOf(other.id)]).toEqual(['available', 'on_loan']);
  });
});

describe('overriding', () => {
  test('with the right and a reason: done, audited, and told in the history', async () => {
    const household = await aHousehold(api);
    await aLoan(api, { householdId: household.id });
    const { id } = await aLaptop();
    const override = { reason: 'Deux examens le même jour' };
    const loan = expectStatus(await handOver(household.id, [good(id)], { override, dueOn: '2027-06-01' }), 201);
    const { data } = (await api.get(`/loans/${loan.id}/events`)).body;
    expect(data).toMatchObject([
      { kind: 'handed_over', codes: null, reason: null },
      { kind: 'overridden', codes: ['HOUSEHOLD_LIMIT_REACHED', 'DUE_DATE_BEYOND_POLICY'], reason: override.reason },
    ]);
    expect(await auditOf(loan.id)).toEqual([
      { action: 'loan.handed_over', fields: [], reason: null },
      { action: 'loan.hand_over_overridden', fields: ['HOUSEHOLD_LIMIT_REACHED', 'DUE_DATE_BEYOND_POLICY'], reason: override.reason },
    ]);
  });

  test('an override that nothing needs leaves no trace', async () => {
    const loan = await aLoan(api, { override: { reason: 'Au cas où' } });
    expect((await api.get(`/loans/${loan.id}/events`)).body.data).toMatchObject([{ kind: 'handed_over' }]);
  });

  test('managers, administrators of the family’s school, clients with the scope; nobody else', async () => {
    const school = await aSchool(api);
    const otherSchool = await aSchool(api);
    const ofSchool = await aSite(api, { schoolId: school.id });
    const ofOther = await aSite(api, { schoolId: otherSchool.id });
    const learners = [{ givenName: 'Amal', familyName: 'B.', level: 'college', schoolId: school.id }];
    const over = async (as: Api, siteId: string, household: { id: string }) => {
      const { id } = await aDevice(api, { siteId });
      const answer = await handOver(household.id, [good(id)], { siteId, dueOn: '2028-01-03', override: { reason: 'Urgence' } }, as);
      return answer.status === 201 ? 201 : [...codes(answer), answer.body.detail.includes('You may not override this')];
    };
    const household = () => aHousehold(api, { learners });
    const administrator = await aPerson(app, council.id, 'school_administrator', { schoolId: school.id });
    const agent = await aPerson(app, council.id, 'desk_agent', { siteId: ofSchool.id });
    expect(await over(await aPerson(app, council.id, 'council_manager'), ofSchool.id, await household())).toBe(201);
    expect(await over(administrator, ofSchool.id, await household())).toBe(201);
    expect(await over(await aClient(app, council.id, ['loans:write', 'overrides:write']), ofOther.id, await household())).toBe(201);
    for (const nobody of [agent, await aClient(app, council.id, ['loans:write'])]) {
      expect(await over(nobody, ofSchool.id, await household())).toEqual(['DUE_DATE_BEYOND_POLICY', true]);
    }
  });

  test('needs a reason', async () => {
    const refused = await handOver((await aHousehold(api)).id, [good((await aLaptop()).id)], { override: { reason: ' ' } });
    expect([refused.status, faults(refused)]).toEqual([422, ['/override/reason TOO_SHORT']]);
  });
});

describe('what is wrong with what was sent', () => {
  test('ids that name nothing, all at once', async () => {
    const other = (await aCouncil(app)).api;
    const theirs = await aDevice(other);
    const refused = await handOver(newId(), [good(theirs.id), { assetTag: 'NOBODY', conditionOut: 'good' }], {
      siteId: (await aSite(other)).id,
    });
    expect([refused.status, refused.body.code]).toEqual([422, 'UNKNOWN_REFERENCE']);
    expect(faults(refused)).toEqual([
      ...[
        '/items/0/deviceId UNKNOWN_REFERENCE',
        '/items/1/assetTag UNKNOWN_REFERENCE',
        '/householdId UNKNOWN_REFERENCE',
        '/siteId UNKNOWN_REFERENCE',
      ],
    ]);
  });

  test('one device by id or by tag, once', async () => {
    const device = await aLaptop();
    const household = await aHousehold(api);
    const { assetTag } = device;
    expect(faults(await handOver(household.id, [{ conditionOut: 'good' }, good(device.id, { assetTag })]))).toEqual([
      ...['/items/0/deviceId REQUIRED', '/items/1/assetTag NOT_TAKEN'],
    ]);
    expect(faults(await handOver(household.id, [good(device.id), { assetTag, conditionOut: 'good' }]))).toEqual([
      '/items/1/assetTag DUPLICATE',
    ]);
    expect(faults(await handOver(household.id, []))).toEqual(['/items TOO_FEW']);
    expect(
      faults(
        await handOver(
          household.id,
          Array.from({ length: 21 }, () => good(newId())),
        ),
      ),
    ).toEqual(['/items TOO_MANY']);
  });

  test('a line of another household, of another class, named twice, or no longer open', async () => {
    const household = await aHousehold(api);
    const request = await aRequest(api, household.id);
    const { id: requestLineId } = await lineOf(request);
    const theirs = (await lineOf(await aRequest(api, (await aHousehold(api)).id))).id;
    const [device, second] = [await aLaptop(), await aLaptop()];
    const router = await aLaptop({ modelId: (await aDeviceModel(api, { category: 'router' })).id });
    expect(faults(await handOver(household.id, [good(device.id, { requestLineId: theirs })]))).toEqual([
      '/items/0/requestLineId UNKNOWN_REFERENCE',
    ]);
    expect(faults(await handOver(household.id, [good(router.id, { requestLineId })]))).toEqual(['/items/0/requestLineId WRONG_CLASS']);
    expect(faults(await handOver(household.id, [good(device.id, { requestLineId }), good(second.id, { requestLineId })]))).toEqual([
      '/items/1/requestLineId DUPLICATE',
    ]);
    expectStatus(await api.post(`/request-lines/${requestLineId}/moves`, { move: 'withdraw' }), 200);
    const withdrawn = await handOver(household.id, [good(device.id, { requestLineId })]);
    expect([withdrawn.status, withdrawn.body]).toMatchObject([409, { code: 'INVALID_MOVE', from: 'withdrawn' }]);
  });

  test('days, words and shapes', async () => {
    const { id } = await aLaptop();
    const household = await aHousehold(api);
    expect(faults(await handOver(household.id, [good(id)], { dueOn: '2026-11-01' }))).toEqual(['/dueOn DAY_PASSED']);
    expect(faults(await handOver(household.id, [good(id)], { dueOn: '2026-02-30' }))).toEqual(['/dueOn INVALID_DAY']);
    expect(faults(await handOver(household.id, [{ deviceId: id, conditionOut: 'shiny' }]))).toEqual(['/items/0/conditionOut NOT_ONE_OF']);
    expect(faults(await handOver(household.id, [{ deviceId: id }]))).toEqual(['/items/0/conditionOut REQUIRED']);
    const agreement = { ...anAgreement, signatoryName: 'a\u0000b', method: 'thought' };
    expect(faults(await handOver(household.id, [good(id)], { agreement }))).toEqual([
      ...['/agreement/signatoryName FORBIDDEN_CHARACTERS', '/agreement/method NOT_ONE_OF'],
    ]);
    expect((await handOver(household.id, [good(id)], { colour: 'red' })).body).toMatchObject({ status: 400, code: 'UNKNOWN_FIELD' });
    expect((await handOver(household.id, [good(id, { colour: 'red' })])).body).toMatchObject({ status: 400, code: 'UNKNOWN_FIELD' });
  });
});

describe('who may', () => {
  test('nobody, a client without the scope, an auditor: not', async () => {
    expect((await api.anonymous.post('/loans', {})).status).toBe(401);
    expect((await (await aClient(app, council.id, ['loans:read'])).post('/loans', {})).status).toBe(403);
    expect((await (await aPerson(app, council.id, 'auditor')).post('/loans', {})).status).toBe(403);
  });

  test('a desk agent: any family, at the own site', async () => {
    const agent = await aPerson(app, council.id, 'desk_agent', { siteId: site.id });
    const household = await aHousehold(api, { schoolId: (await aSchool(api)).id });
    expectStatus(await handOver(household.id, [good((await aLaptop()).id)], {}, agent), 201);
    const elsewhere = await aDevice(api);
    const refused = await handOver((await aHousehold(api)).id, [good(elsewhere.id)], { siteId: elsewhere.siteId }, agent);
    expect([refused.body.code, faults(refused)]).toEqual(['UNKNOWN_REFERENCE', ['/siteId UNKNOWN_REFERENCE']]);
  });

  test('a school administrator: own families, at the own school’s sites', async () => {
    const school = await aSchool(api);
    const administrator = await aPerson(app, council.id, 'school_administrator', { schoolId: school.id });
    const own = await aSite(api, { schoolId: school.id });
    const household = await aHousehold(api, { schoolId: school.id });
    const device = await aDevice(api, { siteId: own.id });
    const stranger = await aHousehold(api);
    expect(faults(await handOver(stranger.id, [good(device.id)], { siteId: own.id }, administrator))).toEqual([
      '/householdId UNKNOWN_REFERENCE',
    ]);
    expect(faults(await handOver(household.id, [good(device.id)], {}, administrator))).toEqual(['/siteId UNKNOWN_REFERENCE']);
    expectStatus(await handOver(household.id, [good(device.id)], { siteId: own.id }, administrator), 201);
  });
});
