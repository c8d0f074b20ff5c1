import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { day, instantAt } from '../../src/shared/day.js';
import { type Answer, type Api, expectStatus } from '../support/api.js';
import { START, startTestApp, type TestApp } from '../support/app.js';
import { aDevice, aHousehold, aLoan, anOffer, aRequest, aSchool, aSite } from '../support/builders.js';
import { fetchPdf, textsOfPdf } from '../support/pdf.js';
import { aClient, aCouncil, aPerson, type TestCouncil } from '../support/people.js';
import { type SmtpSink, startSmtpSink } from '../support/smtp.js';
import { onServer } from '../support/test-database.js';

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
  // Shipped, only what is urgent or late is worth a letter.
  const rules = ['loan_handed_over', 'request_received', 'offer_made'].map((trigger) => ({
    trigger,
    when: 'at',
    channels: ['letter', 'email'],
  }));
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
const at = (on: string, time = '09:00') => instantAt(day(on), time, 'Europe/Paris');

/** A family that is written to by letter, with one that waits. */
async function aLetter(contact: object = nadia, overrides: Record<string, unknown> = {}, loan: Record<string, unknown> = {}) {
  const household = await aHousehold(api, { contacts: [contact], ...overrides });
  const lent = await aLoan(api, { householdId: household.id, dueOn: '2026-11-30', ...loan });
  await app.drain();
  return { household, loan: lent };
}
const aBatch = async (body: object = {}, who = api): Promise<Body> => expectStatus(await who.post('/print-batches', body), 201);
const fileOf = async ({ id }: Body, who = api) => textsOfPdf(await fetchPdf(who, `/print-batches/${id}/file`));
const printed = async ({ id }: Body): Promise<Body> => expectStatus(await api.post(`/print-batches/${id}/printing`), 200);
const batch = async ({ id }: Body): Promise<Body> => expectStatus(await api.get(`/print-batches/${id}`), 200);
const told = async ({ id }: Body, trigger = 'loan_handed_over'): Promise<Body> =>
  expectStatus(await api.get(`/notices?householdId=${id}&trigger=${trigger}`), 200).data[0];
const codes = ({ status, body }: Answer) => [status, body.reasons?.map(({ code }: Body) => code)];

describe('a batch', () => {
  test('takes the letters that wait, and is written, printed and posted', async () => {
    const { household, loan } = await aLetter();
    expect(await told(household)).toMatchObject({ state: 'to_print', channel: 'letter' });
    const made = await aBatch();
    expect(made).toMatchObject({ letters: 1, leftOut: [], fileMadeAt: null, printedAt: null, createdAt: START.toISOString() });
    const [page, ...others] = await fileOf(made);
    expect(others).toEqual([]);
    expect(page).toEqual(expect.arrayContaining(['Nadia Benali', '12 rue de l’Église', '95000 CERGY', `Dossier ${household.reference}`]));
    expect(page?.join(' ')).toContain(loan.reference);
    app.clock.moveTo(new Date('2026-11-03T10:00:00Z'));
    expect(await printed(made)).toMatchObject({ fileMadeAt: START.toISOString(), printedAt: '2026-11-03T10:00:00.000Z' });
    expect(await told(household)).toMatchObject({ state: 'printed', settledAt: '2026-11-03T10:00:00.000Z' });
    expect(await batch(made)).toMatchObject({ letters: 1, leftOut: [] });
  });

  test('nothing waits: 409; a letter that is in a batch does not wait', async () => {
    expect(codes(await api.post('/print-batches', {}))).toEqual([409, ['NO_LETTERS_WAIT']]);
    await aLetter();
    await aBatch();
    expect(codes(await api.post('/print-batches', {}))).toEqual([409, ['NO_LETTERS_WAIT']]);
  });

  test('is printed once, from a file that somebody had; then the file is not made again', async () => {
    await aLetter();
    const made = await aBatch();
    expect(codes(await api.post(`/print-batches/${made.id}/printing`))).toEqual([409, ['PRINT_FILE_NOT_MADE']]);
    await fileOf(made);
    await printed(made);
    expect(codes(await api.post(`/print-batches/${made.id}/printing`))).toEqual([409, ['PRINT_BATCH_ALREADY_PRINTED']]);
    expect(codes(await api.get(`/print-batches/${made.id}/file`))).toEqual([409, ['PRINT_BATCH_PRINTED']]);
  });

  test('of a school has the letters to its families, of a site what is about it', async () => {
    const school = await aSchool(api);
    const site = await aSite(api);
    const { household: ofSchool } = await aLetter(nadia, { schoolId: school.id });
    const { household: ofSite } = await aLetter(nadia, {}, { siteId: site.id });
    await aLetter();
    const [first, second] = [await aBatch({ schoolId: school.id }), await aBatch({ siteId: site.id })];
    expect([first.letters, second.letters]).toEqual([1, 1]);
    expect((await fileOf(first))[0]).toContain(`Dossier ${ofSchool.reference}`);
    expect((await fileOf(second))[0]).toContain(`Dossier ${ofSite.reference}`);
    expect((await aBatch()).letters).toBe(1);
  });

  test('the latest first, page after page', async () => {
    const made: string[] = [];
    for (let number = 0; number < 3; number += 1) {
      await aLetter();
      made.unshift((await aBatch()).id);
    }
    const first: Body = expectStatus(await api.get('/print-batches?limit=2'), 200);
    const second: Body = expectStatus(await api.get(`/print-batches?limit=2&cursor=${first.nextCursor}`), 200);
    expect([...first.data, ...second.data].map(({ id }: Body) => id)).toEqual(made);
    expect(second.nextCursor).toBeNull();
  });

  test('several things to one person on one day are one letter', async () => {
    const household = await aHousehold(api, { contacts: [nadia] });
    const { lines } = await aRequest(api, household.id);
    const loan = await aLoan(api, { householdId: household.id });
    await app.drain();
    expect(lines).toHaveLength(1);
    const made = await aBatch();
    expect(made.letters).toBe(1);
    const pages = await fileOf(made);
    expect(pages).toHaveLength(1);
    expect(pages[0]?.join(' ')).toContain(loan.reference);
  });

  test('an Arabic letter reads from right to left', async () => {
    const { household } = await aLetter({ ...nadia, language: 'ar' });
    const [page] = await fileOf(await aBatch());
    expect(page).toEqual(expect.arrayContaining([`الملف ${household.reference}`, '95000 CERGY']));
    expect(page?.join(' ')).toMatch(/[\u0600-\u06FF]{3}/);
  });

  test('takes a thousand at most, and has each once though they are read some at a time', async () => {
    await aLetter();
    // As if a thousand and more others waited, told in one go.
    await onServer(app.databaseUrl, (client) =>
      client.query(
        `INSERT INTO notices (council_id, id, household_id, contact_id, loan_id, trigger, slot, about, planned_at, due_at, state, channel, settled_at, created_at)
         SELECT council_id, gen_random_uuid(), household_id, contact_id, loan_id, trigger, slot, about, planned_at, due_at, state, channel, settled_at, created_at
         FROM notices, generate_series(1, 1119) WHERE council_id = $1 AND state = 'to_print'`,
        [council.id],
      ),
    );
    const [first, second] = [await aBatch(), await aBatch()];
    expect([first.letters, second.letters]).toEqual([1_000, 120]);
    expect(await fileOf(second)).toHaveLength(120);
    expect(await batch(second)).toMatchObject({ leftOut: [] });
  });
});

describe('what is overtaken', () => {
  test('is left out with its reason', async () => {
    const { household, loan } = await aLetter();
    const { household: other } = await aLetter();
    const made = await aBatch();
    expectStatus(await api.post('/returns', { assetTag: loan.items[0].assetTag, conditionIn: 'good', siteId: loan.siteId }), 200);
    const pages = await fileOf(made);
    expect(pages).toHaveLength(1);
    expect(pages[0]).toContain(`Dossier ${other.reference}`);
    const { id } = await told(household);
    expect(await batch(made)).toMatchObject({ letters: 2, leftOut: [{ noticeId: id, householdId: household.id, reason: 'RETURNED' }] });
    await printed(made);
    expect(await told(household)).toMatchObject({ state: 'dropped', reason: 'RETURNED' });
    expect(await told(other)).toMatchObject({ state: 'printed' });
  });

  test('is no message of its day', async () => {
    const { household, loan } = await aLetter();
    const made = await aBatch();
    expectStatus(await api.post('/returns', { assetTag: loan.items[0].assetTag, conditionIn: 'good', siteId: loan.siteId }), 200);
    expect((await api.get(`/print-batches/${made.id}/file`)).status).toBe(409);
    await aLoan(api, { householdId: household.id });
    await app.drain();
    expect(expectStatus(await api.get(`/notices?householdId=${household.id}&state=to_print`), 200).data).toHaveLength(1);
  });

  test('a batch of which nothing is left has no file', async () => {
    const { loan } = await aLetter();
    const made = await aBatch();
    expectStatus(await api.post('/returns', { assetTag: loan.items[0].assetTag, conditionIn: 'good', siteId: loan.siteId }), 200);
    expect(codes(await api.get(`/print-batches/${made.id}/file`))).toEqual([409, ['PRINT_BATCH_EMPTY']]);
    expect((await printed(made)).printedAt).not.toBeNull();
  });

  test('a letter to an address that is gone goes by another channel', async () => {
    const { household } = await aLetter();
    const made = await aBatch();
    const contacts = [{ ...nadia, preferredChannel: 'email', id: household.contacts[0].id, address: null, email: 'nadia@example.org' }];
    expectStatus(await api.patch(`/households/${household.id}`, household.version, { contacts }), 200);
    expect((await api.get(`/print-batches/${made.id}/file`)).status).toBe(409);
    expect((await batch(made)).leftOut).toMatchObject([{ reason: 'NO_ADDRESS' }]);
    await app.drain();
    expect(smtp.mails).toHaveLength(1);
    expect(await told(household)).toMatchObject({ state: 'sent', channel: 'email', tried: ['letter'] });
  });

  test('without any address there is no letter', async () => {
    const { household } = await aLetter({ ...nadia, preferredChannel: null, address: null });
    expect(await told(household)).toMatchObject({ state: 'failed', reason: 'NO_CHANNEL' });
    expect((await api.post('/print-batches', {})).status).toBe(409);
  });
});

test('an offer is held from the day on which its letter was posted, with the days of the post', async () => {
  const household = await aHousehold(api, { contacts: [nadia] });
  const { lines } = await aRequest(api, household.id);
  const offer = await anOffer(api, lines[0].id, (await aDevice(api)).id);
  await app.drain();
  const made = await aBatch();
  app.clock.moveTo(at('2026-11-04', '16:00'));
  const pages = await fileOf(made);
  expect(pages).toHaveLength(2); // the offer goes alone
  await printed(made);
  await app.drain();
  // Five open days after Wednesday 4 November are over on the 11th; three days more.
  expect(expectStatus(await api.get(`/offers/${offer.id}`), 200).expiresAt).toBe(at('2026-11-15', '00:00').toISOString());
  const { data } = expectStatus(await api.get(`/audit-events?subject=${offer.id}`), 200);
  expect(data.filter(({ action }: Body) => action === 'offer.told')).toHaveLength(1);
});

test('an offer that is revoked after the file was made is told of again, for its letter is posted', async () => {
  const rules = ['offer_made', 'offer_withdrawn'].map((trigger) => ({ trigger, when: 'at', channels: ['letter'] }));
  expectStatus(await api.put('/notice-policies', 1, { rules }), 200);
  const household = await aHousehold(api, { contacts: [nadia] });
  const { lines } = await aRequest(api, household.id);
  await anOffer(api, lines[0].id, (await aDevice(api)).id);
  await app.drain();
  const made = await aBatch();
  await fileOf(made);
  expectStatus(await api.post(`/request-lines/${lines[0].id}/moves`, { move: 'revoke', reason: 'Appareil en panne' }), 200);
  await app.drain();
  expect(await told(household, 'offer_withdrawn')).toBeUndefined();
  await printed(made);
  await app.drain();
  expect(await told(household, 'offer_withdrawn')).toMatchObject({ state: 'to_print' });
});

test('two at once: every letter is in one batch', async () => {
  for (let round = 0; round < 5; round += 1) {
    for (let number = 0; number < 3; number += 1) await aLetter();
    const answers = await Promise.all(Array.from({ length: 4 }, () => api.post('/print-batches', {})));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
    const [made] = answers.filter(({ status }) => status === 201);
    expect(made?.body.letters).toBe(3);
  }
  const made = expectStatus(await api.get('/print-batches'), 200).data as Body[];
  const pages = (await Promise.all(made.map((each) => fileOf(each)))).flat();
  const references = pages.map((page) => page.find((text) => text.startsWith('Dossier ')));
  expect(new Set(references).size).toBe(15);
});

test('two who say at once that it was printed: once; two files at once are the same', async () => {
  await aLetter();
  const made = await aBatch();
  const [one, other] = await Promise.all([fileOf(made), fileOf(made)]);
  expect(one).toEqual(other);
  const answers = await Promise.all([1, 2, 3].map(() => api.post(`/print-batches/${made.id}/printing`)));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
});

describe('who may', () => {
  test('nobody of another council', async () => {
    await aLetter();
    const made = await aBatch();
    const { api: stranger } = await aCouncil(app);
    for (const path of ['', '/file']) expect((await stranger.get(`/print-batches/${made.id}${path}`)).status).toBe(404);
    expect((await stranger.post(`/print-batches/${made.id}/printing`)).status).toBe(404);
  });

  test('a school administrator prints the letters to their own families, and sees those batches only', async () => {
    const [school, elsewhere] = [await aSchool(api), await aSchool(api)];
    const administrator = await aPerson(app, council.id, 'school_administrator', { schoolId: school.id });
    const { household } = await aLetter(nadia, { schoolId: school.id });
    await aLetter();
    const own = await aBatch({}, administrator);
    expect(own).toMatchObject({ letters: 1, schoolId: school.id });
    expect((await fileOf(own, administrator))[0]).toContain(`Dossier ${household.reference}`);
    const all = await aBatch();
    for (const path of ['', '/file']) expect((await administrator.get(`/print-batches/${all.id}${path}`)).status).toBe(404);
    expect((await administrator.post(`/print-batches/${all.id}/printing`)).status).toBe(404);
    expect(expectStatus(await administrator.get('/print-batches'), 200).data.map(({ id }: Body) => id)).toEqual([own.id]);
    expect((await administrator.post('/print-batches', { schoolId: elsewhere.id })).body).toMatchObject({ code: 'UNKNOWN_REFERENCE' });
  });

  test('the file, which has addresses, is for whoever posts it; each look is audited', async () => {
    await aLetter();
    const made = await aBatch();
    for (const who of [await aPerson(app, council.id, 'auditor'), await aClient(app, council.id, ['notices:read'])]) {
      expectStatus(await who.get(`/print-batches/${made.id}`), 200);
      expect((await who.get(`/print-batches/${made.id}/file`)).status).toBe(403);
    }
    await fileOf(made);
    const { data } = expectStatus(await api.get(`/audit-events?subject=${made.id}`), 200);
    expect(data.map(({ action }: Body) => action).sort()).toEqual(['print_batch.created', 'print_batch.file_made']);
  });
});
