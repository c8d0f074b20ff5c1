import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Answer, type Api, expectStatus } from '../support/api.js';
import { startTestApp, START, type TestApp } from '../support/app.js';
import { aSchool, aSite } from '../support/builders.js';
import { aCouncil, aPerson } from '../support/people.js';

type Body = Answer['body'];

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const daysLater = (days: number) => app.clock.moveTo(new Date(START.getTime() + days * 86_400_000));
const learners = (points: number, more: object = {}) => ({ criteria: [{ criterion: 'learners', points }], ...more });
const weightOf = (policy: Body, criterion: string) => {
  const { points, cap, bands } = policy.criteria.find((each: Body) => each.criterion === criterion);
  return { points, cap, bands };
};
const holding = async (api: Api) =>
  expectStatus(await api.get('/priority-policies'), 200)
    .data.filter(({ holds }: Body) => holds)
    .map(({ version }: Body) => version);

test('a council begins with the shipped scale, and adds versions that hold from a day on', async () => {
  const { api } = await aCouncil(app);
  const shipped = expectStatus(await api.get('/priority-policies/1'), 200);
  expect(shipped).toMatchObject({ version: 1, holdsFrom: '2026-11-02', holds: true });
  expect(weightOf(shipped, 'uncoveredShare')).toEqual({ points: 500, cap: null, bands: [] });
  expect(weightOf(shipped, 'waitingDays')).toEqual({ points: 1, cap: 180, bands: [] });

  const criteria = [
    { criterion: 'learners', points: 7, cap: 21 },
    { criterion: 'schoolIndex', bands: [{ below: 85.5, points: 60 }, { below: 100, points: 20 }] }, // prettier-ignore
    { criterion: 'missedOffers', points: -5 },
  ];
  const sent = await api.post('/priority-policies', { criteria, holdsFrom: '2026-11-12' });
  const second = expectStatus(sent, 201);
  expect(sent.headers.get('location')).toBe('/api/v1/priority-policies/2');
  expect(second).toMatchObject({ version: 2, holdsFrom: '2026-11-12', holds: false });
  expect(weightOf(second, 'learners')).toEqual({ points: 7, cap: 21, bands: [] });
  expect(weightOf(second, 'schoolIndex').bands).toEqual(criteria[1]?.bands);
  expect(weightOf(second, 'homeAlone')).toEqual({ points: 0, cap: null, bands: [] });
  expect(expectStatus(await api.post('/priority-policies', learners(9)), 201)).toMatchObject({ version: 3, holds: true });
  expect(await holding(api)).toEqual([3]);
  daysLater(10);
  expect(await holding(api)).toEqual([2]); // its day came after that of version 3
  daysLater(0);
  expect(expectStatus(await api.get('/priority-policies/2'), 200)).toEqual({ ...second });
  const first = expectStatus(await api.get('/priority-policies?limit=2'), 200);
  const rest = expectStatus(await api.get(`/priority-policies?limit=2&cursor=${first.nextCursor}`), 200);
  expect([...first.data, ...rest.data].map(({ version }: Body) => version)).toEqual([3, 2, 1]);
  expect((await api.get('/priority-policies/4')).body.code).toBe('NOT_FOUND');
  expect(expectStatus(await (await aCouncil(app)).api.get('/priority-policies'), 200).data).toHaveLength(1);
});

test('what is wrong with a policy is told, all of it, and nothing is stored', async () => {
  const { api } = await aCouncil(app);
  const criteria = [
    { criterion: 'learners', points: 1.5 },
    { criterion: 'homeAlone', points: -1 },
    { criterion: 'homeAlone', points: 1, cap: -2 },
    { criterion: 'schoolIndex', bands: [{ below: 90, points: 1 }, { below: 80, points: 2 }] }, // prettier-ignore
  ];
  const { status, body } = await api.post('/priority-policies', { criteria, holdsFrom: '2026-11-01' });
  expect([status, body.code]).toEqual([422, 'INVALID_INPUT']);
  expect(body.errors.map(({ pointer, code }: Body) => `${pointer} ${code}`)).toEqual([
    '/holdsFrom DAY_PASSED',
    '/criteria/0/points NOT_A_WHOLE_NUMBER',
    '/criteria/1/points OUT_OF_RANGE',
    '/criteria/2/criterion DUPLICATE',
    '/criteria/2/cap OUT_OF_RANGE',
    '/criteria/3/bands/1/below OUT_OF_ORDER',
  ]);
  expect(body.errors[1].message).toBe('points must be a whole number');
  const unknown = await api.post('/priority-policies', { criteria: [{ criterion: 'income', points: 3 }] });
  expect(unknown.body.errors).toMatchObject([{ pointer: '/criteria/0/criterion', code: 'NOT_ONE_OF' }]);
  expect(unknown.body.errors[0].message).toContain('uncoveredShare');
  expect((await api.post('/priority-policies', { criteria: [], points: 1 })).body.code).toBe('UNKNOWN_FIELD');
  expect(expectStatus(await api.get('/priority-policies'), 200).data).toHaveLength(1);
});

test('two who add at once add two versions', async () => {
  const { api } = await aCouncil(app);
  const added = await Promise.all([1, 2, 3, 4].map((points) => api.post('/priority-policies', learners(points))));
  expect(added.map((each) => expectStatus(each, 201).version).sort()).toEqual([2, 3, 4, 5]);
});

test('only a manager adds; nobody changes or removes', async () => {
  const { id, api } = await aCouncil(app);
  const schoolId = (await aSchool(api)).id;
  const siteId = (await aSite(api)).id;
  for (const [role, place] of [
    ['school_administrator', { schoolId }],
    ['desk_agent', { siteId }],
    ['auditor', {}],
  ] as const) {
    const person = await aPerson(app, id, role, place);
    expect((await person.post('/priority-policies', learners(1))).status).toBe(403);
    expect((await person.get('/priority-policies')).status).toBe(200);
  }
  const manager = await aPerson(app, id, 'council_manager');
  expectStatus(await manager.post('/priority-policies', learners(1)), 201);
  expect((await manager.send('DELETE', '/priority-policies/2', undefined)).status).toBe(404);
});

test('anybody reads the scale of a council that shows it, as JSON or as a page; of another, nothing', async () => {
  const { api } = await aCouncil(app);
  const { code } = expectStatus(await api.get('/council'), 200);
  const at = `/public/${code}/priority-policies`;
  expect((await api.anonymous.get(at)).status).toBe(404);
  expect((await api.anonymous.get('/public/nowhere/priority-policies')).status).toBe(404);
  expectStatus(await api.patch('/council', 1, { publicPriorityScale: true, name: 'Ville <de> Gonesse' }), 200);
  expectStatus(await api.post('/priority-policies', { criteria: [{ criterion: 'learners', points: 7, cap: 21 }] }), 201);

  const json = expectStatus(await api.anonymous.get(at), 200);
  expect(json.council).toEqual({ code, name: 'Ville <de> Gonesse' });
  expect(json.policies.map(({ version, holds }: Body) => [version, holds])).toEqual([
    [2, true],
    [1, false],
  ]);
  expect(JSON.stringify(json)).not.toContain('client:');

  const page = await fetch(`${app.url}/api/v1${at}`, { headers: { accept: 'text/html', 'accept-language': 'en' } });
  const text = await page.text();
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect(text).toContain('How Ville &lt;de> Gonesse ranks requests');
  expect(text).toMatch(/Number of learners<\/td>\s*<td>7 for each [(]at most 21[)]/);
  expect(text.indexOf('Version 2')).toBeLessThan(text.indexOf('Version 1'));
  const french = await fetch(`${app.url}/api/v1${at}`, { headers: { accept: 'text/html' } });
  expect(await french.text()).toContain('Comment Ville');
  const arabic = await fetch(`${app.url}/api/v1${at}`, { headers: { accept: 'text/html', 'accept-language': 'ar-DZ' } });
  expect(await arabic.text()).toMatch(/<html lang="ar" dir="rtl">.*عدد التلاميذ/s);
});
