import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { SmsGatewaysRepository } from '../../src/modules/notices/channels/sms-gateways.repository.js';
import { Transactions } from '../../src/platform/index.js';
import { type Answer, type Api, expectStatus } from '../support/api.js';
import { START, startTestApp, type TestApp } from '../support/app.js';
import { aHousehold, aLoan, anAgreement, aUser } from '../support/builders.js';
import { aClient, aCouncil, type TestCouncil } from '../support/people.js';
import { gatewaySettings, startSmsGateway, type TestGateway } from '../support/sms-gateway.js';
import { type SmtpSink, startSmtpSink } from '../support/smtp.js';

type Body = Answer['body'];

let app: TestApp;
let smtp: SmtpSink;
let gateway: TestGateway;
let council: TestCouncil;
let api: Api;
let number = 0;
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
  gateway.sent.length = 0;
  smtp.mails.length = 0;
});
afterAll(async () => {
  await app.close();
  await smtp.close();
  await gateway.close();
});

const settings = (overrides: Record<string, unknown> = {}) => ({ ...gatewaySettings(gateway.url), ...overrides });
const save = (overrides: Record<string, unknown> = {}) => api.put('/sms-gateway', null, settings(overrides));
const faults = ({ status, body }: Answer) => [status, ...(body.errors ?? []).map(({ pointer, code }: Body) => `${pointer} ${code}`)];
const aMobile = () => `+3361234${String(++number).padStart(4, '0')}`;
const contact = (more: object = {}) => ({
  name: 'Nadia B.',
  relationship: 'parent',
  phone: aMobile(),
  language: 'fr',
  notify: true,
  ...more,
});
/** A family that is told, by one way alone, that it has a loan. */
async function aToldFamily(more: object = {}): Promise<Body> {
  const household = await aHousehold(api, { contacts: [contact(more)] });
  await aLoan(api, { householdId: household.id, agreement: anAgreement });
  return household;
}
const told = async (household: Body): Promise<Body[]> =>
  expectStatus(await api.get(`/notices?householdId=${household.id}&trigger=loan_handed_over`), 200).data;
const minutesLater = async (minutes: number) => {
  app.clock.moveTo(new Date(app.clock.now().getTime() + minutes * 60_000));
  await app.drain();
};

describe('what is saved', () => {
  test.each(['Bearer x\r\nx-evil: 1', 'Bearer x\n', 'clé', 'Bearer 🔑'])('no header that could never be sent: %j', async (value) => {
    const answer = await save({ headers: [{ name: 'Authorization', value }] });
    expect(faults(answer)).toEqual([422, '/headers/0/value FORBIDDEN_CHARACTERS']);
    expect((await api.get('/sms-gateway')).status).toBe(404);
  });

  test('no place to fill in that nothing fills', async () => {
    expect(faults(await save({ body: '{"to":"{to}","text":"{text}","from":"{sender}"}' }))).toEqual([422, '/body NOT_ONE_OF']);
    expect(faults(await save({ url: `${gateway.url}/send/{account}` }))).toEqual([422, '/url NOT_ONE_OF']);
  });
});

describe('a test of it', () => {
  const tryIt = (to = '06 12 34 56 78', who = api) => who.post('/sms-gateway/test', { to });

  test('sends one SMS, and says what came back', async () => {
    expectStatus(await save(), 200);
    expect(expectStatus(await tryIt(), 200)).toMatchObject({ outcome: 'taken', problem: null, status: 200 });
    expect(gateway.sent.map(({ body }) => body.to)).toEqual(['+33612345678']);
    gateway.answerNext({ status: 400, body: { error: 'unknown sender' } }, { status: 503 });
    expect(expectStatus(await tryIt(), 200)).toEqual({
      outcome: 'refused',
      problem: 'SMS_400',
      providerId: null,
      status: 400,
      answer: '{"error":"unknown sender"}',
    });
    expect(expectStatus(await tryIt(), 200)).toMatchObject({ outcome: 'not_now', problem: 'SMS_503', status: 503 });
    gateway.breakNext(1, 'lost');
    expect(expectStatus(await tryIt(), 200)).toMatchObject({ outcome: 'not_now', status: null, answer: null });
  });

  test('is of what was saved, to a phone that takes SMS', async () => {
    expect((await tryIt()).status).toBe(404);
    expectStatus(await save(), 200);
    expect(faults(await tryIt('01 23 45 67 89'))).toEqual([422, '/to NO_SMS']);
    expect(faults(await tryIt('3949'))).toEqual([422, '/to INVALID']);
    expect(gateway.sent).toEqual([]);
  });
});

describe('settings that have every message refused', () => {
  const refuseNext = (count: number) =>
    gateway.answerNext(...Array.from({ length: count }, () => ({ status: 400, body: { error: 'sender' } })));

  test('pause the channel, cost no message, and are told at once; other settings let all of them leave', async () => {
    const manager = await aUser(api, { role: 'council_manager' });
    expectStatus(await save(), 200);
    refuseNext(3);
    const families = [];
    for (let each = 0; each < 5; each += 1) families.push(await aToldFamily());
    await app.drain();
    for (const family of families) expect((await told(family)).map(({ state }) => state)).toEqual(['scheduled']);
    expect(gateway.sent).toHaveLength(2);
    expect((await api.get('/sms-gateway')).body).toMatchObject({ pausedSince: expect.any(String), problem: 'SMS_400' });
    expect(smtp.mails.filter(({ to }) => JSON.stringify(to).includes(manager.email)).map(({ subject }) => subject)).toEqual([
      'Passerelle : l’envoi par SMS est suspendu',
    ]);
    // One message in a quarter of an hour tries again.
    await minutesLater(15);
    expect(gateway.sent).toHaveLength(3);
    for (const family of families) expect((await told(family))[0]).toMatchObject({ state: 'scheduled', problem: 'CHANNEL_PAUSED' });

    expectStatus(await api.put('/sms-gateway', 1, settings()), 200);
    await app.drain();
    for (const family of families) expect((await told(family))[0]).toMatchObject({ state: 'sent', channel: 'sms' });
    expect((await api.get('/sms-gateway')).body).toMatchObject({ pausedSince: null, problem: null });
  });

  test('since an earlier version let a header pass that can never be sent: said by a test, and no message is tried without end', async () => {
    expectStatus(await save(), 200);
    const { gateways, transactions } = { gateways: app.nest.get(SmsGatewaysRepository), transactions: app.nest.get(Transactions) };
    await transactions.write(council.id, async (tx) => {
      const stored = await gateways.read(tx);
      if (!stored) throw new Error('it was just saved');
      const headers = [{ name: 'authorization', value: 'Bearer one\ntwo' }];
      await gateways.replace(tx, { ...stored.gateway, headers }, app.clock.now());
    });
    expect(expectStatus(await api.post('/sms-gateway/test', { to: '06 12 34 56 78' }), 200)).toMatchObject({
      outcome: 'refused',
      problem: 'SMS_CALL_REFUSED',
    });
    const families = [await aToldFamily(), await aToldFamily()];
    await app.drain();
    for (const family of families) expect((await told(family))[0]).toMatchObject({ state: 'scheduled' });
    expect((await api.get('/sms-gateway')).body).toMatchObject({ pausedSince: expect.any(String), problem: 'SMS_CALL_REFUSED' });
    expect(gateway.sent).toEqual([]);
  });

  test('after they had worked: what failed before anybody knew waits again, and a trial that is taken lets all leave', async () => {
    expectStatus(await save(), 200);
    await aToldFamily();
    await app.drain();
    expect(gateway.sent).toHaveLength(1);
    await minutesLater(1);
    refuseNext(5);
    const families = [];
    for (let each = 0; each < 6; each += 1) families.push(await aToldFamily());
    await app.drain();
    for (const family of families) expect((await told(family)).map(({ state }) => state)).toEqual(['scheduled']);
    await minutesLater(15);
    for (const family of families) expect((await told(family))[0]).toMatchObject({ state: 'sent', channel: 'sms' });
  });

  test('one number that is refused among others is its own fault', async () => {
    expectStatus(await save(), 200);
    await aToldFamily();
    await app.drain();
    refuseNext(1);
    const family = await aToldFamily();
    await app.drain();
    expect((await told(family))[0]).toMatchObject({ state: 'failed', reason: 'SMS_400' });
    expect((await api.get('/sms-gateway')).body.pausedSince).toBeNull();
  });
});

describe('numbers', () => {
  test('no SMS to a landline: the next channel carries it', async () => {
    expectStatus(await save(), 200);
    const family = await aToldFamily({ phone: '01 23 45 67 89', email: 'nadia@example.org', preferredChannel: 'sms' });
    await app.drain();
    expect((await told(family))[0]).toMatchObject({ state: 'sent', channel: 'email' });
    expect(gateway.sent).toEqual([]);
  });

  test.each(['0899 70 12 34', '3949', '15', '0810 12 34 56', '0800 12 34 56'])(
    'no number of a service is a family’s: %s',
    async (phone) => {
      const answer = await api.post('/households', { contacts: [contact({ phone })] });
      expect(faults(answer)).toEqual([422, '/contacts/0/phone INVALID']);
    },
  );
});

describe('what a family was told', () => {
  test('is read again word for word, by who may read its file', async () => {
    expectStatus(await save(), 200);
    const bySms = await aToldFamily();
    const byEmail = await aToldFamily({ phone: null, email: 'nadia@example.org' });
    await app.drain();
    const [sms] = await told(bySms);
    const [email] = await told(byEmail);
    const textOf = async (notice: Body, who = api) => expectStatus(await who.get(`/notices/${notice.id}`), 200).text;
    expect(await textOf(sms)).toEqual({ channel: 'sms', language: 'fr', subject: null, body: gateway.sent[0]?.body.text });
    const read = await textOf(email);
    expect(read).toMatchObject({ channel: 'email', language: 'fr', subject: smtp.mails[0]?.subject });
    expect(smtp.mails[0]?.text?.trim()).toBe(read.body.trim());
    expect(await textOf(sms, await aClient(app, council.id, ['notices:read']))).toBeNull();
    const planned = expectStatus(await api.get(`/notices?householdId=${bySms.id}&state=scheduled`), 200).data;
    expect(await textOf(planned[0])).toBeNull();
  });
});
