import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Transactions } from '../../src/platform/index.js';
import { FamilySignInService } from '../../src/modules/identity/family-sign-in/family-sign-in.service.js';
import { SessionsService } from '../../src/modules/identity/sign-in/sessions.service.js';
import { newId } from '../../src/shared/ids.js';
import { type Answer, Api, expectStatus } from '../support/api.js';
import { START, startTestApp, type TestApp } from '../support/app.js';
import { aHousehold } from '../support/builders.js';
import { aCouncil, aPerson, type TestCouncil } from '../support/people.js';

let app: TestApp;
let council: TestCouncil;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  app.clock.moveTo(START);
  council = await aCouncil(app);
  expectStatus(await council.api.patch('/council', 1, { openToFamilies: true }), 200);
});

const twoContacts = [
  { name: 'Nadia B.', relationship: 'parent' },
  { name: 'Karim B.', relationship: 'parent' },
];

interface Letter {
  readonly household: Answer['body'];
  readonly contactId: string;
  readonly reference: string;
  readonly code: string;
}

async function aLetter(household?: Answer['body'], number = 0): Promise<Letter> {
  const file = household ?? (await aHousehold(council.api, { contacts: twoContacts }));
  const contactId = file.contacts[number].id as string;
  const { code } = expectStatus(await council.api.post(`/households/${file.id}/access-codes`, { contactId }), 201);
  return { household: file, contactId, reference: file.reference, code };
}

const signIn = ({ reference, code }: Pick<Letter, 'reference' | 'code'>, more = {}, headers: Record<string, string> = {}) =>
  new Api(app.url).post('/session/family', { reference, code, ...more }, { headers });
const cookiesOf = (answer: Answer) => answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '');
const asFamily = (answer: Answer) =>
  new Api(app.url, { cookie: cookiesOf(answer)[0] ?? '', 'x-csrf-token': expectStatus(answer, 201).csrfToken });
const later = (minutes: number) => app.clock.moveTo(new Date(app.clock.now().getTime() + minutes * 60_000));
const DAY = 24 * 60;
const wrongCode = '0000-0000';

describe('a family', () => {
  test('signs in, reads who it is, and signs out', async () => {
    const { household, contactId, reference, code } = await aLetter();
    const opened = await signIn({ reference: reference.toLowerCase().replaceAll('-', ' '), code: ` ${code.toLowerCase()} ` });
    expect(expectStatus(opened, 201)).toMatchObject({
      kind: 'family',
      id: contactId,
      householdId: household.id,
      councilId: council.id,
      role: 'family',
      name: null,
      email: null,
      scopes: null,
    });
    const [session, browser] = opened.headers.getSetCookie();
    expect(session).toMatch(/^passerelle_family=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(browser).toMatch(/^passerelle_browser=/);
    const family = asFamily(opened);
    expect((await family.get('/session')).body).toEqual(opened.body);
    expect(opened.body.operations).toContain('GET /api/v1/households/:id');
    expect(opened.body.operations).not.toContain('GET /api/v1/households');
    const { data } = expectStatus(await council.api.get(`/audit-events?actor=contact:${contactId}`), 200);
    expect(data).toMatchObject([{ action: 'session.opened', fields: [] }]);
    const signedOut = await family.delete('/session');
    expect([signedOut.status, signedOut.headers.get('set-cookie')]).toEqual([204, expect.stringMatching(/^passerelle_family=;/)]);
    expect((await family.get('/session')).status).toBe(401);
  });

  test('uses its code as often as it likes, and no sign-in ends another', async () => {
    const letter = await aLetter();
    const both = (await Promise.all([signIn(letter), signIn(letter)])).map(asFamily);
    for (const family of both) expect((await family.get('/session')).status).toBe(200);
    expect((await both[0]!.delete('/session')).status).toBe(204);
    expect((await both[1]!.get('/session')).status).toBe(200);
  });

  test('rests for half an hour, and never stays signed in beyond twelve', async () => {
    const family = asFamily(await signIn(await aLetter()));
    for (let minutes = 0; minutes + 25 < 12 * 60; minutes += 25) {
      later(25);
      expect((await family.get('/session')).status).toBe(200);
    }
    later(25);
    expect((await family.get('/session')).status).toBe(401);
    const resting = asFamily(await signIn(await aLetter()));
    later(29);
    expect((await resting.get('/session')).status).toBe(200);
    later(30);
    expect((await resting.get('/session')).status).toBe(401);
  });

  test('stays signed in for thirty days on its own phone', async () => {
    const opened = await signIn(await aLetter(), { ownPhone: true });
    expect(opened.headers.getSetCookie()[0]).toMatch(/; Max-Age=2592000; /);
    const family = asFamily(opened);
    later(30 * DAY - 1);
    expect((await family.get('/session')).status).toBe(200);
    later(1);
    expect((await family.get('/session')).status).toBe(401);
  });

  test('is let in or not where its code is replaced at that moment, and never with the old one afterwards', async () => {
    for (let time = 0; time < 5; time++) {
      const letter = await aLetter();
      const [opened, { code }] = await Promise.all([signIn(letter), aLetter(letter.household)]);
      expect([201, 401]).toContain(opened.status);
      expect((await signIn(letter)).status).toBe(401);
      expect((await signIn({ ...letter, code })).status).toBe(201);
    }
  });

  test('and staff are signed in with one browser, and neither ends the other', async () => {
    const opened = await signIn(await aLetter());
    const family = asFamily(opened);
    const staff = await aPerson(app, council.id, 'council_manager');
    const both = (headers: Readonly<Record<string, string>>) =>
      new Api(app.url, { ...headers, cookie: `${staff.headers.cookie}; ${family.headers.cookie}` });
    expect((await both(staff.headers).get('/session')).body).toMatchObject({ kind: 'user' });
    expect((await both(staff.headers).delete('/session')).status).toBe(204);
    expect((await both(family.headers).get('/session')).body).toMatchObject({ kind: 'family' });
    expect((await both(family.headers).delete('/session')).status).toBe(204);
  });
});

describe('the same answer', () => {
  const refusal = async (letter: Pick<Letter, 'reference' | 'code'>) => {
    const { status, body } = await signIn(letter);
    return { status, code: body.code, detail: body.detail };
  };

  test('for an unknown reference, a wrong code, an old one, one of another file, and a closed council', async () => {
    const [mine, other] = [await aLetter(), await aLetter()];
    const expected = { status: 401, code: 'UNAUTHENTICATED', detail: 'unknown reference, or wrong code; the school prints a new one' };
    expect(await refusal({ reference: 'F-0000-00', code: mine.code })).toEqual(expected);
    expect(await refusal({ reference: 'no reference', code: 'no code' })).toEqual(expected);
    expect(await refusal({ reference: mine.reference, code: wrongCode })).toEqual(expected);
    expect(await refusal({ reference: mine.reference, code: other.code })).toEqual(expected);
    const { version } = (await council.api.get('/council')).body;
    const family = asFamily(await signIn(mine));
    expectStatus(await council.api.patch('/council', version, { openToFamilies: false }), 200);
    expect(await refusal(mine)).toEqual(expected);
    expect((await family.get('/session')).status).toBe(401);
    expectStatus(await council.api.patch('/council', version + 1, { openToFamilies: true }), 200);
    expect((await family.get('/session')).status).toBe(200);
    later(60 * DAY);
    expect(await refusal(mine)).toEqual(expected);
  });

  test('to a page of another site', async () => {
    const letter = await aLetter();
    expect((await signIn(letter, {}, { origin: 'https://elsewhere.example' })).status).toBe(403);
    expect((await signIn(letter, {}, { origin: app.url })).status).toBe(201);
  });
});

describe('wrong tries', () => {
  const families = () => app.nest.get(FamilySignInService);
  const tryFrom = (address: string, { reference, code }: Pick<Letter, 'reference' | 'code'>, browser?: string) =>
    families().signIn({ reference, code, ownPhone: false }, { address, browser });

  test('make this file wait at this address, and nowhere else; the code lives on', async () => {
    const [mine, other] = [await aLetter(), await aLetter()];
    const wrong = { ...mine, code: wrongCode };
    for (let number = 0; number < 5; number++) expect(await tryFrom('192.0.2.1', wrong)).toEqual({ ok: false, reason: { kind: 'wrong' } });
    expect(await tryFrom('192.0.2.1', mine)).toEqual({ ok: false, reason: { kind: 'wait', seconds: 15 } });
    expect(await tryFrom('192.0.2.2', mine)).toMatchObject({ ok: true });
    expect(await tryFrom('192.0.2.1', other)).toMatchObject({ ok: true });
    app.clock.moveTo(new Date(app.clock.now().getTime() + 15_000));
    expect(await tryFrom('192.0.2.1', mine)).toMatchObject({ ok: true });
    expect(await tryFrom('192.0.2.1', mine)).toMatchObject({ ok: true });
  });

  test('at many files make families wait at that address, and neither staff nor anybody elsewhere', async () => {
    const mine = await aLetter();
    for (let number = 0; number < 100; number++) await tryFrom('192.0.2.9', { reference: `file ${number}`, code: wrongCode });
    expect(await tryFrom('192.0.2.9', mine)).toEqual({ ok: false, reason: { kind: 'wait', seconds: 15 } });
    expect(await tryFrom('192.0.2.8', mine)).toMatchObject({ ok: true });
    const staff = { email: 'nobody@example.org', password: 'correct horse battery' };
    expect(await app.nest.get(SessionsService).signIn(staff, { address: '192.0.2.9', browser: undefined })).toEqual({
      ok: false,
      reason: { kind: 'wrong' },
    });
  });

  test('are answered with the time to wait', async () => {
    const { reference } = await aLetter();
    for (let number = 0; number < 5; number++) expect((await signIn({ reference, code: wrongCode })).status).toBe(401);
    const waiting = await signIn({ reference, code: wrongCode });
    expect([waiting.status, waiting.headers.get('retry-after')]).toEqual([429, '15']);
  });

  test('of a stranger at the same address do not slow a phone that was signed in before', async () => {
    const mine = await aLetter();
    const first = await tryFrom('192.0.2.7', mine);
    const browser = first.ok ? first.value.browser : undefined;
    for (let number = 0; number < 5; number++) await tryFrom('192.0.2.7', { ...mine, code: wrongCode });
    expect(await tryFrom('192.0.2.7', mine)).toMatchObject({ ok: false, reason: { kind: 'wait' } });
    expect(await tryFrom('192.0.2.7', mine, browser)).toMatchObject({ ok: true });
  });
});

describe('sessions', () => {
  test('are listed and ended by their own contact', async () => {
    const { household, contactId, ...letter } = await aLetter();
    const other = asFamily(await signIn(await aLetter(household, 1)));
    const [phone, lost] = [asFamily(await signIn(letter)), asFamily(await signIn(letter, { ownPhone: true }))];
    const path = `/households/${household.id}/sessions`;
    const { data } = expectStatus(await phone.get(path), 200);
    expect(data).toMatchObject([
      { contactId, ownPhone: false, current: true, openedAt: START.toISOString(), expiresAt: '2026-11-02T08:30:00.000Z' },
      { contactId, ownPhone: true, current: false },
    ]);
    const [others] = expectStatus(await other.get(path), 200).data;
    expect((await phone.delete(`${path}/${others.id}`)).status).toBe(404);
    expect((await phone.delete(`${path}/${data[1].id}`)).status).toBe(204);
    expect((await phone.delete(`${path}/${data[1].id}`)).status).toBe(404);
    expect((await lost.get('/session')).status).toBe(401);
    for (const family of [phone, other]) expect((await family.get('/session')).status).toBe(200);
    const pages = expectStatus(await council.api.get(`${path}?limit=1`), 200);
    expect([pages.data.length, expectStatus(await council.api.get(`${path}?limit=1&cursor=${pages.nextCursor}`), 200).data.length]).toEqual(
      [1, 1],
    );
  });

  test('are listed and ended by staff', async () => {
    const { household, ...letter } = await aLetter();
    const family = asFamily(await signIn(letter));
    const staff = await aPerson(app, council.id, 'council_manager');
    const path = `/households/${household.id}/sessions`;
    const [session] = expectStatus(await staff.get(path), 200).data;
    expect(session).toMatchObject({ current: false });
    expect((await staff.delete(`${path}/${session.id}`)).status).toBe(204);
    expect((await family.get('/session')).status).toBe(401);
  });

  test('end when their contact leaves the file, and that of the other stays', async () => {
    const { household, ...letter } = await aLetter();
    const [mine, other] = [asFamily(await signIn(letter)), asFamily(await signIn(await aLetter(household, 1)))];
    const { version } = (await council.api.get(`/households/${household.id}`)).body;
    expectStatus(await council.api.patch(`/households/${household.id}`, version, { contacts: [{ id: household.contacts[1].id }] }), 200);
    expect((await mine.get('/session')).status).toBe(401);
    expect((await signIn(letter)).status).toBe(401);
    expect((await other.get('/session')).status).toBe(200);
  });

  test('end when their contact comes into another file', async () => {
    const { contactId, ...letter } = await aLetter();
    const family = asFamily(await signIn(letter));
    const elsewhere = await aHousehold(council.api);
    await app.nest
      .get(Transactions)
      .write(council.id, (tx) => tx.execute('UPDATE contacts SET household_id = $2 WHERE id = $1', [contactId, elsewhere.id]));
    expect((await family.get('/session')).status).toBe(401);
    expect((await signIn(letter)).status).toBe(401);
  });

  test('are opened or not, but never left behind, when their contact leaves at the same time', async () => {
    for (let time = 0; time < 5; time++) {
      const { household, ...letter } = await aLetter();
      const path = `/households/${household.id}`;
      const { version } = (await council.api.get(path)).body;
      const [opened, changed] = await Promise.all([
        signIn(letter),
        council.api.patch(path, version, { contacts: [{ id: household.contacts[1].id }] }),
      ]);
      expectStatus(changed, 200);
      expect([201, 401]).toContain(opened.status);
      if (opened.status === 201) expect((await asFamily(opened).get('/session')).status).toBe(401);
    }
  });

  test('and codes that have ended are forgotten', async () => {
    const { household, contactId } = await aLetter();
    await app.nest.get(Transactions).write(council.id, async (tx) => {
      await tx.execute(
        `INSERT INTO family_sessions (council_id, id, contact_id, household_id, token_hash, own_phone, opened_at, seen_at, expires_at)
         VALUES (current_council(), $1, $2, $3, $4, false, $5, $5, $5)`,
        [newId(), contactId, household.id, newId(), new Date('2020-01-01T00:00:00Z')],
      );
      await tx.execute('UPDATE access_codes SET expires_at = $2 WHERE contact_id = $1', [contactId, new Date('2020-01-01T00:00:00Z')]);
    });
    await app.nest.get(FamilySignInService).forgetOld();
    const left = await app.nest
      .get(Transactions)
      .read(council.id, (tx) =>
        tx.query(
          'SELECT id::text FROM family_sessions WHERE contact_id = $1 UNION ALL SELECT code_hash FROM access_codes WHERE contact_id = $1',
          [contactId],
        ),
      );
    expect(left).toEqual([]);
  });
});
