import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { expectStatus } from '../support/api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { aClient, aCouncil, type TestCouncil } from '../support/people.js';

let app: TestApp;
let council: TestCouncil;
beforeAll(async () => {
  app = await startTestApp();
  council = await aCouncil(app);
});
afterAll(() => app.close());

const PATH = '/needs/plan';
const monday = (from: string, to: string) => ({ weekday: 1, from, to });
const learner = { id: 'amal', level: 'college', live: [monday('09:00', '10:00')], work: [{ weekday: 1, minutes: 120 }] };
const phone = { id: 'phone', category: 'smartphone', available: [monday('09:00', '10:00')] };
const household = { learners: [learner], equipment: [phone], connectivity: { kind: 'fixed' } };

const faultsOf = async (body: unknown) => {
  const answer = await council.api.post(PATH, body);
  expect([answer.status, answer.body.code]).toEqual([422, 'INVALID_INPUT']);
  return answer.body.errors.map(({ pointer, code }: { pointer: string; code: string }) => `${pointer} ${code}`);
};

test('the plan of a household that is no file here', async () => {
  expect(expectStatus(await council.api.post(PATH, household), 200)).toEqual({
    blocks: [{ learner: 'amal', device: 'phone', kind: 'live', weekday: 1, from: '09:00', to: '10:00' }],
    learners: [{ id: 'amal', liveMinutes: { demanded: 60, served: 60 }, workMinutes: { demanded: 120, served: 0 }, uncoveredMinutes: 120 }],
    uncoveredMinutes: 120,
  });
});

test('every default can be set, and a null is what is left out', async () => {
  const everything = {
    ...household,
    day: { from: '09:00', to: '24:00' },
    slotMinutes: 15,
    offlineWorkShare: 0.25,
    equipment: [{ ...phone, available: null }],
    connectivity: { kind: 'mobile', simultaneousLive: null, available: null },
    suitability: { work: { college: ['smartphone'] } },
  };
  expect(expectStatus(await council.api.post(PATH, everything), 200).uncoveredMinutes).toBe(0);
});

test('each fault is named by its place', async () => {
  const wrong = {
    ...household,
    learners: [
      { ...learner, live: [monday('09:10', '10:00'), monday('11:00', '10:00'), monday('07:00', '08:00')] },
      { ...learner, level: 'college' },
    ],
    equipment: [{ ...phone, available: [monday('20:00', '21:00')] }, phone],
  };
  expect(await faultsOf(wrong)).toEqual([
    '/learners/1/id REPEATED',
    '/learners/0/live/0/from OFF_THE_SLOTS',
    '/learners/0/live/1/to ENDS_BEFORE_IT_STARTS',
    '/learners/0/live/2/from OUTSIDE_THE_DAY',
    '/equipment/1/id REPEATED',
    '/equipment/0/available/0/to OUTSIDE_THE_DAY',
  ]);
  const malformed = {
    ...household,
    learners: [{ ...learner, level: 'cm2', live: [{ weekday: 8, from: '9:00', to: '10:00' }], work: [{ weekday: 0, minutes: -1 }] }],
    connectivity: { kind: '5g', simultaneousLive: 0 },
    slotMinutes: 20,
    offlineWorkShare: 2,
  };
  expect((await faultsOf(malformed)).sort()).toEqual([
    '/connectivity/kind NOT_ONE_OF',
    '/connectivity/simultaneousLive OUT_OF_RANGE',
    '/learners/0/level NOT_ONE_OF',
    '/learners/0/live/0/from INVALID',
    '/learners/0/live/0/weekday OUT_OF_RANGE',
    '/learners/0/work/0/minutes OUT_OF_RANGE',
    '/learners/0/work/0/weekday OUT_OF_RANGE',
    '/offlineWorkShare OUT_OF_RANGE',
    '/slotMinutes NOT_ONE_OF',
  ]);
  const many = <T>(one: T & { id: string }) => Array.from({ length: 21 }, (_, i) => ({ ...one, id: `${i}` }));
  expect(await faultsOf({ ...household, learners: many(learner), equipment: many(phone) })).toEqual([
    '/learners TOO_MANY',
    '/equipment TOO_MANY',
  ]);
  expect(await faultsOf({ ...household, day: { from: '10:00', to: '09:00' } })).toEqual(['/day/to ENDS_BEFORE_IT_STARTS']);
  expect(await faultsOf({ ...household, day: { from: '08:00', to: '09:45' }, learners: [], equipment: [] })).toEqual([
    '/day/to OFF_THE_SLOTS',
  ]);
  expect(await faultsOf({})).toEqual(['/learners REQUIRED', '/equipment REQUIRED', '/connectivity REQUIRED']);
  expect((await council.api.post(PATH, { ...household, diagnosis: 'none' })).status).toBe(400);
});

test('who may: those who may read households', async () => {
  expect((await council.api.anonymous.post(PATH, household)).status).toBe(401);
  expect((await (await aClient(app, council.id, ['requests:read'])).post(PATH, household)).status).toBe(403);
  expect((await (await aClient(app, council.id, ['households:read'])).post(PATH, household)).status).toBe(200);
});
