import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { day, instantAt } from '../../src/shared/day.js';
import { TRIGGER_NAMES } from '../../src/modules/notices/domain/triggers.js';
import { newId } from '../../src/shared/ids.js';
import { type Answer, type Api, expectStatus } from '../support/api.js';
import { START, startTestApp, type TestApp } from '../support/app.js';
import { aHousehold, aLoan } from '../support/builders.js';
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
const own = { subject: 'Bientôt la fin', body: 'Le prêt {loanReference} finit le {dueOn}.' };
const FRENCH = '/notice-templates/loan_due/email/fr';

async function aLoanFor(contact: object): Promise<Body> {
  const household = await aHousehold(api, { contacts: [contact] });
  const loan = await aLoan(api, { householdId: household.id, dueOn: '2026-11-30' });
  await app.drain();
  smtp.mails.length = 0;
  return loan;
}
async function remind(): Promise<void> {
  app.clock.moveTo(instantAt(day('2026-11-27'), '09:00', 'Europe/Paris'));
  await app.drain();
}

test('the shipped text is shown under no version, the council’s own under its version', async () => {
  const shipped = await api.get(FRENCH);
  expect([shipped.status, shipped.headers.get('etag'), shipped.body.version]).toEqual([200, '"0"', null]);
  expect(shipped.body.body).toContain('{loanReference}');
  const put = await api.put(FRENCH, null, own);
  expect([put.status, put.headers.get('etag')]).toEqual([200, '"1"']);
  expect(put.body).toMatchObject({ ...own, trigger: 'loan_due', channel: 'email', language: 'fr' });
  expect((await api.put(FRENCH, null, own)).status).toBe(412);
  expectStatus(await api.put(FRENCH, 1, { ...own, subject: 'Bientôt' }), 200);
  expect((await api.get('/notice-templates')).body.templates).toMatchObject([{ subject: 'Bientôt', version: 2 }]);
  expect((await (await aCouncil(app)).api.get('/notice-templates')).body.templates).toEqual([]);
  expect((await api.get('/notice-templates/loan_due/email/de')).status).toBe(404);
});

test('messages say what the council has written, in languages that it has added too', async () => {
  expectStatus(await api.put(FRENCH, null, own), 200);
  expectStatus(await api.put('/notice-templates/loan_due/email/so', null, { subject: 'Amaah', body: 'Amaahda {loanReference}' }), 200);
  const loan = await aLoanFor(nadia);
  const other = await aLoanFor({ ...nadia, language: 'so', email: 'sahra@example.org' });
  await remind();
  const mailTo = (address: string) => smtp.mails.find(({ to }) => !Array.isArray(to) && to?.text === address);
  expect(mailTo('nadia@example.org')?.subject).toBe('Bientôt la fin');
  expect(mailTo('nadia@example.org')?.text).toContain(`Le prêt ${loan.reference} finit le lundi 30 novembre`);
  expect(mailTo('sahra@example.org')?.text).toContain(`Amaahda ${other.reference}`);
  expect(mailTo('sahra@example.org')?.headers.get('content-language')).toBe('so');
});

test('a text that cannot be sent is not taken, and it is said why', async () => {
  const faults = async (text: object, path = FRENCH) => {
    const { status, body } = await api.put(path, null, text);
    return [status, ...(body.errors ?? []).map(({ pointer }: Body) => pointer)];
  };
  expect(await faults({ ...own, body: 'Le {dueDay}' })).toEqual([422, '/body']);
  expect(await faults({ ...own, body: 'Le {dueOn' })).toEqual([422, '/body']);
  expect(await faults({ body: own.body })).toEqual([422, '/subject']);
  expect(await faults({ subject: null, body: 'x'.repeat(600) }, '/notice-templates/loan_due/sms/fr')).toEqual([422, '/body']);
  expect((await api.get('/notice-templates/birthday/email/fr')).status).toBe(400);
});

test('a preview says what a text would say, of a sample or of something real', async () => {
  const loan = await aLoanFor(nadia);
  const draft = { trigger: 'loan_due', channel: 'email', language: 'fr', ...own };
  expect(expectStatus(await api.post('/notice-templates/preview', draft), 200).body).toMatch(/Le prêt \S+ finit le/);
  const real = expectStatus(await api.post('/notice-templates/preview', { ...draft, about: { loanId: loan.id } }), 200);
  expect(real.subject).toBe('Bientôt la fin');
  expect(real.body).toContain('Nadia B.');
  expect(real.body).toContain(`Le prêt ${loan.reference} finit le lundi 30 novembre`);
  const sms = { ...draft, channel: 'sms', subject: null, about: { loanId: loan.id } };
  expect(expectStatus(await api.post('/notice-templates/preview', sms), 200).sms).toMatchObject({ encoding: 'gsm7', parts: 1 });
  expect(smtp.mails).toEqual([]);
  expect((await api.get('/notice-templates')).body.templates).toEqual([]);
});

test('of nothing, of what the trigger does not tell of, or of nobody there is no preview', async () => {
  const draft = { trigger: 'loan_due', channel: 'email', language: 'fr', ...own };
  const code = async (about: object, set: object = {}) => {
    const { status, body } = await api.post('/notice-templates/preview', { ...draft, ...set, about });
    return [status, body.errors?.[0]?.code];
  };
  expect(await code({ loanId: newId() })).toEqual([422, 'UNKNOWN_REFERENCE']);
  const loan = await aLoanFor(nadia);
  expect(await code({ loanId: loan.id, householdId: loan.householdId })).toEqual([422, 'NOT_TELLABLE']);
  expect(await code({ householdId: loan.householdId })).toEqual([422, 'NOT_TELLABLE']);
  expect(await code({ loanId: loan.id }, { body: '{oops}' })).toEqual([422, expect.any(String)]);
  const stranger = (await aCouncil(app)).api;
  expect((await stranger.post('/notice-templates/preview', { ...draft, about: { loanId: loan.id } })).body.code).toBe('UNKNOWN_REFERENCE');
});

test('of something that came back there is a preview of what tells of it, and an answer for every other trigger', async () => {
  const loan = await aLoanFor(nadia);
  expectStatus(await api.post('/returns', { assetTag: loan.items[0].assetTag, conditionIn: 'good', siteId: loan.siteId }), 200);
  const statuses = new Map<string, number>();
  for (const trigger of TRIGGER_NAMES) {
    const draft = { trigger, channel: 'email', language: 'fr', subject: 'Bonjour', body: 'Bonjour', about: { loanId: loan.id } };
    statuses.set(trigger, (await api.post('/notice-templates/preview', draft)).status);
  }
  expect(statuses.get('loan_returned')).toBe(200);
  expect([...statuses].filter(([, status]) => status !== 200 && status !== 422)).toEqual([]);
});

test('the manager alone writes texts', async () => {
  const auditor = await aPerson(app, council.id, 'auditor');
  expect((await auditor.get(FRENCH)).status).toBe(200);
  expect((await auditor.put(FRENCH, null, own)).status).toBe(403);
  expect((await auditor.post('/notice-templates/preview', { trigger: 'loan_due', channel: 'email', language: 'fr', ...own })).status).toBe(
    403,
  );
});
