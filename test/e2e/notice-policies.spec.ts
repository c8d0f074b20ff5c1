import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { day, instantAt } from '../../src/shared/day.js';
import { expectStatus } from '../support/api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { aHousehold, aLoan } from '../support/builders.js';
import { aClient, aCouncil, aPerson, type TestCouncil } from '../support/people.js';
import { type SmtpSink, startSmtpSink } from '../support/smtp.js';

let app: TestApp;
let smtp: SmtpSink;
let council: TestCouncil;
beforeAll(async () => {
  smtp = await startSmtpSink();
  app = await startTestApp({ SMTP_URL: smtp.url });
});
beforeEach(async () => {
  council = await aCouncil(app);
});
afterAll(async () => {
  await app.close();
  await smtp.close();
});

const dueBefore = { trigger: 'loan_due', when: 'before', days: 10, channels: ['email'] };

test('a new council has the shipped policy, under no version', async () => {
  const answer = await council.api.get('/notice-policies');
  expect([answer.status, answer.headers.get('etag')]).toEqual([200, '"0"']);
  expect(answer.body).toMatchObject({ version: null, updatedAt: null, reminderTime: '09:00', sundays: false, holidays: [] });
  expect(answer.body.quietHours).toEqual({ from: '20:00', to: '08:00' });
  expect(answer.body.rules.filter(({ trigger }: { trigger: string }) => trigger === 'loan_overdue')).toEqual([
    { trigger: 'loan_overdue', when: 'at', days: 0, everyDays: 7, times: 4, channels: ['sms', 'email', 'letter'] },
  ]);
});

test('the policy is put whole, under its version; what is left out of the hours is as shipped', async () => {
  const first = await council.api.put('/notice-policies', null, { rules: [dueBefore], quietHours: { from: '19:00', to: '07:30' } });
  expect([first.status, first.headers.get('etag')]).toEqual([200, '"1"']);
  expect(first.body).toMatchObject({
    rules: [{ ...dueBefore, everyDays: null, times: 1 }],
    quietHours: { from: '19:00', to: '07:30' },
    reminderTime: '09:00',
  });
  expect((await council.api.put('/notice-policies', null, { rules: [] })).status).toBe(412);
  expect(expectStatus(await council.api.put('/notice-policies', 1, { rules: [] }), 200)).toMatchObject({ version: 2, rules: [] });
  expect((await council.api.put('/notice-policies', 1, { rules: [] })).status).toBe(412);
  expect((await council.api.send('PUT', '/notice-policies', { rules: [] })).status).toBe(428);
  expect((await (await aCouncil(app)).api.get('/notice-policies')).body.version).toBeNull();
});

test('what is against a rule is said with its place', async () => {
  const faults = async (body: object) => {
    const { status, body: problem } = await council.api.put('/notice-policies', null, body);
    return [status, ...(problem.errors ?? []).map(({ pointer, code }: { pointer: string; code: string }) => `${pointer} ${code}`)];
  };
  expect(await faults({ rules: [{ ...dueBefore, when: 'after' }] })).toEqual([422, '/rules/0/when NOT_ONE_OF']);
  expect(await faults({ rules: [dueBefore, dueBefore] })).toEqual([422, '/rules/1 DUPLICATE_RULE']);
  expect(await faults({ rules: [{ ...dueBefore, channels: [] }] })).toEqual([422, expect.stringMatching('^/rules/0/channels ')]);
  expect(await faults({ rules: [{ ...dueBefore, trigger: 'birthday' }] })).toEqual([422, expect.stringMatching('^/rules/0/trigger ')]);
  expect(await faults({ rules: [], reminderTime: '9h' })).toEqual([422, expect.stringMatching('^/reminderTime ')]);
  expect(await faults({ rules: [], holidays: [{ from: '2026-12-19', to: '2026-12-18' }] })).toEqual([
    422,
    '/holidays/0/to ENDS_BEFORE_START',
  ]);
  for (const to of ['2062-01-03', '9999-12-31'])
    expect(await faults({ rules: [], holidays: [{ from: '2026-12-19', to }] })).toEqual([422, '/holidays/0/to OUT_OF_RANGE']);
  expect((await council.api.put('/notice-policies', null, { rules: [{ ...dueBefore, colour: 'red' }] })).body.code).toBe('UNKNOWN_FIELD');
});

test('loans that run are reminded of by the new policy, and no longer by the old one', async () => {
  const nadia = { name: 'Nadia B.', relationship: 'parent', email: 'nadia@example.org', language: 'fr', notify: true };
  const household = await aHousehold(council.api, { contacts: [nadia] });
  await aLoan(council.api, { householdId: household.id, dueOn: '2026-11-30' });
  await app.drain();
  expectStatus(await council.api.put('/notice-policies', null, { rules: [dueBefore], reminderTime: '10:30' }), 200);
  await app.drain();
  smtp.mails.length = 0;
  const mailsAt = async (on: string, time: string) => {
    app.clock.moveTo(instantAt(day(on), time, 'Europe/Paris'));
    await app.drain();
    return smtp.mails.splice(0).length;
  };
  expect(await mailsAt('2026-11-20', '10:29')).toBe(0);
  expect(await mailsAt('2026-11-20', '10:30')).toBe(1);
  expect(await mailsAt('2026-12-30', '10:30')).toBe(0);
});

test('everybody on the staff reads it, the manager alone writes it', async () => {
  expect((await council.api.anonymous.get('/notice-policies')).status).toBe(401);
  const client = await aClient(app, council.id, ['notices:read', 'notices:write']);
  expect((await client.get('/notice-policies')).status).toBe(403);
  const auditor = await aPerson(app, council.id, 'auditor');
  expect((await auditor.get('/notice-policies')).status).toBe(200);
  expect((await auditor.put('/notice-policies', null, { rules: [] })).status).toBe(403);
  const manager = await aPerson(app, council.id, 'council_manager');
  expect((await manager.put('/notice-policies', null, { rules: [] })).status).toBe(200);
  const { data } = expectStatus(await council.api.get('/audit-events?action=notice_policies.replaced'), 200);
  expect(data).toHaveLength(1);
});
