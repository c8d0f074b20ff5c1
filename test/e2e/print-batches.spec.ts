import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type Answer, type Api, expectStatus } from '../support/api.js';
import { START, startTestApp, type TestApp } from '../support/app.js';
import { aDevice, aHousehold, anOffer, aRecalledLoan, aRequest, aSchool } from '../support/builders.js';
import { aCouncil, aPerson, type TestCouncil } from '../support/people.js';

let app: TestApp;
let council: TestCouncil;
let api: Api;
beforeAll(async () => {
  app = await startTestApp();
});
beforeEach(async () => {
  app.clock.moveTo(START);
  council = await aCouncil(app);
  api = council.api;
});
afterAll(() => app.close());

type Body = Answer['body'];

const address = { line1: '1 rue de la Paix', line2: null, postalCode: '95500', city: 'Gonesse', country: 'FR' };
const byLetter = { name: 'Sans téléphone', relationship: 'parent', language: 'fr', notify: true, address };

const pdfOf = async ({ id }: Body): Promise<{ type: string | null; text: string; pages: number }> => {
  const answer = await fetch(`${app.url}/api/v1/print-batches/${id}/file`, { headers: api.headers });
  const text = Buffer.from(await answer.arrayBuffer()).toString('latin1');
  return { type: answer.headers.get('content-type'), text, pages: text.match(/\/Type \/Page\b(?!s)/g)?.length ?? 0 };
};
const recalls = async (state: string): Promise<Body[]> =>
  expectStatus(await api.get(`/notices?trigger=loan_recalled&state=${state}`), 200).data;

test('letters wait for staff, are printed together, and count as sent from then on', async () => {
  await aRecalledLoan(api);
  await aRecalledLoan(api);
  await app.drain();
  expect(await recalls('to_print')).toHaveLength(2);
  const batch = expectStatus(await api.post('/print-batches'), 201);
  expect(batch).toMatchObject({ letters: 2, dropped: 0, schoolId: null });
  expect((await recalls('printed')).map(({ channel }) => channel)).toEqual(['letter', 'letter']);
  expect((await api.post('/print-batches')).body.code).toBe('NOTHING_TO_PRINT');
  expect(expectStatus(await api.get('/print-batches'), 200).data).toEqual([batch]);
  const pdf = await pdfOf(batch);
  expect([pdf.type, pdf.text.startsWith('%PDF-'), pdf.pages]).toEqual(['application/pdf', true, 2]);
  expect((await (await aCouncil(app)).api.get(`/print-batches/${batch.id}/file`)).status).toBe(404);
});

test('what is true no longer is not printed', async () => {
  const loan = await aRecalledLoan(api);
  await aRecalledLoan(api);
  await app.drain();
  expectStatus(await api.post('/returns', { assetTag: loan.items[0].assetTag, conditionIn: 'good', siteId: loan.siteId }), 200);
  const batch = expectStatus(await api.post('/print-batches'), 201);
  expect(batch).toMatchObject({ letters: 1, dropped: 1 });
  expect((await pdfOf(batch)).pages).toBe(1);
  expect((await recalls('dropped')).map(({ reason }) => reason)).toEqual(['RETURNED']);
});

test('whoever left since gets no letter when the file is asked for again', async () => {
  const loan = await aRecalledLoan(api);
  await aRecalledLoan(api);
  await app.drain();
  const batch = expectStatus(await api.post('/print-batches'), 201);
  const household = expectStatus(await api.get(`/households/${loan.householdId}`), 200);
  const contacts = [{ ...byLetter, id: household.contacts[0].id, notify: false }];
  expectStatus(await api.patch(`/households/${household.id}`, household.version, { contacts }), 200);
  expect((await pdfOf(batch)).pages).toBe(1);
});

test('an offer that is told of by letter is held three days more, from when the letter was printed', async () => {
  const household = await aHousehold(api, { contacts: [byLetter] });
  const { lines } = await aRequest(api, household.id);
  const offer = await anOffer(api, lines[0].id, (await aDevice(api)).id);
  await app.drain();
  const offerNow = async () => expectStatus(await api.get(`/offers/${offer.id}`), 200);
  expect(await offerNow()).toMatchObject({ noticeLeftAt: null, undeliverableAt: null });
  app.clock.moveTo(new Date('2026-11-03T10:00:00Z'));
  expectStatus(await api.post('/print-batches'), 201);
  // The fifth open day after Tuesday the 3rd is Tuesday the 10th; three days more is Friday the 13th.
  expect(await offerNow()).toMatchObject({ noticeLeftAt: '2026-11-03T10:00:00.000Z', expiresAt: '2026-11-13T23:00:00.000Z' });
});

test('a school administrator prints the letters of their own families', async () => {
  const school = await aSchool(api);
  await aRecalledLoan(api, { schoolId: school.id });
  await aRecalledLoan(api);
  await app.drain();
  const administrator = await aPerson(app, council.id, 'school_administrator', { schoolId: school.id });
  const own = expectStatus(await administrator.post('/print-batches'), 201);
  expect(own).toMatchObject({ letters: 1, schoolId: school.id });
  const rest = expectStatus(await api.post('/print-batches'), 201);
  expect(rest.letters).toBe(1);
  expect((await administrator.get(`/print-batches/${rest.id}`)).status).toBe(404);
  expect(expectStatus(await administrator.get('/print-batches'), 200).data.map(({ id }: Body) => id)).toEqual([own.id]);
});
