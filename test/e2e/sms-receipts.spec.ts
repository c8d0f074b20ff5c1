import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Answer, type Api, expectStatus } from '../support/api.js';
import { START, startTestApp, type TestApp } from '../support/app.js';
import { aDevice, aHousehold, aLoan, anOffer, aRequest } from '../support/builders.js';
import { aCouncil } from '../support/people.js';
import { gatewaySettings, postReceipt, startSmsGateway, type TestGateway } from '../support/sms-gateway.js';
import { type SmtpSink, startSmtpSink } from '../support/smtp.js';
import { onServer } from '../support/test-database.js';
import { until } from '../support/until.js';

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
  app.clock.moveTo(new Date('2030-01-01T10:00:00Z'));
  await app.drain();
  app.clock.moveTo(START);
  ({ api } = await aCouncil(app));
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

const nadia = { name: 'Nadia B.', relationship: 'parent', phone: '+33612345678', language: 'fr', preferredChannel: 'sms', notify: true };
const both = { ...nadia, email: 'nadia@example.org' };

/** A family that is told of its loan; its SMS has left. */
async function aFamily(contact: object = both): Promise<Body> {
  const household = await aHousehold(api, { contacts: [contact] });
  await aLoan(api, { householdId: household.id, dueOn: '2026-11-30' });
  await app.drain();
  return household;
}
const told = async ({ id }: Body): Promise<Body> =>
  expectStatus(await api.get(`/notices?householdId=${id}&trigger=loan_handed_over`), 200).data[0];
const marks = async (): Promise<Body[]> => expectStatus(await api.get('/contact-marks'), 200).data;
const receipt = (status: string, id = `gw-${gateway.sent.length}`) => postReceipt(api, { id, status }, { at: app.clock.now() });

describe('a receipt that comes before the yes to its message', () => {
  const taken = { status: 200, body: { status: 'OK', message: { id: 'early' } } };

  test('is not lost: the message goes by e-mail', async () => {
    gateway.answerNext({ ...taken, before: () => receipt('UNDELIV', 'early') });
    const household = await aFamily();
    expect(await told(household)).toMatchObject({ state: 'sent', channel: 'email', tried: ['sms'] });
    expect(await marks()).toMatchObject([{ channel: 'sms', reason: 'undelivered', householdId: household.id }]);
    expect([gateway.sent.length, smtp.mails.length]).toEqual([1, 1]);
  });

  test('or it is delivered; under our own id too', async () => {
    gateway.answerNext({ ...taken, before: () => receipt('DELIVRD', 'early') });
    expect(await told(await aFamily())).toMatchObject({ state: 'delivered', channel: 'sms' });
    expectStatus(await api.put('/sms-gateway', 1, { ...gatewaySettings(gateway.url), messageIdPointer: null }), 200);
    gateway.answerNext({ ...taken, before: () => receipt('DELIVRD', gateway.sent.at(-1)?.body.id) });
    expect(await told(await aFamily())).toMatchObject({ state: 'delivered', channel: 'sms' });
  });
});

test('two parts of one message that did not arrive, told at once: it is handed on once', async () => {
  const household = await aFamily();
  const { id } = await told(household);
  await onServer(app.databaseUrl, async (client) => {
    // Until both have seen that it was sent, and neither has changed it.
    await client.query('BEGIN');
    await client.query('SELECT FROM notices WHERE id = $1 FOR UPDATE', [id]);
    const receipts = [receipt('UNDELIV'), receipt('UNDELIV')];
    const waiting = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    await until('both wait', () => onServer(app.databaseUrl, async (other) => (await other.query(waiting)).rowCount === 2));
    await client.query('COMMIT');
    for (const answer of await Promise.all(receipts)) expectStatus(answer, 200);
    const jobs = `SELECT FROM outbox WHERE kind = 'notice.delivery' AND ids ->> 'noticeId' = $1 AND done_at IS NULL`;
    expect((await client.query(jobs, [id])).rowCount).toBe(1);
  });
  await app.drain();
  expect(smtp.mails).toHaveLength(1);
});

test('a number that the family has left is marked, not the one that it has now', async () => {
  const household = await aFamily();
  const contacts = [{ ...both, id: household.contacts[0].id, phone: '+33698765432' }];
  expectStatus(await api.patch(`/households/${household.id}`, household.version, { contacts }), 200);
  expectStatus(await receipt('UNDELIV'), 200);
  await app.drain();
  // The message that did not arrive is not sent by SMS once more, whatever the number; the next one is.
  expect(await told(household)).toMatchObject({ state: 'sent', channel: 'email' });
  expect(await marks()).toMatchObject([{ reason: 'undelivered', householdId: household.id }]);
  expectStatus(await api.post(`/notices/${(await told(household)).id}/resend`, { reason: 'A new number' }), 201);
  await app.drain();
  expect(gateway.sent.at(-1)?.body.to).toBe('+33698765432');
});

test('of a message whose first notice was dropped, under our own id, is heard', async () => {
  expectStatus(await api.put('/sms-gateway', 1, { ...gatewaySettings(gateway.url), messageIdPointer: null }), 200);
  const household = await aHousehold(api, { contacts: [both] });
  const { lines } = await aRequest(api, household.id);
  await aLoan(api, { householdId: household.id, dueOn: '2026-11-30' });
  await onServer(app.databaseUrl, (client) => client.query(`UPDATE request_lines SET state = 'withdrawn' WHERE id = $1`, [lines[0].id]));
  await app.drain();
  expect(await told(household)).toMatchObject({ state: 'sent', combinedInto: expect.any(String) });
  expectStatus(await receipt('DELIVRD', gateway.sent[0]?.body.id), 200);
  expect(await told(household)).toMatchObject({ state: 'delivered' });
});

test.each([randomBytes(3000).toString('hex'), 'with\u0000nothing'])(
  'an id that no gateway gives is none, and the message leaves once',
  async (id) => {
    gateway.answerNext({ status: 200, body: { status: 'OK', message: { id } } });
    expect(await told(await aFamily())).toMatchObject({ state: 'sent', channel: 'sms', attempts: 0 });
    expect(gateway.sent).toHaveLength(1);
    expectStatus(await receipt('DELIVRD', id), 200);
  },
);

describe('STOP', () => {
  const stop = (from: string) => postReceipt(api, { from, text: 'Stop' }, { at: app.clock.now() });

  test('outlives the clearing of a mark that the number had before', async () => {
    await aFamily();
    expectStatus(await receipt('UNDELIV'), 200);
    expectStatus(await stop('+33612345678'), 200);
    expect(await marks()).toMatchObject([{ reason: 'stopped' }]);
  });

  test.each(['33612345678', '+33 6 12 34 56 78', '0612345678'])('is honoured from %s', async (from) => {
    const household = await aFamily();
    expectStatus(await stop(from), 200);
    expect(await marks()).toMatchObject([{ reason: 'stopped', householdId: household.id }]);
  });

  test('is honoured from another country, without its plus', async () => {
    const household = await aFamily({ ...both, phone: '+4915123456789' });
    expectStatus(await stop('4915123456789'), 200);
    expect(await marks()).toMatchObject([{ reason: 'stopped', householdId: household.id }]);
  });
});

test('a refusal that is about us and not about the mailbox marks nobody, and is tried again', async () => {
  smtp.refuseRecipient('nadia@example.org', 550, '5.7.1 relaying denied');
  const household = await aFamily({ ...both, preferredChannel: 'email' });
  smtp.refuseRecipient('nadia@example.org', null);
  expect(await told(household)).toMatchObject({ state: 'sending', problem: 'SMTP_550' });
  expect(await marks()).toEqual([]);
});

test('what has left is recorded though somebody else has the family’s file for long', async () => {
  const household = await aHousehold(api, { contacts: [nadia] });
  const { lines } = await aRequest(api, household.id);
  await app.drain();
  const offer = await anOffer(api, lines[0].id, (await aDevice(api)).id);
  await onServer(app.databaseUrl, async (client) => {
    const hold = async () => {
      await client.query('BEGIN');
      await client.query('SELECT FROM households WHERE id = $1 FOR UPDATE', [household.id]);
    };
    gateway.answerNext({ status: 200, body: { status: 'OK', message: { id: 'held' } }, before: hold });
    const drained = app.drain();
    const notice = async (): Promise<Body> =>
      expectStatus(await api.get(`/notices?householdId=${household.id}&trigger=offer_made`), 200).data[0];
    await until('it is recorded', async () => (await notice())?.state === 'sent');
    await client.query('COMMIT');
    await drained;
  });
  expect(expectStatus(await api.get(`/offers/${offer.id}`), 200).noticeLeftAt).toBe(START.toISOString());
});
