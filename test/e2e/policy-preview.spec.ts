import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Answer, expectStatus } from '../support/api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { aHousehold, aRequest } from '../support/builders.js';
import { aCouncil, aPerson } from '../support/people.js';

type Body = Answer['body'];

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const draft = { criteria: [{ criterion: 'learners', points: 100 }] };

test('shows the queue as it would be and who would move; then it comes so, and nothing was stored before', async () => {
  const { api } = await aCouncil(app);
  const pupils = (count: number) => Array.from({ length: count }, () => ({ givenName: 'Amal', familyName: 'B.', level: 'college' }));
  const lines: Body[] = [];
  for (const [bursaryLevel, children] of [
    [8, 1],
    [6, 2],
    [0, 4],
    [2, 3],
  ] as const) {
    const household = await aHousehold(api, { bursaryLevel, learners: pupils(children) });
    lines.push((await aRequest(api, household.id)).lines[0]);
  }
  await app.drain();
  const order = async () => expectStatus(await api.get('/request-lines?sort=position&class=computer'), 200).data;
  const before = await order();
  expect(before.map(({ id }: Body) => lines.findIndex((line) => line.id === id))).toEqual([0, 1, 3, 2]);

  const preview = expectStatus(await api.post('/priority-policies/preview', draft), 200);
  expect(preview).toMatchObject({ queueLength: 4, up: 2, down: 2 });
  const places = (list: Body[]) => list.map(({ lineId, gains }) => [lines.findIndex(({ id }) => id === lineId), gains]);
  expect(places(preview.first)).toEqual([[2, 3], [3, 1], [1, -1], [0, -3]]); // prettier-ignore
  expect(places(preview.furthestUp)).toEqual([[2, 3], [3, 1]]); // prettier-ignore
  expect(places(preview.furthestDown)).toEqual([[0, -3], [1, -1]]); // prettier-ignore
  expect(preview.first[0]).toMatchObject({ draftScore: 400, draftPosition: 1, position: 4, householdId: lines[2].householdId });

  expect(await order()).toEqual(before);
  expect(expectStatus(await api.get('/priority-policies'), 200).data).toHaveLength(1);
  expectStatus(await api.post('/priority-policies', draft), 201);
  await app.drain();
  expect((await order()).map(({ id, score }: Body) => [id, score])).toEqual(
    preview.first.map(({ lineId, draftScore }: Body) => [lineId, draftScore]),
  );
  const unchanged = expectStatus(await api.post('/priority-policies/preview', draft), 200);
  expect(unchanged).toMatchObject({ queueLength: 4, up: 0, down: 0, furthestUp: [], furthestDown: [] });
});

test('an empty queue has an empty preview; what is wrong with a draft is told as with a policy', async () => {
  const { api } = await aCouncil(app);
  const empty = { queueLength: 0, up: 0, down: 0, first: [], furthestUp: [], furthestDown: [] };
  expect(expectStatus(await api.post('/priority-policies/preview', { ...draft, class: 'accessory' }), 200)).toEqual(empty);
  const wrong = await api.post('/priority-policies/preview', { criteria: [{ criterion: 'learners', points: 0.5 }] });
  expect(wrong.body).toMatchObject({ status: 422, errors: [{ message: 'points must be a whole number' }] });
  expect((await api.post('/priority-policies/preview', { ...draft, holdsFrom: '2026-12-01' })).body.code).toBe('UNKNOWN_FIELD');
});

test('is of the own council, for managers', async () => {
  const own = await aCouncil(app);
  await aRequest(own.api, (await aHousehold(own.api)).id);
  const stranger = (await aCouncil(app)).api;
  expect(expectStatus(await stranger.post('/priority-policies/preview', draft), 200).queueLength).toBe(0);
  expect((await (await aPerson(app, own.id, 'auditor')).post('/priority-policies/preview', draft)).status).toBe(403);
  expect((await own.api.anonymous.post('/priority-policies/preview', draft)).status).toBe(401);
  const manager = await aPerson(app, own.id, 'council_manager');
  expect(expectStatus(await manager.post('/priority-policies/preview', draft), 200).queueLength).toBe(1);
});
