import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Answer, type Api, expectStatus } from '../support/api.js';
import { START, startTestApp, type TestApp } from '../support/app.js';
import { aHousehold, aSchool, aSite } from '../support/builders.js';
import { aCouncil, aFamily, aPerson, type TestCouncil } from '../support/people.js';
import { isThorough } from '../support/thorough.js';

const PATH = '/training-sessions';
const WORKSHOP = {
  title: 'Premiers pas avec l’ordinateur',
  language: 'fr',
  startsAt: '2026-11-18T16:30:00.000Z',
  endsAt: '2026-11-18T18:00:00.000Z',
  places: 2,
};
type Body = Answer['body'];

let app: TestApp;
let council: TestCouncil;
let api: Api;
let site: Body;
beforeAll(async () => {
  app = await startTestApp();
});
beforeEach(async () => {
  app.clock.moveTo(START);
  council = await aCouncil(app);
  api = council.api;
  expectStatus(await api.patch('/council', 1, { openToFamilies: true }), 200);
  site = await aSite(api);
});
afterAll(() => app.close());

const plan = async (values: object = {}): Promise<Body> =>
  expectStatus(await api.post(PATH, { ...WORKSHOP, siteId: site.id, ...values }), 201);
const book = (caller: Api, session: Body, household: Body) => caller.post(`${PATH}/${session.id}/bookings`, { householdId: household.id });
const familyOf = (household: Body) => aFamily(app, council.id, household as Parameters<typeof aFamily>[2]);
const booked = async (session: Body) => (await api.get(`${PATH}/${session.id}`)).body.booked as number;
const faults = ({ body }: Answer) => body.errors.map(({ pointer, code }: { pointer: string; code: string }) => `${pointer} ${code}`);

describe('a workshop', () => {
  test('is planned, read and changed under its version', async () => {
    const session = await plan();
    expect(session).toMatchObject({ ...WORKSHOP, siteId: site.id, booked: 0, cancelledAt: null, version: 1 });
    expect((await api.patch(`${PATH}/${session.id}`, 7, { places: 3 })).status).toBe(412);
    const changed = expectStatus(await api.patch(`${PATH}/${session.id}`, 1, { places: 3, title: 'Internet' }), 200);
    expect(changed).toMatchObject({ ...WORKSHOP, places: 3, title: 'Internet', version: 2 });
    expect((await api.get(`${PATH}/${session.id}`)).body).toEqual(changed);
    const cancelled = expectStatus(await api.patch(`${PATH}/${session.id}`, 2, { cancelled: true }), 200);
    expect(cancelled.cancelledAt).toBe(START.toISOString());
    expect(expectStatus(await api.patch(`${PATH}/${session.id}`, 3, { cancelled: false }), 200).cancelledAt).toBeNull();
  });

  test('is refused with what is wrong and where', async () => {
    const refused = async (values: object) => faults(await api.post(PATH, { ...WORKSHOP, siteId: site.id, ...values }));
    expect(await refused({ startsAt: '2026-11-01T08:00:00Z' })).toEqual(['/startsAt TIME_PASSED', '/endsAt OUT_OF_RANGE']);
    expect(await refused({ endsAt: '2026-11-19T18:00:00Z' })).toEqual(['/endsAt OUT_OF_RANGE']);
    expect(await refused({ places: 0, language: 'français', title: '' })).toEqual([
      '/title TOO_SHORT',
      '/language INVALID',
      '/places OUT_OF_RANGE',
    ]);
    const elsewhere = await aSite((await aCouncil(app)).api);
    expect(await refused({ siteId: elsewhere.id })).toEqual(['/siteId UNKNOWN_REFERENCE']);
  });

  test('has never fewer places than are taken', async () => {
    const session = await plan();
    for (const household of [await aHousehold(api), await aHousehold(api)]) expectStatus(await book(api, session, household), 201);
    expect(faults(await api.patch(`${PATH}/${session.id}`, 1, { places: 1 }))).toEqual(['/places OUT_OF_RANGE']);
  });

  test('is of the own site for a desk agent, and of the own school for its administrator', async () => {
    const school = await aSchool(api);
    const atSchool = await aSite(api, { schoolId: school.id });
    const agent = await aPerson(app, council.id, 'desk_agent', { siteId: site.id as string });
    const head = await aPerson(app, council.id, 'school_administrator', { schoolId: school.id as string });
    for (const [person, own, other] of [
      [agent, site, atSchool],
      [head, atSchool, site],
    ] as const) {
      expect(faults(await person.post(PATH, { ...WORKSHOP, siteId: other.id }))).toEqual(['/siteId UNKNOWN_REFERENCE']);
      const mine = expectStatus(await person.post(PATH, { ...WORKSHOP, siteId: own.id }), 201);
      const theirs = await plan({ siteId: other.id });
      expectStatus(await person.patch(`${PATH}/${mine.id}`, 1, { places: 3 }), 200);
      expect((await person.patch(`${PATH}/${theirs.id}`, 1, { places: 3 })).status).toBe(404);
      expect((await person.get(`${PATH}/${mine.id}/bookings`)).status).toBe(200);
      expect((await person.get(`${PATH}/${theirs.id}/bookings`)).status).toBe(404);
    }
    const seenBy = async (person: Api) => (await person.get(PATH)).body.data.map(({ siteId }: Body) => siteId as string);
    expect(new Set(await seenBy(agent))).toEqual(new Set([site.id]));
    expect(new Set(await seenBy(head))).toEqual(new Set([site.id, atSchool.id]));
  });

  test('is listed in the order of time, page by page, by site and time', async () => {
    const other = await aSite(api);
    const late = await plan({ startsAt: '2026-11-20T08:00:00Z', endsAt: '2026-11-20T09:00:00Z', siteId: other.id });
    const early = await plan();
    const first = expectStatus(await api.get(`${PATH}?limit=1`), 200);
    expect([first.data[0].id, (await api.get(`${PATH}?limit=1&cursor=${encodeURIComponent(first.nextCursor)}`)).body.data[0].id]).toEqual([
      early.id,
      late.id,
    ]);
    const ids = async (query: string) => (await api.get(`${PATH}?${query}`)).body.data.map(({ id }: Body) => id as string);
    expect(await ids(`siteId=${other.id}`)).toEqual([late.id]);
    expect(await ids('from=2026-11-19T00:00:00Z')).toEqual([late.id]);
    expect(await ids('to=2026-11-19T00:00:00Z')).toEqual([early.id]);
  });
});

describe('a family', () => {
  test('sees the workshops to come that take place, and where it has a place', async () => {
    const [passed, session, cancelled] = [
      await plan({ startsAt: '2026-11-03T08:00:00Z', endsAt: '2026-11-03T09:00:00Z' }),
      await plan(),
      await plan(),
    ];
    expectStatus(await api.patch(`${PATH}/${cancelled.id}`, 1, { cancelled: true }), 200);
    app.clock.moveTo(new Date('2026-11-04T08:00:00Z'));
    const household = await aHousehold(api);
    const family = await familyOf(household);
    const seen = async () =>
      (await family.get(`${PATH}?from=2026-01-01T00:00:00Z`)).body.data.map(({ id, hasPlace }: Body) => [id, hasPlace]);
    expect(await seen()).toEqual([[session.id, false]]);
    const booking = expectStatus(await book(family, session, household), 201);
    expect(booking).toMatchObject({ sessionId: session.id, householdId: household.id, bookedBy: `contact:${household.contacts[0].id}` });
    expect(await seen()).toEqual([[session.id, true]]);
    const own = `${PATH}/${session.id}/bookings/${household.id}`;
    expect((await family.get(own)).body).toEqual(booking);
    expect((await family.send('DELETE', own, undefined)).status).toBe(204);
    expect([(await family.get(own)).status, (await family.send('DELETE', own, undefined)).status, await booked(session)]).toEqual([
      404, 404, 0,
    ]);
    expect((await book(family, passed, household)).body.reasons).toMatchObject([{ code: 'SESSION_STARTED' }]);
    expect((await book(family, cancelled, household)).body.reasons).toMatchObject([{ code: 'SESSION_CANCELLED' }]);
  });

  test('books for itself only, and sees no other', async () => {
    const session = await plan();
    const [household, other] = [await aHousehold(api), await aHousehold(api)];
    const family = await familyOf(household);
    expect((await book(family, session, other)).status).toBe(404);
    expectStatus(await book(api, session, other), 201);
    const theirs = `${PATH}/${session.id}/bookings/${other.id}`;
    expect([(await family.get(theirs)).status, (await family.send('DELETE', theirs, undefined)).status]).toEqual([404, 404]);
    expect((await family.get(`${PATH}/${session.id}/bookings`)).status).toBe(403);
    expect(await booked(session)).toBe(1);
  });
});

describe('places', () => {
  test('are given while there are some, one to a household', async () => {
    const session = await plan();
    const [one, two, three] = [await aHousehold(api), await aHousehold(api), await aHousehold(api)];
    expectStatus(await book(api, session, one), 201);
    expect((await book(api, session, one)).body.reasons).toMatchObject([{ code: 'ALREADY_BOOKED' }]);
    expectStatus(await book(api, session, two), 201);
    expect((await book(api, session, three)).body).toMatchObject({ status: 409, code: 'SESSION_FULL' });
    expectStatus(await api.send('DELETE', `${PATH}/${session.id}/bookings/${one.id}`, undefined), 204);
    expectStatus(await book(api, session, three), 201);
    const listed = expectStatus(await api.get(`${PATH}/${session.id}/bookings`), 200).data as Body[];
    expect(listed.map(({ householdId }) => householdId as string)).toEqual([two.id, three.id].sort());
    expect(listed.every(({ household }) => household.name === 'Nadia B.' || household.reference)).toBe(true);
  });

  test('are booked by staff for households within reach', async () => {
    const session = await plan();
    const school = await aSchool(api);
    const head = await aPerson(app, council.id, 'school_administrator', { schoolId: school.id as string });
    const [ours, theirs] = [await aHousehold(api, { schoolId: school.id }), await aHousehold(api, { schoolId: (await aSchool(api)).id })];
    expectStatus(await book(head, session, ours), 201);
    expect(faults(await book(head, session, theirs))).toEqual(['/householdId UNKNOWN_REFERENCE']);
    expect((await book(await aPerson(app, council.id, 'auditor'), session, ours)).status).toBe(403);
  });

  test('are never more than there are, however many families book at once, and one each', async () => {
    for (let round = 0; round < (isThorough ? 200 : 10); round++) {
      const session = await plan({ places: 3 });
      const families = await Promise.all(
        Array.from({ length: 5 }, async () => {
          const household = await aHousehold(api);
          return { household, family: await familyOf(household) };
        }),
      );
      const answers = await Promise.all(
        families.flatMap(({ household, family }) => [book(family, session, household), book(api, session, household)]),
      );
      const codes = answers.map(({ status, body }) => (status === 201 ? 'PLACE' : (body.code as string)));
      expect([codes.filter((code) => code === 'PLACE').length, await booked(session)]).toEqual([3, 3]);
      expect(codes.every((code) => ['PLACE', 'SESSION_FULL', 'ALREADY_BOOKED'].includes(code))).toBe(true);
      const { data } = expectStatus(await api.get(`${PATH}/${session.id}/bookings`), 200);
      expect(new Set(data.map(({ householdId }: Body) => householdId as string)).size).toBe(3);
    }
  });
});
