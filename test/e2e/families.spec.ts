import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Actor, contactActorId, NOWHERE } from '../../src/modules/councils/index.js';
import { IncidentService } from '../../src/modules/loans/incidents/incident.service.js';
import { type Answer, type Api, expectStatus } from '../support/api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { aDevice, aHousehold, aLoan, anOffer, aPickupSlot, aRequest, aSite } from '../support/builders.js';
import { aCouncil, aFamily, type TestCouncil } from '../support/people.js';

// What a family reads and does itself. That it reaches nothing of others is in every-route.spec.ts.

let app: TestApp;
let council: TestCouncil;
let api: Api;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  council = await aCouncil(app);
  api = council.api;
  expectStatus(await api.patch('/council', 1, { openToFamilies: true }), 200);
});

const NADIA = { name: 'Nadia B.', relationship: 'parent', phone: '+33612345678', email: 'nadia@example.org' };
const KARIM = { name: 'Karim Z.', relationship: 'parent', phone: '+33698765432', email: 'karim@example.org' };
const family = (household: Answer['body'], number = 0) => aFamily(app, council.id, household, number);

interface OfferedLine {
  readonly household: Answer['body'];
  readonly lineId: string;
  readonly offer: Answer['body'];
  readonly siteId: string;
}

async function anOfferedLine(contacts: readonly object[] = [NADIA]): Promise<OfferedLine> {
  const household = await aHousehold(api, { contacts });
  const site = await aSite(api);
  const request = await aRequest(api, household.id, { statement: 'Nous partageons un téléphone', pickupSiteId: site.id });
  const device = await aDevice(api, { siteId: site.id });
  const lineId = request.lines[0].id as string;
  return { household, lineId, offer: await anOffer(api, lineId, device.id as string), siteId: site.id as string };
}

describe('its file', () => {
  test('shows of the contacts itself only', async () => {
    const household = await aHousehold(api, { contacts: [NADIA, KARIM] });
    for (const [number, own] of [NADIA, KARIM].entries()) {
      const seen = expectStatus(await (await family(household, number)).get(`/households/${household.id}`), 200);
      expect(seen.contacts).toMatchObject([own]);
      const other = number === 0 ? KARIM : NADIA;
      for (const text of [other.name, other.phone, other.email]) expect(JSON.stringify(seen)).not.toContain(text);
      expect(seen.learners).toEqual(household.learners);
    }
  });

  test('has its need and its plan', async () => {
    const household = await aHousehold(api);
    const caller = await family(household);
    for (const path of ['need', 'plan', 'plan-input']) expect((await caller.get(`/households/${household.id}/${path}`)).status).toBe(200);
  });
});

describe('its lines', () => {
  test('are listed with their place, and explained; those of others are not', async () => {
    const [mine, other] = [await aHousehold(api), await aHousehold(api)];
    const request = await aRequest(api, mine.id);
    await aRequest(api, other.id);
    const caller = await family(mine);
    const lines = expectStatus(await caller.get('/request-lines'), 200).data;
    expect(lines).toMatchObject([{ id: request.lines[0].id, position: expect.any(Number), household: null }]);
    expect(expectStatus(await caller.get('/request-lines?sort=position'), 200).data).toMatchObject([{ id: request.lines[0].id }]);
    expect(expectStatus(await caller.get('/requests'), 200).data).toMatchObject([{ id: request.id, household: null }]);
    expect(expectStatus(await caller.get('/requests?sort=position'), 200).data).toMatchObject([{ id: request.id }]);
    expect(expectStatus(await caller.get(`/requests?householdId=${other.id}`), 200).data).toEqual([]);
    expect(expectStatus(await caller.get(`/request-lines/${lines[0].id}`), 200)).toMatchObject({ queueLength: expect.any(Number) });
    expect(expectStatus(await caller.get(`/request-lines/${lines[0].id}/explanation`), 200).sentences.length).toBeGreaterThan(0);
  });

  test('are offered a device, which it accepts, rebooks and declines', async () => {
    const { household, lineId, offer, siteId } = await anOfferedLine();
    const caller = await family(household);
    expect(expectStatus(await caller.get('/offers'), 200).data).toMatchObject([{ id: offer.id, lineId, household: null }]);
    expect(expectStatus(await caller.get(`/offers/${offer.id}/explanation`), 200)).toHaveProperty('criteria');
    const [slot, later] = [await aPickupSlot(api, siteId), await aPickupSlot(api, siteId)];
    const elsewhere = await aPickupSlot(api, (await aSite(api)).id as string);
    const ids = async (query = '') => expectStatus(await caller.get(`/pickup-slots${query}`), 200).data.map(({ id }: Answer['body']) => id);
    expect((await ids()).sort()).toEqual([slot.id, later.id].sort());
    expect((await ids(`?siteId=${siteId}`)).sort()).toEqual([slot.id, later.id].sort());
    expect(await ids(`?siteId=${elsewhere.siteId}`)).toEqual([]);
    const move = (body: object) => caller.post(`/request-lines/${lineId}/moves`, body);
    expect(expectStatus(await move({ move: 'accept', pickupSlotId: slot.id }), 200)).toMatchObject({ state: 'accepted' });
    expect(expectStatus(await move({ move: 'rebook', pickupSlotId: later.id }), 200)).toMatchObject({ state: 'accepted' });
    expect(expectStatus(await caller.get(`/offers/${offer.id}`), 200)).toMatchObject({ pickupSlotId: later.id });
    expect(expectStatus(await move({ move: 'decline', noLongerNeeded: true }), 200)).toMatchObject({ state: 'withdrawn' });
    const { data } = expectStatus(await api.get(`/audit-events?actor=contact:${household.contacts[0].id}`), 200);
    expect(data.map(({ action }: Answer['body']) => action)).toEqual(expect.arrayContaining(['offer.accepted', 'offer.rebooked']));
  });

  test('wait again when it says so, and are withdrawn; what staff decide it does not', async () => {
    const household = await aHousehold(api);
    const { lines } = await aRequest(api, household.id);
    const path = `/request-lines/${lines[0].id}/moves`;
    const caller = await family(household);
    for (const body of [
      { move: 'suspend', until: '2026-12-01' },
      { move: 'refuse', reason: 'x' },
      { move: 'revoke', reason: 'x' },
      { move: 'uphold_appeal', reason: 'x' },
      { move: 'dismiss_appeal', reason: 'x' },
    ])
      expect((await caller.post(path, body)).body).toMatchObject({ status: 403, code: 'FORBIDDEN' });
    expectStatus(await api.post(path, { move: 'suspend', reason: 'En voyage' }), 200);
    expect(expectStatus(await caller.post(path, { move: 'resume' }), 200)).toMatchObject({ state: 'waiting' });
    expectStatus(await api.post(path, { move: 'refuse', reason: 'Hors secteur' }), 200);
    expect(expectStatus(await caller.post(path, { move: 'appeal', reason: 'Nous habitons ici' }), 200).appealedAt).toEqual(
      expect.any(String),
    );
    expectStatus(await api.post(path, { move: 'uphold_appeal', reason: 'Vu' }), 200);
    expect(expectStatus(await caller.post(path, { move: 'withdraw' }), 200)).toMatchObject({ state: 'withdrawn' });
  });
});

describe('its loans', () => {
  test('are listed, renewed by the policy, and reported', async () => {
    const loan = await aLoan(api);
    const household = expectStatus(await api.get(`/households/${loan.householdId}`), 200);
    const caller = await family(household);
    expect(expectStatus(await caller.get('/loans'), 200).data).toMatchObject([{ id: loan.id, household: null }]);
    expect(expectStatus(await caller.get(`/loans/${loan.id}`), 200)).toMatchObject({ id: loan.id, agreement: loan.agreement });
    const renew = (body: object) => caller.post(`/loans/${loan.id}/renewals`, body);
    for (const body of [{ dueOn: '2027-12-01', reason: 'x' }, { override: { reason: 'x' } }])
      expect((await renew(body)).body).toMatchObject({ status: 403, code: 'FORBIDDEN' });
    expect(expectStatus(await renew({}), 200)).toMatchObject({ renewals: 1 });
    const report = { itemId: loan.items[0].id, kind: 'claimed_returned', reportedOn: '2026-11-02', description: 'Rendu à l’accueil' };
    const headers = { 'idempotency-key': '"told once"' };
    const told = expectStatus(await caller.post(`/loans/${loan.id}/incidents`, report, { headers }), 201);
    expect(told).toMatchObject({ kind: 'claimed_returned', state: 'open' });
    expect(expectStatus(await caller.post(`/loans/${loan.id}/incidents`, report, { headers }), 201)).toEqual(told);
    expect((await caller.get(`/incidents/${told.id}`)).status).toBe(403);

    // After a crash a repeated report is answered with the incident as it stands, which no other family is shown.
    const incidents = app.nest.get(IncidentService);
    const asFamily = (householdId: string): Actor => ({
      id: contactActorId(household.contacts[0].id as string),
      councilId: council.id,
      role: 'family',
      family: { householdId, contactId: household.contacts[0].id as string },
      scopes: null,
      reach: NOWHERE,
      sessionId: null,
    });
    expect(await incidents.get(asFamily(loan.householdId as string), told.id as string)).toMatchObject({
      ok: true,
      value: { id: told.id },
    });
    expect(await incidents.get(asFamily((await aHousehold(api)).id as string), told.id as string)).toMatchObject({ ok: false });
  });
});

describe('a file that two contacts share', () => {
  test('shows neither what the other may have written, chosen, booked or signed', async () => {
    const { household, lineId, offer, siteId } = await anOfferedLine([NADIA, KARIM]);
    const slot = await aPickupSlot(api, siteId);
    const [nadia, karim] = [await family(household), await family(household, 1)];
    const booked = await nadia.post(`/request-lines/${lineId}/moves`, { move: 'accept', pickupSlotId: slot.id });
    expect(expectStatus(booked, 200)).toMatchObject({ state: 'accepted', pickupSiteId: null });
    const request = expectStatus(await karim.get('/requests'), 200).data[0];
    expect(request).toMatchObject({ statement: null, pickupSiteId: null, lines: [{ id: lineId, pickupSiteId: null }] });
    expect(expectStatus(await karim.get(`/requests/${request.id}`), 200)).toMatchObject({
      statement: null,
      lines: [{ pickupSiteId: null }],
    });
    expect(expectStatus(await karim.get(`/request-lines/${lineId}`), 200)).toMatchObject({ pickupSiteId: null });
    expect(expectStatus(await karim.get('/request-lines'), 200).data).toMatchObject([{ pickupSiteId: null }]);
    for (const seen of [expectStatus(await karim.get('/offers'), 200).data[0], expectStatus(await karim.get(`/offers/${offer.id}`), 200)])
      expect(seen).toMatchObject({ id: offer.id, pickupSlotId: null });
    for (const seesHour of [api, nadia])
      expect(expectStatus(await seesHour.get(`/offers/${offer.id}`), 200)).toMatchObject({ pickupSlotId: slot.id });
    expectStatus(await api.post(`/request-lines/${lineId}/moves`, { move: 'rebook', pickupSlotId: slot.id }), 200);
    expect(expectStatus(await nadia.get('/offers'), 200).data).toMatchObject([{ pickupSlotId: null }]);
  });

  test('has common loans, without who signed', async () => {
    const household = await aHousehold(api, { contacts: [NADIA, KARIM] });
    const loan = await aLoan(api, { householdId: household.id });
    const karim = await family(household, 1);
    const unnamed = { dueOn: loan.dueOn, agreement: { ...loan.agreement, signatoryName: '…' } };
    expect(expectStatus(await karim.get(`/loans/${loan.id}`), 200)).toMatchObject(unnamed);
    expect(expectStatus(await karim.get('/loans'), 200).data).toMatchObject([unnamed]);
    expect(expectStatus(await karim.post(`/loans/${loan.id}/renewals`), 200).agreement.signatoryName).toBe('…');
  });
});
