import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { instantAt, day } from '../../src/shared/day.js';
import { expectStatus } from '../support/api.js';
import { START, startTestApp, type TestApp } from '../support/app.js';
import { aDevice, aDeviceModel, aHousehold, aLoan, aSite } from '../support/builders.js';
import { onServer } from '../support/test-database.js';
import { aCouncil, type TestCouncil } from '../support/people.js';
import { type SmtpSink, startSmtpSink } from '../support/smtp.js';

let app: TestApp;
let smtp: SmtpSink;
let council: TestCouncil;
beforeAll(async () => {
  smtp = await startSmtpSink();
  app = await startTestApp({ SMTP_URL: smtp.url, MAIL_FROM: 'Passerelle <nepasrepondre@example.org>' });
});
afterAll(async () => {
  await app.close();
  await smtp.close();
});
beforeEach(async () => {
  // Loans of earlier tests would be reminded of in this one.
  app.clock.moveTo(new Date('2030-01-01T08:00:00Z'));
  await app.drain();
  app.clock.moveTo(START);
  council = await aCouncil(app);
  smtp.mails.length = 0;
});

const nadia = { name: 'Nadia B.', relationship: 'parent', email: 'nadia@example.org', language: 'fr', preferredChannel: 'email' };
const tom = { name: 'Tom B.', relationship: 'parent', email: 'tom@example.org', language: 'en', preferredChannel: 'email', notify: true };

/** Moves the clock to 09:00 of a day, does what is due, and tells the subjects of the mails that came. */
async function mailsOn(dueDay: string, at = '09:00'): Promise<string[]> {
  smtp.mails.length = 0;
  app.clock.moveTo(instantAt(day(dueDay), at, 'Europe/Paris'));
  await app.drain();
  return smtp.mails.map((mail) => mail.subject ?? '').sort();
}

async function settled(): Promise<{ trigger: string; state: string; reason: string | null }[]> {
  const text = 'SELECT trigger, state, reason FROM notices WHERE council_id = $1 ORDER BY settled_at, trigger';
  return onServer(
    app.databaseUrl,
    async (client) => (await client.query<{ trigger: string; state: string; reason: string | null }>(text, [council.id])).rows,
  );
}

/** A loan that is due on Monday 30 November 2026, with three days of grace. */
async function aLoanDueOn30November(contacts: object[] = [{ ...nadia, notify: true }, tom]) {
  const household = await aHousehold(council.api, { contacts });
  const loan = await aLoan(council.api, { householdId: household.id, dueOn: '2026-11-30' });
  await app.drain();
  return { household, loan };
}

test('three days before, on the day, and four times a week apart once overdue, in each one’s language', async () => {
  const { loan } = await aLoanDueOn30November();
  expect(await mailsOn('2026-11-26')).toEqual([]);
  expect(await mailsOn('2026-11-27', '08:59')).toEqual([]);
  expect(await mailsOn('2026-11-27')).toEqual(['To bring back by Monday, November 30, 2026', 'À rendre le lundi 30 novembre 2026']);
  expect(await mailsOn('2026-11-28')).toEqual([]);
  expect(await mailsOn('2026-11-30')).toEqual(['To bring back today', "À rendre aujourd'hui"]);
  expect(await mailsOn('2026-12-03')).toEqual([]);
  for (const overdue of ['2026-12-04', '2026-12-11', '2026-12-18', '2026-12-25']) {
    expect(await mailsOn(overdue)).toEqual(['Loan overdue', 'Prêt en retard']);
  }
  expect(smtp.mails[0]?.text).toContain(loan.reference);
  expect(await mailsOn('2027-02-01')).toEqual([]);
  expect((await settled()).map(({ state }) => state)).toEqual(Array(12).fill('sent'));
});

test('nobody is reminded of what came back, and the record says why', async () => {
  const { loan } = await aLoanDueOn30November();
  app.clock.moveTo(new Date('2026-11-20T10:00:00Z'));
  expectStatus(await council.api.post('/returns', { assetTag: loan.items[0].assetTag, conditionIn: 'good', siteId: loan.siteId }), 200);
  expect(await mailsOn('2026-11-27')).toEqual([]);
  expect(await settled()).toEqual([{ trigger: 'loan_due_soon', state: 'dropped', reason: 'RETURNED' }]);
});

test('what the family says it gave back is not asked for while the rest is', async () => {
  const household = await aHousehold(council.api, { contacts: [{ ...nadia, notify: true }] });
  const site = await aSite(council.api);
  const laptop = await aDevice(council.api, { siteId: site.id });
  const router = await aDevice(council.api, { siteId: site.id, modelId: (await aDeviceModel(council.api, { category: 'router' })).id });
  const items = [laptop, router].map(({ id }) => ({ deviceId: id as string, conditionOut: 'good' }));
  const loan = await aLoan(council.api, { householdId: household.id, siteId: site.id, items, dueOn: '2026-11-30' });
  const claim = { itemId: loan.items[0].id, kind: 'claimed_returned', reportedOn: '2026-11-02', description: 'Left at the desk' };
  expectStatus(await council.api.post(`/loans/${loan.id}/incidents`, claim), 201);
  await app.drain();
  await mailsOn('2026-11-27');
  expect(smtp.mails[0]?.text).toContain(router.assetTag);
  expect(smtp.mails[0]?.text).not.toContain(laptop.assetTag);
});

test('who has said no language is written to in the first one of the council that we have', async () => {
  const { version } = expectStatus(await council.api.get('/council'), 200);
  expectStatus(await council.api.patch('/council', version, { languages: ['ar', 'en', 'fr'] }), 200);
  await aLoanDueOn30November([{ ...nadia, language: null, notify: true }]);
  expect(await mailsOn('2026-11-27')).toEqual(['To bring back by Monday, November 30, 2026']);
});

test('a later due day has reminders of its own, and those of the old one drop out', async () => {
  const { loan } = await aLoanDueOn30November([{ ...nadia, notify: true }]);
  expectStatus(await council.api.put(`/loans/${loan.id}/due-date`, loan.version, { dueOn: '2026-12-14', reason: 'Stage prolongé' }), 200);
  await app.drain();
  expect(await mailsOn('2026-11-30')).toEqual([]);
  expect(await mailsOn('2026-12-11')).toEqual(['À rendre le lundi 14 décembre 2026']);
  const reasons = (await settled()).map(({ reason }) => reason);
  expect(reasons.filter((reason) => reason !== 'DUE_DAY_CHANGED')).toEqual([null]);
  expect(reasons).toHaveLength(5);
});

test('a mail server that refuses for the moment is tried again, with the same Message-ID', async () => {
  await aLoanDueOn30November([{ ...nadia, notify: true }]);
  smtp.refuseNext(451);
  expect(await mailsOn('2026-11-27')).toEqual([]);
  expect(await settled()).toEqual([]);
  expect(await mailsOn('2026-11-27', '09:10')).toEqual(['À rendre le lundi 30 novembre 2026']);
  expect(smtp.mails[0]?.messageId).toMatch(/^<[0-9a-f-]{36}@example\.org>$/);
});

test('a contact without e-mail is recorded as not reached', async () => {
  await aLoanDueOn30November([
    { name: 'Sans adresse', relationship: 'parent', phone: '+33612345678', language: 'fr', preferredChannel: 'sms', notify: true },
  ]);
  expect(await mailsOn('2026-11-27')).toEqual([]);
  expect(await settled()).toEqual([{ trigger: 'loan_due_soon', state: 'dropped', reason: 'NO_EMAIL' }]);
});

test('nothing about the family is in the jobs or in the log', async () => {
  await aLoanDueOn30November();
  await mailsOn('2026-11-27');
  const rows = await onServer(
    app.databaseUrl,
    async (client) => (await client.query<{ ids: object }>('SELECT ids FROM outbox WHERE council_id = $1', [council.id])).rows,
  );
  const everything = JSON.stringify(rows) + app.logged.join('\n');
  expect(everything).not.toMatch(/nadia|tom@|example\.org/i);
});
