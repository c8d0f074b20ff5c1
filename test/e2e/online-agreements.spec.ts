import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Answer, type Api, expectStatus } from '../support/api.js';
import { START, startTestApp, type TestApp } from '../support/app.js';
import { aHousehold, aLoan } from '../support/builders.js';
import { expectLedgerWithoutFaults } from '../support/ledger.js';
import { aCouncil, aFamily, aPerson, type TestCouncil } from '../support/people.js';
import { LONG_MS, repeated } from '../support/thorough.js';
import { onServer } from '../support/test-database.js';

let app: TestApp;
let council: TestCouncil;
let api: Api;
beforeAll(async () => {
  app = await startTestApp();
});
beforeEach(async () => {
  app.clock.moveTo(START);
  await aNewCouncil();
});
afterEach(() => expectLedgerWithoutFaults(app));
afterAll(() => app.close());

type Body = Answer['body'];

async function aNewCouncil(): Promise<void> {
  council = await aCouncil(app);
  api = council.api;
  expectStatus(await api.patch('/council', 1, { openToFamilies: true }), 200);
}

const NADIA = { name: 'Nadia B.', relationship: 'parent', language: 'ar', notify: true };
const TOM = { name: 'Tom B.', relationship: 'parent', language: 'tr' };
const FRENCH = 'Vous prenez soin du matériel.\n\nVous le rapportez.';
const ARABIC = 'تعتنون بالجهاز.\n\nتعيدونه.';

const putText = (language: string, text: string, version: number | null = null) =>
  api.put(`/agreement-texts/2026-11/${language}`, version, { text });

/** A loan whose family must sign a new text, and its contacts, signed in. */
async function aLoanToSign({ texts = { fr: FRENCH, ar: ARABIC } }: { texts?: Record<string, string> } = {}) {
  const household = await aHousehold(api, { contacts: [NADIA, TOM] });
  const loan = await aLoan(api, { householdId: household.id });
  for (const [language, text] of Object.entries(texts)) expectStatus(await putText(language, text), 200);
  const rule = { schoolId: null, category: null, borrowerCategory: null, termsVersion: '2026-11' };
  expectStatus(await api.put('/loan-policies', null, { rules: [rule] }), 200);
  await app.drain();
  return { loan, nadia: await aFamily(app, council.id, household as never), tom: await aFamily(app, council.id, household as never, 1) };
}

const read = async (as: Api, loan: Body, query = ''): Promise<Body> =>
  expectStatus(await as.get(`/loans/${loan.id}/agreement${query}`), 200);
const sign = async (as: Api, loan: Body, more: object = {}): Promise<Answer> => {
  const { termsVersion, language, textHash } = await read(as, loan);
  const body = { signatoryName: 'Nadia B.', method: 'online', termsVersion, language, textHash, ...more };
  return as.post(`/loans/${loan.id}/agreement`, body);
};
const codes = ({ body }: Answer) => (body.reasons ?? []).map(({ code }: Body) => code);

describe('the agreement of a loan', () => {
  test('is read in the language of the contact, in another that is asked for, or in what there is', async () => {
    const { loan, nadia, tom } = await aLoanToSign();
    const asked = { loanId: loan.id, termsVersion: '2026-11', state: 'to_sign', signature: null };
    expect(await read(nadia, loan)).toMatchObject({ ...asked, language: 'ar', text: ARABIC });
    expect(await read(nadia, loan, '?language=fr-FR')).toMatchObject({ ...asked, language: 'fr', text: FRENCH });
    // Nobody has written it in Turkish: the council's first language is French.
    expect(await read(tom, loan)).toMatchObject({ ...asked, language: 'fr', text: FRENCH });
    expect(await read(api, loan)).toMatchObject({ ...asked, language: 'fr' });
    const other = await aFamily(app, council.id, (await aHousehold(api)) as never);
    expect((await other.get(`/loans/${loan.id}/agreement`)).status).toBe(404);
  });

  test('that is shipped is there in eight languages, and the council’s own goes before it', async () => {
    const household = await aHousehold(api, { contacts: [NADIA] });
    const loan = await aLoan(api, { householdId: household.id });
    const nadia = await aFamily(app, council.id, household as never);
    const shown = await read(nadia, loan);
    expect(shown).toMatchObject({ termsVersion: '2026-09', state: 'signed', language: 'ar', signature: null });
    expect(shown.text).toContain('نعيركم هذا الجهاز');
    expectStatus(await api.put('/agreement-texts/2026-09/ar', null, { text: ARABIC }), 200);
    expect((await read(nadia, loan)).text).toBe(ARABIC);
    expect((await read(nadia, loan, '?language=uk')).text).toContain('Ми позичаємо');
  });

  test('is signed with a typed name: the words, the language, the moment and the contact are kept', async () => {
    const { loan, nadia } = await aLoanToSign();
    const signed = expectStatus(await sign(nadia, loan), 200);
    expect(signed).toMatchObject({ agreementUnsignedSince: null, agreement: { method: 'online', termsVersion: '2026-11' } });
    const signature = { signatoryName: 'Nadia B.', signedAt: START.toISOString() };
    expect(await read(nadia, loan)).toMatchObject({ state: 'signed', text: ARABIC, signature });
    // What the council writes later, and a later clock, change nothing of it.
    expectStatus(await putText('ar', 'نص آخر', 1), 200);
    app.clock.moveTo(new Date(START.getTime() + 60_000));
    const again = await sign(nadia, loan, { signatoryName: 'Somebody else' });
    expect(expectStatus(again, 200)).toEqual(signed);
    expect(await read(nadia, loan)).toMatchObject({ text: ARABIC, signature });
    expect(await read(api, loan)).toMatchObject({ text: ARABIC, signature, language: 'ar' });
    const events = expectStatus(await api.get(`/loans/${loan.id}/events`), 200).data;
    expect(events.at(-1)).toMatchObject({ kind: 'agreement_signed', termsVersion: '2026-11', actor: expect.stringMatching(/^contact:/) });
    expect(events.filter(({ kind }: Body) => kind === 'agreement_signed')).toHaveLength(1);
    const trail = expectStatus(await api.get(`/audit-events?subject=${loan.id}`), 200).data;
    expect(trail[0]).toMatchObject({ action: 'loan.agreement_signed', actor: expect.stringMatching(/^contact:/) });
    expect(JSON.stringify([events, trail])).not.toContain('Nadia');
  });

  test('that one parent signed is signed for the other, who sees neither name nor moment nor words of that parent', async () => {
    const { loan, nadia, tom } = await aLoanToSign();
    expectStatus(await sign(nadia, loan), 200);
    const shown = await read(tom, loan);
    expect(shown).toMatchObject({ state: 'signed', language: 'fr', text: FRENCH, signature: null });
    expect(JSON.stringify([shown, await tom.get(`/loans/${loan.id}`)])).not.toContain('Nadia');
    const second = await sign(tom, loan, { signatoryName: 'Tom B.' });
    expect([second.status, codes(second)]).toEqual([409, ['AGREEMENT_SIGNED']]);
  });

  test('is refused with its reason: other words, another version, no words, a loan that is over', async () => {
    const { loan, nadia } = await aLoanToSign();
    const { textHash } = await read(nadia, loan);
    expectStatus(await putText('ar', 'نص آخر', 1), 200);
    expect(codes(await sign(nadia, loan, { textHash }))).toEqual(['AGREEMENT_NOT_IN_FORCE']);
    expect(codes(await sign(nadia, loan, { termsVersion: '2020-01' }))).toEqual(['AGREEMENT_NOT_IN_FORCE']);
    expect(codes(await sign(nadia, loan, { language: 'tr' }))).toEqual(['AGREEMENT_TEXT_MISSING']);
    const nothing = await sign(nadia, loan, { method: 'in_person', language: null, textHash: undefined });
    expect([nothing.status, nothing.body.errors.map(({ pointer }: Body) => pointer)]).toEqual([422, ['/method', '/language', '/textHash']]);
    expectStatus(await api.post('/returns', { assetTag: loan.items[0].assetTag, conditionIn: 'good', siteId: loan.siteId }), 200);
    expect(await read(nadia, loan)).toMatchObject({ state: 'over', termsVersion: '2026-09' });
    expect(codes(await sign(nadia, loan))).toEqual(['LOAN_CLOSED']);
  });

  test('that the council has not written is signed at the desk', async () => {
    const { loan, nadia } = await aLoanToSign({ texts: {} });
    expect(await read(nadia, loan)).toMatchObject({ state: 'to_sign', language: null, text: null, textHash: null });
    expect(codes(await sign(nadia, loan, { language: 'ar', textHash: 'x' }))).toEqual(['AGREEMENT_TEXT_MISSING']);
    const manager = await aPerson(app, council.id, 'council_manager');
    const paper = { signatoryName: 'Nadia B.', method: 'paper', termsVersion: '2026-11' };
    expectStatus(await manager.post(`/loans/${loan.id}/agreement`, paper), 200);
    expect(await read(nadia, loan)).toMatchObject({ state: 'signed', signature: null });
  });

  test(
    'signed by both parents at once has one signature, and so has one that is sent twice at once',
    () =>
      repeated(async () => {
        const { loan, nadia, tom } = await aLoanToSign();
        const sent = await Promise.all([sign(nadia, loan), sign(nadia, loan), sign(tom, loan)]);
        expect([
          [200, 200, 409],
          [409, 409, 200],
        ]).toContainEqual(sent.map(({ status }) => status));
        const stored = await onServer(app.databaseUrl, (client) =>
          client.query('SELECT FROM loan_signatures WHERE loan_id = $1', [loan.id]),
        );
        expect(stored.rowCount).toBe(1);
        await aNewCouncil();
      }),
    LONG_MS,
  );
});

test('texts are written by whoever knows the version that there is', async () => {
  const path = '/agreement-texts/2026-11/fr';
  expect((await api.get(path)).status).toBe(404);
  const first = await putText('fr', FRENCH);
  expect(expectStatus(first, 200)).toEqual({
    termsVersion: '2026-11',
    language: 'fr',
    text: FRENCH,
    version: 1,
    updatedAt: START.toISOString(),
  });
  expect((await putText('fr', 'x')).status).toBe(412);
  expect(expectStatus(await putText('fr', 'Autre texte', 1), 200)).toMatchObject({ version: 2 });
  expect(expectStatus(await api.get('/agreement-texts'), 200).texts).toMatchObject([{ language: 'fr', text: 'Autre texte' }]);
  expect(expectStatus(await api.get('/agreement-texts/2026-09/tr'), 200)).toMatchObject({ version: null, updatedAt: null });
  expect((await api.get('/agreement-texts/2026-09/de')).status).toBe(404);
});

test('an item that a family says is back says so until the desk has it', async () => {
  const household = await aHousehold(api, { contacts: [NADIA] });
  const loan = await aLoan(api, { householdId: household.id });
  const nadia = await aFamily(app, council.id, household as never);
  const claimed = async () => expectStatus(await nadia.get(`/loans/${loan.id}`), 200).items[0].claimedReturnedOn;
  expect(await claimed()).toBeNull();
  const report = { itemId: loan.items[0].id, kind: 'claimed_returned', reportedOn: '2026-11-01', description: 'Rendu' };
  expectStatus(await nadia.post(`/loans/${loan.id}/incidents`, report), 201);
  expect(await claimed()).toBe('2026-11-01');
  expectStatus(await api.post('/returns', { assetTag: loan.items[0].assetTag, conditionIn: 'good', siteId: loan.siteId }), 200);
  expect(await claimed()).toBeNull();
});
