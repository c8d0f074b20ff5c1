import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { generateSync } from 'otplib';
import { SCOPES } from '../../src/modules/councils/index.js';
import { OperatorUsersService } from '../../src/modules/identity/index.js';
import { orProblem } from '../../src/platform/index.js';
import { type Answer, Api, expectStatus } from '../support/api.js';
import { START, startTestApp, type TestApp } from '../support/app.js';
import { aSchool, aSite } from '../support/builders.js';
import { aClient, aCouncil, aPerson, type TestCouncil } from '../support/people.js';
import { type SmtpSink, startSmtpSink } from '../support/smtp.js';
import { onServer } from '../support/test-database.js';

let app: TestApp;
let smtp: SmtpSink;
let council: TestCouncil;
let number = 0;
beforeAll(async () => {
  smtp = await startSmtpSink();
  app = await startTestApp({ SMTP_URL: smtp.url });
});
afterAll(async () => {
  await app.close();
  await smtp.close();
});
beforeEach(async () => {
  app.clock.moveTo(START);
  council = await aCouncil(app);
});

const PASSWORD = 'correct horse battery';
const ROUNDS = 50;

/** Seconds after the start of the test. */
const moveTo = (seconds: number) => app.clock.moveTo(new Date(START.getTime() + seconds * 1000));
/** What the app shows so many seconds from now. */
const code = (secret: string, seconds = 0) => generateSync({ secret, epoch: Math.floor(app.clock.now().getTime() / 1000) + seconds });
/** A code that is not of this minute. */
function wrongCode(secret: string): string {
  const near = [-60, -30, 0, 30, 60].map((seconds) => code(secret, seconds));
  return ['000000', '111111', '222222', '333333', '444444', '555555'].find((each) => !near.includes(each)) ?? '';
}

async function anAccount(): Promise<{ id: string; email: string }> {
  const email = `claire.${++number}@example.org`;
  const councilCode = (await council.api.get('/council')).body.code as string;
  const user = { name: 'Claire Morvan', email, role: 'council_manager', password: PASSWORD };
  return { id: orProblem(await app.nest.get(OperatorUsersService).create(councilCode, user)).id, email };
}

const signIn = (email: string, totp?: unknown, password = PASSWORD): Promise<Answer> =>
  new Api(app.url).post('/session', { email, password, ...(totp !== undefined && { totp }) });
const cookieOf = (answer: Answer) => answer.headers.get('set-cookie')?.split(';')[0] ?? '';
const asPerson = (answer: Answer) => new Api(app.url, { cookie: cookieOf(answer), 'x-csrf-token': expectStatus(answer, 201).csrfToken });
const enrol = async (person: Api): Promise<string> => expectStatus(await person.post('/session/totp'), 201).secret;
const confirm = (person: Api, totp: unknown) => person.post('/session/totp/confirmation', { totp });
const remove = (person: Api, totp: unknown) => person.post('/session/totp/removal', { totp });
const statusesOf = (answers: readonly Answer[]) => answers.map(({ status }) => status).sort();

/** Switched on with the code of now. */
async function enrolled(person: Api): Promise<string> {
  const secret = await enrol(person);
  expectStatus(await confirm(person, code(secret)), 200);
  return secret;
}

/** An account whose second factor was switched on an hour ago. */
async function anAccountWithTotp() {
  const account = await anAccount();
  moveTo(-3600);
  const person = asPerson(await signIn(account.email));
  const secret = await enrolled(person);
  moveTo(0);
  return { ...account, person, secret };
}

describe('switching it on', () => {
  test('a secret for the app changes nothing before it is confirmed; then signing in takes a code', async () => {
    const { email } = await anAccount();
    const person = asPerson(await signIn(email));
    const { secret, uri, ...more } = expectStatus(await person.post('/session/totp'), 201);
    expect(more).toEqual({});
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(uri).toBe(`otpauth://totp/Passerelle:${encodeURIComponent(email)}?secret=${secret}&issuer=Passerelle`);
    expect((await person.get('/session')).body.totp).toBe(false);
    expect((await signIn(email)).status).toBe(201);

    expect(expectStatus(await confirm(person, code(secret)), 200)).toEqual({ enabled: true });
    expect((await person.get('/session')).body.totp).toBe(true);
    expect((await signIn(email)).status).toBe(401);
    moveTo(30);
    expect(expectStatus(await signIn(email, code(secret)), 201)).toMatchObject({ email, totp: true });
  });

  test('a wrong code switches nothing on, and may be followed by the right one', async () => {
    const person = await aPerson(app, council.id, 'auditor');
    const secret = await enrol(person);
    const answer = await confirm(person, wrongCode(secret));
    expect(answer.body).toMatchObject({ status: 422, code: 'INVALID_INPUT', errors: [{ pointer: '/totp', code: 'INVALID' }] });
    expect((await person.get('/session')).body.totp).toBe(false);
    expect((await confirm(person, code(secret))).status).toBe(200);
  });

  test('a new secret takes the place of one that was not confirmed; nobody confirms with the code of another', async () => {
    const person = await aPerson(app, council.id, 'auditor');
    const other = await aPerson(app, council.id, 'auditor');
    const first = await enrol(person);
    const second = await enrol(person);
    const others = await enrol(other);
    expect(new Set([first, second, others]).size).toBe(3);
    expect((await confirm(person, code(first))).status).toBe(422);
    expect((await confirm(person, code(others))).status).toBe(422);
    expect((await confirm(person, code(second))).status).toBe(200);
  });

  test('what is on is not begun or confirmed again, and what was not begun is not confirmed', async () => {
    const person = await aPerson(app, council.id, 'auditor');
    const refusal = (reason: string) => ({ status: 409, code: reason, reasons: [{ code: reason, overridable: false }] });
    expect((await confirm(person, '123456')).body).toMatchObject(refusal('TOTP_NOT_BEGUN'));
    const secret = await enrolled(person);
    expect((await person.post('/session/totp')).body).toMatchObject(refusal('TOTP_ALREADY_ON'));
    expect((await confirm(person, code(secret, 30))).body).toMatchObject(refusal('TOTP_ALREADY_ON'));
  });

  test('confirmed twice at once: once', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const person = await aPerson(app, council.id, 'auditor');
      const totp = code(await enrol(person));
      expect(statusesOf(await Promise.all([confirm(person, totp), confirm(person, totp)]))).toEqual([200, 409]);
    }
  });

  test('a replayed answer leaves the secret out', async () => {
    const person = await aPerson(app, council.id, 'auditor');
    const key = { headers: { 'idempotency-key': '"once"' } };
    const secret = expectStatus(await person.post('/session/totp', {}, key), 201).secret as string;
    const replayed = await person.post('/session/totp', {}, key);
    expect([replayed.status, replayed.headers.get('idempotency-replayed'), replayed.body]).toEqual([201, 'true', {}]);
    expect((await confirm(person, code(secret))).status).toBe(200);
  });
});

describe('signing in', () => {
  test('that a code is needed is told only to who knows the password', async () => {
    const { id, email, secret } = await anAccountWithTotp();
    const needed = { status: 401, code: 'UNAUTHENTICATED', type: 'urn:passerelle:problem:unauthenticated', needs: 'totp' };
    const missing = await signIn(email);
    expect(missing.body).toMatchObject(needed);
    expect(missing.headers.get('set-cookie')).toBeNull();
    expect((await signIn(email, wrongCode(secret))).body).toMatchObject(needed);

    const { traceId: _, ...unknown } = (await signIn('nobody@example.org', '123456', 'wrong')).body;
    const ofWrongPassword = async (totp?: string) => (await signIn(email, totp, 'wrong')).body;
    for (const totp of [undefined, wrongCode(secret), code(secret)]) {
      expect(await ofWrongPassword(totp)).toEqual({ ...unknown, traceId: expect.any(String) });
    }
    expect(unknown).not.toHaveProperty('needs');
    await anAccount(); // a council keeps a manager
    expect(expectStatus(await council.api.patch(`/users/${id}`, 1, { active: false }), 200).active).toBe(false);
    moveTo(60);
    expect((await signIn(email)).body).not.toHaveProperty('needs');
  });

  test('a code that an account without a second factor does not need is not looked at', async () => {
    const { email } = await anAccount();
    expect((await signIn(email, '123456')).status).toBe(201);
  });

  test('the clock of the app may be one step off, and no more', async () => {
    const { email, secret } = await anAccountWithTotp();
    expect((await signIn(email, code(secret, -60))).status).toBe(401);
    expect((await signIn(email, code(secret, 60))).status).toBe(401);
    expect((await signIn(email, code(secret, -30))).status).toBe(201);
    expect((await signIn(email, code(secret))).status).toBe(201);
    expect((await signIn(email, code(secret, 30))).status).toBe(201);
    moveTo(60 + 29);
    expect((await signIn(email, code(secret))).status).toBe(201);
  });

  test('a code is accepted once, and none of before it, whatever the clock does', async () => {
    const { email, secret } = await anAccountWithTotp();
    const [before, now, after] = [code(secret, -30), code(secret), code(secret, 30)];
    expect((await signIn(email, now)).status).toBe(201);
    expect((await signIn(email, now)).body).toMatchObject({ status: 401, needs: 'totp' });
    expect((await signIn(email, before)).status).toBe(401);
    expect((await signIn(email, `${after.slice(0, 3)} ${after.slice(3)}`)).status).toBe(201);
    moveTo(30);
    expect((await signIn(email, after)).status).toBe(401);
    moveTo(-600);
    expect((await signIn(email, code(secret))).status).toBe(401);
    moveTo(120);
    expect((await signIn(email, code(secret))).status).toBe(201);
  });

  test('the code that switched it on is used up', async () => {
    const { email } = await anAccount();
    const person = asPerson(await signIn(email));
    const secret = await enrolled(person);
    expect((await signIn(email, code(secret))).status).toBe(401);
    expect((await remove(person, code(secret))).status).toBe(422);
  });

  test('two with one code at once: one is let in', async () => {
    const { email, secret } = await anAccountWithTotp();
    for (let round = 0; round < ROUNDS; round++) {
      moveTo(round * 30);
      const totp = code(secret);
      expect(statusesOf(await Promise.all([signIn(email, totp), signIn(email, totp)]))).toEqual([201, 401]);
    }
  }, 60_000); // a hundred passwords are checked

  test('guesses of the code count as failures do, and the password alone takes none back', async () => {
    const { email, secret } = await anAccountWithTotp();
    for (let failure = 0; failure < 5; failure++) {
      expect((await signIn(email, wrongCode(secret))).status).toBe(401);
      expect((await signIn(email)).status).toBe(401);
    }
    const refused = await signIn(email, code(secret));
    expect([refused.status, refused.body.code, refused.headers.get('retry-after')]).toEqual([429, 'RATE_LIMITED', '15']);
    moveTo(15);
    expect((await signIn(email, code(secret))).status).toBe(201);
    expect((await signIn(email)).status).toBe(401);
  });

  test('who knows the password guesses no more codes by coming from ever new addresses', async () => {
    const { email, secret } = await anAccountWithTotp();
    const behindProxy = await startTestApp({ TRUST_PROXY: 'true' }, { beside: app });
    const signInFrom = (address: string, totp: string, cookie?: string) =>
      new Api(behindProxy.url).post(
        '/session',
        { email, password: PASSWORD, totp },
        { headers: { 'x-forwarded-for': address, ...(cookie !== undefined && { cookie }) } },
      );
    const known = await signInFrom('203.0.113.1', code(secret, -30));
    const browser = /passerelle_browser=[^;]+/.exec(known.headers.getSetCookie().join())?.[0] ?? '';
    const guesses = [];
    for (let each = 0; each < 40; each += 1) guesses.push((await signInFrom(`198.51.100.${each}`, wrongCode(secret))).status);
    expect(guesses.filter((status) => status === 401)).toHaveLength(5);
    const refused = await signInFrom('203.0.113.2', code(secret));
    expect([refused.status, refused.body.code, refused.headers.get('retry-after')]).toEqual([429, 'RATE_LIMITED', '15']);
    expect((await signInFrom('203.0.113.2', code(secret), browser)).status).toBe(201);
    await behindProxy.close();
  });

  test('who goes on guessing waits longer and longer, up to an hour, also after a night', async () => {
    const { email, secret } = await anAccountWithTotp();
    let now = 0;
    const waits: number[] = [];
    while (waits.length < 10) {
      const answer = await signIn(email, wrongCode(secret));
      if (answer.status === 401) continue;
      waits.push(Number(answer.headers.get('retry-after')));
      moveTo((now += waits.at(-1) ?? 0));
    }
    expect(waits).toEqual([15, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600]);
    moveTo(now + 8 * 3600);
    expect((await signIn(email, wrongCode(secret))).status).toBe(401);
    expect((await signIn(email, code(secret))).headers.get('retry-after')).toBe('3600');
  });

  test('a burst of guesses counts as many', async () => {
    const { email, secret } = await anAccountWithTotp();
    const guesses = await Promise.all(Array.from({ length: 20 }, () => signIn(email, wrongCode(secret))));
    expect(guesses.filter(({ status }) => status === 401)).toHaveLength(5);
  });
});

describe('switching it off', () => {
  test('takes a code that was not used; then the password suffices again', async () => {
    const { email, person, secret } = await anAccountWithTotp();
    expect((await signIn(email, code(secret))).status).toBe(201);
    for (const totp of [code(secret), wrongCode(secret)]) {
      expect((await remove(person, totp)).body).toMatchObject({ status: 422, errors: [{ pointer: '/totp', code: 'INVALID' }] });
    }
    expect((await signIn(email)).status).toBe(401);
    expect(expectStatus(await remove(person, code(secret, 30)), 200)).toEqual({ enabled: false });
    expect((await person.get('/session')).body.totp).toBe(false);
    expect((await signIn(email)).status).toBe(201);
    expect(await enrolled(person)).not.toBe(secret);
  });

  test('who guesses waits, and who has none is only told so', async () => {
    const person = await aPerson(app, council.id, 'auditor');
    for (let round = 0; round < 7; round++) {
      expect((await remove(person, '123456')).body).toMatchObject({ status: 409, code: 'TOTP_NOT_ON' });
    }
    const secret = await enrolled(person);
    const guesses = await Promise.all(Array.from({ length: 10 }, () => remove(person, wrongCode(secret))));
    expect(guesses.filter(({ status }) => status === 422)).toHaveLength(5);
    moveTo(14);
    const refused = await remove(person, code(secret, 30));
    expect([refused.status, refused.body.code, refused.headers.get('retry-after')]).toEqual([429, 'RATE_LIMITED', '1']);
    moveTo(30);
    expect((await remove(person, code(secret))).status).toBe(200);
  });

  test('twice at once: once', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const person = await aPerson(app, council.id, 'auditor');
      const totp = code(await enrolled(person), 30);
      expect(statusesOf(await Promise.all([remove(person, totp), remove(person, totp)]))).toEqual([200, 409]);
    }
  });

  test('who is invited anew and chooses a password has none any more, nor a secret to confirm', async () => {
    const { id, email } = await anAccountWithTotp();
    const pending = await anAccount();
    await enrol(asPerson(await signIn(pending.email)));
    for (const account of [{ id, email }, pending]) {
      expectStatus(await council.api.post(`/users/${account.id}/invitation`), 200);
      await app.drain();
      const token = /#token=([\w-]+)/.exec(smtp.mails.at(-1)?.text ?? '')?.[1];
      expectStatus(await new Api(app.url).post('/invitations/acceptance', { token, password: `${PASSWORD} staple` }), 200);
      const person = asPerson(await signIn(account.email, undefined, `${PASSWORD} staple`));
      expect((await person.get('/session')).body.totp).toBe(false);
      expect((await confirm(person, '123456')).body.code).toBe('TOTP_NOT_BEGUN');
    }
  });
});

describe('who, and what', () => {
  const OPERATIONS = ['/session/totp', '/session/totp/confirmation', '/session/totp/removal'];

  test('people of every role, for themselves; no API client, nobody unknown, no page of another site', async () => {
    const client = await aClient(app, council.id, SCOPES);
    const { 'x-csrf-token': _token, ...cookie } = (await aPerson(app, council.id, 'auditor')).headers;
    for (const path of OPERATIONS) {
      const body = path === '/session/totp' ? {} : { totp: '123456' };
      expect((await new Api(app.url).post(path, body)).body).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
      expect((await client.post(path, body)).body).toMatchObject({ status: 403, code: 'FORBIDDEN' });
      expect((await new Api(app.url, cookie).post(path, body)).body).toMatchObject({ status: 403, code: 'CSRF_TOKEN_INVALID' });
    }
    const schoolId = (await aSchool(council.api)).id as string;
    const siteId = (await aSite(council.api)).id as string;
    const people = await Promise.all([
      aPerson(app, council.id, 'council_manager'),
      aPerson(app, council.id, 'school_administrator', { schoolId }),
      aPerson(app, council.id, 'desk_agent', { siteId }),
      aPerson(app, council.id, 'auditor'),
    ]);
    for (const person of people) expectStatus(await remove(person, code(await enrolled(person), 30)), 200);
    expect((await client.get('/session')).body.totp).toBe(false);
  });

  test('what is no code is refused before it is tried', async () => {
    const { email, person, secret } = await anAccountWithTotp();
    for (const totp of [
      '',
      '12345',
      '1234567',
      'abcdef',
      "12345'",
      '٢٨٧٠٨٢',
      '12345\u0000',
      '🔑',
      'x'.repeat(200),
      123456,
      null,
      [code(secret)],
    ]) {
      for (const answer of [await signIn(email, totp), await confirm(person, totp), await remove(person, totp)]) {
        expect(answer.body).toMatchObject({ status: 422, code: 'INVALID_INPUT', errors: [{ pointer: '/totp' }] });
      }
    }
    expect((await confirm(person, undefined)).status).toBe(422);
    expect((await person.post('/session/totp/removal', { totp: code(secret), code: '1' })).body.code).toBe('UNKNOWN_FIELD');
    expect((await signIn(email, code(secret))).status).toBe(201);
  });

  test('the secret is nowhere in the clear; the trail tells what was done', async () => {
    const { id, email, person, secret } = await anAccountWithTotp();
    const pending = await enrol(asPerson(await signIn((await anAccount()).email)));
    await signIn(email, code(secret));
    expectStatus(await council.api.get(`/users/${id}`), 200);
    expect(JSON.stringify((await council.api.get('/users')).body)).not.toMatch(/totp|secret/i);
    const everything = await onServer(app.databaseUrl, async (client) => {
      const { rows } = await client.query<{ name: string }>("SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'");
      const read = [];
      for (const { name } of rows) read.push(...(await client.query(`SELECT * FROM ${name}`)).rows);
      return JSON.stringify(read);
    });
    for (const kept of [everything, app.logged.join('')]) {
      for (const clear of [secret, pending]) expect(kept).not.toContain(clear);
    }
    expect(app.logged.join('')).not.toContain(email);
    expectStatus(await remove(person, code(secret, 30)), 200);
    const { data } = (await council.api.get(`/audit-events?subject=${id}`)).body;
    const actions = (data as { action: string }[]).map(({ action }) => action).filter((action) => action.includes('totp'));
    expect(actions.sort()).toEqual(['user.totp_begun', 'user.totp_enabled', 'user.totp_removed']);
  });
});
