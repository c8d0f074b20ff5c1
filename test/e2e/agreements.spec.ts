import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { newId } from '../../src/shared/ids.js';
import { type Answer, type Api, expectStatus } from '../support/api.js';
import { START, startTestApp, type TestApp } from '../support/app.js';
import { aDevice, aDeviceModel, aHousehold, aLoan, anAgreement, aRequest, aSchool, aSite } from '../support/builders.js';
import { expectLedgerWithoutFaults } from '../support/ledger.js';
import { aClient, aCouncil, aPerson, type TestCouncil } from '../support/people.js';
import { onServer } from '../support/test-database.js';

let app: TestApp;
let council: TestCouncil;
let api: Api;
beforeAll(async () => {
  app = await startTestApp();
});
beforeEach(async () => {
  app.clock.moveTo(new Date('2030-01-01T08:00:00Z'));
  await app.drain();
  app.clock.moveTo(START);
  council = await aCouncil(app);
  api = council.api;
});
afterEach(() => expectLedgerWithoutFaults(app));
afterAll(() => app.close());

type Body = Answer['body'];

const ASKED_AT = new Date('2026-11-05T10:00:00Z');
const codes = ({ body }: Answer) => (body.reasons ?? []).map(({ code }: Body) => code);
const rule = (termsVersion: string, scope: object = {}) => ({
  schoolId: null,
  category: null,
  borrowerCategory: null,
  termsVersion,
  ...scope,
});
const sign = (loan: { id: string }, termsVersion: string, as: Api = api, more: object = {}) =>
  as.post(`/loans/${loan.id}/agreement`, { signatoryName: 'Tom B.', method: 'online', termsVersion, ...more });
const loanNow = async ({ id }: { id: string }): Promise<Body> => expectStatus(await api.get(`/loans/${id}`), 200);
const asked = async (loan: { id: string }) => {
  const { agreementUnsignedSince, agreementTermsAsked } = await loanNow(loan);
  return [agreementUnsignedSince, agreementTermsAsked];
};
const unsigned = async (query = 'true', as = api): Promise<string[]> =>
  expectStatus(await as.get(`/loans?agreementUnsigned=${query}`), 200).data.map(({ id }: Body) => id);

/** Puts a table in the place of the last, and does what follows from it. */
async function putPolicy(...rules: object[]): Promise<void> {
  const { version } = expectStatus(await api.get('/loan-policies'), 200);
  expectStatus(await api.put('/loan-policies', version, { rules }), 200);
  await app.drain();
}
const giveBack = ({ assetTag }: Body, siteId: string) => api.post('/returns', { assetTag, conditionIn: 'good', siteId });

describe('a text that is put in force', () => {
  test('is asked of the loans that run, until it is signed', async () => {
    const loan = await aLoan(api);
    const closed = await aLoan(api);
    expectStatus(await giveBack(closed.items[0], closed.siteId), 200);
    expect(loan).toMatchObject({ agreementUnsignedSince: null, agreementTermsAsked: null, earlierAgreements: [] });
    app.clock.moveTo(ASKED_AT);
    await putPolicy(rule('2026-11'));
    expect(await loanNow(loan)).toMatchObject({
      agreement: anAgreement,
      version: loan.version + 1,
      agreementUnsignedSince: ASKED_AT.toISOString(),
      agreementTermsAsked: ['2026-11'],
    });
    expect(await asked(closed)).toEqual([null, null]);
    expect(await unsigned()).toEqual([loan.id]);
    expect(await unsigned('false')).toEqual([closed.id]);
    expect(await unsigned('true&state=closed')).toEqual([]);
    expect(await unsigned(`true&householdId=${loan.householdId}`)).toEqual([loan.id]);

    const signed = await sign(loan, '2026-11');
    expect(expectStatus(signed, 200)).toMatchObject({
      agreementUnsignedSince: null,
      agreementTermsAsked: null,
      version: loan.version + 2,
      agreement: { signatoryName: 'Tom B.', method: 'online', termsVersion: '2026-11' },
      earlierAgreements: [anAgreement],
    });
    expect(signed.headers.get('etag')).toBe(`"${loan.version + 2}"`);
    expect(await loanNow(loan)).toEqual(signed.body);
    expect(await unsigned()).toEqual([]);
    const events = expectStatus(await api.get(`/loans/${loan.id}/events`), 200).data;
    expect(events).toMatchObject([
      { kind: 'handed_over', termsVersion: null },
      { kind: 'agreement_signed', termsVersion: '2026-11' },
    ]);
    const trail = expectStatus(await api.get(`/audit-events?subject=${loan.id}`), 200).data;
    expect(trail[0]).toMatchObject({ action: 'loan.agreement_signed', fields: ['agreement'] });
    expect(JSON.stringify([events, trail])).not.toContain('Tom');
  });

  test('is asked again when it changes, not when other rules do, and no more when the one that was signed comes back', async () => {
    const loan = await aLoan(api);
    app.clock.moveTo(ASKED_AT);
    await putPolicy(rule('2026-11'));
    const later = new Date('2026-11-06T10:00:00Z');
    app.clock.moveTo(later);
    await putPolicy({ ...rule('2026-11'), loanDays: 90 });
    expect(await asked(loan)).toEqual([ASKED_AT.toISOString(), ['2026-11']]);
    await putPolicy(rule('2026-12'));
    expect(await asked(loan)).toEqual([later.toISOString(), ['2026-12']]);
    await putPolicy({ ...rule('2026-09'), loanDays: 90 });
    expect(await asked(loan)).toEqual([null, null]);
  });

  test('follows from a change of texts only: other tables leave no job', async () => {
    const jobs = () =>
      onServer(app.databaseUrl, async (client) => {
        const found = await client.query(`SELECT FROM outbox WHERE council_id = $1 AND kind ~ 'agreement'`, [council.id]);
        return found.rowCount;
      });
    await putPolicy({ ...rule('2026-09'), termsVersion: null, loanDays: 90 });
    expect(await jobs()).toBe(0);
    await putPolicy(rule('2026-11'));
    expect(await jobs()).toBeGreaterThan(0);
  });

  test('is that of each device’s rule: its category, and the school of whom it is for', async () => {
    const [school, other] = [await aSchool(api), await aSchool(api)];
    const ofSchool = async (schoolId: string, category: string) => {
      const site = await aSite(api);
      const device = await aDevice(api, { siteId: site.id, modelId: (await aDeviceModel(api, { category })).id });
      const { id: householdId } = await aHousehold(api, { schoolId });
      return aLoan(api, { householdId, siteId: site.id, items: [{ deviceId: device.id, conditionOut: 'good' }] });
    };
    const loans = [await ofSchool(school.id, 'laptop'), await ofSchool(school.id, 'tablet'), await ofSchool(other.id, 'tablet')];
    const learners = [
      { givenName: 'Amal', familyName: 'B.', level: 'lycee', schoolId: other.id },
      { givenName: 'Idris', familyName: 'B.', level: 'college', schoolId: school.id },
    ];
    const family = await aHousehold(api, { learners });
    const lines = [{ class: 'computer', learnerIds: [family.learners[1].id], acceptableCategories: ['laptop'] }];
    await aRequest(api, family.id, { lines });
    loans.push(await aLoan(api, { householdId: family.id }));
    await putPolicy(rule('S', { schoolId: school.id }), rule('T', { category: 'tablet' }), rule('L', { borrowerCategory: 'lycee' }));
    const texts = await Promise.all(loans.map(async (loan) => (await loanNow(loan)).agreementTermsAsked));
    expect(texts).toEqual([['S'], ['S'], ['T'], ['S']]);
  });

  test('reaches every loan, batch after batch, however often a batch is done', async () => {
    const loan = await aLoan(api);
    const copies = 1_203;
    await onServer(app.databaseUrl, (client) =>
      client.query(
        `WITH copies AS (
           INSERT INTO loans (council_id, id, reference, household_id, site_id, state, handed_over_at, due_on, grace_days, agreement, created_at, updated_at)
           SELECT council_id, gen_random_uuid(), 'L-' || n, household_id, site_id, 'open', handed_over_at, due_on, grace_days, agreement, created_at, updated_at
           FROM loans, generate_series(1, $2) AS n WHERE id = $1 RETURNING council_id, id, household_id, reference),
         lent AS (
           INSERT INTO devices OVERRIDING USER VALUE SELECT (jsonb_populate_record(d, jsonb_build_object('id', gen_random_uuid(), 'asset_tag', c.reference))).*
           FROM copies c, devices d WHERE d.id = $3 RETURNING id, asset_tag),
         told AS (
           INSERT INTO device_events OVERRIDING USER VALUE SELECT (jsonb_populate_record(e, jsonb_build_object('device_id', l.id))).* FROM lent l, device_events e WHERE e.device_id = $3)
         INSERT INTO loan_items (council_id, id, loan_id, household_id, device_id, class, number, state, condition_out)
         SELECT c.council_id, gen_random_uuid(), c.id, c.household_id, l.id, 'computer', 1, 'on_loan', 'good' FROM copies c JOIN lent l ON l.asset_tag = c.reference`,
        [loan.id, copies, loan.items[0].deviceId],
      ),
    );
    const counted = () =>
      onServer(app.databaseUrl, async (client) => {
        const text = `SELECT count(*)::integer AS loans, count(DISTINCT agreement_unsigned_since)::integer AS times, max(version) AS version
          FROM loans WHERE council_id = $1 AND agreement_unsigned_since IS NOT NULL`;
        return (await client.query(text, [council.id])).rows[0];
      });
    await putPolicy(rule('2026-11'));
    expect(await counted()).toEqual({ loans: copies + 1, times: 1, version: loan.version + 1 });
    await onServer(app.databaseUrl, (client) =>
      client.query(`UPDATE outbox SET done_at = NULL WHERE council_id = $1 AND kind = 'loans.check_agreements' AND due_at <= $2`, [
        council.id,
        START,
      ]),
    );
    app.clock.moveTo(ASKED_AT);
    await app.drain();
    expect(await counted()).toEqual({ loans: copies + 1, times: 1, version: loan.version + 1 });
  });

  test('reaches a loan that was handed over by the rules before, while those were replaced', async () => {
    await putPolicy(rule('2026-11'));
    // As if its hand-over had begun before, and ended after every loan was looked at.
    const loan = await aLoan(api, { agreement: { ...anAgreement, termsVersion: '2026-11' } });
    await onServer(app.databaseUrl, (client) =>
      client.query(`UPDATE loans SET agreement = jsonb_set(agreement, '{termsVersion}', '"2026-09"') WHERE id = $1`, [loan.id]),
    );
    await app.drain();
    expect(await asked(loan)).toEqual([null, null]);
    const later = new Date(START.getTime() + 120_000);
    app.clock.moveTo(later);
    await app.drain();
    expect(await asked(loan)).toEqual([later.toISOString(), ['2026-11']]);
  });
});

describe('an exchange', () => {
  test('for a device under another text asks for that one too, and for nothing once that device came back', async () => {
    await putPolicy(rule('T', { category: 'tablet' }));
    const site = await aSite(api);
    const learners = ['Amal', 'Idris'].map((givenName) => ({ givenName, familyName: 'B.', level: 'college' }));
    const laptops = [await aDevice(api, { siteId: site.id }), await aDevice(api, { siteId: site.id })];
    const loan = await aLoan(api, {
      householdId: (await aHousehold(api, { learners })).id,
      siteId: site.id,
      items: laptops.map(({ id: deviceId }) => ({ deviceId, conditionOut: 'good' })),
    });
    const exchange = async (itemId: string, category: string): Promise<Body> => {
      const device = await aDevice(api, { siteId: site.id, modelId: (await aDeviceModel(api, { category })).id });
      const body = { itemId, deviceId: device.id, conditionIn: 'damaged', conditionOut: 'good', reason: 'Cassé' };
      return expectStatus(await api.post(`/loans/${loan.id}/exchanges`, body), 200);
    };
    app.clock.moveTo(ASKED_AT);
    const exchanged = await exchange(loan.items[0].id, 'tablet');
    expect(exchanged).toMatchObject({ agreementUnsignedSince: ASKED_AT.toISOString(), agreementTermsAsked: ['T'], agreement: anAgreement });
    expect(codes(await sign(loan, 'S'))).toEqual(['AGREEMENT_NOT_IN_FORCE']);
    const signed = expectStatus(await sign(loan, 'T'), 200);
    // The laptop's text was signed when it was handed over.
    expect(signed).toMatchObject({ agreementUnsignedSince: null, agreement: { termsVersion: 'T' }, earlierAgreements: [anAgreement] });

    await putPolicy(rule('T2', { category: 'tablet' }));
    expect(await asked(loan)).toEqual([ASKED_AT.toISOString(), ['T2']]);
    expectStatus(await giveBack(exchanged.items[2], site.id), 200);
    expect(await asked(loan)).toEqual([null, null]);
    expect((await loanNow(loan)).state).toBe('open');
  });

  test('for one under the same text asks for nothing', async () => {
    const loan = await aLoan(api);
    const { id: deviceId } = await aDevice(api, { siteId: loan.siteId });
    const body = { itemId: loan.items[0].id, deviceId, conditionIn: 'damaged', conditionOut: 'good', reason: 'Cassé' };
    expectStatus(await api.post(`/loans/${loan.id}/exchanges`, body), 200);
    expect(await asked(loan)).toEqual([null, null]);
  });
});

test('what ends a loan ends what is asked of it', async () => {
  const loans = [await aLoan(api), await aLoan(api)];
  await putPolicy(rule('2026-11'));
  expectStatus(await giveBack(loans[0]!.items[0], loans[0]!.siteId), 200);
  const report = { itemId: loans[1]!.items[0].id, kind: 'lost', reportedOn: '2026-11-02', description: 'Perdu' };
  expectStatus(await api.post(`/loans/${loans[1]!.id}/incidents`, report), 201);
  for (const loan of loans) {
    expect(await loanNow(loan)).toMatchObject({ state: 'closed', agreementUnsignedSince: null, agreementTermsAsked: null });
    expect(codes(await sign(loan, '2026-11'))).toEqual(['LOAN_CLOSED']);
  }
  expect(await unsigned()).toEqual([]);
});

describe('signing', () => {
  test('two texts, one after the other', async () => {
    const site = await aSite(api);
    const [laptop, router] = [
      await aDevice(api, { siteId: site.id }),
      await aDevice(api, { siteId: site.id, modelId: (await aDeviceModel(api, { category: 'router' })).id }),
    ];
    const loan = await aLoan(api, {
      siteId: site.id,
      items: [laptop, router].map(({ id: deviceId }) => ({ deviceId, conditionOut: 'good' })),
    });
    await putPolicy(rule('L', { category: 'laptop' }), rule('R', { category: 'router' }));
    expect(await asked(loan)).toEqual([START.toISOString(), ['L', 'R']]);
    app.clock.moveTo(ASKED_AT);
    expect(expectStatus(await sign(loan, 'R'), 200)).toMatchObject({
      agreementUnsignedSince: START.toISOString(),
      agreementTermsAsked: ['L'],
    });
    const both = expectStatus(await sign(loan, 'L'), 200);
    expect(both).toMatchObject({ agreementUnsignedSince: null, agreement: { termsVersion: 'L' } });
    expect(both.earlierAgreements.map(({ termsVersion }: Body) => termsVersion)).toEqual(['2026-09', 'R']);
  });

  test('only what holds now, be it once more by another person; refused, it leaves nothing', async () => {
    const loan = await aLoan(api);
    const refused = await sign(loan, '2026-11');
    expect([refused.status, refused.body.code, refused.body.reasons]).toMatchObject([
      409,
      'AGREEMENT_NOT_IN_FORCE',
      [{ code: 'AGREEMENT_NOT_IN_FORCE', overridable: false }],
    ]);
    expect(await loanNow(loan)).toEqual(loan);
    expect(expectStatus(await sign(loan, '2026-09'), 200).agreement.signatoryName).toBe('Tom B.');
  });

  test('with one key twice is signed once', async () => {
    const loan = await aLoan(api);
    await putPolicy(rule('2026-11'));
    const body = { signatoryName: 'Tom B.', method: 'paper', termsVersion: '2026-11' };
    const send = () => api.post(`/loans/${loan.id}/agreement`, body, { headers: { 'idempotency-key': '"signature 1"' } });
    const [first, second] = [await send(), await send()];
    expect([first.status, second.status, second.body]).toEqual([200, 200, first.body]);
    expect((await loanNow(loan)).earlierAgreements).toHaveLength(1);
  });

  test('what is wrong is said with its place', async () => {
    const loan = await aLoan(api);
    const faults = ({ body }: Answer) => body.errors.map(({ pointer, code }: Body) => `${pointer} ${code}`);
    expect(faults(await api.post(`/loans/${loan.id}/agreement`, {}))).toEqual([
      '/signatoryName REQUIRED',
      '/method REQUIRED',
      '/termsVersion REQUIRED',
    ]);
    expect(faults(await sign(loan, '2026-09', api, { method: 'smoke' }))).toEqual(['/method NOT_ONE_OF']);
    expect((await sign(loan, '2026-09', api, { colour: 'red' })).status).toBe(400);
    expect((await api.get('/loans?agreementUnsigned=perhaps')).status).toBe(422);
  });

  test('managers and administrators of the family’s school, nobody else', async () => {
    const school = await aSchool(api);
    const loan = await aLoan(api, { householdId: (await aHousehold(api, { schoolId: school.id })).id });
    const status = async (as: Api) => (await sign(loan, '2026-09', as)).status;
    expect(await status(api.anonymous)).toBe(401);
    expect(await status(await aClient(app, council.id, ['loans:read']))).toBe(403);
    expect(await status(await aPerson(app, council.id, 'desk_agent', { siteId: loan.siteId }))).toBe(403);
    expect(await status(await aPerson(app, council.id, 'auditor'))).toBe(403);
    expect(await status(await aPerson(app, council.id, 'school_administrator', { schoolId: (await aSchool(api)).id }))).toBe(404);
    expect(await status((await aCouncil(app)).api)).toBe(404);
    expect((await sign({ id: newId() }, '2026-09')).status).toBe(404);
    expect(await status(await aPerson(app, council.id, 'school_administrator', { schoolId: school.id }))).toBe(200);
    expect(await status(await aPerson(app, council.id, 'council_manager'))).toBe(200);
  });
});
