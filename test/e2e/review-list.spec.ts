import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { WaitingDaysService } from '../../src/modules/requests/priority/waiting-days.service.js';
import { type Answer, type Api, expectStatus } from '../support/api.js';
import { START, startTestApp, type TestApp } from '../support/app.js';
import { aDevice, aHousehold, anOffer, aRequest, aSchool, aSite } from '../support/builders.js';
import { aCouncil, aPerson, type TestCouncil } from '../support/people.js';
import { onServer } from '../support/test-database.js';

type Body = Answer['body'];

const DAY = 24 * 60 * 60 * 1000;

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

const aLine = async (overrides: Record<string, unknown> = {}): Promise<Body> =>
  (await aRequest(api, (await aHousehold(api, overrides)).id)).lines[0];
const move = async (line: Body, name: string, said: object = {}) =>
  expectStatus(await api.post(`/request-lines/${line.id}/moves`, { move: name, ...said }), 200);
const listed = async (query = '', who = api): Promise<Body[]> => expectStatus(await who.get(`/review-list${query}`), 200).data;
const reasons = async (query = '') =>
  Object.fromEntries((await listed(query)).map(({ lineId, reasons: why }: Body) => [lineId, why])) as Record<string, string[]>;
const mostDays = async (maximumWaitingDays: number | null) => {
  const { version } = (await api.get('/allocation-policy')).body;
  expectStatus(await api.put('/allocation-policy', version, { reserves: [], maximumWaitingDays }), 200);
};
/** So many days later, with what is due until then and each night's count. */
async function later(days: number): Promise<void> {
  app.clock.moveTo(new Date(app.clock.now().getTime() + days * DAY));
  await app.drain();
  await app.nest.get(WaitingDaysService).countAll();
}
const NOBODY = [{ name: 'Nadia B.', relationship: 'parent' }];

test('a council in which nobody asks has an empty list', async () => {
  expect((await api.get('/review-list')).body).toEqual({ data: [], nextCursor: null });
});

test('who has waited longer than the maximum, by the council’s calendar and without days of suspension', async () => {
  await mostDays(10);
  const line = await aLine();
  const suspended = await aLine();
  const drawn = await aLine();
  await move(suspended, 'suspend', { reason: 'Absents' });
  await later(4);
  await move(suspended, 'resume');
  await later(6);
  expect(await listed()).toEqual([]);
  await later(1);
  await move(drawn, 'withdraw');
  expect(await listed()).toEqual([
    {
      lineId: line.id,
      householdId: line.householdId,
      class: 'computer',
      state: 'waiting',
      reasons: ['WAITING_TOO_LONG'],
      waitingSince: line.waitingSince,
      waitingDays: 11,
      household: expect.objectContaining({ id: line.householdId, name: 'Nadia B.' }),
    },
  ]);
  await later(4);
  expect((await listed()).map(({ lineId, waitingDays }) => [lineId, waitingDays])).toEqual([[line.id, 15], [suspended.id, 11]]); // prettier-ignore
  await mostDays(14);
  expect(Object.keys(await reasons())).toEqual([line.id]);
  await mostDays(null);
  expect(await listed()).toEqual([]);
});

test('a day of waiting begins at midnight of the council', async () => {
  await mostDays(1);
  app.clock.moveTo(new Date('2026-11-02T22:30:00Z'));
  const before = await aLine();
  app.clock.moveTo(new Date('2026-11-02T23:30:00Z'));
  await aLine();
  app.clock.moveTo(new Date('2026-11-04T12:00:00Z'));
  await later(0);
  expect(Object.keys(await reasons())).toEqual([before.id]);
});

test('families whom no notice reaches, as soon as it is so and as long', async () => {
  const lines = {
    silent: await aLine({ contacts: NOBODY }),
    notNotified: await aLine({
      contacts: [...NOBODY, { name: 'Ali B.', relationship: 'parent', email: 'ali@example.org', notify: false }],
    }),
    byLetter: await aLine({
      contacts: [{ ...NOBODY[0], address: { line1: '1 rue', line2: null, postalCode: '95500', city: 'Gonesse', country: 'FR' } }],
    }),
  };
  const unreachable = { [lines.silent.id]: ['UNREACHABLE'], [lines.notNotified.id]: ['UNREACHABLE'] };
  expect(await reasons()).toEqual(unreachable);
  const device = await aDevice(api, { siteId: (await aSite(api)).id });
  await anOffer(api, lines.silent.id, device.id);
  expect(await reasons()).toEqual(unreachable);
  await move(lines.notNotified, 'withdraw');
  expect(Object.keys(await reasons('?reason=UNREACHABLE'))).toEqual([lines.silent.id]);

  const change = async (contacts: Body[]) => {
    const { version } = (await api.get(`/households/${lines.silent.householdId}`)).body;
    expectStatus(await api.patch(`/households/${lines.silent.householdId}`, version, { contacts }), 200);
  };
  await change([{ ...NOBODY[0], phone: '+33612345678' }]);
  expect(await listed()).toEqual([]);
  await change(NOBODY);
  expect(Object.keys(await reasons())).toEqual([lines.silent.id]);
});

test('appeals until they are decided', async () => {
  const [line, other] = [await aLine(), await aLine()];
  for (const each of [line, other]) await move(each, 'refuse', { reason: 'Déjà équipés' });
  expect(await listed()).toEqual([]);
  await move(line, 'appeal');
  expect(await reasons()).toEqual({ [line.id]: ['APPEAL_PENDING'] });
  await move(line, 'dismiss_appeal', { reason: 'Revu' });
  expect(await listed()).toEqual([]);
});

test('who was suspended because offers were missed, and not who was suspended by somebody', async () => {
  expectStatus(await api.put('/loan-policies', null, { rules: [{ missedOffers: 1 }] }), 200);
  const byHand = await aLine();
  const line = await aLine();
  await move(byHand, 'suspend', { reason: 'Absents' });
  const device = await aDevice(api, { siteId: (await aSite(api)).id });
  await anOffer(api, line.id, device.id);
  await app.drain();
  await later(10);
  expect((await api.get(`/request-lines/${line.id}`)).body.state).toBe('suspended');
  expect(await reasons()).toEqual({ [line.id]: ['SUSPENDED_AFTER_MISSED_OFFERS'] });
  await move(line, 'resume');
  expect(await listed()).toEqual([]);
});

test('whose offer nobody could be told of, until there is another', async () => {
  const line = await aLine();
  const device = await aDevice(api, { siteId: (await aSite(api)).id });
  const offer = await anOffer(api, line.id, device.id);
  await app.drain();
  await onServer(app.databaseUrl, (client) => client.query('UPDATE offers SET undeliverable_at = now() WHERE id = $1', [offer.id]));
  await later(10);
  expect((await api.get(`/offers/${offer.id}`)).body.state).toBe('revoked');
  expect(await reasons()).toEqual({ [line.id]: ['OFFER_NOT_DELIVERED'] });
  await anOffer(api, line.id, device.id);
  expect(await listed()).toEqual([]);
});

test('several reasons of one line are told together; pages in the order of waiting, each line once', async () => {
  await mostDays(1);
  const lines: Body[] = [];
  for (let number = 0; number < 5; number++) {
    lines.push(await aLine(number % 2 === 0 ? { contacts: NOBODY } : {}));
    app.clock.moveTo(new Date(app.clock.now().getTime() + 1000));
  }
  await later(3);
  const both = ['WAITING_TOO_LONG', 'UNREACHABLE'];
  expect((await listed()).map(({ lineId, reasons: why }) => [lineId, why])).toEqual(
    lines.map(({ id }, index) => [id, index % 2 === 0 ? both : both.slice(0, 1)]),
  );
  const seen: Body[] = [];
  for (let query: string | null = '?limit=2'; query !== null;) {
    const { data, nextCursor } = expectStatus(await api.get(`/review-list${query}`), 200);
    seen.push(...data);
    query = nextCursor && `?limit=2&cursor=${nextCursor}`;
  }
  expect(seen.map(({ lineId }) => lineId)).toEqual(lines.map(({ id }) => id));
  expect((await listed('?reason=UNREACHABLE')).map(({ lineId }) => lineId)).toEqual([0, 2, 4].map((index) => lines[index].id));
  expect(await listed('?class=connectivity')).toEqual([]);
});

test('a school sees its own, another council and a desk nothing', async () => {
  const [own, other] = [await aSchool(api), await aSchool(api)];
  const line = await aLine({ schoolId: own.id, contacts: NOBODY });
  const elsewhere = await aLine({ schoolId: other.id, contacts: NOBODY });
  expect(Object.keys(await reasons(`?schoolId=${own.id}`))).toEqual([line.id]);
  const administrator = await aPerson(app, council.id, 'school_administrator', { schoolId: other.id });
  expect((await listed('', administrator)).map(({ lineId }) => lineId)).toEqual([elsewhere.id]);
  expect(await listed('', await aPerson(app, council.id, 'auditor'))).toHaveLength(2);
  expect(await listed('', (await aCouncil(app)).api)).toEqual([]);
  const desk = await aPerson(app, council.id, 'desk_agent', { siteId: (await aSite(api)).id });
  expect((await desk.get('/review-list')).status).toBe(403);
});
