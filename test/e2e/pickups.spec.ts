import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type Answer, type Api, expectStatus } from '../support/api.js';
import { START, startTestApp, type TestApp } from '../support/app.js';
import { aDevice, aHousehold, anAgreement, anOffer, aPickupSlot, aRequest, aSchool, aSite } from '../support/builders.js';
import { aClient, aCouncil, aPerson, type TestCouncil } from '../support/people.js';

type Body = Answer['body'];
const WEDNESDAY = '2026-11-04';

let app: TestApp;
let council: TestCouncil;
let api: Api;
let school: Body;
let site: Body;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  app.clock.moveTo(START);
  council = await aCouncil(app);
  api = council.api;
  expectStatus(await api.put('/notice-policies', null, { rules: [] }), 200);
  school = await aSchool(api);
  site = await aSite(api, { schoolId: school.id });
});

/** A family that said yes to a device at the site, with a time or without. */
async function aPickup(pickupSlotId: string | null): Promise<{ household: Body; device: Body; offer: Body; line: Body }> {
  const household = await aHousehold(api, { schoolId: school.id });
  const [line] = (await aRequest(api, household.id)).lines;
  const device = await aDevice(api, { siteId: site.id });
  const offer = await anOffer(api, line.id, device.id);
  expectStatus(await api.post(`/request-lines/${line.id}/moves`, { move: 'accept', ...(pickupSlotId !== null && { pickupSlotId }) }), 200);
  return { household, device, offer, line };
}
const dayOf = async (who: Api, query: string) => expectStatus(await who.get(`/pickups${query}`), 200).data as Body[];

test('a desk reads who comes to collect what, in the order of their times, and last who may come at any', async () => {
  const slot = await aPickupSlot(api, site.id);
  const earlier = await aPickupSlot(api, site.id, { startsAt: `${WEDNESDAY}T07:30:00.000Z`, endsAt: `${WEDNESDAY}T08:00:00.000Z` });
  const other = await aPickupSlot(api, site.id, { startsAt: '2026-11-05T08:00:00.000Z', endsAt: '2026-11-05T08:30:00.000Z' });
  const unbooked = await aPickup(null);
  const late = await aPickup(slot.id);
  const early = await aPickup(earlier.id);
  await aPickup(other.id);
  const desk = await aPerson(app, council.id, 'desk_agent', { siteId: site.id });
  const rows = await dayOf(desk, `?day=${WEDNESDAY}`);
  expect(rows.map(({ offerId }) => offerId)).toEqual([early.offer.id, late.offer.id, unbooked.offer.id]);
  expect(rows[0]).toEqual({
    offerId: early.offer.id,
    lineId: early.line.id,
    householdId: early.household.id,
    household: { id: early.household.id, reference: early.household.reference, name: 'Nadia B.' },
    deviceId: early.device.id,
    assetTag: early.device.assetTag,
    category: 'laptop',
    state: 'accepted',
    pickupSlotId: earlier.id,
    startsAt: earlier.startsAt,
    endsAt: earlier.endsAt,
    expiresAt: expect.any(String),
  });
  expect(rows[2]).toMatchObject({ pickupSlotId: null, startsAt: null, endsAt: null });
  expect(await dayOf(desk, '')).toHaveLength(1);
  app.clock.moveTo(new Date(`${WEDNESDAY}T07:00:00Z`));
  expect(await dayOf(desk, '')).toEqual(rows);
});

test('page by page, each once', async () => {
  const slot = await aPickupSlot(api, site.id);
  const all = [await aPickup(slot.id), await aPickup(slot.id), await aPickup(null), await aPickup(null)];
  const seen: string[] = [];
  let cursor = '';
  do {
    const page = expectStatus(await api.get(`/pickups?siteId=${site.id}&day=${WEDNESDAY}&limit=1${cursor}`), 200);
    seen.push(...page.data.map(({ offerId }: Body) => offerId));
    cursor = page.nextCursor === null ? '' : `&cursor=${encodeURIComponent(page.nextCursor)}`;
  } while (cursor !== '');
  expect(seen).toHaveLength(4);
  expect(new Set(seen)).toEqual(new Set(all.map(({ offer }) => offer.id)));
});

test('what was collected, and what is no longer held', async () => {
  const slot = await aPickupSlot(api, site.id);
  const { household, device, offer } = await aPickup(slot.id);
  const gone = await aPickup(slot.id);
  const items = [{ deviceId: device.id, conditionOut: 'good' }];
  expectStatus(await api.post('/loans', { householdId: household.id, siteId: site.id, items, agreement: anAgreement }), 201);
  expectStatus(await api.post(`/request-lines/${gone.line.id}/moves`, { move: 'decline' }), 200);
  const rows = await dayOf(api, `?siteId=${site.id}&day=${WEDNESDAY}`);
  expect(rows.map(({ offerId, state }) => [offerId, state])).toEqual([[offer.id, 'collected']]);
});

test('each desk its own, each school its own sites, each council its own', async () => {
  const slot = await aPickupSlot(api, site.id);
  await aPickup(slot.id);
  const query = `?siteId=${site.id}&day=${WEDNESDAY}`;
  const elsewhere = await aSite(api);
  const stranger = await aPerson(app, council.id, 'desk_agent', { siteId: elsewhere.id });
  const neighbour = await aPerson(app, council.id, 'school_administrator', { schoolId: (await aSchool(api)).id });
  const own = await aPerson(app, council.id, 'school_administrator', { schoolId: school.id });
  expect(await dayOf(own, query)).toHaveLength(1);
  expect(await dayOf(stranger, query)).toEqual([]);
  expect(await dayOf(neighbour, query)).toEqual([]);
  expect(await dayOf((await aCouncil(app)).api, query)).toEqual([]);
  const [nameless] = await dayOf(await aClient(app, council.id, ['allocation:read']), query);
  expect(nameless.household).toBeNull();
});

test('who has no desk names one', async () => {
  const answer = await api.get(`/pickups?day=${WEDNESDAY}`);
  expect(answer.body).toMatchObject({ status: 422, errors: [{ pointer: '/siteId', code: 'REQUIRED' }] });
});
