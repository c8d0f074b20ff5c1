import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { instantAt, day } from '../../src/shared/day.js';
import { expectStatus } from '../support/api.js';
import { START, startTestApp, type TestApp } from '../support/app.js';
import { aDevice, aDeviceModel, aHousehold, aLoan, anOffer, aRequest, aSite } from '../support/builders.js';
import { onServer } from '../support/test-database.js';
import { aCouncil, type TestCouncil } from '../support/people.js';
import { type SmtpSink, startSmtpSink } from '../support/smtp.js';

let app: TestApp;
let smtp: SmtpSink;
let council: TestCouncil;
beforeAll(async () => {
  smtp = await startSmtpSink();
  app = await startTestApp({ SMTP_URL: smtp.url, MAIL_FROM: 'Passerelle <nepasrepondre@example.org>' });
});
afterAll(async () => {
  await app.close();
  await smtp.close();
});
beforeEach(async () => {
  // What earlier tests planned would leave in this one.
  app.clock.moveTo(new Date('2030-01-01T08:00:00Z'));
  await app.drain();
  app.clock.moveTo(START);
  council = await aCouncil(app);
  smtp.mails.length = 0;
});

const nadia = {
  name: 'Nadia B.',
  relationship: 'parent',
  email: 'nadia@example.org',
  language: 'fr',
  preferredChannel: 'email',
  notify: true,
};
const tom = { name: 'Tom B.', relationship: 'parent', email: 'tom@example.org', language: 'en', preferredChannel: 'email', notify: true };

/** Moves the clock to a time of a day, does what is due, and tells to whom mails came. */
async function mailsOn(dueDay: string, at = '09:00'): Promise<string[]> {
  smtp.mails.length = 0;
  app.clock.moveTo(instantAt(day(dueDay), at, 'Europe/Paris'));
  await app.drain();
  return toWhom();
}

const toWhom = () => smtp.mails.map(({ to }) => (Array.isArray(to) ? '' : (to?.text ?? ''))).sort();
const texts = () => smtp.mails.map(({ text }) => text ?? '');

interface Row {
  trigger: string;
  state: string;
  reason: string | null;
}

async function recorded(trigger?: string): Promise<Row[]> {
  const text = `SELECT trigger, state, reason FROM notices WHERE council_id = $1 AND ($2::text IS NULL OR trigger = $2) AND trigger <> 'need_review_due' ORDER BY planned_at, id`;
  return onServer(app.databaseUrl, async (client) => (await client.query<Row>(text, [council.id, trigger ?? null])).rows);
}

/** A loan that is due on Monday 30 November 2026, with three days of grace; its receipt has left. */
async function aLoanDueOn30November(contacts: object[] = [nadia, tom], overrides: Record<string, unknown> = {}) {
  // Two, so that a second computer may be promised to them.
  const learners = ['Amal', 'Idris'].map((givenName) => ({ givenName, familyName: 'B.', level: 'college' }));
  const household = await aHousehold(council.api, { contacts, learners });
  const loan = await aLoan(council.api, { householdId: household.id, dueOn: '2026-11-30', ...overrides });
  await app.drain();
  return { household, loan };
}

const BOTH = ['nadia@example.org', 'tom@example.org'];

test('a message says where to answer, and whom to call: at the site, else at the council, else nobody', async () => {
  const told = async (overrides: Record<string, unknown>) => {
    smtp.mails.length = 0;
    await aLoanDueOn30November([nadia], overrides);
    return (texts()[0] ?? '').replaceAll('\u00A0', ' ');
  };
  const nobody = await told({});
  expect(nobody).toContain(`/f)`);
  expect(nobody).not.toContain('téléphone');
  expectStatus(await council.api.patch('/council', 1, { phone: '01 39 33 44 00' }), 200);
  expect(await told({})).toMatch(/en ligne \(http[^ ]*\/f\) ou par téléphone \(01 39 33 44 00\)/);
  const site = await aSite(council.api, { phone: '01 39 33 44 55' });
  expect(await told({ siteId: site.id })).toContain('par téléphone (01 39 33 44 55)');
});

describe('a loan', () => {
  test('is told of at once, three days before its end, on the day, and four times a week apart once overdue', async () => {
    const { loan } = await aLoanDueOn30November();
    expect(toWhom()).toEqual(BOTH);
    expect(texts()[0]).toContain(loan.reference);
    expect(await mailsOn('2026-11-26')).toEqual([]);
    expect(await mailsOn('2026-11-27', '08:59')).toEqual([]);
    expect(await mailsOn('2026-11-27')).toEqual(BOTH);
    expect(texts()[0]).toContain(loan.reference);
    expect(await mailsOn('2026-11-28')).toEqual([]);
    expect(await mailsOn('2026-11-30')).toEqual(BOTH);
    expect(await mailsOn('2026-12-03')).toEqual([]);
    for (const overdue of ['2026-12-04', '2026-12-11', '2026-12-18', '2026-12-25']) expect(await mailsOn(overdue)).toEqual(BOTH);
    expect(await mailsOn('2027-02-01')).toEqual([]);
    expect((await recorded()).map(({ state }) => state)).toEqual(Array(14).fill('sent'));
  });

  test('each person is written to in their own language', async () => {
    await aLoanDueOn30November();
    await mailsOn('2026-11-27');
    const [french, english] = BOTH.map((address) => smtp.mails.find(({ to }) => !Array.isArray(to) && to?.text === address));
    expect(french?.subject).toMatch(/30 novembre/);
    expect(english?.subject).toMatch(/30 November/);
    expect([french?.headers.get('content-language'), english?.headers.get('content-language')]).toEqual(['fr', 'en']);
  });

  test('two who share a mailbox are told there once', async () => {
    const shared = { ...tom, email: 'NADIA@example.org' };
    await aLoanDueOn30November([nadia, shared]);
    expect(toWhom()).toEqual(['nadia@example.org']);
    expect(await mailsOn('2026-11-27')).toEqual(['nadia@example.org']);
    // And the one of the day itself is still to come.
    expect((await recorded('loan_due')).map(({ state }) => state)).toEqual(['sent', 'scheduled']);
  });

  test('nobody is reminded of what came back, and the record says why', async () => {
    const { loan } = await aLoanDueOn30November([nadia]);
    app.clock.moveTo(new Date('2026-11-20T10:00:00Z'));
    expectStatus(await council.api.post('/returns', { assetTag: loan.items[0].assetTag, conditionIn: 'good', siteId: loan.siteId }), 200);
    await app.drain();
    expect(await mailsOn('2026-11-27')).toEqual([]);
    expect(await recorded('loan_due')).toEqual(Array(2).fill({ trigger: 'loan_due', state: 'dropped', reason: 'RETURNED' }));
    expect(await recorded('loan_returned')).toEqual([{ trigger: 'loan_returned', state: 'sent', reason: null }]);
  });

  test('what came back is named, whatever the clock said by which it was taken back', async () => {
    const { loan } = await aLoanDueOn30November([nadia]);
    app.clock.moveTo(new Date('2026-11-20T10:00:00Z'));
    smtp.mails.length = 0;
    expectStatus(await council.api.post('/returns', { assetTag: loan.items[0].assetTag, conditionIn: 'good', siteId: loan.siteId }), 200);
    await onServer(app.databaseUrl, (client) =>
      client.query(`UPDATE loan_items SET returned_at = returned_at - interval '1 minute' WHERE loan_id = $1`, [loan.id]),
    );
    await app.drain();
    expect(texts()).toEqual([expect.stringContaining(loan.items[0].assetTag as string)]);
  });

  test('nor when it comes back between the plan and the sending, unknown to the plan', async () => {
    await aLoanDueOn30November([nadia]);
    await onServer(app.databaseUrl, (client) =>
      client.query(`UPDATE loan_items SET state = 'returned' WHERE council_id = $1`, [council.id]),
    );
    expect(await mailsOn('2026-11-27')).toEqual([]);
    expect((await recorded('loan_due'))[0]).toMatchObject({ state: 'dropped', reason: 'RETURNED' });
  });

  test('what the family says it gave back is not asked for while the rest is', async () => {
    const household = await aHousehold(council.api, { contacts: [nadia] });
    const site = await aSite(council.api);
    const laptop = await aDevice(council.api, { siteId: site.id });
    const router = await aDevice(council.api, { siteId: site.id, modelId: (await aDeviceModel(council.api, { category: 'router' })).id });
    const items = [laptop, router].map(({ id }) => ({ deviceId: id as string, conditionOut: 'good' }));
    const loan = await aLoan(council.api, { householdId: household.id, siteId: site.id, items, dueOn: '2026-11-30' });
    const claim = { itemId: loan.items[0].id, kind: 'claimed_returned', reportedOn: '2026-11-02', description: 'Left at the desk' };
    expectStatus(await council.api.post(`/loans/${loan.id}/incidents`, claim), 201);
    await app.drain();
    await mailsOn('2026-11-27');
    expect(texts()[0]).toContain(router.assetTag);
    expect(texts()[0]).not.toContain(laptop.assetTag);
  });

  test('a later due day has reminders of its own, and those of the old one drop out', async () => {
    const { loan } = await aLoanDueOn30November([nadia]);
    expectStatus(await council.api.put(`/loans/${loan.id}/due-date`, loan.version, { dueOn: '2026-12-14', reason: 'Stage prolongé' }), 200);
    await app.drain();
    expect(await mailsOn('2026-11-30')).toEqual([]);
    expect(await mailsOn('2026-12-11')).toEqual(['nadia@example.org']);
    expect((await recorded('loan_due')).map(({ reason }) => reason)).toEqual(['DUE_DAY_CHANGED', 'DUE_DAY_CHANGED', null, null]);
  });

  describe('whose agreement text was replaced', () => {
    beforeEach(() => app.clock.moveTo(new Date('2026-11-02T10:00:00Z')));
    /** A minute later: not at the reminder hour itself. */
    const putTerms = async (termsVersion: string) => {
      app.clock.moveTo(new Date(app.clock.now().getTime() + 60_000));
      const { version } = expectStatus(await council.api.get('/loan-policies'), 200);
      expectStatus(await council.api.put('/loan-policies', version, { rules: [{ termsVersion }] }), 200);
      await app.drain();
    };
    const sign = (loan: { id: string }, termsVersion: string) =>
      council.api.post(`/loans/${loan.id}/agreement`, { signatoryName: 'Nadia B.', method: 'online', termsVersion });
    const reasons = async () => (await recorded('agreement_unsigned')).map(({ state, reason }) => `${state} ${reason}`);

    test('is to be signed: asked for the next morning, and twice more a week apart', async () => {
      const { loan } = await aLoanDueOn30November();
      app.clock.moveTo(new Date('2026-11-03T10:00:00Z'));
      smtp.mails.length = 0;
      await putTerms('2026-11');
      expect(toWhom()).toEqual([]);
      expect(await mailsOn('2026-11-04', '08:59')).toEqual([]);
      expect(await mailsOn('2026-11-04')).toEqual(BOTH);
      expect(texts().every((text) => text.includes(loan.reference) && text.includes(loan.items[0].assetTag))).toBe(true);
      expect(await mailsOn('2026-11-10')).toEqual([]);
      expect(await mailsOn('2026-11-11')).toEqual(BOTH);
      expect(await mailsOn('2026-11-18')).toEqual(BOTH);
      expect(await mailsOn('2026-11-25')).toEqual([]);
      expect(await reasons()).toEqual(Array(6).fill('sent null'));
    });

    test('is asked for no more once it is signed, and counts anew with another text', async () => {
      const { loan } = await aLoanDueOn30November([nadia]);
      await putTerms('2026-11');
      expect(await mailsOn('2026-11-03')).toEqual(['nadia@example.org']);
      expectStatus(await sign(loan, '2026-11'), 200);
      await app.drain();
      expect(await reasons()).toEqual(['sent null', 'dropped SIGNED', 'dropped SIGNED']);
      await putTerms('2026-12');
      expect(await mailsOn('2026-11-04')).toEqual(['nadia@example.org']);
      await putTerms('2027-01');
      expect(await mailsOn('2026-11-05')).toEqual(['nadia@example.org']);
      expect(await mailsOn('2026-11-11')).toEqual([]); // that text is asked for no more
      expect(await mailsOn('2026-11-12')).toEqual(['nadia@example.org']);
      expect((await reasons()).filter((reason) => reason === 'dropped OVERTAKEN')).toHaveLength(1);
    });

    test('is asked for no more when the old text is put back before anybody was written to, nor of what is closed', async () => {
      const { loan } = await aLoanDueOn30November([nadia]);
      await putTerms('2026-11');
      await putTerms('2026-09');
      expect(await mailsOn('2026-11-03')).toEqual([]);
      expect(await reasons()).toEqual(['dropped SIGNED', 'scheduled null', 'scheduled null']);
      app.clock.moveTo(new Date('2026-11-03T10:00:00Z'));
      await putTerms('2026-12');
      expectStatus(await council.api.post('/returns', { assetTag: loan.items[0].assetTag, conditionIn: 'good', siteId: loan.siteId }), 200);
      await app.drain();
      expect(await mailsOn('2026-11-04')).toEqual([]);
      expect((await reasons()).filter((reason) => reason === 'dropped RETURNED')).toHaveLength(5);
    });

    test('is looked at once more when the message leaves', async () => {
      const { loan } = await aLoanDueOn30November([nadia]);
      await putTerms('2026-11');
      // Signed, and nobody has heard of it yet.
      app.clock.moveTo(instantAt(day('2026-11-03'), '09:00', 'Europe/Paris'));
      await onServer(app.databaseUrl, (client) =>
        client.query(
          `UPDATE loans SET agreement_unsigned_since = NULL, agreement_terms_asked = NULL, agreement = agreement || '{"termsVersion": "2026-11"}' WHERE id = $1`,
          [loan.id],
        ),
      );
      expect(await mailsOn('2026-11-03')).toEqual([]);
      expect((await reasons())[0]).toBe('dropped SIGNED');
    });

    test('is asked for as a changed notice policy says, from its next reminder on', async () => {
      await aLoanDueOn30November([nadia]);
      expectStatus(await council.api.put('/notice-policies', null, { rules: [] }), 200);
      await putTerms('2026-11');
      expect(await mailsOn('2026-11-04')).toEqual([]);
      const rules = [{ trigger: 'agreement_unsigned', when: 'after', days: 2, everyDays: 2, times: 3, channels: ['email'] }];
      expectStatus(await council.api.put('/notice-policies', 1, { rules }), 200);
      await app.drain();
      // From the 3rd on: the 5th, the 7th, the 9th.
      expect(await mailsOn('2026-11-05')).toEqual(['nadia@example.org']);
      expect(await mailsOn('2026-11-06')).toEqual([]);
      expect(await mailsOn('2026-11-07')).toEqual(['nadia@example.org']);
    });

    test('is in the preview, and can be sent again as long as it is unsigned', async () => {
      const { loan } = await aLoanDueOn30November([nadia]);
      await putTerms('2026-11');
      const at = instantAt(day('2026-11-03'), '09:00', 'Europe/Paris');
      const preview = async () => expectStatus(await council.api.get(`/notices/preview?at=${at.toISOString()}`), 200).data;
      expect(await preview()).toMatchObject([{ trigger: 'agreement_unsigned', outcome: 'sent', channel: 'email' }]);
      const about = {
        trigger: 'agreement_unsigned',
        channel: 'email',
        language: 'fr',
        body: 'À signer : {loanReference}',
        subject: 'À signer',
      };
      const text = expectStatus(await council.api.post('/notice-templates/preview', { ...about, about: { loanId: loan.id } }), 200);
      expect(JSON.stringify(text)).toContain(loan.reference);
      expect(await mailsOn('2026-11-03')).toEqual(['nadia@example.org']);
      const [told] = expectStatus(await council.api.get('/notices?trigger=agreement_unsigned&state=sent'), 200).data;
      expectStatus(await council.api.post(`/notices/${told.id}/resend`, { reason: 'Pas reçu' }), 201);
      expect(await mailsOn('2026-11-03', '10:00')).toEqual(['nadia@example.org']);
      expectStatus(await sign(loan, '2026-11'), 200);
      const refused = await council.api.post(`/notices/${told.id}/resend`, { reason: 'Encore' });
      expect([refused.status, refused.body.code]).toEqual([409, 'NOTICE_OUTDATED']);
    });
  });

  test('a recall goes at once and alone, a renewal tells the new day', async () => {
    const { loan } = await aLoanDueOn30November([nadia]);
    app.clock.moveTo(new Date('2026-11-10T10:00:00Z'));
    expectStatus(await council.api.post(`/loans/${loan.id}/renewals`, {}), 200);
    await app.drain();
    smtp.mails.length = 0;
    expectStatus(await council.api.post(`/loans/${loan.id}/recall`, { dueOn: '2026-11-20', reason: 'Rappel du fabricant' }), 200);
    await app.drain();
    expect(toWhom()).toEqual(['nadia@example.org']);
    expect(await recorded('loan_renewed')).toEqual([{ trigger: 'loan_renewed', state: 'sent', reason: null }]);
    expect(await recorded('loan_recalled')).toEqual([{ trigger: 'loan_recalled', state: 'sent', reason: null }]);
  });

  test.each([
    ['2026-11-28', 1, 0],
    ['2026-12-02', 0, 2], // "due today" was true for a day
    ['2026-12-06', 1, 2],
    ['2027-01-10', 1, 5],
  ])('when nothing was sent until %s, a family gets no more than the last reminder that is true', async (back, mails, overtaken) => {
    await aLoanDueOn30November([nadia]);
    expect(await mailsOn(back)).toHaveLength(mails);
    expect((await recorded()).filter(({ reason }) => reason === 'OVERTAKEN')).toHaveLength(overtaken);
  });
});

describe('one message for several things on one day', () => {
  test('two loans that are due on one day are one message', async () => {
    const household = await aHousehold(council.api, { contacts: [nadia] });
    const learner = { givenName: 'Ines', familyName: 'B.', level: 'college' };
    expectStatus(await council.api.post(`/households/${household.id}/learners`, learner), 201);
    const loans = [
      await aLoan(council.api, { householdId: household.id, dueOn: '2026-11-30' }),
      await aLoan(council.api, { householdId: household.id, dueOn: '2026-11-30' }),
    ];
    await app.drain();
    expect(smtp.mails).toHaveLength(1);
    expect(await mailsOn('2026-11-27')).toHaveLength(1);
    for (const { reference } of loans) expect(texts()[0]).toContain(reference);
    expect((await recorded('loan_due')).filter(({ state }) => state === 'sent')).toHaveLength(2);
  });

  test('what happens later on the same day waits for the morning after; what is urgent does not', async () => {
    const { household } = await aLoanDueOn30November([nadia]);
    expect(smtp.mails).toHaveLength(1);
    app.clock.moveTo(new Date('2026-11-02T10:00:00Z'));
    const { lines } = await aRequest(council.api, household.id);
    await app.drain();
    expect(smtp.mails).toHaveLength(1);
    const held = await aDevice(council.api);
    await anOffer(council.api, lines[0].id, held.id);
    await app.drain();
    expect(smtp.mails).toHaveLength(2);
    expect(await recorded('offer_made')).toEqual([{ trigger: 'offer_made', state: 'sent', reason: null }]);
    expect((await recorded('request_received'))[0]?.state).toBe('scheduled');
    expect(await mailsOn('2026-11-03')).toEqual(['nadia@example.org']);
  });

  test('but a reminder, which has a day of its own, is not held back by what was told before', async () => {
    const { household } = await aLoanDueOn30November([nadia]);
    app.clock.moveTo(instantAt(day('2026-11-27'), '08:30', 'Europe/Paris'));
    await aRequest(council.api, household.id);
    await app.drain();
    expect(await mailsOn('2026-11-27')).toEqual(['nadia@example.org']);
    expect((await recorded('loan_due'))[0]?.state).toBe('sent');
  });
});

describe('who is written to', () => {
  test('by what their file says when it leaves: a new address, another person', async () => {
    const { household } = await aLoanDueOn30November([nadia]);
    const [contact] = household.contacts;
    const moved = [{ ...nadia, id: contact.id, email: 'nadia.b@example.org' }, tom];
    expectStatus(await council.api.patch(`/households/${household.id}`, household.version, { contacts: moved }), 200);
    expect(await mailsOn('2026-11-27')).toEqual(['nadia.b@example.org', 'tom@example.org']);
  });

  test('nobody, where nobody is to be told', async () => {
    const { household } = await aLoanDueOn30November([nadia]);
    const contacts = [{ ...nadia, id: household.contacts[0].id, notify: false }];
    expectStatus(await council.api.patch(`/households/${household.id}`, household.version, { contacts }), 200);
    expect(await mailsOn('2026-11-27')).toEqual([]);
    expect((await recorded('loan_due'))[0]).toMatchObject({ state: 'dropped', reason: 'NO_CONTACT' });
  });

  test('who has said no language is written to in the first one of the council that there are texts in', async () => {
    const { version } = expectStatus(await council.api.get('/council'), 200);
    expectStatus(await council.api.patch('/council', version, { languages: ['so', 'en', 'fr'] }), 200);
    await aLoanDueOn30November([{ ...nadia, language: null }]);
    await mailsOn('2026-11-27');
    expect(smtp.mails[0]?.headers.get('content-language')).toBe('en');
  });

  test('a contact without e-mail, phone and address is recorded as not reached', async () => {
    await aLoanDueOn30November([{ name: 'Sans adresse', relationship: 'parent', language: 'fr', notify: true }]);
    expect(await recorded('loan_handed_over')).toEqual([{ trigger: 'loan_handed_over', state: 'failed', reason: 'NO_CHANNEL' }]);
  });
});

describe('the mail server', () => {
  test('that refuses for the moment is tried again, with the same Message-ID', async () => {
    await aLoanDueOn30November([nadia]);
    smtp.refuseNext(451);
    expect(await mailsOn('2026-11-27')).toEqual([]);
    expect((await recorded('loan_due'))[0]?.state).toBe('sending');
    expect(await mailsOn('2026-11-27', '09:10')).toEqual(['nadia@example.org']);
    expect(smtp.mails[0]?.messageId).toMatch(/^<[0-9a-f-]{36}@example\.org>$/);
  });

  test('what is overtaken while it is away is dropped', async () => {
    await aLoanDueOn30November([nadia]);
    smtp.refuseNext(451);
    await mailsOn('2026-11-27');
    await onServer(app.databaseUrl, (client) =>
      client.query(`UPDATE loan_items SET state = 'returned' WHERE council_id = $1`, [council.id]),
    );
    expect(await mailsOn('2026-11-27', '10:00')).toEqual([]);
    expect((await recorded('loan_due'))[0]).toMatchObject({ state: 'dropped', reason: 'RETURNED' });
  });

  test('that is away for a day is passed over: a letter instead, where there is an address', async () => {
    const address = { line1: '1 rue de la Paix', line2: null, postalCode: '95500', city: 'Gonesse', country: 'FR' };
    await aLoanDueOn30November([{ ...nadia, address }]);
    smtp.refuseNext(451, 451);
    await mailsOn('2026-11-27');
    expect(await mailsOn('2026-11-28', '09:30')).toEqual([]);
    expect((await recorded('loan_due'))[0]?.state).toBe('to_print');
  });
});

describe('school holidays', () => {
  test('what is not urgent waits for their end', async () => {
    const { rules } = expectStatus(await council.api.get('/notice-policies'), 200);
    const holidays = [{ from: '2026-10-31', to: '2026-11-08' }];
    expectStatus(await council.api.put('/notice-policies', null, { rules, holidays }), 200);
    const { household } = await aLoanDueOn30November([nadia]);
    const { lines } = await aRequest(council.api, household.id);
    await anOffer(council.api, lines[0].id, (await aDevice(council.api)).id);
    await app.drain();
    expect(smtp.mails).toHaveLength(1);
    expect((await recorded('offer_made'))[0]?.state).toBe('sent');
    expect(await mailsOn('2026-11-08')).toEqual(['nadia@example.org']);
    expect((await recorded('offer_expiring'))[0]?.state).toBe('sent');
    expect(await mailsOn('2026-11-09')).toEqual(['nadia@example.org']);
    expect((await recorded('loan_handed_over'))[0]?.state).toBe('sent');
  });
});

test('nothing about the family is in the jobs or in the log', async () => {
  await aLoanDueOn30November();
  smtp.refuseNext(451, 554);
  await mailsOn('2026-11-27');
  const rows = await onServer(
    app.databaseUrl,
    async (client) => (await client.query<{ ids: object }>('SELECT ids, last_error FROM outbox WHERE council_id = $1', [council.id])).rows,
  );
  const everything = JSON.stringify(rows) + app.logged.join('\n');
  expect(everything).toMatch(/SMTP|TransientFailure/);
  expect(everything).not.toMatch(/nadia|tom@|example\.org/i);
});
