import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { newId } from '../../src/shared/ids.js';
import { type Answer, expectStatus } from '../support/api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { aSchool, aSite } from '../support/builders.js';
import { aCouncil, aPerson, type TestCouncil } from '../support/people.js';

const PATH = '/allocation-policy';

let app: TestApp;
let council: TestCouncil;
beforeAll(async () => {
  app = await startTestApp();
});
beforeEach(async () => {
  council = await aCouncil(app);
});
afterAll(() => app.close());

const faults = ({ body }: Answer) => body.errors.map(({ pointer, code }: { pointer: string; code: string }) => `${pointer} ${code}`);

test('a new council has the shipped policy', async () => {
  const answer = await council.api.get(PATH);
  expect([answer.body, answer.headers.get('etag')]).toEqual([
    { reserves: [], maximumWaitingDays: 90, nextRoundOn: null, version: null, updatedAt: null },
    '"0"',
  ]);
});

test('the policy is put whole, under its version', async () => {
  const site = await aSite(council.api);
  const reserves = [{ siteId: site.id, category: null, devices: 2 }, { category: 'laptop', devices: 1 }]; // prettier-ignore
  const first = await council.api.put(PATH, null, { reserves, maximumWaitingDays: null });
  expect([first.status, first.headers.get('etag')]).toEqual([200, '"1"']);
  expect(first.body).toMatchObject({
    reserves: [
      { siteId: site.id, category: null, devices: 2 },
      { siteId: null, category: 'laptop', devices: 1 },
    ],
    maximumWaitingDays: null,
  });
  const empty = { reserves: [], maximumWaitingDays: 30 };
  expect((await council.api.put(PATH, null, empty)).status).toBe(412);
  expect((await council.api.send('PUT', PATH, empty)).status).toBe(428);
  const second = expectStatus(await council.api.put(PATH, 1, empty), 200);
  expect(second).toMatchObject({ ...empty, version: 2 });
  expect((await council.api.put(PATH, 1, empty)).status).toBe(412);
  expect((await council.api.get(PATH)).body).toEqual(second);
  const { data } = (await council.api.get(`/audit-events?action=allocation_policy.replaced`)).body;
  expect(data).toHaveLength(2);
});

test('what is wrong is said with its place', async () => {
  const laptops = { siteId: null, category: 'laptop', devices: 1 };
  const elsewhere = await aSite((await aCouncil(app)).api);
  const reserves = [laptops, laptops, { siteId: elsewhere.id, devices: 1 }, { siteId: newId(), devices: 0 }];
  const refused = await council.api.put(PATH, null, { reserves, maximumWaitingDays: 90 });
  expect([refused.status, faults(refused)]).toEqual([
    422,
    ['/reserves/1 DUPLICATE_SCOPE', '/reserves/2/siteId UNKNOWN_REFERENCE', '/reserves/3/siteId UNKNOWN_REFERENCE'],
  ]);
  const unread = await council.api.put(PATH, null, { reserves: [{ category: 'hat', devices: -1 }], maximumWaitingDays: 0 });
  expect(faults(unread).sort()).toEqual([
    '/maximumWaitingDays OUT_OF_RANGE',
    '/reserves/0/category NOT_ONE_OF',
    '/reserves/0/devices OUT_OF_RANGE',
  ]);
  expect((await council.api.put(PATH, null, { reserves: [] })).status).toBe(422);
  expect((await council.api.get(PATH)).body.version).toBeNull();
});

test('two first policies at once: one holds, the other is told', async () => {
  const put = (days: number) => council.api.put(PATH, null, { reserves: [], maximumWaitingDays: days });
  const answers = await Promise.all([put(10), put(20)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
});

test('a manager settles it, the others read it', async () => {
  const [school, site] = [await aSchool(council.api), await aSite(council.api)];
  const policy = { reserves: [], maximumWaitingDays: 60 };
  const readers = [
    await aPerson(app, council.id, 'school_administrator', { schoolId: school.id }),
    await aPerson(app, council.id, 'desk_agent', { siteId: site.id }),
    await aPerson(app, council.id, 'auditor'),
  ];
  for (const person of readers) {
    expect([(await person.get(PATH)).status, (await person.put(PATH, null, policy)).status]).toEqual([200, 403]);
  }
  expectStatus(await (await aPerson(app, council.id, 'council_manager')).put(PATH, null, policy), 200);
  expect((await (await aCouncil(app)).api.get(PATH)).body.version).toBeNull();
});
