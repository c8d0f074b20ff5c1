import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Transactions } from '../../src/platform/index.js';
import { newId } from '../../src/shared/ids.js';
import { type Answer, expectStatus } from '../support/api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { aHousehold, aSchool } from '../support/builders.js';
import { textsOfPdf } from '../support/pdf.js';
import { aCouncil, aPerson, type TestCouncil } from '../support/people.js';

let app: TestApp;
let council: TestCouncil;
beforeAll(async () => {
  app = await startTestApp({ BASE_URL: 'https://pret.example.org/' });
  council = await aCouncil(app);
  expectStatus(await council.api.patch('/council', 1, { openToFamilies: true }), 200);
});
afterAll(() => app.close());

const address = { line1: '1 rue de la Paix', line2: null, postalCode: '95500', city: 'Gonesse', country: 'FR' };
const twoContacts = [
  { name: 'Nadia B.', relationship: 'parent', language: 'ar', address },
  { name: 'Karim B.', relationship: 'parent', phone: '+33698765432' },
];

const issue = (household: Answer['body'], number = 0, headers = {}) =>
  council.api.post(`/households/${household.id}/access-codes`, { contactId: household.contacts[number].id }, { headers });
const signIn = (household: Answer['body'], code: string) =>
  council.api.anonymous.post('/session/family', { reference: household.reference, code });
const pathOf = (household: Answer['body'], number = 0) => `/households/${household.id}/access-codes/${household.contacts[number].id}`;

describe('a printed code', () => {
  test('comes once, with its letter in the language of the contact', async () => {
    const household = await aHousehold(council.api, { contacts: twoContacts });
    const issued = expectStatus(await issue(household), 201);
    const contactId = household.contacts[0].id;
    expect(issued).toEqual({
      contactId,
      householdId: household.id,
      issuedAt: '2026-11-02T08:00:00.000Z',
      expiresAt: '2027-01-01T08:00:00.000Z',
      code: expect.stringMatching(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/),
      letter: expect.any(String),
    });
    const { code: _code, letter, ...shown } = issued;
    expect((await council.api.get(pathOf(household))).body).toEqual(shown);
    const [page, ...others] = await textsOfPdf(new Uint8Array(Buffer.from(letter, 'base64')));
    expect(others).toEqual([]);
    expect(page).toEqual(expect.arrayContaining(['Nadia B.', '95500 GONESSE', 'رمزكم لرؤية ملفكم', `الرمز: ${issued.code}`]));
    expect(page?.join('\n')).toContain('https://pret.example.org/f/sign-in');
    expect(expectStatus(await signIn(household, issued.code), 201)).toMatchObject({
      kind: 'family',
      householdId: household.id,
      id: contactId,
    });
  });

  test('reaches a contact without an address by hand, in the language of the council', async () => {
    const household = await aHousehold(council.api, { contacts: twoContacts });
    const { letter, code } = expectStatus(await issue(household, 1), 201);
    const [page] = await textsOfPdf(new Uint8Array(Buffer.from(letter, 'base64')));
    expect(page).toEqual(expect.arrayContaining(['Karim B.', `Dossier : ${household.reference}`, `Code : ${code}`]));
    expect(page?.join(' ')).toContain('jusqu’au vendredi 1er janvier 2027');
  });

  test('takes the place of the one before; that of another contact stays', async () => {
    const household = await aHousehold(council.api, { contacts: twoContacts });
    const [first, others] = [expectStatus(await issue(household), 201).code, expectStatus(await issue(household, 1), 201).code];
    const second = expectStatus(await issue(household), 201).code;
    expect((await signIn(household, first)).status).toBe(401);
    expect((await signIn(household, second)).status).toBe(201);
    expect((await signIn(household, others)).status).toBe(201);
  });

  test('is revoked once, and opens nothing from then on', async () => {
    const household = await aHousehold(council.api);
    const { code } = expectStatus(await issue(household), 201);
    expect((await council.api.delete(pathOf(household))).status).toBe(204);
    expect((await council.api.delete(pathOf(household))).status).toBe(404);
    expect((await council.api.get(pathOf(household))).status).toBe(404);
    expect((await signIn(household, code)).status).toBe(401);
  });

  test('is not in the answer to a repetition, and the repetition makes none', async () => {
    const household = await aHousehold(council.api);
    const headers = { 'idempotency-key': `"${newId()}"` };
    const first = expectStatus(await issue(household, 0, headers), 201);
    const again = expectStatus(await issue(household, 0, headers), 201);
    const { code, letter: _letter, ...shown } = first;
    expect(again).toEqual(shown);
    expect((await signIn(household, code)).status).toBe(201);
  });

  test('of two that are made at once exactly one holds', async () => {
    const household = await aHousehold(council.api);
    const both = await Promise.all([issue(household), issue(household)]);
    const opened = await Promise.all(both.map((answer) => signIn(household, expectStatus(answer, 201).code)));
    expect(opened.map(({ status }) => status).sort()).toEqual([201, 401]);
  });
});

test('nothing of a code is kept: neither in the tables nor in the audit trail', async () => {
  const household = await aHousehold(council.api);
  const { code, contactId } = expectStatus(await issue(household), 201);
  const { data } = expectStatus(await council.api.get(`/audit-events?subject=${contactId}`), 200);
  expect(data).toMatchObject([{ action: 'access_code.issued', subject: contactId, fields: [] }]);
  const rows = await app.nest
    .get(Transactions)
    .read(council.id, (tx) =>
      tx.query<{ row: string }>('SELECT to_jsonb(a)::text AS row FROM access_codes a WHERE contact_id = $1', [contactId]),
    );
  const kept = JSON.stringify([rows, data]).toUpperCase();
  for (const text of [code, code.replace('-', ''), household.reference]) expect(kept).not.toContain(text);
});

test('only for a contact of the household, within reach, by who may', async () => {
  const [mine, school] = [await aHousehold(council.api), await aSchool(council.api)];
  const other = await aHousehold(council.api, { schoolId: school.id });
  const path = `/households/${mine.id}/access-codes`;
  expect((await council.api.post(path, { contactId: other.contacts[0].id })).body).toMatchObject({
    status: 422,
    errors: [{ pointer: '/contactId', code: 'UNKNOWN_REFERENCE' }],
  });
  const administrator = await aPerson(app, council.id, 'school_administrator', { schoolId: school.id });
  expect((await administrator.post(path, { contactId: mine.contacts[0].id })).status).toBe(404);
  const own = `/households/${other.id}/access-codes`;
  expect((await administrator.post(own, { contactId: other.contacts[0].id })).status).toBe(201);
  expect((await administrator.delete(`${own}/${other.contacts[0].id}`)).status).toBe(204);
  const auditor = await aPerson(app, council.id, 'auditor');
  expect((await auditor.post(path, { contactId: mine.contacts[0].id })).status).toBe(403);
});
