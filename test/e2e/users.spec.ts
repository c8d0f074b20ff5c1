import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { OperatorUsersService } from '../../src/modules/identity/index.js';
import { newId } from '../../src/shared/ids.js';
import { type Answer, Api, expectStatus } from '../support/api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { aSchool, aSite, aUser } from '../support/builders.js';
import { aClient, aCouncil, aPerson, type TestCouncil } from '../support/people.js';

let app: TestApp;
let council: TestCouncil;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  council = await aCouncil(app);
});

const PASSWORD = 'correct horse battery';
const faults = (answer: Answer) => answer.body.errors.map(({ pointer, code }: { pointer: string; code: string }) => `${pointer} ${code}`);
const codeOf = async ({ api }: TestCouncil) => String((await api.get('/council')).body.code);
/** Somebody with a password, as the operator makes them. */
async function withPassword(email: string, role = 'auditor'): Promise<string> {
  const made = await app.nest.get(OperatorUsersService).create(await codeOf(council), { name: 'Claire', email, role, password: PASSWORD });
  if (!made.ok) throw new Error(JSON.stringify(made.reason));
  return made.value.id;
}
const signIn = (email: string) => new Api(app.url).post('/session', { email, password: PASSWORD });
const asPerson = (answer: Answer) => {
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  return new Api(app.url, { cookie, 'x-csrf-token': String(answer.body.csrfToken) });
};

test('an account is made, read, listed and changed', async () => {
  const school = await aSchool(council.api);
  const made = await aUser(council.api, { role: 'school_administrator', schoolId: school.id, name: "Hélène d'Åse" });
  expect(made).toMatchObject({
    name: "Hélène d'Åse",
    role: 'school_administrator',
    schoolId: school.id,
    siteId: null,
    active: true,
    digest: true,
    version: 1,
  });
  expect(Object.keys(made).sort()).toEqual(
    ['active', 'createdAt', 'digest', 'email', 'id', 'name', 'role', 'schoolId', 'siteId', 'updatedAt', 'version'].sort(),
  );
  const read = await council.api.get(`/users/${made.id}`);
  expect([read.headers.get('etag'), read.body]).toEqual(['"1"', made]);
  expect((await council.api.get('/users')).body).toEqual({ data: [made], nextCursor: null });
  const changed = await council.api.patch(`/users/${made.id}`, 1, { role: 'auditor', schoolId: null, name: '山田 🦊' });
  expect(expectStatus(changed, 200)).toMatchObject({ role: 'auditor', schoolId: null, name: '山田 🦊', email: made.email, version: 2 });
  expect((await council.api.patch(`/users/${made.id}`, 1, { name: 'Late' })).body).toMatchObject({ status: 412, code: 'VERSION_MISMATCH' });
  expect((await council.api.send('PATCH', `/users/${made.id}`, { name: 'x' })).body).toMatchObject({ status: 428 });
});

test('each role has its place, and nobody another', async () => {
  const user = { name: 'x', email: 'places@example.org' };
  const site = await aSite(council.api);
  const refused = async (body: object) => faults(await council.api.post('/users', { ...user, ...body }));
  expect(await refused({ role: 'school_administrator' })).toEqual(['/schoolId REQUIRED']);
  expect(await refused({ role: 'desk_agent' })).toEqual(['/siteId REQUIRED']);
  expect(await refused({ role: 'auditor', siteId: site.id })).toEqual(['/siteId INVALID']);
  const agent = await aUser(council.api, { role: 'desk_agent', siteId: site.id });
  expect(faults(await council.api.patch(`/users/${agent.id}`, 1, { role: 'auditor' }))).toEqual(['/siteId INVALID']);
});

test("a school or a site that is not, or another council's, is an unknown reference", async () => {
  const other = (await aCouncil(app)).api;
  const { id: schoolId } = await aSchool(other);
  const { id: siteId } = await aSite(other);
  for (const place of [
    { role: 'school_administrator', schoolId },
    { role: 'school_administrator', schoolId: newId() },
    { role: 'desk_agent', siteId },
  ]) {
    const answer = await council.api.post('/users', { name: 'x', email: 'where@example.org', ...place });
    expect(answer.body).toMatchObject({ status: 422, code: 'UNKNOWN_REFERENCE' });
  }
});

test('what is wrong is said, all at once, with its place', async () => {
  const faulty = await council.api.post('/users', { name: 'a\u0000b', email: 'nobody', role: 'operator', active: 'yes' });
  expect([faulty.status, faults(faulty).map((fault: string) => fault.split(' ')[0])]).toEqual([
    422,
    ['/name', '/email', '/role', '/active'],
  ]);
  const known = { name: 'x', email: 'y@example.org', role: 'auditor' };
  expect((await council.api.post('/users', { ...known, password: PASSWORD })).body).toMatchObject({ status: 400, code: 'UNKNOWN_FIELD' });
  expect((await council.api.get('/users?limit=0')).body).toMatchObject({ code: 'INVALID_LIMIT' });
  expect((await council.api.get('/users?cursor=forged')).body).toMatchObject({ code: 'INVALID_CURSOR' });
  expect((await council.api.get('/users/me')).body).toMatchObject({ code: 'INVALID_ID' });
});

test('an address is one account, however it is written, in the whole installation', async () => {
  const { email } = await aUser(council.api);
  const other = await aCouncil(app);
  for (const api of [council.api, other.api]) {
    const taken = await api.post('/users', { name: 'x', email: String(email).toUpperCase(), role: 'auditor' });
    expect(taken.body).toMatchObject({ status: 409, code: 'ALREADY_EXISTS', errors: [{ pointer: '/email' }] });
  }
  const another = await aUser(other.api);
  expect((await other.api.patch(`/users/${another.id}`, 1, { email })).body).toMatchObject({ status: 409, code: 'ALREADY_EXISTS' });
  const answers = await Promise.all(
    [1, 2, 3, 4].map(() => council.api.post('/users', { name: 'x', email: 'at.once@example.org', role: 'auditor' })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
});

describe('the last active manager', () => {
  test('can be neither ended nor given another role', async () => {
    const last = await aUser(council.api, { role: 'council_manager' });
    await aUser(council.api, { role: 'council_manager', active: false });
    for (const changes of [{ active: false }, { role: 'auditor' }]) {
      const refused = await council.api.patch(`/users/${last.id}`, 1, changes);
      expect(refused.body).toMatchObject({ status: 409, code: 'LAST_MANAGER', reasons: [{ code: 'LAST_MANAGER', overridable: false }] });
    }
    expect((await council.api.patch(`/users/${last.id}`, 1, { name: 'Still here' })).status).toBe(200);
    await aUser(council.api, { role: 'council_manager' });
    expect((await council.api.patch(`/users/${last.id}`, 2, { active: false })).status).toBe(200);
  });

  test('of two who are ended at once, one stays', async () => {
    for (let round = 0; round < 50; round += 1) {
      const { api } = await aCouncil(app);
      const managers = [await aUser(api, { role: 'council_manager' }), await aUser(api, { role: 'council_manager' })];
      const answers = await Promise.all(
        managers.map(({ id }, index) => api.patch(`/users/${id}`, 1, index === 0 ? { active: false } : { role: 'auditor' })),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    }
  });
});

test('who is no longer active is signed out everywhere at once, and stays so', async () => {
  const id = await withPassword('ending@example.org');
  const person = asPerson(await signIn('ending@example.org'));
  expect((await person.get('/session')).status).toBe(200);
  expectStatus(await council.api.patch(`/users/${id}`, 1, { active: false }), 200);
  expect((await person.get('/session')).status).toBe(401);
  expect((await signIn('ending@example.org')).status).toBe(401);
  expectStatus(await council.api.patch(`/users/${id}`, 2, { active: true }), 200);
  expect((await person.get('/session')).status).toBe(401);
  expect((await signIn('ending@example.org')).status).toBe(201);
});

test('another role holds for sessions that are open', async () => {
  const id = await withPassword('moving@example.org', 'council_manager');
  await aUser(council.api, { role: 'council_manager' });
  const person = asPerson(await signIn('moving@example.org'));
  expectStatus(await council.api.patch(`/users/${id}`, 1, { role: 'auditor' }), 200);
  expect((await person.post('/schools', {})).status).toBe(403);
});

test('a client manages only accounts that may do no more than it may itself', async () => {
  const limited = await aClient(app, council.id, ['settings:read', 'settings:write']);
  const user = { name: 'x', email: 'power@example.org' };
  expect((await limited.post('/users', { ...user, role: 'council_manager' })).body).toMatchObject({ status: 403, code: 'FORBIDDEN' });
  const manager = await aUser(council.api, { role: 'council_manager' });
  expect((await limited.patch(`/users/${manager.id}`, 1, { email: 'mine@example.org' })).body).toMatchObject({ status: 403 });
  expect((await limited.post(`/users/${manager.id}/invitation`)).body).toMatchObject({ status: 403 });
  const person = await aPerson(app, council.id, 'council_manager');
  expect((await person.post('/users', { ...user, role: 'council_manager' })).status).toBe(201);
});

test('nobody, a client without the scope, a wrong role and another council are kept out', async () => {
  const made = await aUser(council.api);
  const site = await aSite(council.api);
  const reading = await aClient(app, council.id, ['settings:read']);
  const agent = await aPerson(app, council.id, 'desk_agent', { siteId: site.id });
  const auditor = await aPerson(app, council.id, 'auditor');
  for (const path of ['/users', `/users/${made.id}`]) {
    expect((await council.api.anonymous.get(path)).status).toBe(401);
    expect((await (await aClient(app, council.id, ['loans:read'])).get(path)).status).toBe(403);
    expect((await agent.get(path)).status).toBe(403);
    expect((await auditor.get(path)).status).toBe(200);
    expect((await reading.get(path)).status).toBe(200);
  }
  for (const [method, path] of [
    ['POST', '/users'],
    ['PATCH', `/users/${made.id}`],
    ['POST', `/users/${made.id}/invitation`],
  ] as const) {
    expect((await council.api.anonymous.send(method, path, {})).status).toBe(401);
    for (const caller of [reading, agent, auditor]) expect((await caller.send(method, path, {})).status).toBe(403);
  }
  const other = (await aCouncil(app)).api;
  expect((await other.get(`/users/${made.id}`)).status).toBe(404);
  expect((await other.patch(`/users/${made.id}`, 1, { name: 'mine' })).status).toBe(404);
  expect((await other.post(`/users/${made.id}/invitation`)).status).toBe(404);
  expect((await other.get('/users')).body.data).toEqual([]);
});

test('the operator makes accounts, with the same rules', async () => {
  const users = app.nest.get(OperatorUsersService);
  const code = await codeOf(council);
  const claire = { name: ' Claire ', email: 'operator.made@example.org', role: 'council_manager' };
  expect(await users.create('nowhere', claire)).toMatchObject({ ok: false, reason: { kind: 'not_found' } });
  const faulty = { name: '', email: 'x', role: 'king', schoolId: '1', siteId: '2', password: 'short' };
  const refused = await users.create(code, faulty);
  const pointers = ['/name', '/email', '/role', '/schoolId', '/siteId', '/password'].map((pointer) => ({ pointer }));
  expect(refused).toMatchObject({ reason: { kind: 'invalid', faults: pointers } });
  expect(await users.create(code, claire)).toMatchObject({ ok: true, value: { name: 'Claire', active: true } });
  expect(await users.create(code, claire)).toMatchObject({ reason: { kind: 'exists', fault: { pointer: '/email' } } });
  expect((await signIn(claire.email)).status).toBe(401);
});
