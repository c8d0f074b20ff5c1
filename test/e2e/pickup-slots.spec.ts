import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { Transactions } from '../../src/platform/index.js';
import { newId } from '../../src/shared/ids.js';
import { type Answer, type Api, expectStatus } from '../support/api.js';
import { START, startTestApp, type TestApp } from '../support/app.js';
import { aDevice, aDeviceModel, aHousehold, anOffer, aPickupSlot, aRequest, aSchool, aSite } from '../support/builders.js';
import { aClient, aCouncil, aPerson, type TestCouncil } from '../support/people.js';

let app: TestApp;
let council: TestCouncil;
let api: Api;
let site: Answer['body'];
let modelId: string;
beforeAll(async () => {
  app = await startTestApp();
});
beforeEach(async () => {
  app.clock.moveTo(START);
  council = await aCouncil(app);
  api = council.api;
  site = await aSite(api, { openingHours: [{ weekday: 3, from: '08:30', to: '12:00' }] });
  modelId = (await aDeviceModel(api)).id;
});
afterAll(() => app.close());

type Body = Answer['body'];

const faults = ({ body }: Answer) => body.errors.map(({ code, pointer }: { code: string; pointer: string }) => `${pointer} ${code}`);
const codes = ({ status, body }: Answer) => (status === 409 ? body.reasons.map(({ code }: { code: string }) => code) : status);
const move = (line: Body, name: string, said: object = {}) => api.post(`/request-lines/${line.id}/moves`, { move: name, ...said });
const slotNow = async (slot: Body) =>
  (await api.get(`/pickup-slots?siteId=${slot.siteId}`)).body.data.find(({ id }: Body) => id === slot.id);

async function anOffered() {
  const [line] = (await aRequest(api, (await aHousehold(api)).id)).lines;
  const device = await aDevice(api, { siteId: site.id, modelId });
  return { line, device, offer: await anOffer(api, line.id, device.id) };
}

test('a slot lies within the opening hours of an open day that is to come', async () => {
  const at = (startsAt: string, endsAt: string, siteId = site.id) => api.post('/pickup-slots', { siteId, startsAt, endsAt, capacity: 1 });
  // Wednesday 4 November in Paris is an hour ahead of UTC.
  expect(expectStatus(await at('2026-11-04T07:30:00Z', '2026-11-04T11:00:00Z'), 201)).toMatchObject({ capacity: 1, booked: 0, version: 1 });
  expect(faults(await at('2026-11-04T07:29:00Z', '2026-11-04T08:00:00Z'))).toEqual(['/startsAt OUTSIDE_OPENING_HOURS']);
  expect(faults(await at('2026-11-04T10:30:00Z', '2026-11-04T11:00:01Z'))).toEqual(['/startsAt OUTSIDE_OPENING_HOURS']);
  expect(faults(await at('2026-11-05T09:00:00Z', '2026-11-05T09:30:00Z'))).toEqual(['/startsAt OUTSIDE_OPENING_HOURS']);
  expect(faults(await at('2026-11-04T09:00:00Z', '2026-11-04T09:00:00Z'))).toEqual(['/endsAt OUT_OF_RANGE']);
  expect(faults(await at('2026-10-28T09:00:00Z', '2026-10-28T09:30:00Z'))).toEqual(['/startsAt TIME_PASSED']);
  expect(faults(await at('2026-11-04T09:00:00Z', '2026-11-05T09:30:00Z'))).toEqual([
    '/endsAt OUT_OF_RANGE',
    '/startsAt OUTSIDE_OPENING_HOURS',
  ]);
  expectStatus(await api.put('/closed-days', null, { days: ['2026-11-11'] }), 200);
  expect(faults(await at('2026-11-11T09:00:00Z', '2026-11-11T09:30:00Z'))).toEqual(['/startsAt CLOSED_DAY']);
  const unknownHours = (await aSite(api)).id as string;
  expectStatus(await at('2026-11-05T09:00:00Z', '2026-11-05T09:30:00Z', unknownHours), 201);
  expect(faults(await at('2026-11-07T09:00:00Z', '2026-11-07T09:30:00Z', unknownHours))).toEqual(['/startsAt CLOSED_DAY']);
  expect(faults(await at('2026-11-05T09:00:00Z', '2026-11-05T09:30:00Z', newId()))).toEqual(['/siteId UNKNOWN_REFERENCE']);
});

test('are read in the order of time, from and to, page by page', async () => {
  const slots = [];
  for (const hour of ['10', '08', '09'])
    slots.push(await aPickupSlot(api, site.id, { startsAt: `2026-11-04T${hour}:00:00Z`, endsAt: `2026-11-04T${hour}:30:00Z` }));
  const ids = [slots[1], slots[2], slots[0]].map(({ id }: Body) => id as string);
  const list = async (query: string) => expectStatus(await api.get(`/pickup-slots${query}`), 200);
  const read = async (query: string) => (await list(query)).data.map(({ id }: Body) => id);
  expect(await read('')).toEqual(ids);
  const first = await list('?limit=2');
  expect(first.data.map(({ id }: Body) => id)).toEqual(ids.slice(0, 2));
  expect(await read(`?limit=2&cursor=${first.nextCursor}`)).toEqual(ids.slice(2));
  expect(await read('?from=2026-11-04T09:00:00Z&to=2026-11-04T10:00:00Z')).toEqual([ids[1]]);
  expect(await read(`?siteId=${(await aSite(api)).id}`)).toEqual([]);
});

test('booked at acceptance and changed afterwards; the pickup expires with the day of the slot', async () => {
  const [slot, later] = [
    await aPickupSlot(api, site.id),
    await aPickupSlot(api, site.id, { startsAt: '2026-11-04T09:00:00Z', endsAt: '2026-11-04T09:30:00Z' }),
  ];
  const { line, offer, device } = await anOffered();
  expectStatus(await move(line, 'accept', { pickupSlotId: slot.id }), 200);
  expect((await api.get(`/offers/${offer.id}`)).body).toMatchObject({ pickupSlotId: slot.id, expiresAt: '2026-11-04T23:00:00.000Z' });
  expect((await slotNow(slot)).booked).toBe(1);
  expect(expectStatus(await move(line, 'rebook', { pickupSlotId: later.id }), 200).state).toBe('accepted');
  expectStatus(await move(line, 'rebook', { pickupSlotId: later.id }), 200);
  expect([(await slotNow(slot)).booked, (await slotNow(later)).booked]).toEqual([0, 1]);
  expect(faults(await move(line, 'rebook'))).toEqual(['/pickupSlotId REQUIRED']);
  app.clock.moveTo(new Date('2026-11-04T22:59:59Z'));
  await app.drain();
  expect((await api.get(`/offers/${offer.id}`)).body.state).toBe('accepted');
  app.clock.moveTo(new Date('2026-11-04T23:00:00Z'));
  await app.drain();
  expect((await api.get(`/offers/${offer.id}`)).body.state).toBe('pickup_expired');
  expect((await api.get(`/devices/${device.id}`)).body.status).toBe('available');
  expect((await api.get(`/request-lines/${line.id}`)).body.state).toBe('waiting');
});

test('a slot that is full, over, or elsewhere is not booked', async () => {
  const slot = await aPickupSlot(api, site.id, { capacity: 1 });
  const elsewhere = await aPickupSlot(api, (await aSite(api)).id);
  const [one, other] = [await anOffered(), await anOffered()];
  expectStatus(await move(one.line, 'accept', { pickupSlotId: slot.id }), 200);
  expect(codes(await move(other.line, 'accept', { pickupSlotId: slot.id }))).toEqual(['SLOT_FULL']);
  expect(codes(await move(other.line, 'accept', { pickupSlotId: elsewhere.id }))).toEqual(['SLOT_AT_ANOTHER_SITE']);
  expect(faults(await move(other.line, 'accept', { pickupSlotId: newId() }))).toEqual(['/pickupSlotId UNKNOWN_REFERENCE']);
  expectStatus(await move(one.line, 'decline'), 200);
  expectStatus(await move(other.line, 'accept', { pickupSlotId: slot.id }), 200);
  app.clock.moveTo(new Date('2026-11-04T08:30:00Z'));
  const late = await anOffered();
  expect(codes(await move(late.line, 'accept', { pickupSlotId: slot.id }))).toEqual(['SLOT_PASSED', 'SLOT_FULL']);
  expect((await api.get(`/request-lines/${late.line.id}`)).body.state).toBe('offered');
});

test('a day that is closed afterwards: nothing is booked on it, and who had booked has missed nothing', async () => {
  expectStatus(await api.put('/loan-policies', null, { rules: [{ missedOffers: 1 }] }), 200);
  const slot = await aPickupSlot(api, site.id);
  const [booked, late] = [await anOffered(), await anOffered()];
  expectStatus(await move(booked.line, 'accept', { pickupSlotId: slot.id }), 200);
  expectStatus(await api.put('/closed-days', null, { days: ['2026-11-04'] }), 200);
  expect(codes(await move(late.line, 'accept', { pickupSlotId: slot.id }))).toEqual(['SLOT_ON_CLOSED_DAY']);
  expect(codes(await move(booked.line, 'rebook', { pickupSlotId: slot.id }))).toEqual(['SLOT_ON_CLOSED_DAY']);
  app.clock.moveTo(new Date('2026-11-04T23:00:00Z'));
  await app.drain();
  // As one that was accepted on that day without a slot: seven days.
  const offer = (await api.get(`/offers/${booked.offer.id}`)).body;
  expect(offer).toMatchObject({ state: 'accepted', pickupSlotId: null, expiresAt: '2026-11-12T23:00:00.000Z' });
  expect((await slotNow(slot)).booked).toBe(0);
  app.clock.moveTo(new Date(offer.expiresAt as string));
  await app.drain();
  expect((await api.get(`/offers/${booked.offer.id}`)).body.state).toBe('pickup_expired');
});

test('the database itself takes no place beyond the capacity', async () => {
  const slot = await aPickupSlot(api, site.id, { capacity: 1 });
  const [one, other] = [await anOffered(), await anOffered()];
  expectStatus(await move(one.line, 'accept', { pickupSlotId: slot.id }), 200);
  const careless = app.nest
    .get(Transactions)
    .write(council.id, (tx) =>
      tx.execute(`UPDATE offers SET state = 'accepted', pickup_slot_id = $1 WHERE id = $2`, [slot.id, other.offer.id]),
    );
  await expect(careless).rejects.toThrow(/pickup_slots_capacity/);
  expect((await slotNow(slot)).booked).toBe(1);
});

test('a school opens slots at its own sites, a desk reads its own, others read or write what they may', async () => {
  const school = await aSchool(api);
  const own = await aSite(api, { schoolId: school.id });
  const administrator = await aPerson(app, council.id, 'school_administrator', { schoolId: school.id });
  const agent = await aPerson(app, council.id, 'desk_agent', { siteId: own.id });
  const slot = await aPickupSlot(administrator, own.id);
  const other = await aPickupSlot(api, site.id);
  const body = { siteId: site.id, startsAt: '2026-11-04T08:00:00Z', endsAt: '2026-11-04T08:30:00Z', capacity: 1 };
  expect(faults(await administrator.post('/pickup-slots', body))).toEqual(['/siteId UNKNOWN_REFERENCE']);
  expect(faults(await (await aCouncil(app)).api.post('/pickup-slots', body))).toEqual(['/siteId UNKNOWN_REFERENCE']);
  for (const who of [agent, await aPerson(app, council.id, 'auditor'), await aClient(app, council.id, ['requests:write'])])
    expect((await who.post('/pickup-slots', body)).status).toBe(403);
  expect((await api.anonymous.post('/pickup-slots', body)).status).toBe(401);
  const read = async (who: Api) => (await who.get('/pickup-slots')).body.data.map(({ id }: Body) => id).sort();
  expect(await read(agent)).toEqual([slot.id]);
  expect(await read(administrator)).toEqual([slot.id, other.id].sort());
  expect(await read((await aCouncil(app)).api)).toEqual([]);
  const audit = (await api.get(`/audit-events?subject=${slot.id}`)).body.data.map(({ action }: Body) => action);
  expect(audit).toEqual(['pickup_slot.created']);
});
