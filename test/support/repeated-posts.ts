import { generateSync } from 'otplib';
import { newId } from '../../src/shared/ids.js';
import { type Answer, type Api, expectStatus } from './api.js';
import type { TestApp } from './app.js';
import {
  aDevice,
  aDeviceModel,
  aHousehold,
  aLoan,
  anAllocationRound,
  aNewDevice,
  anAgreement,
  aRecalledLoan,
  aRequest,
  aSchool,
  aSite,
  aUser,
} from './builders.js';
import { aPerson, type TestCouncil } from './people.js';
import { postReceipt, gatewaySettings } from './sms-gateway.js';
import { onServer } from './test-database.js';

// For every POST with an effect, one request that succeeds, in a council of its own, with everything that it needs. A new operation gets
// its line here.

/** The council in which a POST is tried, with its application. */
export interface PostContext extends TestCouncil {
  readonly app: TestApp;
}

/** A request; `as` is the caller, if it is not the council's client. */
export interface PostRequest {
  readonly path: string;
  readonly body?: unknown;
  readonly as?: Api;
}

type Body = Answer['body'];
type PostRecipe = (place: PostContext) => Promise<PostRequest>;

const AT_HOME = { line1: '12 rue de l’Église', line2: null, postalCode: '95000', city: 'Cergy', country: 'FR' };
const SILENT = { name: 'Sans adresse', relationship: 'parent', language: 'fr', notify: true };
const WORKSHOP = {
  title: 'Premiers pas',
  language: 'fr',
  startsAt: '2026-11-18T16:30:00.000Z',
  endsAt: '2026-11-18T18:00:00.000Z',
  places: 8,
};
const REPORT = { kind: 'broken', reportedOn: '2026-11-02', description: 'The screen stays black' };

const aCycle = async (api: Api): Promise<Body> => expectStatus(await api.post('/cycles', { publicValueName: 'Loto' }), 201);
const anIncident = async ({ api }: PostContext): Promise<Body> => {
  const loan = await aLoan(api);
  return expectStatus(await api.post(`/loans/${loan.id}/incidents`, { ...REPORT, itemId: loan.items[0].id }), 201);
};
const aServedLine = async ({ api }: PostContext): Promise<Body> => {
  await aDevice(api);
  return (await aRequest(api, (await aHousehold(api)).id as string)).lines[0];
};
const aRound = async (place: PostContext): Promise<{ round: Body; line: Body }> => {
  const line = await aServedLine(place);
  return { round: await anAllocationRound(place.api), line };
};
const aStandingDecision = async ({ api }: PostContext): Promise<Body> =>
  expectStatus(await api.post('/standing-decisions', { name: 'Retours', reason: 'Sans attendre', from: '2026-11-02' }), 201);
const aBatch = async ({ api, app }: PostContext): Promise<Body> => {
  await aRecalledLoan(api);
  await app.drain();
  return expectStatus(await api.post('/print-batches', {}), 201);
};
const anEnrolled = async (place: PostContext): Promise<{ as: Api; secret: string }> => {
  const as = await aPerson(place.app, place.id, 'council_manager');
  return { as, secret: expectStatus(await as.post('/session/totp'), 201).secret as string };
};
const totpOf = ({ app }: PostContext, secret: string, later = 0): string =>
  generateSync({ secret, epoch: Math.floor(app.clock.now().getTime() / 1000) + later });

export const RECIPES: Readonly<Record<string, PostRecipe>> = {
  'POST /schools': () => Promise.resolve({ path: '/schools', body: { code: '0951099D', name: 'Collège', level: 'college' } }),
  'POST /sites': () => Promise.resolve({ path: '/sites', body: { name: 'Mairie', schoolId: null, address: AT_HOME } }),
  'POST /funds': () => Promise.resolve({ path: '/funds', body: { name: 'Région 2026', funder: 'region' } }),
  'POST /device-models': () =>
    Promise.resolve({ path: '/device-models', body: { category: 'laptop', manufacturer: 'Acme', name: 'Book', unitCostCents: 1 } }),
  'POST /kits': () =>
    Promise.resolve({ path: '/kits', body: { name: 'Kit', components: [{ category: 'tablet', count: 1 }], costCents: 20_000 } }),
  'POST /school-profiles': async ({ api }) => ({
    path: '/school-profiles',
    body: { schoolId: (await aSchool(api)).id, level: 'college', live: [], work: [] },
  }),
  'POST /devices': async ({ api }) => ({
    path: '/devices',
    body: { assetTag: 'T-1', condition: 'new', modelId: (await aDeviceModel(api)).id, siteId: (await aSite(api)).id },
  }),
  'POST /devices/{id}/moves': async ({ api }) => ({ path: `/devices/${(await aNewDevice(api)).id}/moves`, body: { move: 'prepare' } }),
  'POST /users': () => Promise.resolve({ path: '/users', body: { name: 'Paul', email: `paul.${newId()}@example.org`, role: 'auditor' } }),
  'POST /users/{id}/invitation': async ({ api }) => ({ path: `/users/${(await aUser(api)).id}/invitation` }),
  'POST /clients': () => Promise.resolve({ path: '/clients', body: { name: 'Another', scopes: ['loans:read'] } }),
  'POST /clients/{id}/rotation': async ({ api }) => ({
    path: `/clients/${expectStatus(await api.post('/clients', { name: 'One', scopes: ['loans:read'] }), 201).id}/rotation`,
  }),
  'POST /session/totp': async ({ app, id }) => ({ path: '/session/totp', as: await aPerson(app, id, 'council_manager') }),
  'POST /session/totp/confirmation': async (place) => {
    const { as, secret } = await anEnrolled(place);
    return { path: '/session/totp/confirmation', body: { totp: totpOf(place, secret) }, as };
  },
  'POST /session/totp/removal': async (place) => {
    const { as, secret } = await anEnrolled(place);
    expectStatus(await as.post('/session/totp/confirmation', { totp: totpOf(place, secret) }), 200);
    return { path: '/session/totp/removal', body: { totp: totpOf(place, secret, 30) }, as };
  },
  'POST /households': () =>
    Promise.resolve({
      path: '/households',
      body: {
        contacts: [{ name: 'Nadia B.', relationship: 'parent' }],
        learners: [{ givenName: 'Amal', familyName: 'B.', level: 'college' }],
      },
    }),
  'POST /households/{id}/access-codes': async ({ api }) => {
    const { id, contacts } = await aHousehold(api);
    return { path: `/households/${id}/access-codes`, body: { contactId: contacts[0].id } };
  },
  'POST /households/{id}/learners': async ({ api }) => ({
    path: `/households/${(await aHousehold(api)).id}/learners`,
    body: { givenName: 'Ines', familyName: 'B.', level: 'college' },
  }),
  'POST /households/{id}/verifications': async ({ api }) => ({
    path: `/households/${(await aHousehold(api, { homeAlone: true })).id}/verifications`,
    body: { fields: ['homeAlone'] },
  }),
  'POST /requests': async ({ api }) => {
    const { id, learners } = await aHousehold(api);
    const lines = [{ class: 'computer', learnerIds: [learners[0].id], acceptableCategories: ['laptop'] }];
    return { path: '/requests', body: { householdId: id, channel: 'desk', submit: true, lines } };
  },
  'POST /requests/{id}/submission': async ({ api }) => ({
    path: `/requests/${(await aRequest(api, (await aHousehold(api)).id as string, { submit: false })).id}/submission`,
  }),
  'POST /request-lines/{id}/moves': async (place) => ({
    path: `/request-lines/${(await aServedLine(place)).id}/moves`,
    body: { move: 'withdraw' },
  }),
  'POST /loans': async ({ api }) => {
    const siteId = (await aSite(api)).id;
    const items = [{ deviceId: (await aDevice(api, { siteId })).id, conditionOut: 'good' }];
    return { path: '/loans', body: { householdId: (await aHousehold(api)).id, siteId, items, agreement: anAgreement } };
  },
  'POST /loans/{id}/agreement': async ({ api }) => ({ path: `/loans/${(await aLoan(api)).id}/agreement`, body: anAgreement }),
  'POST /loans/{id}/returns': async ({ api }) => {
    const loan = await aLoan(api);
    const items = [{ itemId: loan.items[0].id, conditionIn: 'good' }];
    return { path: `/loans/${loan.id}/returns`, body: { items, siteId: (await aSite(api)).id } };
  },
  'POST /returns': async ({ api }) => {
    const loan = await aLoan(api);
    return { path: '/returns', body: { assetTag: loan.items[0].assetTag, conditionIn: 'good', siteId: (await aSite(api)).id } };
  },
  'POST /loans/{id}/renewals': async ({ api }) => ({ path: `/loans/${(await aLoan(api)).id}/renewals`, body: {} }),
  'POST /loans/{id}/recall': async ({ api }) => ({
    path: `/loans/${(await aLoan(api)).id}/recall`,
    body: { dueOn: '2026-12-01', reason: 'Rappel du fabricant' },
  }),
  'POST /loans/{id}/incidents': async ({ api }) => {
    const loan = await aLoan(api);
    return { path: `/loans/${loan.id}/incidents`, body: { ...REPORT, itemId: loan.items[0].id } };
  },
  'POST /loans/{id}/exchanges': async ({ api }) => {
    const siteId = (await aSite(api)).id;
    const loan = await aLoan(api, { siteId });
    const other = await aDevice(api, { siteId });
    const change = { conditionIn: 'damaged', conditionOut: 'good', reason: 'Écran noir' };
    return { path: `/loans/${loan.id}/exchanges`, body: { ...change, itemId: loan.items[0].id, deviceId: other.id } };
  },
  'POST /incidents/{id}/closure': async (place) => ({
    path: `/incidents/${(await anIncident(place)).id}/closure`,
    body: { outcome: 'repaired', reason: 'Vu à la vie scolaire' },
  }),
  'POST /imports': () => {
    const form = new FormData();
    for (const [name, value] of Object.entries({ kind: 'devices', mode: 'apply' })) form.append(name, value);
    form.append('file', new Blob(['Asset Tag,Category\nLT-9999,Laptop\n']), 'file.csv');
    return Promise.resolve({ path: '/imports', body: form });
  },
  'POST /priority-policies': () =>
    Promise.resolve({ path: '/priority-policies', body: { criteria: [{ criterion: 'learners', points: 20 }] } }),
  'POST /cycles': () => Promise.resolve({ path: '/cycles', body: { publicValueName: 'Loto' } }),
  'POST /cycles/{id}/opening': async ({ api }) => ({ path: `/cycles/${(await aCycle(api)).id}/opening`, body: { publicValue: '4 8 15' } }),
  'POST /cycles/{id}/closing': async ({ api }) => {
    const { id } = await aCycle(api);
    expectStatus(await api.post(`/cycles/${id}/opening`, { publicValue: '4 8 15' }), 200);
    return { path: `/cycles/${id}/closing` };
  },
  'POST /allocation-rounds': async (place) => {
    await aServedLine(place);
    return { path: '/allocation-rounds', body: { class: 'computer' } };
  },
  'POST /allocation-rounds/{id}/exclusions': async (place) => {
    const { round, line } = await aRound(place);
    return { path: `/allocation-rounds/${round.id}/exclusions`, body: { lineId: line.id, reason: 'A déménagé' } };
  },
  'POST /allocation-rounds/{id}/solution': async (place) => ({ path: `/allocation-rounds/${(await aRound(place)).round.id}/solution` }),
  'POST /allocation-rounds/{id}/publication': async (place) => {
    const { round, line } = await aRound(place);
    return { path: `/allocation-rounds/${round.id}/publication`, body: { confirmedLineIds: [line.id] } };
  },
  'POST /allocation-rounds/{id}/discard': async (place) => ({ path: `/allocation-rounds/${(await aRound(place)).round.id}/discard` }),
  'POST /placements': async (place) => {
    const line = await aServedLine(place);
    return { path: '/placements', body: { lineId: line.id, deviceId: (await aDevice(place.api)).id, reason: 'Examen' } };
  },
  'POST /pickup-slots': async ({ api }) => ({
    path: '/pickup-slots',
    body: { siteId: (await aSite(api)).id, startsAt: '2026-11-04T08:00:00.000Z', endsAt: '2026-11-04T08:30:00.000Z', capacity: 2 },
  }),
  'POST /training-sessions': async ({ api }) => ({ path: '/training-sessions', body: { ...WORKSHOP, siteId: (await aSite(api)).id } }),
  'POST /training-sessions/{id}/bookings': async ({ api }) => {
    const { id } = expectStatus(await api.post('/training-sessions', { ...WORKSHOP, siteId: (await aSite(api)).id }), 201);
    return { path: `/training-sessions/${id}/bookings`, body: { householdId: (await aHousehold(api)).id } };
  },
  'POST /standing-decisions': () =>
    Promise.resolve({ path: '/standing-decisions', body: { name: 'Retours', reason: 'Sans attendre', from: '2026-11-02' } }),
  'POST /standing-decisions/{id}/revocation': async (place) => ({
    path: `/standing-decisions/${(await aStandingDecision(place)).id}/revocation`,
    body: { reason: 'Plus de stock' },
  }),
  'POST /contact-marks/{id}/clearing': async ({ api, app }) => {
    expectStatus(await api.put('/sms-gateway', null, gatewaySettings('https://sms.example.org')), 200);
    const phone = '+33698765432';
    const { id } = await aHousehold(api, { contacts: [{ name: 'Tom', relationship: 'parent', phone }] });
    await postReceipt(api, { from: phone, text: 'STOP' }, { at: app.clock.now() });
    const [mark] = expectStatus(await api.get(`/contact-marks?householdId=${id}`), 200).data;
    return { path: `/contact-marks/${mark.id}/clearing`, body: { reason: 'Revenu' } };
  },
  'POST /notices/{id}/resend': async ({ api, app }) => {
    const household = await aHousehold(api, { contacts: [SILENT] });
    await aLoan(api, { householdId: household.id });
    await app.drain();
    const [failed] = expectStatus(await api.get('/notices?state=stuck'), 200).data;
    const contacts = [{ ...SILENT, id: household.contacts[0].id, email: 'new@example.org' }];
    expectStatus(await api.patch(`/households/${household.id}`, household.version, { contacts }), 200);
    return { path: `/notices/${failed.id}/resend`, body: { reason: 'They have an address now' } };
  },
  'POST /print-batches': async ({ api, app }) => {
    await aRecalledLoan(api);
    await app.drain();
    return { path: '/print-batches', body: {} };
  },
  'POST /print-batches/{id}/printing': async (place) => {
    const { id } = await aBatch(place);
    const file = await fetch(`${place.api.url}/api/v1/print-batches/${id}/file`, { headers: place.api.headers });
    if (!file.ok) throw new Error(`the letters could not be had: ${file.status}`);
    await file.arrayBuffer();
    return { path: `/print-batches/${id}/printing` };
  },
  'POST /jobs/{id}/replay': async ({ app, id: councilId }) => {
    const id = newId();
    await onServer(app.databaseUrl, (client) =>
      client.query(
        `INSERT INTO outbox (id, council_id, kind, lane, ids, due_at, created_at, dead_at, attempts)
         VALUES ($1, $2, 'offer.ends', 'urgent', '{}', $3, now(), now(), 36)`,
        [id, councilId, app.clock.now()],
      ),
    );
    return { path: `/jobs/${id}/replay` };
  },
};
