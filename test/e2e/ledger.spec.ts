import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { LedgerService } from '../../src/modules/loans/index.js';
import { newId } from '../../src/shared/ids.js';
import { type Answer, expectStatus } from '../support/api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { aDevice, aDeviceModel, aHousehold, aLoan, anOffer, aPickupSlot, aRequest, aSite } from '../support/builders.js';
import { aCouncil, type TestCouncil } from '../support/people.js';
import { onServer, truncateAll } from '../support/test-database.js';
import { until } from '../support/until.js';

let app: TestApp;
let council: TestCouncil;
let loan: Answer['body'];
beforeAll(async () => {
  app = await startTestApp();
});
beforeEach(async () => {
  await truncateAll(app.databaseUrl);
  council = await aCouncil(app);
  const household = await aHousehold(council.api);
  await aRequest(council.api, household.id);
  loan = await aLoan(council.api, { householdId: household.id });
});
afterAll(() => app.close());

/** Changes the tables behind the application's back. */
const forge = (text: string, values: unknown[] = []) =>
  onServer(app.databaseUrl, (client) => client.query(text, values).then(() => undefined));
/** Until a statement waits for a lock. */
const someoneWaits = () =>
  onServer(app.databaseUrl, async (client) => {
    const waiting = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    await until('somebody waits for a lock', async () => ((await client.query(waiting)).rowCount ?? 0) > 0);
  });
const faults = async () => (await app.nest.get(LedgerService).verify()).faults;
const rules = async () => (await faults()).map(({ rule }) => rule);

test('books that were kept agree, after every kind of move', async () => {
  const { api } = council;
  const lost = await aLoan(api);
  expectStatus(
    await api.post(`/loans/${lost.id}/incidents`, {
      itemId: lost.items[0].id,
      kind: 'lost',
      reportedOn: '2026-11-02',
      description: 'Perdu',
    }),
    201,
  );
  expectStatus(await api.post('/returns', { assetTag: lost.items[0].assetTag, conditionIn: 'good', siteId: lost.siteId }), 200);
  await aLoan((await aCouncil(app)).api);
  expect(await app.nest.get(LedgerService).verify()).toEqual({ councils: 2, faults: [], unlisted: 0 });
});

test('a status that the history does not tell', async () => {
  await forge(`UPDATE devices SET status = 'lost' WHERE id = $1`, [loan.items[0].deviceId]);
  const subject: string = loan.items[0].deviceId;
  expect(await faults()).toEqual([
    { councilId: council.id, rule: 'DEVICE_STATUS_IS_NOT_ITS_LAST_EVENT', subject, found: 'lost, by its history on_loan' },
    { councilId: council.id, rule: 'DEVICE_ON_LOAN_WITHOUT_ITS_ITEM', subject, found: 'lost, on loan 1 times' },
  ]);
});

test('an item that was settled without its loan and its device', async () => {
  await forge(`UPDATE loan_items SET state = 'returned'`);
  expect(await rules()).toEqual([
    'DEVICE_ON_LOAN_WITHOUT_ITS_ITEM',
    'DEVICE_WITH_ANOTHER_HOLDER_THAN_ITS_ITEM',
    'LOAN_STATE_IS_NOT_ITS_ITEMS',
  ]);
});

test('a loan that was closed while a device is out', async () => {
  await forge(`UPDATE loans SET state = 'closed'`);
  expect(await faults()).toMatchObject([{ rule: 'LOAN_STATE_IS_NOT_ITS_ITEMS', subject: loan.id, found: 'closed, with 1 of 1 items out' }]);
});

test('a fulfilled line for which nothing was handed over, and a waiting one for which something was', async () => {
  await forge('UPDATE loan_items SET request_line_id = NULL');
  expect(await rules()).toEqual(['FULFILLED_LINE_WITHOUT_ITS_ITEM']);
  await forge('UPDATE loan_items SET request_line_id = $1', [loan.items[0].requestLineId]);
  await forge(`UPDATE request_lines SET state = 'waiting'`);
  expect(await rules()).toEqual(['FULFILLED_LINE_WITHOUT_ITS_ITEM']);
});

test('signatures that the history does not tell, and a text that is asked though it was signed', async () => {
  await forge(`UPDATE loans SET earlier_agreements = '[{}]', agreement_unsigned_since = now(), agreement_terms_asked = '{2026-09}'`);
  expect(await faults()).toMatchObject([
    { rule: 'SIGNATURES_ARE_NOT_ITS_HISTORY', subject: loan.id, found: '1 signatures after the first, by its history 0' },
    { rule: 'SIGNED_TEXT_IS_ASKED', subject: loan.id },
  ]);
});

test('an item of another household than its loan', async () => {
  await forge('UPDATE loan_items SET household_id = $1', [newId()]);
  expect(await rules()).toEqual(['DEVICE_WITH_ANOTHER_HOLDER_THAN_ITS_ITEM', 'ITEM_OF_ANOTHER_HOUSEHOLD']);
});

test('a line, a device and a slot that no offer explains', async () => {
  const { api } = council;
  const site = await aSite(api);
  const slot = await aPickupSlot(api, site.id);
  const [line] = (await aRequest(api, (await aHousehold(api)).id)).lines;
  const device = await aDevice(api, { siteId: site.id });
  await anOffer(api, line.id, device.id);
  expectStatus(await api.post(`/request-lines/${line.id}/moves`, { move: 'accept', pickupSlotId: slot.id }), 200);
  expect(await faults()).toEqual([]);
  await forge('ALTER TABLE offers DISABLE TRIGGER offers_take_places');
  try {
    await forge(`UPDATE offers SET state = 'collected'`);
  } finally {
    await forge('ALTER TABLE offers ENABLE TRIGGER offers_take_places');
  }
  expect(await faults()).toMatchObject([
    { rule: 'RESERVED_DEVICE_WITHOUT_ITS_OFFER', subject: device.id },
    { rule: 'LINE_STATE_IS_NOT_ITS_OFFER', subject: line.id, found: 'accepted, with no offer' },
    { rule: 'SLOT_IS_NOT_BOOKED_BY_ITS_OFFERS', subject: slot.id, found: '1 booked, by 0 offers' },
  ]);
});

describe('repaired', () => {
  const repair = () => app.nest.get(LedgerService).repair();
  const told = async () => {
    const { data } = expectStatus(await council.api.get('/audit-events?action=ledger.repaired'), 200) as { data: Answer['body'][] };
    return data.map(({ subject, actor, fields }) => ({ subject, actor, fields }));
  };
  const item = () => loan.items[0];

  test('books that agree stay as they are', async () => {
    expect(await repair()).toEqual({ councils: 1, repaired: [], faults: [], unlisted: 0 });
    expect(await told()).toEqual([]);
  });

  test('what follows from the history is written anew, each with an audit event, and once', async () => {
    const other = await aLoan((await aCouncil(app)).api);
    await forge(`UPDATE devices SET status = 'lost' WHERE id = $1`, [item().deviceId]);
    await forge('UPDATE devices SET holder_id = NULL WHERE id = $1', [item().deviceId]);
    await forge(`UPDATE loans SET state = 'closed', closed_at = now()`);
    await forge(`UPDATE request_lines SET state = 'waiting' WHERE state = 'fulfilled'`);
    const subjects = (await faults()).filter(({ councilId }) => councilId === council.id);
    expect(subjects.length).toBeGreaterThanOrEqual(5);

    const report = await repair();
    expect(report.faults).toEqual([]);
    const here = { councilId: council.id };
    const lineId = item().requestLineId as string;
    expect(report.repaired.filter(({ councilId }) => councilId === council.id)).toEqual([
      { ...here, rule: 'DEVICE_STATUS_IS_NOT_ITS_LAST_EVENT', subject: item().deviceId },
      { ...here, rule: 'DEVICE_WITH_ANOTHER_HOLDER_THAN_ITS_ITEM', subject: item().deviceId },
      { ...here, rule: 'LOAN_STATE_IS_NOT_ITS_ITEMS', subject: loan.id },
      { ...here, rule: 'FULFILLED_LINE_WITHOUT_ITS_ITEM', subject: lineId },
    ]);
    expect(report.repaired.map(({ subject }) => subject)).toContain(other.id);
    expect(await told()).toEqual([
      { subject: lineId, actor: 'system', fields: ['state'] },
      { subject: loan.id, actor: 'system', fields: ['state', 'closedAt'] },
      { subject: item().deviceId, actor: 'system', fields: ['householdId'] },
      { subject: item().deviceId, actor: 'system', fields: ['status'] },
    ]);
    const { api } = council;
    expect(expectStatus(await api.get(`/loans/${loan.id}`), 200)).toMatchObject({ state: 'open', closedAt: null });
    expect((await repair()).repaired).toEqual([]);
    // The books go on from there.
    expectStatus(await api.post('/returns', { assetTag: item().assetTag, conditionIn: 'good', siteId: loan.siteId }), 200);
    expect(await faults()).toEqual([]);
  });

  test('a text that was signed is asked no more, and a slot has the places that are taken', async () => {
    const { api } = council;
    const slot = await aPickupSlot(api, (await aSite(api)).id);
    await forge(`UPDATE loans SET agreement_unsigned_since = now(), agreement_terms_asked = '{2026-09,2027-01}'`);
    await forge('UPDATE pickup_slots SET booked = 2');
    const report = await repair();
    expect(report.faults).toEqual([]);
    expect(report.repaired.map(({ rule, subject }) => [rule, subject])).toEqual([
      ['SIGNED_TEXT_IS_ASKED', loan.id],
      ['SLOT_IS_NOT_BOOKED_BY_ITS_OFFERS', slot.id],
    ]);
    const asked = expectStatus(await api.get(`/loans/${loan.id}`), 200);
    expect([asked.agreementTermsAsked, asked.agreementUnsignedSince === null]).toEqual([['2027-01'], false]);
    await forge(`UPDATE loans SET agreement_terms_asked = '{2026-09}'`);
    expect((await repair()).faults).toEqual([]);
    expect(expectStatus(await api.get(`/loans/${loan.id}`), 200)).toMatchObject({
      agreementTermsAsked: null,
      agreementUnsignedSince: null,
    });
  });

  test('one row whose signatures are no list stops nobody, and goes on as if it had none', async () => {
    const { api } = council;
    const other = await aLoan(api);
    await forge(`UPDATE loans SET agreement_unsigned_since = now(), agreement_terms_asked = '{2026-09}'`);
    await forge(`UPDATE loans SET earlier_agreements = '{}', agreement_terms_asked = '{2027-01}' WHERE id = $1`, [loan.id]);
    expect((await repair()).repaired.map(({ subject }) => subject)).toEqual([other.id]);
    await forge(`UPDATE loans SET agreement_terms_asked = '{2026-09}' WHERE id = $1`, [loan.id]);
    const signature = { signatoryName: 'Nadia B.', method: 'in_person', termsVersion: '2026-09' };
    const signed = expectStatus(await api.post(`/loans/${loan.id}/agreement`, signature), 200);
    expect([signed.agreement.termsVersion, signed.earlierAgreements.length, signed.agreementTermsAsked]).toEqual(['2026-09', 1, null]);
  });

  test('a household is overdue from when its loans are', async () => {
    await forge(`UPDATE households SET overdue_from = '2026-01-01' WHERE id = $1`, [loan.householdId]);
    const { repaired, faults: left } = await repair();
    expect(repaired).toEqual([{ councilId: council.id, rule: 'HOUSEHOLD_IS_OVERDUE_OTHERWISE_THAN_ITS_LOANS', subject: loan.householdId }]);
    expect(left).toEqual([]);
  });

  test('a loan is mended after its household is locked, as everybody locks', async () => {
    await forge(`UPDATE loans SET state = 'closed', closed_at = now()`);
    await onServer(app.databaseUrl, async (client) => {
      await client.query('BEGIN');
      await client.query('SELECT FROM households WHERE id = $1 FOR UPDATE', [loan.householdId]);
      const repairing = repair();
      await someoneWaits();
      // Who holds the household may have its loan.
      await client.query(`SET LOCAL lock_timeout = '300ms'`);
      await client.query('SELECT FROM loans WHERE id = $1 FOR UPDATE', [loan.id]);
      await client.query('COMMIT');
      expect((await repairing).faults).toEqual([]);
    });
  });

  test('two who write loans of a household at once leave it with what both wrote', async () => {
    const { api } = council;
    const site = await aSite(api);
    const model = await aDeviceModel(api, { category: 'router' });
    const items = [{ deviceId: (await aDevice(api, { siteId: site.id, modelId: model.id })).id, conditionOut: 'good' }];
    const other = await aLoan(api, { householdId: loan.householdId, siteId: site.id, items });
    await onServer(app.databaseUrl, async (client) => {
      await client.query('BEGIN');
      await client.query(`UPDATE loans SET due_on = '2026-02-01' WHERE id = $1`, [loan.id]);
      const second = forge(`UPDATE loans SET due_on = '2026-03-01' WHERE id = $1`, [other.id]);
      await someoneWaits();
      await client.query('COMMIT');
      await second;
    });
    expect(await rules()).toEqual([]);
  });

  test('what two records contradict each other about is left to a person, and told', async () => {
    await forge(`UPDATE loan_items SET state = 'returned'`);
    const { repaired, faults: left } = await repair();
    expect(repaired.map(({ rule }) => rule)).toEqual(['DEVICE_WITH_ANOTHER_HOLDER_THAN_ITS_ITEM', 'LOAN_STATE_IS_NOT_ITS_ITEMS']);
    expect(left).toMatchObject([{ rule: 'DEVICE_ON_LOAN_WITHOUT_ITS_ITEM', subject: item().deviceId }]);
  });

  test('what somebody moves meanwhile is not repaired by what was seen before', async () => {
    const { api } = council;
    await forge(`UPDATE devices SET status = 'lost' WHERE id = $1`, [item().deviceId]);
    const repairing = Array.from({ length: 8 }, () => repair());
    await Promise.all([...repairing, api.post('/returns', { assetTag: item().assetTag, conditionIn: 'good', siteId: loan.siteId })]);
    expect((await repair()).faults.filter(({ rule }) => rule === 'DEVICE_STATUS_IS_NOT_ITS_LAST_EVENT')).toEqual([]);
  });
});

test('a household with two open lines of a class', async () => {
  await forge('DROP INDEX request_lines_one_open');
  try {
    await forge(`UPDATE request_lines SET state = 'waiting'`);
    await forge('UPDATE loan_items SET request_line_id = NULL');
    await forge(`DO $$ DECLARE names text; BEGIN
      SELECT string_agg(column_name, ', ') INTO names FROM information_schema.columns
      WHERE table_name = 'request_lines' AND is_generated = 'NEVER' AND column_name <> 'id';
      EXECUTE format('INSERT INTO request_lines (id, %s) OVERRIDING USER VALUE SELECT gen_random_uuid(), %s FROM request_lines', names, names);
    END $$`);
    expect(await faults()).toMatchObject([
      { rule: 'HOUSEHOLD_WITH_SEVERAL_OPEN_LINES', subject: loan.householdId, found: '2 open lines for computer' },
    ]);
  } finally {
    await truncateAll(app.databaseUrl);
    await forge(`CREATE UNIQUE INDEX request_lines_one_open ON request_lines (council_id, household_id, class)
      WHERE state IN ('waiting', 'suspended', 'offered', 'accepted')`);
  }
});

test('a household that is overdue otherwise than its loans', async () => {
  await forge(`UPDATE households SET overdue_from = '2026-01-01' WHERE id = $1`, [loan.householdId]);
  expect(await faults()).toMatchObject([{ rule: 'HOUSEHOLD_IS_OVERDUE_OTHERWISE_THAN_ITS_LOANS', subject: loan.householdId }]);
});
