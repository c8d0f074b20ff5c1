import { setImmediate } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { OperatorUsersService } from '../../src/modules/identity/index.js';
import { PasswordHasher } from '../../src/modules/identity/passwords/password-hasher.js';
import { orProblem } from '../../src/platform/index.js';
import { type Answer, Api, expectStatus } from '../support/api.js';
import { START, startTestApp, type TestApp } from '../support/app.js';
import { aCouncil, type TestCouncil } from '../support/people.js';
import { onServer } from '../support/test-database.js';

let app: TestApp;
let council: TestCouncil;
let number = 0;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  app.clock.moveTo(START);
  council = await aCouncil(app);
});

const PASSWORD = 'correct horse battery';

async function aManager(): Promise<{ id: string; email: string }> {
  const email = `Claire.${++number}@Example.org`;
  const code = (await council.api.get('/council')).body.code as string;
  const user = { name: 'Claire Morvan', email, role: 'council_manager', password: PASSWORD };
  return { id: orProblem(await app.nest.get(OperatorUsersService).create(code, user)).id, email };
}

const signIn = (email: string, password = PASSWORD, headers: Record<string, string> = {}): Promise<Answer> =>
  new Api(app.url).post('/session', { email, password }, { headers });
const cookieOf = (answer: Answer) => answer.headers.get('set-cookie')?.split(';')[0] ?? '';
const asPerson = (answer: Answer) => new Api(app.url, { cookie: cookieOf(answer), 'x-csrf-token': answer.body.csrfToken });

test('somebody signs in, reads who they are, and signs out', async () => {
  const { id, email } = await aManager();
  const opened = await signIn(email.toUpperCase());
  expect(expectStatus(opened, 201)).toMatchObject({ kind: 'user', id, email, role: 'council_manager', scopes: null, schoolId: null });
  const [session, browser] = opened.headers.getSetCookie();
  expect(session).toMatch(/^passerelle_session=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax$/);
  expect(browser).toMatch(/^passerelle_browser=[\w.-]{67}; Max-Age=15552000; Path=\/; HttpOnly; SameSite=Lax$/);
  const person = asPerson(opened);
  expect((await person.get('/session')).body).toEqual(opened.body);
  expect(opened.body.operations).toContain('POST /api/v1/schools');
  expect((await person.delete('/session')).status).toBe(204);
  expect((await person.get('/session')).status).toBe(401);
});

test('behind TLS the cookie is Secure, however its address is written', async () => {
  const { email } = await aManager();
  const behindTls = await startTestApp({ BASE_URL: 'HTTPS://passerelle.example' }, { beside: app });
  const opened = await new Api(behindTls.url).post('/session', { email, password: PASSWORD });
  for (const cookie of opened.headers.getSetCookie()) expect(cookie).toMatch(/; HttpOnly; Secure; SameSite=Lax$/);
  await behindTls.close();
});

test('without TLS the cookie is not Secure, or browsers would not send it', async () => {
  const { email } = await aManager();
  expect((await signIn(email)).headers.get('set-cookie')).not.toContain('Secure');
});

test('a wrong password and an unknown e-mail are one answer', async () => {
  const { email } = await aManager();
  const wrong = await signIn(email, 'wrong');
  const unknown = await signIn('nobody@example.org', 'wrong');
  expect(wrong.body).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
  expect({ ...wrong.body, traceId: '' }).toEqual({ ...unknown.body, traceId: '' });
  expect(wrong.headers.get('set-cookie')).toBeNull();
});

test('a write needs the CSRF token, which each session has of its own', async () => {
  const { email } = await aManager();
  const one = await signIn(email);
  const other = await signIn(email);
  const school = { code: '0951099D', name: 'Jean Moulin', level: 'college' };
  expect((await new Api(app.url, { cookie: cookieOf(one) }).post('/schools', school)).body).toMatchObject({
    status: 403,
    code: 'CSRF_TOKEN_INVALID',
  });
  const crossed = new Api(app.url, { cookie: cookieOf(one), 'x-csrf-token': other.body.csrfToken });
  expect((await crossed.post('/schools', school)).status).toBe(403);
  expect((await asPerson(one).post('/schools', school)).status).toBe(201);
});

test('a page of another site can sign nobody in', async () => {
  const { email } = await aManager();
  expect((await signIn(email, PASSWORD, { origin: 'https://evil.example' })).status).toBe(403);
  expect((await signIn(email, PASSWORD, { origin: 'null' })).status).toBe(403);
  expect((await signIn(email, PASSWORD, { origin: app.url })).status).toBe(201);
  const form = await fetch(`${app.url}/api/v1/session`, { method: 'POST', body: new URLSearchParams({ email, password: PASSWORD }) });
  expect(form.status).toBe(415);
});

test('a session that a stranger chose is not taken over', async () => {
  const { email } = await aManager();
  const opened = await signIn(email, PASSWORD, { cookie: 'passerelle_session=chosen-by-a-stranger' });
  expect(cookieOf(opened)).not.toContain('chosen');
});

test('a session ends after twelve hours', async () => {
  const { email } = await aManager();
  const person = asPerson(await signIn(email));
  app.clock.moveTo(new Date(START.getTime() + 12 * 3600_000 - 1000));
  expect((await person.get('/session')).status).toBe(200);
  app.clock.moveTo(new Date(START.getTime() + 12 * 3600_000));
  expect((await person.get('/session')).status).toBe(401);
});

test('after five failures an account waits, at that address only and not for long; the right password then opens it', async () => {
  const { email } = await aManager();
  for (let failure = 0; failure < 5; failure++) expect((await signIn(email, 'wrong')).status).toBe(401);
  const refused = await signIn(email);
  expect([refused.status, refused.body.code, refused.headers.get('retry-after')]).toEqual([429, 'RATE_LIMITED', '15']);
  const { email: colleague } = await aManager();
  expect((await signIn(colleague)).status).toBe(201);
  app.clock.moveTo(new Date(START.getTime() + 15_000));
  expect((await signIn(email)).status).toBe(201);
  expect((await signIn(email, 'wrong')).status).toBe(401);
});

test('who has a whole network of addresses has no more tries for it', async () => {
  const { email } = await aManager();
  const behindProxy = await startTestApp({ TRUST_PROXY: 'true' }, { beside: app });
  const guessFrom = async (address: string) =>
    (await new Api(behindProxy.url).post('/session', { email, password: 'wrong' }, { headers: { 'x-forwarded-for': address } })).status;
  const guesses = [];
  for (const last of [1, 2, 3, 4, 5, 6]) guesses.push(await guessFrom(`2001:db8:1:2:${last}::${last}`));
  expect(guesses).toEqual([401, 401, 401, 401, 401, 429]);
  expect(await guessFrom('2001:db8:1:3::1')).toBe(401);
  await behindProxy.close();
});

describe('a school whose staff share one address', () => {
  let school: TestApp;
  beforeEach(async () => {
    school = await startTestApp({ TRUST_PROXY: 'true' }, { beside: app });
  });
  afterEach(() => school.close());

  const from = (address: string, cookie = '') => ({ 'x-forwarded-for': address, ...(cookie !== '' && { cookie }) });
  const enter = (email: string, password: string, headers: Record<string, string>) =>
    new Api(school.url).post('/session', { email, password }, { headers });
  const browserOf = (answer: Answer) => /passerelle_browser=[^;]+/.exec(answer.headers.getSetCookie().join())?.[0] ?? '';
  const failuresFrom = async (address: string, tries: number) => {
    for (let each = 0; each < tries; each += 1) await enter(`nobody.${each}@example.org`, 'wrong', from(address));
  };

  test('fifty wrong passwords there lock out nobody who signed in before', async () => {
    const { email } = await aManager();
    const browser = browserOf(await enter(email, PASSWORD, from('192.0.2.1')));
    await failuresFrom('192.0.2.1', 50);
    expect((await enter(email, PASSWORD, from('192.0.2.1'))).status).toBe(429);
    expect((await enter(email, PASSWORD, from('192.0.2.1', browser))).status).toBe(201);
  });

  test('a browser is known for whom it signed in alone, and has no more tries than others', async () => {
    const { email } = await aManager();
    const { email: colleague } = await aManager();
    const browser = browserOf(await enter(email, PASSWORD, from('192.0.2.2')));
    await failuresFrom('192.0.2.2', 50);
    expect((await enter(colleague, PASSWORD, from('192.0.2.2', browser))).status).toBe(429);
    const forged = browser.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    expect((await enter(email, PASSWORD, from('192.0.2.2', forged))).status).toBe(429);
    const guesses = [];
    for (let guess = 0; guess < 6; guess += 1) guesses.push((await enter(email, 'wrong', from('192.0.2.2', browser))).status);
    expect(guesses).toEqual([401, 401, 401, 401, 401, 429]);
    // Stolen or not, the cookie takes nothing from who comes without it, from elsewhere.
    expect((await enter(email, PASSWORD, from('198.51.100.1'))).status).toBe(201);
  });

  test('one browser of a desk is known for all who sign in there', async () => {
    const { email } = await aManager();
    const { email: colleague } = await aManager();
    const first = browserOf(await enter(email, PASSWORD, from('192.0.2.3')));
    const both = browserOf(await enter(colleague, PASSWORD, from('192.0.2.3', first)));
    await failuresFrom('192.0.2.3', 50);
    for (const each of [email, colleague]) expect((await enter(each, PASSWORD, from('192.0.2.3', both))).status).toBe(201);
  });

  test('guesses at one account from ever new addresses are bounded; the browsers that are known stay out of it', async () => {
    const { email } = await aManager();
    const browser = browserOf(await enter(email, PASSWORD, from('192.0.2.4')));
    const guesses = [];
    for (let each = 0; each < 60; each += 1) guesses.push((await enter(email, 'wrong', from(`198.51.100.${each}`))).status);
    expect(guesses.filter((status) => status === 401)).toHaveLength(50);
    expect((await enter(email, PASSWORD, from('203.0.113.9'))).status).toBe(429);
    expect((await enter(email, PASSWORD, from('203.0.113.9', browser))).status).toBe(201);
  });
});

test('who was only told to come back, since too many sign in, has failed nothing', async () => {
  const { email } = await aManager();
  const passwords = app.nest.get(PasswordHasher);
  let flooding = true;
  const flood = Array.from({ length: 100 }, async () => {
    while (flooding) await passwords.hash('a password of a flood').catch(() => setImmediate());
  });
  for (let inARow = 0; inARow < 6;) inARow = (await signIn(email)).status === 503 ? inARow + 1 : 0;
  flooding = false;
  await Promise.all(flood);
  expect((await signIn(email)).status).toBe(201);
});

test('a burst of guesses counts as many', async () => {
  const { email } = await aManager();
  const guesses = await Promise.all(Array.from({ length: 20 }, () => signIn(email, 'wrong')));
  expect(guesses.filter(({ status }) => status === 401)).toHaveLength(5);
});

test('neither the password nor the token is kept in the clear, nor who failed', async () => {
  const { email } = await aManager();
  const token = cookieOf(await signIn(email)).split('=')[1] ?? '';
  await signIn('mistyped@example.org', 'wrong');
  const tables = ['users', 'sessions', 'sign_in_failures'];
  const rows = await onServer(app.databaseUrl, async (client) => {
    const read = [];
    for (const table of tables) read.push(...(await client.query(`SELECT * FROM ${table}`)).rows);
    return JSON.stringify(read);
  });
  expect(rows).not.toContain(token);
  expect(rows).not.toContain(PASSWORD);
  expect(rows).not.toContain('mistyped');
  expect(rows).toContain('$argon2id$');
  expect(app.logged.join('')).not.toMatch(/claire|mistyped|battery/i);
});

test('a client reads who it is too', async () => {
  expect((await council.api.get('/session')).body).toMatchObject({ kind: 'client', role: null, csrfToken: null, email: null });
  expect((await council.api.anonymous.get('/session')).status).toBe(401);
});
