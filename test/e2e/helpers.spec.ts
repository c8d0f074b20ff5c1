import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Answer, type Api, expectStatus } from '../support/api.js';
import { START, startTestApp, type TestApp } from '../support/app.js';
import { aHousehold } from '../support/builders.js';
import { aCouncil, aFamily, signedInFamily, type TestCouncil } from '../support/people.js';

let app: TestApp;
let council: TestCouncil;
let household: Answer['body'];
let nadia: Api;
let tom: Api;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  app.clock.moveTo(START);
  council = await aCouncil(app);
  expectStatus(await council.api.patch('/council', 1, { openToFamilies: true }), 200);
  const contacts = ['Nadia B.', 'Tom B.'].map((name) => ({ name, relationship: 'parent' }));
  household = await aHousehold(council.api, { contacts });
  nadia = await aFamily(app, council.id, household as never);
  tom = await aFamily(app, council.id, household as never, 1);
});

const path = () => `/households/${household.id}/helpers`;
const allow = (as: Api, more: object = {}) => as.post(path(), { name: 'Association du quartier', until: '2026-11-30', ...more });
const signIn = (code: string) => signedInFamily(app, { reference: household.reference as string, code });
const listed = async (as: Api) => expectStatus(await as.get(path()), 200).data;
const faults = ({ status, body }: Answer) => [status, body.errors?.map(({ pointer, code }: Answer['body']) => `${pointer} ${code}`)];

describe('whom a contact lets help', () => {
  test('signs in with a code of its own, and sees the contact’s file', async () => {
    const allowed = expectStatus(await allow(nadia), 201);
    expect(allowed).toMatchObject({ name: 'Association du quartier', contactId: household.contacts[0].id, code: expect.any(String) });
    const { code, ...shown } = allowed;
    expect(shown.expiresAt).toBe('2026-11-30T23:00:00.000Z');
    expect(await listed(nadia)).toEqual([shown]);
    const helper = await signIn(code as string);
    expect(expectStatus(await helper.get(`/households/${household.id}`), 200).contacts).toMatchObject([{ name: 'Nadia B.' }]);
    expect((await helper.get(path())).status).toBe(403);
    expect((await helper.patch(`/households/${household.id}`, household.version as number, { homeAlone: true })).body).toMatchObject({
      status: 403,
      code: 'FORBIDDEN',
    });
    const trail = expectStatus(await council.api.get(`/audit-events?subject=${allowed.id}`), 200).data;
    expect(trail).toMatchObject([{ action: 'helper.allowed' }]);
    expect((await helper.send('DELETE', '/session', undefined)).status).toBe(204);
    expect((await helper.get(`/households/${household.id}`)).status).toBe(401);
  });

  test('is hidden from the other parent, with its sessions; staff see and end it', async () => {
    const { id, code } = expectStatus(await allow(nadia), 201);
    const helper = await signIn(code as string);
    expect(await listed(tom)).toEqual([]);
    expect([(await tom.get(`${path()}/${id}`)).status, (await tom.send('DELETE', `${path()}/${id}`, undefined)).status]).toEqual([
      404, 404,
    ]);
    const sessions = async (as: Api) => expectStatus(await as.get(`/households/${household.id}/sessions`), 200).data.length as number;
    expect([await sessions(tom), await sessions(nadia)]).toEqual([1, 2]);
    expect(await listed(council.api)).toMatchObject([{ id }]);
    expect((await council.api.send('DELETE', `${path()}/${id}`, undefined)).status).toBe(204);
    expect(await listed(nadia)).toEqual([]);
    expect((await helper.get(`/households/${household.id}`)).status).toBe(401);
    await expect(signIn(code as string)).rejects.toThrow('401');
  });

  test('is let in until the end of its last day, on an own phone too', async () => {
    const { code, id } = expectStatus(await allow(nadia, { until: '2026-11-02' }), 201);
    const given = { reference: household.reference as string, code: code as string };
    const helper = await signedInFamily(app, { ...given, ownPhone: true } as never);
    app.clock.moveTo(new Date('2026-11-02T22:59:00Z'));
    expect((await helper.get(`/households/${household.id}`)).status).toBe(200);
    app.clock.moveTo(new Date('2026-11-02T23:00:01Z'));
    expect((await helper.get(`/households/${household.id}`)).status).toBe(401);
    await expect(signIn(code as string)).rejects.toThrow('401');
    expect((await nadia.send('DELETE', `${path()}/${id}`, undefined)).status).toBe(404);
  });

  test('goes with the contact', async () => {
    const { code } = expectStatus(await allow(nadia), 201);
    const helper = await signIn(code as string);
    const { version } = expectStatus(await council.api.get(`/households/${household.id}`), 200);
    const left = { contacts: [{ id: household.contacts[1].id }] };
    expectStatus(await council.api.patch(`/households/${household.id}`, version as number, left), 200);
    expect((await helper.get(`/households/${household.id}`)).status).toBe(401);
    expect(await listed(council.api)).toEqual([]);
  });
});

test('a help that cannot be allowed is refused with its reason', async () => {
  expect(faults(await allow(nadia, { until: '2026-11-01' }))).toEqual([422, ['/until DAY_PASSED']]);
  expect(faults(await allow(nadia, { until: '2028-01-01' }))).toEqual([422, ['/until DAY_TOO_LATE']]);
  expect(faults(await allow(nadia, { name: '' }))[0]).toBe(422);
  expect(faults(await allow(council.api))).toEqual([422, ['/contactId REQUIRED']]);
  expect(faults(await allow(tom, { contactId: household.contacts[0].id }))).toEqual([422, ['/contactId UNKNOWN_REFERENCE']]);
  expectStatus(await allow(council.api, { contactId: household.contacts[1].id }), 201);
  expect(await listed(tom)).toHaveLength(1);
});
