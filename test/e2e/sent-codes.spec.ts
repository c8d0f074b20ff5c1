import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { SentCodesService } from '../../src/modules/identity/family-sign-in/sent-codes/sent-codes.service.js';
import { ShownMessagesRepository, Transactions } from '../../src/platform/index.js';
import { expectStatus } from '../support/api.js';
import { START, startTestApp, type TestApp } from '../support/app.js';
import { aHousehold } from '../support/builders.js';
import { aCouncil, type TestCouncil } from '../support/people.js';

let app: TestApp;
let council: TestCouncil;
beforeAll(async () => {
  app = await startTestApp({ SHOW_MESSAGES: 'true' });
});
afterAll(() => app.close());
beforeEach(async () => {
  app.clock.moveTo(START);
  council = await anOpenCouncil('Gonesse');
});

async function anOpenCouncil(name: string): Promise<TestCouncil> {
  const made = await aCouncil(app);
  expectStatus(await made.api.patch('/council', 1, { openToFamilies: true, name }), 200);
  return made;
}

let number = 0;
/** A mobile number, and a network, that no other test uses. */
const aPhone = () => `06 12 ${String(100_000 + ++number).replace(/(..)(..)(..)/, '$1 $2 $3')}`;
const aNetwork = () => `192.0.2.${++number}`;
const aFile = (contact: object, of: TestCouncil = council) =>
  aHousehold(of.api, { contacts: [{ name: 'Nadia B.', relationship: 'parent', ...contact }] });

const codes = () => app.nest.get(SentCodesService);
const later = (minutes: number) => app.clock.moveTo(new Date(app.clock.now().getTime() + minutes * 60_000));

/** What was sent since, the newest first. */
async function sentBy(work: () => Promise<unknown>) {
  await app.drain();
  const shown = app.nest.get(ShownMessagesRepository);
  const [before] = await shown.newest(1, null);
  await work();
  await app.drain();
  return (await shown.newest(20, null)).filter((message) => message.number > (before?.number ?? 0));
}

async function ask(identifier: string, network = aNetwork()) {
  const asked = await codes().ask({ identifier, network });
  if (!asked.ok) throw new Error(JSON.stringify(asked.reason));
  return asked.value;
}

/** Asks for a code, and reads it where it was sent. */
async function aCode(identifier: string) {
  let requestId = '';
  const [message] = await sentBy(async () => (requestId = await ask(identifier)));
  if (!message) throw new Error('nothing was sent');
  return { requestId, message, code: /#(\d{6})$/.exec(message.text)?.[1] ?? '' };
}

const wrongOf = (code: string) => (code === '000000' ? '111111' : '000000');

describe('a code', () => {
  test('comes by SMS in the language of the contact, bound to the site, and opens one session', async () => {
    const phone = aPhone();
    const household = await aFile({ phone, language: 'ar' });
    const { requestId, message, code } = await aCode(` ${phone} `);
    expect(message).toMatchObject({
      channel: 'sms',
      language: 'ar',
      to: household.contacts[0].phone,
      subject: null,
      councilId: council.id,
    });
    expect(message.text.split('\n').at(-1)).toBe(`@127.0.0.1 #${code}`);
    expect(message.text).toContain('Gonesse');
    const proven = await codes().prove(phone, requestId, code);
    expect(proven?.contacts).toEqual([
      {
        councilId: council.id,
        contactId: household.contacts[0].id,
        householdId: household.id,
        reference: household.reference,
        councilName: 'Gonesse',
      },
    ]);
    const proof = { identifier: phone, requestId, proof: proven?.proof ?? '' };
    const contactId = household.contacts[0].id as string;
    expect(await codes().open(proof, contactId, true, undefined)).toMatchObject({ householdId: household.id, contactId });
    expect(await codes().open(proof, contactId, true, undefined)).toBeNull();
    expect(await codes().prove(phone, requestId, code)).toBeNull();
    const { data } = expectStatus(await council.api.get(`/audit-events?actor=contact:${contactId}`), 200);
    expect(data).toMatchObject([{ action: 'session.opened' }]);
  });

  test('comes by e-mail, however the address is written', async () => {
    await aFile({ email: 'Nadia.B@Example.org' });
    const { requestId, message, code } = await aCode(' nadia.b@EXAMPLE.org');
    expect(message).toMatchObject({ channel: 'email', language: 'fr', subject: 'Votre code pour Gonesse' });
    expect(await codes().prove('NADIA.B@example.org', requestId, code)).not.toBeNull();
  });

  test('is for its very address: another mailbox that differs in an accent gets none', async () => {
    await aFile({ email: 'jose@example.org' });
    expect(await sentBy(() => ask('josé@example.org'))).toEqual([]);
  });

  test('holds for ten minutes', async () => {
    const phone = aPhone();
    await aFile({ phone });
    const { requestId, code } = await aCode(phone);
    later(10);
    expect(await codes().prove(phone, requestId, code)).toBeNull();
  });

  test('holds for five tries, even if the sixth is right', async () => {
    const phone = aPhone();
    await aFile({ phone });
    const [first, second] = [await aCode(phone), await aCode(phone)];
    for (let tries = 0; tries < 4; tries++) expect(await codes().prove(phone, second.requestId, wrongOf(second.code))).toBeNull();
    expect(await codes().prove(phone, second.requestId, second.code)).not.toBeNull();
    const third = await aCode(phone);
    for (let tries = 0; tries < 5; tries++) expect(await codes().prove(phone, third.requestId, wrongOf(third.code))).toBeNull();
    expect(await codes().prove(phone, third.requestId, third.code)).toBeNull();
    expect(await codes().prove(phone, first.requestId, first.code)).toBeNull();
  });

  test('is replaced by the next one', async () => {
    const phone = aPhone();
    await aFile({ phone });
    const first = await aCode(phone);
    const second = await aCode(phone);
    expect(await codes().prove(phone, first.requestId, first.code)).toBeNull();
    expect(await codes().prove(phone, second.requestId, second.code)).not.toBeNull();
  });

  test('opens nothing with the request, or the proof, of another', async () => {
    const [mine, theirs] = [aPhone(), aPhone()];
    const [, other] = [await aFile({ phone: mine }), await aFile({ phone: theirs })];
    const [first, second] = [await aCode(mine), await aCode(theirs)];
    expect(await codes().prove(theirs, first.requestId, first.code)).toBeNull();
    expect(await codes().prove(mine, second.requestId, first.code)).toBeNull();
    const proven = await codes().prove(mine, first.requestId, first.code);
    const contactId = other.contacts[0].id as string;
    const proof = proven?.proof ?? '';
    expect(await codes().open({ identifier: mine, requestId: first.requestId, proof }, contactId, false, undefined)).toBeNull();
    expect(await codes().open({ identifier: theirs, requestId: second.requestId, proof }, contactId, false, undefined)).toBeNull();
    expect(await codes().open({ identifier: theirs, requestId: first.requestId, proof }, contactId, false, undefined)).toBeNull();
  });

  test('opens one session, however often it is sent at once', async () => {
    const phone = aPhone();
    const household = await aFile({ phone });
    const { requestId, code } = await aCode(phone);
    const proven = (await Promise.all([1, 2, 3].map(() => codes().prove(phone, requestId, code)))).filter((each) => each !== null);
    expect(proven.length).toBe(1);
    const proof = { identifier: phone, requestId, proof: proven[0]?.proof ?? '' };
    const opened = await Promise.all([1, 2, 3].map(() => codes().open(proof, household.contacts[0].id, false, undefined)));
    expect(opened.filter((each) => each !== null).length).toBe(1);
  });

  test('opens every file in which the contact stands, in each council that is open', async () => {
    const phone = aPhone();
    const closed = await aCouncil(app);
    const [one, other, hidden] = [await anOpenCouncil('Aulnay'), await anOpenCouncil('Bondy'), closed];
    await aFile({ phone }, hidden);
    const files = [await aFile({ phone }, one), await aFile({ phone }, one), await aFile({ phone }, other)];
    const { requestId, code } = await aCode(phone);
    const proven = await codes().prove(phone, requestId, code);
    expect(proven?.contacts.map(({ householdId, councilName }) => [councilName, householdId]).sort()).toEqual(
      [
        ['Aulnay', files[0]!.id],
        ['Aulnay', files[1]!.id],
        ['Bondy', files[2]!.id],
      ].sort(),
    );
  });

  test('is asked for as if nothing were known, and nothing comes, where nobody is or the council is closed', async () => {
    const phone = aPhone();
    const closed = await aCouncil(app);
    await aFile({ phone }, closed);
    for (const identifier of [phone, aPhone(), 'nobody@example.org', '01 42 68 53 00']) {
      expect(await sentBy(() => ask(identifier))).toEqual([]);
    }
    const { data } = expectStatus(await closed.api.get('/audit-events'), 200);
    expect(data.filter(({ action }: { action: string }) => action.startsWith('sign_in_code'))).toEqual([]);
  });
});

describe('who asks too often', () => {
  test('waits: five times an hour for one phone, known or not', async () => {
    const known = aPhone();
    await aFile({ phone: known });
    for (const phone of [known, aPhone()]) {
      for (let time = 0; time < 5; time++) await ask(phone);
      expect(await codes().ask({ identifier: phone, network: aNetwork() })).toEqual({ ok: false, reason: { kind: 'wait', seconds: 3600 } });
    }
    later(60);
    await ask(known);
  });

  test('waits: forty times an hour from one network, whoever is meant', async () => {
    const network = aNetwork();
    await Promise.all(Array.from({ length: 40 }, () => ask(aPhone(), network)));
    expect((await codes().ask({ identifier: aPhone(), network })).ok).toBe(false);
    await ask(aPhone());
  });

  test('costs the council so many SMS an hour and no more, and staff see it', async () => {
    const phone = aPhone();
    const household = await aFile({ phone, email: 'nadia.caps@example.org' });
    await app.nest.get(Transactions).system((tx) =>
      tx.execute(
        `INSERT INTO sign_in_codes (id, address_key, network_key, sent_by, channel, asked_at, expires_at, tries)
         SELECT gen_random_uuid(), 'a' || g, 'n' || g, $1, 'sms', $2, $2, 0 FROM generate_series(1, 300) g`,
        [council.id, app.clock.now()],
      ),
    );
    expect(await sentBy(() => ask(phone))).toEqual([]);
    const { data } = expectStatus(await council.api.get('/audit-events'), 200);
    expect(data).toContainEqual(expect.objectContaining({ action: 'sign_in_code.held_back', subject: household.contacts[0].id }));
    expect((await sentBy(() => ask('nadia.caps@example.org'))).length).toBe(1);
    later(60);
    expect((await sentBy(() => ask(phone))).length).toBe(1);
  });
});

test('neither code, nor phone, nor mailbox stands in a job, in the log, or in what is stored of the request', async () => {
  const phone = aPhone();
  const household = await aFile({ phone });
  const { code } = await aCode(phone);
  const e164 = household.contacts[0].phone as string;
  const stored = await app.nest
    .get(Transactions)
    .system(async (tx) => [
      ...(await tx.query<object>('SELECT * FROM sign_in_codes')),
      ...(await tx.query<object>("SELECT ids FROM outbox WHERE kind LIKE 'sign_in_code%'")),
    ]);
  expect(stored.length).toBeGreaterThan(1);
  const text = JSON.stringify(stored) + app.logged.join('\n');
  for (const secret of [code, e164, phone]) expect(text).not.toContain(secret);
  const { data } = expectStatus(await council.api.get('/notices'), 200);
  expect(JSON.stringify(data)).not.toContain(code);
});

test('what is old is forgotten', async () => {
  await ask(aPhone());
  later(26 * 60);
  await codes().forgetOld();
  expect(await app.nest.get(Transactions).system((tx) => tx.query<object>('SELECT * FROM sign_in_codes'))).toEqual([]);
});
