import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { day, instantAt } from '../../src/shared/day.js';
import { type Answer, type Api, expectStatus } from '../support/api.js';
import { START, startTestApp, type TestApp } from '../support/app.js';
import { aDevice, aHousehold, aLoan, anOffer, aRequest } from '../support/builders.js';
import { aCouncil, aPerson, type TestCouncil } from '../support/people.js';
import { gatewaySettings, postReceipt, startSmsGateway, type TestGateway } from '../support/sms-gateway.js';
import { type SmtpSink, startSmtpSink } from '../support/smtp.js';
import { onServer } from '../support/test-database.js';

let app: TestApp;
let smtp: SmtpSink;
let gateway: TestGateway;
let council: TestCouncil;
let api: Api;
beforeAll(async () => {
  smtp = await startSmtpSink();
  gateway = await startSmsGateway();
  app = await startTestApp({ SMTP_URL: smtp.url, WEBHOOK_ALLOWED_HOSTS: '127.0.0.1' });
});
beforeEach(async () => {
  app.clock.moveTo(new Date('2030-01-01T10:00:00Z'));
  await app.drain();
  app.clock.moveTo(START);
  council = await aCouncil(app);
  api = council.api;
  expectStatus(await api.put('/sms-gateway', null, gatewaySettings(gateway.url)), 200);
  gateway.sent.length = 0;
  smtp.mails.length = 0;
});
afterAll(async () => {
  await app.close();
  await smtp.close();
  await gateway.close();
});

type Body = Answer['body'];

const address = { line1: '1 rue de la Paix', line2: null, postalCode: '95500', city: 'Gonesse', country: 'FR' };
const nadia = { name: 'Nadia "B."', relationship: 'parent', phone: '+33612345678', language: 'fr', preferredChannel: 'sms', notify: true };
const both = { ...nadia, email: 'nadia@example.org' };

async function aLoanFor(contact: object) {
  const household = await aHousehold(api, { contacts: [contact] });
  const loan = await aLoan(api, { householdId: household.id, dueOn: '2026-11-30' });
  await app.drain();
  return { household, loan };
}
const on = async (instant: Date) => {
  app.clock.moveTo(instant);
  await app.drain();
};
const noticesOf = async ({ id }: Body): Promise<Body[]> =>
  expectStatus(await api.get(`/notices?householdId=${id}`), 200).data.filter(({ state }: Body) => state !== 'scheduled');
const dueOf = async (household: Body) =>
  (await noticesOf(household)).filter(({ trigger }) => trigger === 'loan_due').map(({ channel, tried }) => [channel, tried]);
const marks = async (): Promise<Body[]> => expectStatus(await api.get('/contact-marks'), 200).data;

describe('an SMS', () => {
  test('is one request, with a key by which the gateway knows it again', async () => {
    const { household } = await aLoanFor(nadia);
    const [notice] = await noticesOf(household);
    expect(gateway.sent).toHaveLength(1);
    const [sms] = gateway.sent;
    expect(sms).toMatchObject({ method: 'POST', path: '/send', body: { to: '+33612345678', id: notice.id } });
    expect(sms?.body.text).toMatch(/30 novembre/);
    expect(sms?.headers).toMatchObject({ authorization: 'Bearer key', 'idempotency-key': `"${notice.id}"` });
    expect(notice).toMatchObject({ state: 'sent', channel: 'sms' });
  });

  test('waits for the morning when it falls in the night, and for Monday on a Sunday; an e-mail does not', async () => {
    const at = (text: string) => instantAt(day(text), '22:00', 'Europe/Paris');
    app.clock.moveTo(at('2026-11-06'));
    const { household } = await aLoanFor(nadia);
    expect((await noticesOf(household))[0]).toBeUndefined();
    await aLoanFor({ ...both, preferredChannel: 'email' });
    expect([gateway.sent.length, smtp.mails.length]).toEqual([0, 1]);
    await on(instantAt(day('2026-11-07'), '07:59', 'Europe/Paris'));
    expect(gateway.sent).toEqual([]);
    await on(instantAt(day('2026-11-07'), '08:00', 'Europe/Paris'));
    expect(gateway.sent).toHaveLength(1);
    app.clock.moveTo(at('2026-11-07'));
    await aLoanFor(nadia);
    await on(instantAt(day('2026-11-08'), '12:00', 'Europe/Paris'));
    expect(gateway.sent).toHaveLength(1);
    await on(instantAt(day('2026-11-09'), '08:00', 'Europe/Paris'));
    expect(gateway.sent).toHaveLength(2);
  });

  test.each([429, 500, 503, 401, 302])('that is answered with %i is tried again, with the same key', async (status) => {
    gateway.answerNext({ status, headers: status === 302 ? { location: `${gateway.url}/elsewhere` } : {} });
    const { household } = await aLoanFor(both);
    expect((await noticesOf(household))[0]).toMatchObject({ state: 'sending', attempts: 1, problem: `SMS_${status}` });
    await on(new Date(START.getTime() + 60_000));
    expect((await noticesOf(household))[0]).toMatchObject({ state: 'sent', channel: 'sms', problem: null });
    expect(new Set(gateway.sent.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
    expect([gateway.sent.length, smtp.mails.length]).toEqual([2, 0]);
  });

  test.each([
    ['400', { status: 400 }],
    ['200 with an error in it', { status: 200, body: { status: 'KO', error: 'unknown number' } }],
  ])('that is refused for good (%s) goes by e-mail', async (_, answer) => {
    gateway.answerNext(answer);
    const { household } = await aLoanFor(both);
    expect((await noticesOf(household))[0]).toMatchObject({ state: 'sent', channel: 'email', tried: ['sms'] });
    expect(smtp.mails).toHaveLength(1);
  });
});

describe('who cannot be reached so', () => {
  test('no phone: e-mail; neither: a letter', async () => {
    const { household } = await aLoanFor({ ...both, phone: null, preferredChannel: null });
    expect((await noticesOf(household))[0]).toMatchObject({ state: 'sent', channel: 'email' });
    const { household: other } = await aLoanFor({ ...nadia, phone: null, preferredChannel: null, address });
    await on(instantAt(day('2026-11-27'), '09:00', 'Europe/Paris'));
    expect(await noticesOf(other)).toContainEqual(expect.objectContaining({ trigger: 'loan_due', state: 'to_print', channel: 'letter' }));
  });

  test('a mailbox that is not there is marked, and another address takes the mark off', async () => {
    smtp.refuseRecipient('gone@example.org', 550);
    const { household } = await aLoanFor({ ...both, email: 'gone@example.org', preferredChannel: 'email' });
    expect((await noticesOf(household))[0]).toMatchObject({ state: 'sent', channel: 'sms', tried: ['email'] });
    expect(await marks()).toMatchObject([
      { channel: 'email', reason: 'bounced', householdId: household.id, contactId: household.contacts[0].id },
    ]);
    await on(instantAt(day('2026-11-27'), '09:00', 'Europe/Paris'));
    expect(await dueOf(household)).toEqual([['sms', []]]);
    const contacts = [{ ...both, id: household.contacts[0].id, preferredChannel: 'email' }];
    expectStatus(await api.patch(`/households/${household.id}`, household.version, { contacts }), 200);
    await on(instantAt(day('2026-11-30'), '09:00', 'Europe/Paris'));
    expect(await dueOf(household)).toEqual([
      ['sms', []],
      ['email', []],
    ]);
    smtp.refuseRecipient('gone@example.org', null);
  });
});

describe('receipts', () => {
  const receipt = (status: string, id = `gw-${gateway.sent.length}`) => postReceipt(api, { id, status }, { at: app.clock.now() });

  test('an SMS that arrived is delivered', async () => {
    const { household } = await aLoanFor(nadia);
    expect(expectStatus(await receipt('DELIVRD'), 200)).toEqual({ taken: true });
    expect((await noticesOf(household))[0]).toMatchObject({ state: 'delivered', channel: 'sms' });
    expectStatus(await receipt('ENROUTE'), 200);
    expectStatus(await receipt('DELIVRD', 'unknown'), 200);
  });

  test('one that did not arrive marks the number, and the message goes by e-mail', async () => {
    const { household } = await aLoanFor(both);
    expectStatus(await receipt('UNDELIV'), 200);
    await app.drain();
    expect((await noticesOf(household))[0]).toMatchObject({ state: 'sent', channel: 'email', tried: ['sms'] });
    expect(await marks()).toMatchObject([{ channel: 'sms', reason: 'undelivered', householdId: household.id }]);
    expect(smtp.mails).toHaveLength(1);
  });

  test('STOP is honoured, however it is written; a clearing lets messages go there again', async () => {
    const { household } = await aLoanFor(both);
    expectStatus(await postReceipt(api, { from: '0612345678', text: ' arret ' }, { at: app.clock.now() }), 200);
    await on(instantAt(day('2026-11-27'), '09:00', 'Europe/Paris'));
    expect([gateway.sent.length, smtp.mails.length]).toEqual([1, 1]);
    const [mark] = await marks();
    expect(mark).toMatchObject({ reason: 'stopped', householdId: household.id, clearedAt: null });
    expect((await (await aCouncil(app)).api.post(`/contact-marks/${mark.id}/clearing`, { reason: 'Asked for' })).status).toBe(404);
    expectStatus(await api.post(`/contact-marks/${mark.id}/clearing`, { reason: 'They asked for it' }), 200);
    expect(await marks()).toEqual([]);
    await on(instantAt(day('2026-11-30'), '09:00', 'Europe/Paris'));
    expect(gateway.sent).toHaveLength(2);
    expectStatus(await postReceipt(api, { from: '0612345678', text: 'Merci, ne stop pas' }, { at: app.clock.now() }), 200);
    expect(await marks()).toEqual([]);
  });

  test('only what the gateway has signed, lately, and once', async () => {
    const { household } = await aLoanFor(both);
    const body = { id: `gw-${gateway.sent.length}`, status: 'UNDELIV' };
    const now = app.clock.now();
    expect((await postReceipt(api, body, { at: now, secret: 'another secret altogether' })).body.code).toBe('UNAUTHENTICATED');
    expect((await postReceipt(api, body, { at: new Date(now.getTime() - 301_000) })).status).toBe(401);
    const { code } = expectStatus(await api.get('/council'), 200);
    expect((await api.anonymous.post(`/public/${code}/sms-receipts`, body)).status).toBe(401);
    expect((await api.anonymous.post('/public/nowhere/sms-receipts', body)).status).toBe(404);
    expect((await noticesOf(household))[0]).toMatchObject({ state: 'sent', channel: 'sms' });
    expectStatus(await postReceipt(api, { id: body.id, status: 'DELIVRD' }, { at: now, id: 'same' }), 200);
    expectStatus(await postReceipt(api, body, { at: now, id: 'same' }), 200);
    expect((await noticesOf(household))[0]).toMatchObject({ state: 'delivered' });
  });
});

describe('an offer', () => {
  const offerFor = async (contact: object, answer?: { status: number }) => {
    const household = await aHousehold(api, { contacts: [contact] });
    const { lines } = await aRequest(api, household.id);
    await app.drain();
    if (answer) gateway.answerNext(answer);
    const offer = await anOffer(api, lines[0].id, (await aDevice(api)).id);
    await app.drain();
    return { offer, line: lines[0] };
  };
  const offerNow = async ({ id }: Body) => expectStatus(await api.get(`/offers/${id}`), 200);
  const lineNow = async ({ id }: Body) => expectStatus(await api.get(`/request-lines/${id}`), 200);

  test('is held from its first notice on', async () => {
    const { offer } = await offerFor(nadia, { status: 503 });
    expect(await offerNow(offer)).toMatchObject({ noticeLeftAt: null, expiresAt: '2026-11-09T23:00:00.000Z' });
    await on(instantAt(day('2026-11-04'), '10:00', 'Europe/Paris'));
    // The fifth open day after Wednesday the 4th is Wednesday the 11th.
    expect(await offerNow(offer)).toMatchObject({ noticeLeftAt: '2026-11-04T09:00:00.000Z', expiresAt: '2026-11-11T23:00:00.000Z' });
    await on(new Date('2026-11-09T23:00:00Z'));
    expect((await offerNow(offer)).state).toBe('open');
    await on(new Date('2026-11-11T23:00:00Z'));
    expect((await offerNow(offer)).state).toBe('expired');
  });

  test('that no notice tells of is missed by nobody, and carries the mark', async () => {
    expectStatus(await api.put('/loan-policies', null, { rules: [{ missedOffers: 1 }] }), 200);
    const { offer, line } = await offerFor({ ...nadia, phone: null, preferredChannel: null });
    expect(await offerNow(offer)).toMatchObject({ state: 'open', undeliverableAt: START.toISOString(), noticeLeftAt: null });
    await on(new Date('2026-11-09T23:00:00Z'));
    expect(await offerNow(offer)).toMatchObject({ state: 'revoked', undeliverableAt: START.toISOString() });
    expect((await lineNow(line)).state).toBe('waiting');
  });

  test('nor one whose only notice did not arrive', async () => {
    const { offer } = await offerFor(nadia);
    expect(await offerNow(offer)).toMatchObject({ noticeLeftAt: START.toISOString(), undeliverableAt: null });
    expectStatus(await postReceipt(api, { id: `gw-${gateway.sent.length}`, status: 'UNDELIV' }, { at: app.clock.now() }), 200);
    await app.drain();
    expect((await offerNow(offer)).undeliverableAt).toBe(START.toISOString());
    await on(new Date('2026-11-09T23:00:00Z'));
    expect((await offerNow(offer)).state).toBe('revoked');
  });
});

describe('the gateway', () => {
  test('is put under its version; its secrets are shown to nobody and kept where they are left out', async () => {
    const shown = await api.get('/sms-gateway');
    expect([shown.status, shown.headers.get('etag')]).toEqual([200, '"1"']);
    expect(JSON.stringify(shown.body)).not.toMatch(/Bearer|both sides/);
    const { secret: _secret, ...receipts } = gatewaySettings(gateway.url).receipts;
    const changed = { ...gatewaySettings(gateway.url), headers: [{ name: 'authorization' }], receipts };
    expectStatus(await api.put('/sms-gateway', 1, changed), 200);
    await aLoanFor(nadia);
    expect(gateway.sent[0]?.headers.authorization).toBe('Bearer key');
    expect((await api.put('/sms-gateway', 1, changed)).status).toBe(412);
    const rows = await onServer(app.databaseUrl, async (client) => (await client.query('SELECT * FROM sms_gateways')).rows);
    expect(JSON.stringify(rows)).not.toMatch(/Bearer|both sides|127\.0\.0\.1/);
  });

  test('a kept secret is not sent to another server', async () => {
    const elsewhere = { ...gatewaySettings('https://sms.example.org'), headers: [{ name: 'Authorization' }] };
    const { status, body } = await api.put('/sms-gateway', 1, elsewhere);
    expect([status, body.errors[0].pointer]).toEqual([422, '/headers/0/value']);
  });

  test.each([
    'http://sms.example.org/send',
    'https://10.0.0.7/send',
    'https://[::1]/send',
    'https://user:key@sms.example.org/',
    'ftp://sms.example.org/',
  ])('%s is refused', async (url) => {
    const { status, body } = await api.put('/sms-gateway', 1, { ...gatewaySettings(gateway.url), url });
    expect([status, body.errors[0].pointer, body.errors[0].code]).toEqual([422, '/url', 'INVALID_ADDRESS']);
  });

  test('a name that leads into a private network is not called', async () => {
    expectStatus(await api.put('/sms-gateway', 1, gatewaySettings('https://localhost:1')), 200);
    const { household } = await aLoanFor(nadia);
    expect((await noticesOf(household))[0]).toMatchObject({ state: 'sending', problem: 'SMS_ADDRESS_REFUSED' });
  });

  test('what is against a rule is said with its place', async () => {
    const faults = async (changes: object) => {
      const { body } = await api.put('/sms-gateway', 1, { ...gatewaySettings(gateway.url), ...changes });
      return body.errors.map(({ pointer, code }: Body) => `${pointer} ${code}`);
    };
    expect(await faults({ method: 'GET' })).toEqual(['/body OUT_OF_RANGE']);
    expect(await faults({ body: '{"to":"{to}"}' })).toEqual(['/body REQUIRED']);
    expect(await faults({ body: '{"to":{to},"text":"{text}"' })).toEqual(['/body INVALID']);
    expect(await faults({ url: 'https://{id}.example.org/send' })).toEqual(['/url INVALID_ADDRESS']);
    const { receipts } = gatewaySettings(gateway.url);
    expect(await faults({ receipts: { ...receipts, textPointer: null } })).toEqual(['/receipts/textPointer REQUIRED']);
    expect(await faults({ headers: [{ name: 'Host', value: 'x' }] })).toEqual(['/headers/0/name NOT_ONE_OF']);
  });

  test('the manager alone sets it', async () => {
    expect((await (await aPerson(app, council.id, 'auditor')).get('/sms-gateway')).status).toBe(200);
    expect((await (await aPerson(app, council.id, 'auditor')).put('/sms-gateway', 1, gatewaySettings(gateway.url))).status).toBe(403);
    expect((await (await aCouncil(app)).api.get('/sms-gateway')).status).toBe(404);
  });
});
