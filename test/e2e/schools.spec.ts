import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { expectStatus } from '../support/api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { aClient, aCouncil, aPerson, type TestCouncil } from '../support/people.js';

let app: TestApp;
let council: TestCouncil;
beforeAll(async () => {
  app = await startTestApp();
  council = await aCouncil(app);
});
afterAll(() => app.close());

const moulin = { code: '0951099d', name: 'Collège Jean Moulin', level: 'college', municipalityCode: '95500', email: null };

test('a school is made, read, found by its code and changed', async () => {
  const made = expectStatus(await council.api.post('/schools', moulin), 201);
  expect(made).toMatchObject({ code: '0951099D', version: 1 });
  const read = await council.api.get(`/schools/${made.id}`);
  expect([read.headers.get('etag'), read.body]).toEqual(['"1"', made]);
  expect((await council.api.get('/schools?code=0951099D')).body).toEqual({ data: [made], nextCursor: null });
  const changed = await council.api.patch(`/schools/${made.id}`, 1, { name: 'Collège Moulin' });
  expect(expectStatus(changed, 200)).toMatchObject({ name: 'Collège Moulin', level: 'college', version: 2 });
  expect((await council.api.patch(`/schools/${made.id}`, 1, { name: 'Late' })).body).toMatchObject({
    status: 412,
    code: 'VERSION_MISMATCH',
  });
});

test('what is wrong is said, all at once, with its place', async () => {
  const faulty = await council.api.post('/schools', { code: '0951099A', name: '', level: 'uni' });
  expect(faulty.status).toBe(422);
  expect(faulty.body.errors.map((error: { pointer: string }) => error.pointer)).toEqual(['/code', '/name', '/level']);
  expect((await council.api.post('/schools', { ...moulin, colour: 'red' })).body).toMatchObject({ status: 400, code: 'UNKNOWN_FIELD' });
  expect((await council.api.post('/schools', { ...moulin })).body).toMatchObject({ status: 409, code: 'ALREADY_EXISTS' });
});

test('nobody, a client without the scope, a wrong role and another council are kept out', async () => {
  const { data } = (await council.api.get('/schools')).body;
  const path = `/schools/${data[0].id}`;
  expect((await council.api.anonymous.get(path)).status).toBe(401);
  expect((await (await aClient(app, council.id, ['loans:read'])).get(path)).status).toBe(403);
  const auditor = await aPerson(app, council.id, 'auditor');
  expect((await auditor.get(path)).status).toBe(200);
  expect((await auditor.post('/schools', moulin)).status).toBe(403);
  expect((await (await aCouncil(app)).api.get(path)).status).toBe(404);
});

test('a repeated POST with one key is answered as the first', async () => {
  const headers = { 'idempotency-key': '"once"' };
  const body = { code: '0750654D', name: 'École', level: 'primary' };
  const first = await council.api.post('/schools', body, { headers });
  const again = await council.api.post('/schools', body, { headers });
  expect([again.status, again.body]).toEqual([201, first.body]);
  expect((await council.api.post('/schools', { ...body, name: 'x' }, { headers })).body).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
});
