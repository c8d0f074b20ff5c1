import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { newId } from '../../src/shared/ids.js';
import { expectStatus } from '../support/api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { aSchool } from '../support/builders.js';
import { aClient, aCouncil, aPerson, type TestCouncil } from '../support/people.js';

let app: TestApp;
let council: TestCouncil;
beforeAll(async () => {
  app = await startTestApp();
});
beforeEach(async () => {
  council = await aCouncil(app);
});
afterAll(() => app.close());

const laptops = { schoolId: null, category: 'laptop', borrowerCategory: null, loanDays: 90, renewWhenWaited: 'shorten', shortenedDays: 14 };

test('a new council has no rules of its own, and the shipped values hold', async () => {
  const answer = await council.api.get('/loan-policies');
  expect([answer.body, answer.headers.get('etag')]).toEqual([{ rules: [], version: null, updatedAt: null }, '"0"']);
  const resolved = expectStatus(await council.api.get('/loan-policies/resolve'), 200);
  expect(resolved).toMatchObject({
    loanDays: { value: 180, rule: null },
    fixedDueOn: { value: null, rule: null },
    renewals: { value: 2 },
    renewalDays: { value: 60 },
    renewWhenWaited: { value: 'refuse' },
    shortenedDays: { value: 30 },
    itemsPerHousehold: { value: 2 },
    itemsPerLearner: { value: 1 },
    graceDays: { value: 3 },
    closedDay: { value: 'day_after' },
    offerHoldDays: { value: 5 },
    pickupHoldDays: { value: 7 },
    missedOffers: { value: 2 },
    termsVersion: { value: '2026-09', rule: null },
  });
});

test('the table is put whole, under its version', async () => {
  const first = await council.api.put('/loan-policies', null, { rules: [laptops] });
  expect([first.status, first.headers.get('etag'), first.body.rules]).toEqual([200, '"1"', [laptops]]);
  expect((await council.api.put('/loan-policies', null, { rules: [] })).status).toBe(412);
  const second = expectStatus(await council.api.put('/loan-policies', 1, { rules: [{ ...laptops, loanDays: 30 }, { graceDays: 5 }] }), 200);
  expect(second).toMatchObject({
    version: 2,
    rules: [{ loanDays: 30 }, { schoolId: null, category: null, borrowerCategory: null, graceDays: 5 }],
  });
  expect((await council.api.put('/loan-policies', 1, { rules: [] })).status).toBe(412);
  expect((await council.api.send('PUT', '/loan-policies', { rules: [] })).status).toBe(428);
  expect((await council.api.get('/loan-policies')).body).toEqual(second);
});

test('a table of which there is none cannot be changed', async () => {
  expect((await council.api.put('/loan-policies', 1, { rules: [] })).status).toBe(412);
});

test('resolving says which rule gave each value', async () => {
  const school = await aSchool(council.api);
  const ofSchool = { schoolId: school.id, category: null, borrowerCategory: null, fixedDueOn: '2027-07-02' };
  expectStatus(await council.api.put('/loan-policies', null, { rules: [laptops, ofSchool] }), 200);
  const resolved = expectStatus(
    await council.api.get(`/loan-policies/resolve?schoolId=${school.id}&category=laptop&borrowerCategory=lycee`),
    200,
  );
  expect(resolved).toMatchObject({
    loanDays: { value: null, rule: { index: 1, schoolId: school.id, category: null, borrowerCategory: null } },
    fixedDueOn: { value: '2027-07-02', rule: { index: 1 } },
    renewWhenWaited: { value: 'shorten', rule: { index: 0, schoolId: null, category: 'laptop', borrowerCategory: null } },
    graceDays: { value: 3, rule: null },
  });
});

test('what is against a rule is said with its place', async () => {
  const put = (rules: unknown) => council.api.put('/loan-policies', null, { rules });
  const pointers = async (rules: unknown) => {
    const { status, body } = await put(rules);
    return [status, body.code, (body.errors ?? []).map((error: { pointer: string; code: string }) => `${error.pointer} ${error.code}`)];
  };
  expect(await pointers([{ ...laptops, fixedDueOn: '2027-07-02' }])).toEqual([422, 'INVALID_INPUT', ['/rules/0/fixedDueOn TWO_LENGTHS']]);
  expect(await pointers([laptops, { category: 'laptop', graceDays: 1 }])).toEqual([422, 'INVALID_INPUT', ['/rules/1 DUPLICATE_SCOPE']]);
  expect(await pointers([{ schoolId: newId() }])).toEqual([422, 'UNKNOWN_REFERENCE', ['/rules/0/schoolId UNKNOWN_REFERENCE']]);
  expect(await pointers([{ loanDays: 0 }])).toEqual([422, 'INVALID_INPUT', ['/rules/0/loanDays OUT_OF_RANGE']]);
  expect(await pointers([{ renewals: 1.5 }])).toEqual([422, 'INVALID_INPUT', ['/rules/0/renewals WRONG_TYPE']]);
  expect(await pointers([{ category: 'phone', closedDay: 'never' }])).toEqual([
    ...[422, 'INVALID_INPUT', ['/rules/0/category NOT_ONE_OF', '/rules/0/closedDay NOT_ONE_OF']],
  ]);
  expect(await pointers([{ termsVersion: 'a\u0000b' }])).toEqual([422, 'INVALID_INPUT', ['/rules/0/termsVersion FORBIDDEN_CHARACTERS']]);
  expect((await put([{ colour: 'red' }])).body).toMatchObject({ status: 400, code: 'UNKNOWN_FIELD' });
  expect((await put(null)).status).toBe(422);
  expect((await council.api.get('/loan-policies/resolve?category=phone')).status).toBe(422);
  expect((await council.api.get('/loan-policies/resolve?schoolId=x')).body).toMatchObject({ status: 400, code: 'INVALID_ID' });
});

test('two first tables at once: one stands', async () => {
  for (let round = 0; round < 50; round++) {
    const { api } = await aCouncil(app);
    const answers = await Promise.all([90, 60].map((loanDays) => api.put('/loan-policies', null, { rules: [{ loanDays }] })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
  }
});

test('everybody on the staff reads it, the manager alone writes it', async () => {
  expect((await council.api.anonymous.get('/loan-policies')).status).toBe(401);
  expect((await council.api.anonymous.get('/loan-policies/resolve')).status).toBe(401);
  expect((await council.api.anonymous.put('/loan-policies', null, { rules: [] })).status).toBe(401);
  const client = await aClient(app, council.id, ['loans:read', 'loans:write']);
  expect((await client.get('/loan-policies')).status).toBe(403);
  expect((await client.put('/loan-policies', null, { rules: [] })).status).toBe(403);
  const auditor = await aPerson(app, council.id, 'auditor');
  expect((await auditor.get('/loan-policies/resolve')).status).toBe(200);
  expect((await auditor.put('/loan-policies', null, { rules: [] })).status).toBe(403);
  const manager = await aPerson(app, council.id, 'council_manager');
  expect((await manager.put('/loan-policies', null, { rules: [laptops] })).status).toBe(200);
  expect((await (await aCouncil(app)).api.get('/loan-policies')).body.rules).toEqual([]);
});
