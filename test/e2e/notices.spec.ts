import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { OutboxExecutor } from '../../src/platform/outbox/index.js';
import { RunNoticesService } from '../../src/modules/notices/index.js';
import { day, instantAt } from '../../src/shared/day.js';
import { type Answer, type Api, expectStatus } from '../support/api.js';
import { START, startTestApp, type TestApp } from '../support/app.js';
import { aHousehold, aLoan, aRequest, aSchool, aSite } from '../support/builders.js';
import { aCouncil, aPerson, type TestCouncil } from '../support/people.js';
import { type SmtpSink, startSmtpSink } from '../support/smtp.js';

let app: TestApp;
let smtp: SmtpSink;
let council: TestCouncil;
let api: Api;
beforeAll(async () => {
  smtp = await startSmtpSink();
  app = await startTestApp({ SMTP_URL: smtp.url });
});
beforeEach(async () => {
  app.clock.moveTo(new Date('2030-01-01T08:00:00Z'));
  await app.drain();
  app.clock.moveTo(START);
  council = await aCouncil(app);
  api = council.api;
  smtp.mails.length = 0;
});
afterAll(async () => {
  await app.close();
  await smtp.close();
});

type Body = Answer['body'];

const nadia = { name: 'Nadia B.', relationship: 'parent', email: 'nadia@example.org', language: 'fr', notify: true };
const silent = { name: 'Sans adresse', relationship: 'parent', language: 'fr', notify: true };
const at = (on: string, time = '09:00') => instantAt(day(on), time, 'Europe/Paris');

async function aLoanFor(contacts: object[], overrides: Record<string, unknown> = {}) {
  const household = await aHousehold(api, { contacts, ...overrides });
  const loan = await aLoan(api, { householdId: household.id, dueOn: '2026-11-30' });
  await app.drain();
  return { household, loan };
}
const listed = async (query: string, who = api): Promise<Body[]> => expectStatus(await who.get(`/notices?${query}`), 200).data;

describe('the list', () => {
  test('what was and will be sent of a household, of a trigger, in a state; never an address', async () => {
    const { household, loan } = await aLoanFor([nadia]);
    await aLoanFor([nadia]);
    const all = await listed(`householdId=${household.id}`);
    expect(all.filter(({ trigger }) => trigger === 'loan_overdue').map(({ state, loanId }) => [state, loanId])).toEqual(
      Array(4).fill(['scheduled', loan.id]),
    );
    const [told] = await listed(`householdId=${household.id}&trigger=loan_handed_over&state=sent`);
    expect(told).toMatchObject({
      contactId: household.contacts[0].id,
      channel: 'email',
      reason: null,
      tried: [],
      settledAt: START.toISOString(),
    });
    const { household: _, ...alone } = told;
    expect(expectStatus(await api.get(`/notices/${told.id}`), 200)).toMatchObject(alone);
    expect(JSON.stringify(all.map((notice) => ({ ...notice, household: null })))).not.toMatch(/nadia|@/i);
    expect((await api.get('/notices?state=lost')).status).toBe(422);
  });

  test('page after page, each once', async () => {
    await aLoanFor([nadia]);
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Body = expectStatus(await api.get(`/notices?limit=3${cursor && `&cursor=${cursor}`}`), 200);
      seen.push(...page.data.map(({ id }: Body) => id));
      cursor = page.nextCursor;
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThan(6);
  });

  test('a school administrator sees those of their own families; a desk agent none', async () => {
    const school = await aSchool(api);
    const { household } = await aLoanFor([nadia], { schoolId: school.id });
    const { household: other } = await aLoanFor([nadia]);
    const administrator = await aPerson(app, council.id, 'school_administrator', { schoolId: school.id });
    expect(new Set((await listed('', administrator)).map(({ householdId }) => householdId))).toEqual(new Set([household.id]));
    const [foreign] = await listed(`householdId=${other.id}`);
    expect((await administrator.get(`/notices/${foreign.id}`)).status).toBe(404);
    expect((await administrator.post(`/notices/${foreign.id}/resend`, { reason: 'Again' })).status).toBe(404);
    expect((await (await aPerson(app, council.id, 'desk_agent', { siteId: (await aSite(api)).id })).get('/notices')).status).toBe(403);
  });
});

describe('what is stuck', () => {
  test('is what reached nobody, and what is tried again and again, with the reason', async () => {
    const { household } = await aLoanFor([silent]);
    const [failed] = await listed('state=stuck');
    expect(failed).toMatchObject({ householdId: household.id, state: 'failed', reason: 'NO_CHANNEL', trigger: 'loan_handed_over' });
    smtp.refuseNext(451);
    await aLoanFor([nadia]);
    expect((await listed('state=stuck')).map(({ state, problem, attempts }) => [state, problem, attempts])).toEqual([
      ['failed', null, 0],
      ['sending', 'SMTP_451', 1],
    ]);
  });

  test('is so no longer once it was sent again', async () => {
    const { household } = await aLoanFor([silent]);
    const [failed] = await listed('state=stuck');
    const contacts = [{ ...silent, id: household.contacts[0].id, email: 'new@example.org' }];
    expectStatus(await api.patch(`/households/${household.id}`, household.version, { contacts }), 200);
    const again = expectStatus(await api.post(`/notices/${failed.id}/resend`, { reason: 'They have an address now' }), 201);
    expect(again).toMatchObject({ resendOf: failed.id, state: 'scheduled', trigger: 'loan_handed_over' });
    await app.drain();
    expect((await listed(`state=sent&householdId=${household.id}`)).map(({ id }) => id)).toEqual([again.id]);
    expect(await listed('state=stuck')).toEqual([]);
    expect(smtp.mails).toHaveLength(1);
  });
});

describe('sending again', () => {
  test('goes at once and alone, though there was a message today, and is audited with its reason', async () => {
    const { household } = await aLoanFor([nadia]);
    const [told] = await listed(`householdId=${household.id}&state=sent`);
    const reason = 'The family did not see it';
    const again = expectStatus(await api.post(`/notices/${told.id}/resend`, { reason }), 201);
    await app.drain();
    expect(smtp.mails).toHaveLength(2);
    expect(expectStatus(await api.get(`/notices/${again.id}`), 200).state).toBe('sent');
    expect(smtp.mails[0]?.messageId).not.toBe(smtp.mails[1]?.messageId);
    const { data } = expectStatus(await api.get(`/audit-events?subject=${told.id}`), 200);
    expect(data).toMatchObject([{ action: 'notice.resent', reason }]);
  });

  test('twice at once: it leaves once, and another time when that is over', async () => {
    const { household } = await aLoanFor([nadia]);
    const [told] = await listed(`householdId=${household.id}&state=sent`);
    const again = () => api.post(`/notices/${told.id}/resend`, { reason: 'The family did not see it' });
    const answers = await Promise.all([1, 2, 3, 4].map(again));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
    await app.drain();
    expect(smtp.mails).toHaveLength(2);
    expectStatus(await again(), 201);
  });

  test('not what is still under way, and not what is true no longer', async () => {
    const { household, loan } = await aLoanFor([nadia]);
    const codes = ({ body }: Answer) => body.reasons?.map(({ code }: Body) => code);
    const [planned] = await listed(`householdId=${household.id}&state=scheduled`);
    expect(codes(await api.post(`/notices/${planned.id}/resend`, { reason: 'Again' }))).toEqual(['NOTICE_STILL_UNDER_WAY']);
    const [told] = await listed(`householdId=${household.id}&state=sent`);
    expectStatus(await api.post('/returns', { assetTag: loan.items[0].assetTag, conditionIn: 'good', siteId: loan.siteId }), 200);
    expect(codes(await api.post(`/notices/${told.id}/resend`, { reason: 'Again' }))).toEqual(['NOTICE_OUTDATED']);
    expect((await api.post(`/notices/${told.id}/resend`, {})).status).toBe(422);
  });
});

describe('a moment to come', () => {
  const preview = async (instant: Date): Promise<Body[]> =>
    expectStatus(await api.get(`/notices/preview?at=${instant.toISOString()}`), 200).data;

  test('shows what would be sent, by which channel, and what would be dropped; and sends nothing', async () => {
    const tom = { ...nadia, name: 'Tom B.', email: 'tom@example.org' };
    const { household } = await aLoanFor([nadia, tom]);
    smtp.mails.length = 0;
    expect(await preview(at('2026-11-26'))).toEqual([]);
    const before = await preview(at('2026-11-27'));
    expect(before.map(({ trigger, outcome, channel, contactId }) => [trigger, outcome, channel, contactId])).toEqual(
      household.contacts.map(({ id }: Body) => ['loan_due', 'sent', 'email', id]),
    );
    const onTheDay = await preview(at('2026-11-30'));
    expect(onTheDay.map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ...[
        ['dropped', 'OVERTAKEN'],
        ['dropped', 'OVERTAKEN'],
      ], // three days before
      ...[
        ['sent', null],
        ['sent', null],
      ],
    ]);
    await app.drain();
    expect(smtp.mails).toEqual([]);
    expect(await preview(at('2026-11-27'))).toEqual(before);
  });

  test('a notice to several people is on one page', async () => {
    const tom = { ...nadia, name: 'Tom B.', email: 'tom@example.org' };
    await aLoanFor([nadia, tom]);
    const page = expectStatus(await api.get(`/notices/preview?limit=1&at=${at('2026-11-30').toISOString()}`), 200);
    expect(page.data).toHaveLength(2);
    const next = expectStatus(
      await api.get(`/notices/preview?limit=1&at=${at('2026-11-30').toISOString()}&cursor=${page.nextCursor}`),
      200,
    );
    expect([next.data.length, next.nextCursor]).toEqual([2, null]);
    expect(next.data[0].noticeId).not.toBe(page.data[0].noticeId);
  });

  test('whom it would not reach', async () => {
    await aLoanFor([silent]);
    expect((await preview(at('2026-11-27'))).map(({ outcome, reason }) => [outcome, reason])).toEqual([['failed', 'NO_CHANNEL']]);
  });
});

describe('notices:run', () => {
  const run = () => app.nest.get(RunNoticesService).run(() => app.nest.get(OutboxExecutor).drain());

  test('does what is due at the instant, and tells what came of it', async () => {
    // An instant at which no other test has settled anything.
    app.clock.moveTo(new Date('2026-11-03T08:00:00.007Z'));
    await aLoanFor([{ ...nadia, email: 'busy@example.org' }]);
    await aLoanFor([silent]);
    const { household } = await aLoanFor([nadia]);
    expect(await run()).toEqual({ due: 3, sent: 2, dropped: 0, waiting: 0, dead: 1 });
    const { lines } = await aRequest(api, household.id);
    expectStatus(await api.post(`/request-lines/${lines[0].id}/moves`, { move: 'withdraw' }), 200);
    app.clock.moveTo(at('2026-11-27'));
    smtp.refuseRecipient('busy@example.org', 451);
    expect(await run()).toEqual({ due: 4, sent: 1, dropped: 1, waiting: 1, dead: 1 });
    smtp.refuseRecipient('busy@example.org', null);
    app.clock.moveTo(at('2026-11-27', '09:05'));
    expect(await run()).toMatchObject({ sent: 1, waiting: 0 });
  });
});
