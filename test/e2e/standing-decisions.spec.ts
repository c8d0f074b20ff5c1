import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { StandingDecisionsService } from '../../src/modules/allocation/index.js';
import { Transactions, type Tx } from '../../src/platform/index.js';
import { day } from '../../src/shared/day.js';
import { newId } from '../../src/shared/ids.js';
import type { DeviceClass } from '../../src/shared/vocabulary.js';
import { type Answer, type Api, expectStatus } from '../support/api.js';
import { START, startTestApp, type TestApp } from '../support/app.js';
import { aSchool, aSite } from '../support/builders.js';
import { aCouncil, aPerson, type TestCouncil } from '../support/people.js';
import { onServer } from '../support/test-database.js';
import { until } from '../support/until.js';

type Body = Answer['body'];

const PATH = '/standing-decisions';
const TODAY = '2026-11-02';

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

const decide = (overrides: Record<string, unknown> = {}, who = api) =>
  who.post(PATH, { name: 'Retours', reason: 'Un appareil rendu ne doit pas attendre', from: TODAY, ...overrides });
const aDecision = async (overrides: Record<string, unknown> = {}): Promise<Body> => expectStatus(await decide(overrides), 201);
const revoke = ({ id }: Body, who = api) => who.post(`${PATH}/${id}/revocation`, { reason: 'Le tour du mois suffit' });
const faults = ({ status, body }: Answer) =>
  status === 422 ? body.errors.map(({ pointer, code }: { pointer: string; code: string }) => `${pointer} ${code}`) : status;
const inTransaction = <T>(work: (tx: Tx) => Promise<T>) => app.nest.get(Transactions).write(council.id, work);
const holding = (scope: { class: DeviceClass; siteId: string }, on = TODAY) =>
  inTransaction((tx) => app.nest.get(StandingDecisionsService).holding(tx, scope, day(on)));

test('a decision is named, dated and a person’s; it is read, listed and revoked, and each leaves its audit event', async () => {
  const site = await aSite(api);
  const manager = await aPerson(app, council.id, 'council_manager');
  const made = expectStatus(await decide({ class: 'computer', siteId: site.id, until: '2027-07-02' }, manager), 201);
  expect(made).toMatchObject({ name: 'Retours', class: 'computer', siteId: site.id, from: TODAY, until: '2027-07-02', version: 1 });
  expect(made).toMatchObject({
    decidedBy: expect.stringMatching(/^user:/),
    decidedAt: START.toISOString(),
    revokedBy: null,
    revokedAt: null,
  });
  expect((await api.get(`${PATH}/${made.id}`)).body).toEqual(made);
  const second = await aDecision();
  expect((await api.get(PATH)).body).toEqual({ data: [made, second], nextCursor: null });
  const first = (await api.get(`${PATH}?limit=1`)).body;
  expect((await api.get(`${PATH}?limit=1&cursor=${first.nextCursor}`)).body.data).toEqual([second]);

  const revoked = expectStatus(await revoke(made, manager), 200);
  expect(revoked).toEqual({ ...made, revokedBy: made.decidedBy, revokedAt: START.toISOString(), version: 2 });
  const again = await revoke(made);
  expect([again.status, again.body.reasons]).toMatchObject([409, [{ code: 'ALREADY_REVOKED' }]]);
  const { data } = (await api.get(`/audit-events?subject=${made.id}`)).body;
  expect(data.map(({ action }: Body) => action).sort()).toEqual(['standing_decision.made', 'standing_decision.revoked']);
});

test('what is wrong is said with its place', async () => {
  const elsewhere = await aSite((await aCouncil(app)).api);
  expect(faults(await decide({ siteId: elsewhere.id, from: '2026-11-01', until: '2026-10-31' }))).toEqual([
    '/siteId UNKNOWN_REFERENCE',
    '/from DAY_PASSED',
    '/until OUT_OF_RANGE',
  ]);
  expect(faults(await api.post(PATH, { name: ' ', class: 'hat', from: 'today' }))).toEqual(
    expect.arrayContaining(['/class NOT_ONE_OF', '/from INVALID_DAY', '/name TOO_SHORT']),
  );
  expect((await revoke({ id: newId() })).status).toBe(404);
  expect((await api.post(`${PATH}/${(await aDecision()).id}/revocation`, {})).status).toBe(422);
});

test('holds on its days, for its class and its site; of several the one that names most', async () => {
  const [here, there] = [(await aSite(api)).id as string, (await aSite(api)).id as string];
  const computersHere = { class: 'computer', siteId: here } as const;
  expect(await holding(computersHere)).toBeNull();
  const later = await aDecision({ from: '2026-11-04', until: '2026-11-05' });
  expect(await holding(computersHere, '2026-11-03')).toBeNull();
  expect((await holding(computersHere, '2026-11-04'))?.id).toBe(later.id);
  expect((await holding(computersHere, '2026-11-05'))?.id).toBe(later.id);
  expect(await holding(computersHere, '2026-11-06')).toBeNull();

  const ofClass = await aDecision({ class: 'computer' });
  const ofSite = await aDecision({ siteId: here });
  expect((await holding(computersHere))?.id).toBe(ofSite.id);
  expect((await holding({ class: 'connectivity', siteId: here }))?.id).toBe(ofSite.id);
  expect((await holding({ class: 'computer', siteId: there }))?.id).toBe(ofClass.id);
  expect(await holding({ class: 'connectivity', siteId: there })).toBeNull();
  expectStatus(await revoke(ofSite), 200);
  expect((await holding(computersHere))?.id).toBe(ofClass.id);
  expect(await app.nest.get(Transactions).write((await aCouncil(app)).id, (tx) => app.nest.get(StandingDecisionsService).holding(tx, computersHere, day(TODAY)))).toBeNull(); // prettier-ignore
});

test('is revoked only after what is being published under it stands', async () => {
  const decision = await aDecision();
  const order: string[] = [];
  const waits = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND application_name = 'passerelle'`;
  const revoking = await inTransaction(async (tx) => {
    const held = await app.nest.get(StandingDecisionsService).holding(tx, { class: 'computer', siteId: newId() }, day(TODAY));
    expect(held?.id).toBe(decision.id);
    const answer = revoke(decision).then((given) => (order.push('revoked'), given));
    await until('the revocation waits', () => onServer(app.databaseUrl, async (client) => (await client.query(waits)).rowCount));
    order.push('published');
    return { answer };
  });
  expectStatus(await revoking.answer, 200);
  expect(order).toEqual(['published', 'revoked']);
});

test('a manager decides and revokes, others in the council read', async () => {
  const decision = await aDecision();
  const school = await aSchool(api);
  const site = await aSite(api);
  for (const person of [
    await aPerson(app, council.id, 'school_administrator', { schoolId: school.id }),
    await aPerson(app, council.id, 'auditor'),
  ]) {
    expect((await person.get(PATH)).body.data).toHaveLength(1);
    expect([(await decide({}, person)).status, (await revoke(decision, person)).status]).toEqual([403, 403]);
  }
  expect((await (await aPerson(app, council.id, 'desk_agent', { siteId: site.id })).get(PATH)).status).toBe(403);
  const other = (await aCouncil(app)).api;
  expect([(await other.get(`${PATH}/${decision.id}`)).status, (await revoke(decision, other)).status]).toEqual([404, 404]);
});
