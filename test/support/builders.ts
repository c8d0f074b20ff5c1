import { type Answer, type Api, expectStatus } from './api.js';

// One small function for each kind of thing. It makes the thing through the API, with default values that `overrides` replaces, and returns
// the body of the answer.

type Overrides = Readonly<Record<string, unknown>>;
type Body = Answer['body'];

/** The number of things that were made. Values that must be unique contain it. */
let made = 0;

/** A household with one contact and one learner of collège, not assigned to a school. */
export async function aHousehold(api: Api, overrides: Overrides = {}): Promise<Body> {
  const body = {
    contacts: [{ name: 'Nadia B.', relationship: 'parent', phone: '+33612345678', language: 'fr', preferredChannel: 'sms' }],
    learners: [{ givenName: 'Amal', familyName: 'B.', level: 'college' }],
    ...overrides,
  };
  return expectStatus(await api.post('/households', body), 201);
}

/** A submitted request for a laptop or a tablet for the household's first learner. */
export async function aRequest(api: Api, householdId: string, overrides: Overrides = {}): Promise<Body> {
  const { learners } = expectStatus(await api.get(`/households/${householdId}`), 200);
  const lines = [{ class: 'computer', learnerIds: [learners[0].id], acceptableCategories: ['laptop', 'tablet'] }];
  return expectStatus(await api.post('/requests', { householdId, channel: 'desk', submit: true, lines, ...overrides }), 201);
}

/** A collège with a code of its own. */
export async function aSchool(api: Api, overrides: Overrides = {}): Promise<Body> {
  const digits = String(9_500_000 - ++made).padStart(7, '0');
  const code = digits + 'ABCDEFGHJKLMNPRSTUVWXYZ'.charAt(Number(digits) % 23);
  return expectStatus(await api.post('/schools', { code, name: `Collège ${made}`, level: 'college', ...overrides }), 201);
}

/** A site that belongs to no school. */
export async function aSite(api: Api, overrides: Overrides = {}): Promise<Body> {
  const address = { line1: '1 rue de la Paix', line2: null, postalCode: '95500', city: 'Gonesse', country: 'FR' };
  return expectStatus(await api.post('/sites', { name: `Point ${++made}`, schoolId: null, address, ...overrides }), 201);
}

/** A laptop's model with a name of its own. */
export async function aDeviceModel(api: Api, overrides: Overrides = {}): Promise<Body> {
  return expectStatus(
    await api.post('/device-models', {
      category: 'laptop',
      manufacturer: 'Acme',
      name: `Book ${++made}`,
      unitCostCents: 32000,
      ...overrides,
    }),
    201,
  );
}

/** A device in intake. Unless they are given, it has a model and a site of its own. */
export async function aNewDevice(api: Api, overrides: Overrides = {}): Promise<Body> {
  const modelId = overrides.modelId ?? (await aDeviceModel(api)).id;
  const siteId = overrides.siteId ?? (await aSite(api)).id;
  return expectStatus(await api.post('/devices', { assetTag: `T-${++made}`, condition: 'new', modelId, siteId, ...overrides }), 201);
}

/** The same, prepared, so that it is available. */
export async function aDevice(api: Api, overrides: Overrides = {}): Promise<Body> {
  const { id } = await aNewDevice(api, overrides);
  return expectStatus(await api.post(`/devices/${id}/moves`, { move: 'prepare' }), 200);
}

/** A device held for a line, placed there by hand. */
export async function anOffer(api: Api, lineId: string, deviceId: string): Promise<Body> {
  return expectStatus(await api.post('/placements', { lineId, deviceId, reason: 'Examen dans dix jours' }), 201);
}

/** A trial round over all stock and all lines for a computer. */
export async function anAllocationRound(api: Api, overrides: Overrides = {}): Promise<Body> {
  return expectStatus(await api.post('/allocation-rounds', { class: 'computer', ...overrides }), 201);
}

/** Half an hour at a site, on the Wednesday after the day on which tests begin. */
export async function aPickupSlot(api: Api, siteId: string, overrides: Overrides = {}): Promise<Body> {
  const slot = { siteId, startsAt: '2026-11-04T08:00:00.000Z', endsAt: '2026-11-04T08:30:00.000Z', capacity: 2, ...overrides };
  return expectStatus(await api.post('/pickup-slots', slot), 201);
}

/** A kit of one laptop with a name of its own. */
export async function aKit(api: Api, overrides: Overrides = {}): Promise<Body> {
  const components = [{ category: 'laptop', count: 1 }];
  return expectStatus(await api.post('/kits', { name: `Kit ${++made}`, components, costCents: 32_000, ...overrides }), 201);
}

/** A fund for every learner. */
export async function aFund(api: Api, overrides: Overrides = {}): Promise<Body> {
  return expectStatus(await api.post('/funds', { name: 'Département 2026', funder: 'departement', ...overrides }), 201);
}

/** What a family signs under the shipped policy. */
export const anAgreement = { signatoryName: 'Nadia B.', method: 'in_person', termsVersion: '2026-09' } as const;

/** One laptop on loan. Unless they are given, it has a household and a site of its own. */
export async function aLoan(api: Api, overrides: Overrides = {}): Promise<Body> {
  const householdId = overrides.householdId ?? (await aHousehold(api)).id;
  const siteId = overrides.siteId ?? (await aSite(api)).id;
  const items = overrides.items ?? [{ deviceId: (await aDevice(api, { siteId })).id, conditionOut: 'good' }];
  return expectStatus(await api.post('/loans', { agreement: anAgreement, ...overrides, householdId, siteId, items }), 201);
}

/** A recalled loan of a household that can only be reached by letter. */
export async function aRecalledLoan(api: Api, overrides: Overrides = {}): Promise<Body> {
  const address = { line1: '1 rue de la Paix', line2: null, postalCode: '95500', city: 'Gonesse', country: 'FR' };
  const contacts = [{ name: 'Sans téléphone', relationship: 'parent', language: 'fr', notify: true, address }];
  const { id } = await aLoan(api, { householdId: (await aHousehold(api, { contacts, ...overrides })).id });
  return expectStatus(await api.post(`/loans/${id}/recall`, { dueOn: '2026-12-01', reason: 'Rappel du fabricant' }), 200);
}

/** An auditor's account with an address of its own, not yet invited. */
export async function aUser(api: Api, overrides: Overrides = {}): Promise<Body> {
  const user = { name: 'Claire Morvan', email: `claire.${process.pid}.${++made}@example.org`, role: 'auditor' };
  return expectStatus(await api.post('/users', { ...user, ...overrides }), 201);
}
