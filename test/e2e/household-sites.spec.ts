import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type Answer, type Api, expectStatus } from '../support/api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { aDevice, aHousehold, aLoan, anOffer, aRequest, aSite } from '../support/builders.js';
import { aCouncil, aFamily, type TestCouncil } from '../support/people.js';

type Body = Answer['body'];
const DIRECTIONS = { fr: 'Bus 11, arrêt Mairie.\n\nEntrée par la cour.', ar: 'الحافلة 11' };
const CONTACT = { name: 'Nadia B.', relationship: 'parent', phone: '+33612345678' };

let app: TestApp;
let council: TestCouncil;
let api: Api;
beforeAll(async () => {
  app = await startTestApp();
});
beforeEach(async () => {
  council = await aCouncil(app);
  api = council.api;
  expectStatus(await api.patch('/council', 1, { openToFamilies: true }), 200);
});
afterAll(() => app.close());

const familyOf = (household: Body) => aFamily(app, council.id, household as Parameters<typeof aFamily>[2]);
const sitesOf = async (caller: Api, { id }: Body): Promise<Body[]> => expectStatus(await caller.get(`/households/${id}/sites`), 200).data;

test('a site has a number and a way there; the council a number; each is read as it was written, in one form', async () => {
  const site = await aSite(api, { phone: '01 39 33 44 55', directions: { ...DIRECTIONS, en: null } });
  expect(site).toMatchObject({ phone: '+33139334455', directions: DIRECTIONS });
  expect(site.directions).not.toHaveProperty('en');
  const without = expectStatus(await api.patch(`/sites/${site.id}`, 1, { directions: { fr: null }, phone: null }), 200);
  expect([without.phone, without.directions]).toEqual([null, null]);
  expect(expectStatus(await api.patch('/council', 2, { phone: '0139334400' }), 200).phone).toBe('+33139334400');
  const wrong = await api.patch('/council', 3, { phone: '12' });
  expect(wrong.body.errors).toMatchObject([{ pointer: '/phone', code: 'INVALID' }]);
  expect((await api.patch(`/sites/${site.id}`, 2, { directions: { de: 'Bus 11' } })).status).toBe(400);
});

test('a family reads the sites that concern it: of its request, of its offer and of its loan, and no other', async () => {
  await api.patch('/council', 2, { phone: '+33139334400' });
  const [chosen, held, lent] = [
    await aSite(api, { directions: DIRECTIONS }),
    await aSite(api, { phone: '+33139334455' }),
    await aSite(api),
  ];
  await aSite(api);
  const learners = ['Amal', 'Idris'].map((givenName) => ({ givenName, familyName: 'B.', level: 'college' }));
  const household = await aHousehold(api, { contacts: [CONTACT], learners });
  // First: what is handed over would serve the line that waits for it.
  await aLoan(api, { householdId: household.id, siteId: lent.id });
  const { lines } = await aRequest(api, household.id as string, { pickupSiteId: chosen.id });
  await anOffer(api, lines[0].id as string, (await aDevice(api, { siteId: held.id })).id as string);
  const family = await familyOf(household);
  const seen = await sitesOf(family, household);
  expect(new Map(seen.map(({ id, phone, directions }) => [id, [phone, directions]]))).toEqual(
    new Map([
      [chosen.id, ['+33139334400', DIRECTIONS]],
      [held.id, ['+33139334455', null]],
      [lent.id, ['+33139334400', null]],
    ]),
  );
  expect(await sitesOf(api, household)).toEqual(seen);
  const other = await aHousehold(api);
  expect((await family.get(`/households/${other.id}/sites`)).status).toBe(404);
  expect(await sitesOf(await familyOf(other), other)).toEqual([]);
});

test('of two contacts neither sees where the other wants to collect', async () => {
  const [chosen, lent] = [await aSite(api), await aSite(api)];
  const household = await aHousehold(api, { contacts: [CONTACT, { ...CONTACT, name: 'Karim B.', phone: '+33612345679' }] });
  await aRequest(api, household.id as string, { pickupSiteId: chosen.id });
  await aLoan(api, { householdId: household.id, siteId: lent.id });
  expect((await sitesOf(await familyOf(household), household)).map(({ id }) => id as string)).toEqual([lent.id]);
  expect(await sitesOf(api, household)).toHaveLength(2);
});

test('the day of the next round is part of the policy', async () => {
  const policy = { reserves: [], maximumWaitingDays: 90 };
  expect((await api.get('/allocation-policy')).body.nextRoundOn).toBeNull();
  expect(expectStatus(await api.put('/allocation-policy', null, { ...policy, nextRoundOn: '2026-11-16' }), 200).nextRoundOn).toBe(
    '2026-11-16',
  );
  expect((await api.get('/allocation-policy')).body.nextRoundOn).toBe('2026-11-16');
  expect((await api.put('/allocation-policy', 1, { ...policy, nextRoundOn: '2026-13-01' })).body.errors).toMatchObject([
    { pointer: '/nextRoundOn', code: 'INVALID_DAY' },
  ]);
  expect(expectStatus(await api.put('/allocation-policy', 1, policy), 200).nextRoundOn).toBeNull();
});
