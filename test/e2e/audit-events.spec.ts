import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { AuditChainService } from '../../src/platform/index.js';
import { expectStatus } from '../support/api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { aClient, aCouncil, aPerson, type TestCouncil } from '../support/people.js';

let app: TestApp;
let council: TestCouncil;
let school: { id: string };
beforeAll(async () => {
  app = await startTestApp();
  council = await aCouncil(app);
  school = expectStatus(await council.api.post('/schools', { code: '0951099D', name: 'Jean Moulin', level: 'college' }), 201);
  app.clock.moveTo(new Date(app.clock.now().getTime() + 60_000));
  expectStatus(await council.api.patch(`/schools/${school.id}`, 1, { name: 'Moulin' }), 200);
});
afterAll(() => app.close());

type Event = { action: string; sealed: boolean };
const actions = (body: { data: Event[] }) => body.data.map(({ action }) => action);

test('who did what to what, newest first, found by subject, action, actor and time', async () => {
  const { body } = await council.api.get(`/audit-events?subject=${school.id}`);
  expect(body.data).toMatchObject([
    {
      action: 'school.changed',
      subject: school.id,
      fields: ['name'],
      reason: null,
      sealed: false,
      actor: expect.stringMatching(/^client:/),
    },
    { action: 'school.created', subject: school.id, fields: [] },
  ]);
  expect(JSON.stringify(body)).not.toContain('Moulin');
  expect(actions((await council.api.get('/audit-events?action=school.created')).body)).toEqual(['school.created']);
  expect(actions((await council.api.get(`/audit-events?actor=${body.data[0].actor}`)).body)).toContain('school.changed');
  expect((await council.api.get('/audit-events?actor=system&action=school.created')).body.data).toEqual([]);
  expect(actions((await council.api.get(`/audit-events?subject=${school.id}&from=${body.data[0].at}`)).body)).toEqual(['school.changed']);
  expect(actions((await council.api.get(`/audit-events?subject=${school.id}&to=${body.data[0].at}`)).body)).toEqual(['school.created']);
});

test('pages follow each other', async () => {
  const first = (await council.api.get(`/audit-events?subject=${school.id}&limit=1`)).body;
  expect(actions(first)).toEqual(['school.changed']);
  const second = (await council.api.get(`/audit-events?subject=${school.id}&limit=1&cursor=${first.nextCursor}`)).body;
  expect([actions(second), second.nextCursor]).toEqual([['school.created'], null]);
});

test('an event says when it is sealed', async () => {
  await app.nest.get(AuditChainService).seal();
  const { body } = await council.api.get(`/audit-events?subject=${school.id}`);
  expect(body.data.map(({ sealed }: Event) => sealed)).toEqual([true, true]);
});

test('managers and auditors read it, nobody else, and no other council', async () => {
  expect((await council.api.anonymous.get('/audit-events')).status).toBe(401);
  expect((await (await aClient(app, council.id, ['loans:read'])).get('/audit-events')).status).toBe(403);
  expect((await (await aPerson(app, council.id, 'auditor')).get('/audit-events')).status).toBe(200);
  expect((await (await aPerson(app, council.id, 'school_administrator', { schoolId: school.id })).get('/audit-events')).status).toBe(403);
  expect((await (await aCouncil(app)).api.get(`/audit-events?subject=${school.id}`)).body).toEqual({ data: [], nextCursor: null });
});

test('what cannot be read is refused', async () => {
  expect((await council.api.get('/audit-events?subject=x')).body).toMatchObject({ status: 400, code: 'INVALID_ID' });
  for (const from of ['yesterday', '2026-W45', '2026-11', '2026-11-02T08:00:00', '2026-02-30T08:00:00Z', '2026-11-02T25:00:00Z']) {
    expect((await council.api.get(`/audit-events?from=${from}`)).body).toMatchObject({ status: 422, code: 'INVALID_INPUT' });
  }
  expect((await council.api.get('/audit-events?who=me')).body).toMatchObject({ status: 400, code: 'UNKNOWN_PARAMETER' });
});
