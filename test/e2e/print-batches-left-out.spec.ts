import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { BatchLetterWriter } from '../../src/modules/notices/printing/batch-letter-writer.js';
import { type Answer, type Api, expectStatus } from '../support/api.js';
import { START, startTestApp, type TestApp } from '../support/app.js';
import { aHousehold, aLoan, aRequest } from '../support/builders.js';
import { aCouncil, type TestCouncil } from '../support/people.js';
import { fetchPdf, textsOfPdf } from '../support/pdf.js';
import { type SmtpSink, startSmtpSink } from '../support/smtp.js';
import { onServer } from '../support/test-database.js';
import { until } from '../support/until.js';

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
  const rule = { when: 'at', channels: ['letter', 'email'] };
  const rules = ['loan_handed_over', 'request_received'].map((trigger) => ({ trigger, ...rule }));
  expectStatus(await api.put('/notice-policies', null, { rules }), 200);
  smtp.mails.length = 0;
});
afterAll(async () => {
  await app.close();
  await smtp.close();
});

type Body = Answer['body'];

const address = { line1: '12 rue de l’Église', line2: null, postalCode: '95000', city: 'Cergy', country: 'FR' };
const nadia = { name: 'Nadia Benali', relationship: 'parent', language: 'fr', preferredChannel: 'letter', notify: true, address };

async function aFamily(contact: object = nadia): Promise<Body> {
  const household = await aHousehold(api, { contacts: [contact] });
  await aLoan(api, { householdId: household.id, dueOn: '2026-11-30' });
  return household;
}
async function aBatch(): Promise<Body> {
  await app.drain();
  return expectStatus(await api.post('/print-batches', {}), 201);
}
const batch = async ({ id }: Body): Promise<Body> => expectStatus(await api.get(`/print-batches/${id}`), 200);
const fileOf = async ({ id }: Body) => textsOfPdf(await fetchPdf(api, `/print-batches/${id}/file`));
const told = async ({ id }: Body, trigger = 'loan_handed_over'): Promise<Body> =>
  expectStatus(await api.get(`/notices?householdId=${id}&trigger=${trigger}`), 200).data[0];
/** As one that an earlier version of the program let pass. */
const breakText = (language: string) =>
  onServer(app.databaseUrl, (client) =>
    client.query(
      `INSERT INTO notice_templates (council_id, trigger, channel, language, subject, body, updated_at)
       VALUES ($1, 'loan_handed_over', 'letter', $2, 'Prêt', '{items, plural, one {', now())`,
      [council.id, language],
    ),
  );

test('a letter whose text breaks is left out with its reason, and the rest is printed; the family is told by another channel', async () => {
  const sound = await aFamily();
  const turkish = await aFamily({ ...nadia, language: 'tr', email: 'nadia@example.org' });
  const unreached = await aFamily({ ...nadia, language: 'tr' });
  const made = await aBatch();
  await breakText('tr');
  const pages = await fileOf(made);
  expect(pages).toHaveLength(1);
  expect(pages[0]).toContain(`Dossier ${sound.reference}`);
  const leftOut = [turkish, unreached].map(({ id: householdId }) => expect.objectContaining({ householdId, reason: 'TEXT_FAULT' }));
  expect((await batch(made)).leftOut).toEqual(expect.arrayContaining(leftOut));
  await app.drain();
  expect(await told(turkish)).toMatchObject({ state: 'sent', channel: 'email', tried: ['letter'] });
  expect(await told(unreached)).toMatchObject({ state: 'failed', reason: 'TEXT_FAULT' });
  expect((await batch(made)).leftOut).toEqual(expect.arrayContaining(leftOut));
  expectStatus(await api.post(`/print-batches/${made.id}/printing`), 200);
  expect(await told(sound)).toMatchObject({ state: 'printed' });
  expect(app.logged.join('\n')).toContain('a text could not be written');
});

test('of a letter about several things only what cannot be written is left out', async () => {
  const household = await aHousehold(api, { contacts: [{ ...nadia, email: 'nadia@example.org' }] });
  const [learner] = household.learners;
  const { lines } = await aRequest(api, household.id, {
    lines: [{ class: 'connectivity', learnerIds: [learner.id], acceptableCategories: ['router'] }],
  });
  expect(lines).toHaveLength(1);
  await aLoan(api, { householdId: household.id, dueOn: '2026-11-30' });
  const made = await aBatch();
  expect(made.letters).toBe(1);
  await breakText('fr');
  expect(await fileOf(made)).toHaveLength(1);
  await app.drain();
  expect(await told(household, 'request_received')).toMatchObject({ state: 'to_print' });
  expect(await told(household)).toMatchObject({ state: 'sent', channel: 'email' });
  expect(smtp.mails).toHaveLength(1);
});

test('two files at once: a letter that has no address any more is handed on once', async () => {
  const household = await aFamily();
  const made = await aBatch();
  const contacts = [{ ...nadia, preferredChannel: 'email', id: household.contacts[0].id, address: null, email: 'nadia@example.org' }];
  expectStatus(await api.patch(`/households/${household.id}`, household.version, { contacts }), 200);
  const { id } = await told(household);
  await onServer(app.databaseUrl, async (client) => {
    // Until both have seen it, and neither has changed it.
    await client.query('BEGIN');
    await client.query('SELECT FROM notices WHERE id = $1 FOR UPDATE', [id]);
    const files = [1, 2].map(() => app.nest.get(BatchLetterWriter).lettersOf(council.id, made.id).next());
    const waiting = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    await until('both wait', () => onServer(app.databaseUrl, async (other) => (await other.query(waiting)).rowCount === 2));
    await client.query('COMMIT');
    expect((await Promise.all(files)).map(({ done }) => done)).toEqual([true, true]);
    const jobs = `SELECT FROM outbox WHERE kind = 'notice.delivery' AND ids ->> 'noticeId' = $1 AND done_at IS NULL`;
    expect((await client.query(jobs, [id])).rowCount).toBe(1);
  });
  expect((await batch(made)).leftOut).toMatchObject([{ householdId: household.id, reason: 'NO_ADDRESS' }]);
});
