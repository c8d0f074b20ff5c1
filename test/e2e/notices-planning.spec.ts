import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { day, instantAt } from '../../src/shared/day.js';
import { type Answer, type Api, expectStatus } from '../support/api.js';
import { START, startTestApp, type TestApp } from '../support/app.js';
import { aDevice, aHousehold, aLoan, anOffer, aPickupSlot, aRequest } from '../support/builders.js';
import { aCouncil } from '../support/people.js';
import { gatewaySettings, startSmsGateway, type TestGateway } from '../support/sms-gateway.js';
import { type SmtpSink, startSmtpSink } from '../support/smtp.js';

let app: TestApp;
let smtp: SmtpSink;
let gateway: TestGateway;
let api: Api;
beforeAll(async () => {
  smtp = await startSmtpSink();
  gateway = await startSmsGateway();
  app = await startTestApp({ SMTP_URL: smtp.url, WEBHOOK_ALLOWED_HOSTS: '127.0.0.1' });
});
beforeEach(async () => {
  // What earlier tests planned would leave in this one.
  app.clock.moveTo(new Date('2030-01-01T08:00:00Z'));
  await app.drain();
  app.clock.moveTo(START);
  ({ api } = await aCouncil(app));
  smtp.mails.length = 0;
});
afterAll(async () => {
  await app.close();
  await smtp.close();
  await gateway.close();
});

type Body = Answer['body'];

const address = { line1: '1 rue de la Paix', line2: null, postalCode: '95500', city: 'Gonesse', country: 'FR' };
const nadia = { name: 'Nadia B.', relationship: 'parent', email: 'nadia@example.org', language: 'fr', notify: true };

async function aLoanFor(contact: object = nadia, dueOn = '2026-11-30'): Promise<Body> {
  const household = await aHousehold(api, { contacts: [contact] });
  const loan = await aLoan(api, { householdId: household.id, dueOn });
  await app.drain();
  smtp.mails.length = 0;
  return { household, loan };
}
async function on(dueDay: string, at = '09:00'): Promise<void> {
  app.clock.moveTo(instantAt(day(dueDay), at, 'Europe/Paris'));
  await app.drain();
}
async function mailsOn(dueDay: string, at = '09:00'): Promise<number> {
  smtp.mails.length = 0;
  await on(dueDay, at);
  return smtp.mails.length;
}
const noticesOf = async ({ id }: Body, trigger: string): Promise<Body[]> =>
  expectStatus(await api.get(`/notices?householdId=${id}&trigger=${trigger}`), 200).data;

describe('a due day', () => {
  test('that is changed and changed back has its reminders again', async () => {
    const { loan } = await aLoanFor();
    for (const [version, dueOn] of [
      [1, '2026-12-14'],
      [2, '2026-11-30'],
    ] as const) {
      // prettier-ignore
      expectStatus(await api.put(`/loans/${loan.id}/due-date`, version, { dueOn, reason: 'A slip of the pen' }), 200);
      await app.drain();
    }
    expect([await mailsOn('2026-11-27'), await mailsOn('2026-11-30'), await mailsOn('2026-12-04')]).toEqual([1, 1, 1]);
  });

  test('a renewal tells the day that it gave, and not that of a recall before anybody was told', async () => {
    const { household, loan } = await aLoanFor();
    expectStatus(await api.post(`/loans/${loan.id}/renewals`, {}), 200);
    expectStatus(await api.post(`/loans/${loan.id}/recall`, { dueOn: '2026-11-20', reason: 'Rappel du fabricant' }), 200);
    await on('2026-11-03');
    expect(await noticesOf(household, 'loan_renewed')).toMatchObject([{ state: 'dropped', reason: 'DUE_DAY_CHANGED' }]);
    expect(await noticesOf(household, 'loan_recalled')).toMatchObject([{ state: 'sent' }]);
  });
});

describe('a reminder that did not reach anybody', () => {
  test('takes the place of no letter that waits', async () => {
    const once = { trigger: 'loan_due', everyDays: null, times: 1 };
    const rules = [
      { ...once, when: 'before', days: 3, channels: ['sms', 'letter'] },
      { ...once, when: 'at', days: 0, channels: ['sms'] },
    ];
    expectStatus(await api.put('/notice-policies', null, { rules }), 200);
    const { household } = await aLoanFor({ ...nadia, email: null, address });
    await on('2026-11-27');
    await on('2026-11-30');
    expect((await noticesOf(household, 'loan_due')).map(({ state }) => state).sort()).toEqual(['failed', 'to_print']);
    const batch = expectStatus(await api.post('/print-batches', {}), 201);
    expect((await api.get(`/print-batches/${batch.id}/file`)).status).toBe(200);
  });
});

describe('a policy that is changed', () => {
  const rule = { trigger: 'loan_overdue', when: 'at', everyDays: 7, times: 4, channels: ['email'] };

  test('has its new hour and its new pauses for loans that run, and no more reminders than it says', async () => {
    expectStatus(await api.put('/notice-policies', null, { rules: [rule] }), 200);
    await aLoanFor();
    const changed = { rules: [{ ...rule, everyDays: 10, times: 2 }], reminderTime: '10:30' };
    expectStatus(await api.put('/notice-policies', 1, changed), 200);
    await app.drain();
    expect([await mailsOn('2026-12-04', '10:29'), await mailsOn('2026-12-04', '10:30')]).toEqual([0, 1]);
    expect([await mailsOn('2026-12-11', '12:00'), await mailsOn('2026-12-14', '10:30'), await mailsOn('2027-02-01')]).toEqual([0, 1, 0]);
  });

  test('asks families about their file as it says now', async () => {
    const review = { trigger: 'need_review_due', when: 'after', channels: ['email'] };
    expectStatus(await api.put('/notice-policies', null, { rules: [{ ...review, days: 365 }] }), 200);
    const household = await aHousehold(api, { contacts: [nadia] });
    await aRequest(api, household.id);
    await app.drain();
    expectStatus(await api.put('/notice-policies', 1, { rules: [{ ...review, days: 30 }] }), 200);
    await app.drain();
    expect([await mailsOn('2026-12-01'), await mailsOn('2026-12-02'), await mailsOn('2027-11-02')]).toEqual([0, 1, 0]);
  });
});

test('a pickup on a Monday, told of on the day because no SMS leaves on a Sunday, is not said to be tomorrow', async () => {
  expectStatus(await api.put('/sms-gateway', null, gatewaySettings(gateway.url)), 200);
  const contact = { ...nadia, email: null, phone: '+33612345678', preferredChannel: 'sms' };
  const household = await aHousehold(api, { contacts: [contact] });
  const { lines } = await aRequest(api, household.id);
  const device = await aDevice(api);
  const slot = await aPickupSlot(api, device.siteId, { startsAt: '2026-11-09T13:00:00.000Z', endsAt: '2026-11-09T13:30:00.000Z' });
  await anOffer(api, lines[0].id, device.id);
  await app.drain();
  expectStatus(await api.post(`/request-lines/${lines[0].id}/moves`, { move: 'accept', pickupSlotId: slot.id }), 200);
  await on('2026-11-03');
  await on('2026-11-08');
  gateway.sent.length = 0;
  await on('2026-11-09', '08:00');
  expect(gateway.sent.map(({ body }) => body.text)).toEqual([expect.stringMatching(/aujourd'hui/)]);
});

describe('an appeal', () => {
  test.each([
    ['dismiss_appeal', /la décision reste la même.*Motif : hors secteur/is],
    ['uphold_appeal', /de nouveau en attente/],
  ])('%s: the family is told what was decided', async (move, words) => {
    const household = await aHousehold(api, { contacts: [nadia] });
    const { lines } = await aRequest(api, household.id);
    const moveLine = async (body: object) => expectStatus(await api.post(`/request-lines/${lines[0].id}/moves`, body), 200);
    await moveLine({ move: 'refuse', reason: 'Trop loin' });
    await moveLine({ move: 'appeal', reason: 'Nous avons déménagé' });
    await app.drain();
    await on('2026-11-04');
    smtp.mails.length = 0;
    await moveLine({ move, reason: 'hors secteur' });
    await app.drain();
    expect(smtp.mails.map(({ text }) => text)).toEqual([expect.stringMatching(words)]);
  });

  test('whose decision is overtaken is not told of', async () => {
    const household = await aHousehold(api, { contacts: [nadia] });
    const { lines } = await aRequest(api, household.id);
    for (const body of [
      { move: 'refuse', reason: 'Trop loin' },
      { move: 'appeal' },
      { move: 'uphold_appeal', reason: 'Vu' },
      { move: 'withdraw' },
    ])
      expectStatus(await api.post(`/request-lines/${lines[0].id}/moves`, body), 200);
    await app.drain();
    expect(await noticesOf(household, 'appeal_decided')).toMatchObject([{ state: 'dropped', reason: 'WITHDRAWN' }]);
    expect(smtp.mails).toEqual([]);
  });
});
