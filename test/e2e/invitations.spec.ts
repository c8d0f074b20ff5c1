import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type Answer, Api, expectStatus } from '../support/api.js';
import { START, startTestApp, type TestApp } from '../support/app.js';
import { aUser } from '../support/builders.js';
import { aCouncil, type TestCouncil } from '../support/people.js';
import { type SmtpSink, startSmtpSink } from '../support/smtp.js';
import { onServer } from '../support/test-database.js';

let app: TestApp;
let smtp: SmtpSink;
let council: TestCouncil;
beforeAll(async () => {
  smtp = await startSmtpSink();
  app = await startTestApp({
    SMTP_URL: smtp.url,
    BASE_URL: 'https://pret.example.org/',
    MAIL_FROM: 'Passerelle <nepasrepondre@example.org>',
  });
});
afterAll(async () => {
  await app.close();
  await smtp.close();
});
beforeEach(async () => {
  app.clock.moveTo(START);
  smtp.mails.length = 0;
  council = await aCouncil(app);
});

const PASSWORD = 'correct horse battery';
const DAY = 24 * 3600_000;
const nobody = () => new Api(app.url);
const accept = (token: string, password = PASSWORD) => nobody().post('/invitations/acceptance', { token, password });
const signIn = (email: string, password = PASSWORD) => nobody().post('/session', { email, password });
const invite = (id: string): Promise<Answer> => council.api.post(`/users/${id}/invitation`);
const tokenIn = (mail?: { text?: string | undefined }) => /#token=([\w-]{43})$/m.exec(mail?.text ?? '')?.[1] ?? '';
/** The token in the last mail. */
const mailed = () => tokenIn(smtp.mails.at(-1));

async function invited() {
  const user = await aUser(council.api);
  expectStatus(await invite(user.id), 200);
  await app.drain();
  return { id: String(user.id), email: String(user.email), token: mailed() };
}

test('somebody is invited by e-mail, chooses a password, and signs in', async () => {
  const user = await aUser(council.api);
  expect((await signIn(user.email)).status).toBe(401);
  const answer = await invite(user.id);
  expect(expectStatus(answer, 200)).toEqual({ userId: user.id, expiresAt: new Date(START.getTime() + 7 * DAY).toISOString() });
  await app.drain();
  const [mail, ...more] = smtp.mails;
  expect(more).toEqual([]);
  expect(mail?.to).toMatchObject({ text: user.email });
  expect(mail?.text).toMatch(/^https:\/\/pret\.example\.org\/invitation#token=[\w-]{43}$/m);
  expect(mail?.text).toContain("jusqu'au 2026-11-09");
  expect(mail?.messageId).toMatch(/^<invitation-[0-9a-f-]{36}@example\.org>$/);
  expect(expectStatus(await accept(mailed()), 200)).toEqual({ email: user.email });
  expect((await signIn(user.email)).status).toBe(201);
});

test('the mail is in the language of the council where we have it', async () => {
  const { version } = (await council.api.get('/council')).body;
  await council.api.patch('/council', version, { locale: 'en-GB' });
  await invited();
  expect(smtp.mails.at(-1)?.subject).toBe('Choose your password for Passerelle');
});

test('a link works once; a password that is refused does not spend it', async () => {
  const { token, email } = await invited();
  const refused = async (password: string) => (await accept(token, password)).body.errors;
  expect(await refused('elevenchars')).toMatchObject([{ pointer: '/password', code: 'TOO_SHORT' }]);
  expect(await refused('x'.repeat(201))).toMatchObject([{ pointer: '/password', code: 'TOO_LONG' }]);
  expect(await refused(email.toUpperCase())).toMatchObject([{ pointer: '/password', code: 'SAME_AS_EMAIL' }]);
  expect(await refused(`${PASSWORD}\u0000`)).toMatchObject([{ pointer: '/password', code: 'FORBIDDEN_CHARACTERS' }]);
  expect((await accept(token)).status).toBe(200);
  expect((await accept(token, 'another long password')).body).toMatchObject({
    status: 422,
    errors: [{ pointer: '/token', code: 'INVALID' }],
  });
  expect((await signIn(email)).status).toBe(201);
});

test('a link that was used is answered as the first time to the same key and password, and to nothing else', async () => {
  const { token, email } = await invited();
  const sent = (password: string, key: string) =>
    new Api(app.url).post('/invitations/acceptance', { token, password }, { headers: { 'idempotency-key': key } });
  expect((await sent(PASSWORD, 'unquoted')).status).toBe(400);
  expect(expectStatus(await sent(PASSWORD, '"first"'), 200)).toEqual({ email });
  expect(expectStatus(await sent(PASSWORD, '"first"'), 200)).toEqual({ email });
  expect((await sent('another long password', '"first"')).body).toMatchObject({ status: 422, code: 'IDEMPOTENCY_KEY_REUSED' });
  expect((await sent(PASSWORD, '"second"')).body.errors).toMatchObject([{ pointer: '/token', code: 'INVALID' }]);
  expect((await accept(token)).body.errors).toMatchObject([{ pointer: '/token', code: 'INVALID' }]);
  app.clock.moveTo(new Date(START.getTime() + DAY + 1000));
  expect((await sent(PASSWORD, '"first"')).status).toBe(422);
});

test('of several who use one link at once, one sets the password', async () => {
  for (let round = 0; round < 50; round += 1) await invite((await aUser(council.api)).id);
  await app.drain();
  expect(smtp.mails).toHaveLength(50);
  const passwords = ['the password of one', 'the password of two'];
  for (const mail of smtp.mails) {
    const token = tokenIn(mail);
    const answers = await Promise.all(passwords.map((password) => accept(token, password)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
  }
  const { token, email } = await invited();
  const answers = await Promise.all(passwords.map((password) => accept(token, password)));
  const winner = answers.findIndex(({ status }) => status === 200);
  expect((await signIn(email, passwords[winner])).status).toBe(201);
  expect((await signIn(email, passwords[1 - winner])).status).toBe(401);
});

test('a link ends after seven days, with the next one, and with the account or its address', async () => {
  const dead = async (token: string) => expect((await accept(token)).body).toMatchObject({ status: 422, errors: [{ pointer: '/token' }] });
  const late = await invited();
  app.clock.moveTo(new Date(START.getTime() + 7 * DAY));
  await dead(late.token);
  app.clock.moveTo(START);

  const renewed = await invited();
  expectStatus(await invite(renewed.id), 200);
  await app.drain();
  await dead(renewed.token);
  expect((await accept(mailed())).status).toBe(200);

  const moved = await invited();
  expectStatus(await council.api.patch(`/users/${moved.id}`, 1, { email: 'moved.away@example.org' }), 200);
  await dead(moved.token);

  const ended = await invited();
  expectStatus(await council.api.patch(`/users/${ended.id}`, 1, { active: false }), 200);
  await dead(ended.token);
  expectStatus(await council.api.patch(`/users/${ended.id}`, 2, { active: true }), 200);
  await dead(ended.token);
  await dead('never given out');
});

test('another name or role leaves the link as it is', async () => {
  const { id, token } = await invited();
  expectStatus(await council.api.patch(`/users/${id}`, 1, { name: 'Else' }), 200);
  expect((await accept(token)).status).toBe(200);
});

test('a new password signs out whoever was signed in with the old one', async () => {
  const { id, email, token } = await invited();
  await accept(token);
  const opened = await signIn(email);
  const person = new Api(app.url, { cookie: opened.headers.get('set-cookie')?.split(';')[0] ?? '' });
  expect((await person.get('/session')).status).toBe(200);
  expectStatus(await invite(id), 200);
  await app.drain();
  expect((await person.get('/session')).status).toBe(200);
  expect((await accept(mailed(), 'another long password')).status).toBe(200);
  expect((await person.get('/session')).status).toBe(401);
  expect((await signIn(email)).status).toBe(401);
});

test('nobody is invited to an account that is not active', async () => {
  const user = await aUser(council.api, { active: false });
  const refused = await invite(user.id);
  expect(refused.body).toMatchObject({ status: 409, code: 'USER_INACTIVE', reasons: [{ code: 'USER_INACTIVE', overridable: false }] });
});

test('the mail server may be away: the mail goes later, with the same link and the same Message-ID', async () => {
  const user = await aUser(council.api);
  smtp.refuseNext(451);
  await invite(user.id);
  await app.drain();
  expect(smtp.mails).toEqual([]);
  app.clock.moveTo(new Date(START.getTime() + 3600_000));
  await app.drain();
  expect(smtp.mails).toHaveLength(1);
  expect((await accept(mailed())).status).toBe(200);
});

test('what is overtaken is not sent', async () => {
  const user = await aUser(council.api);
  await invite(user.id);
  expectStatus(await council.api.patch(`/users/${user.id}`, 1, { active: false }), 200);
  await app.drain();
  expect(smtp.mails).toEqual([]);
});

test('neither token nor address is in a job, a log or a table in the clear', async () => {
  const { token, email } = await invited();
  await accept(token);
  const rows = await onServer(app.databaseUrl, async (client) => {
    const read = [];
    for (const table of ['outbox', 'invitations', 'audit_events', 'audit_reasons'])
      read.push(...(await client.query(`SELECT * FROM ${table}`)).rows);
    return JSON.stringify(read);
  });
  for (const kept of [rows, app.logged.join('')]) {
    expect(kept).not.toContain(token);
    expect(kept).not.toContain(email);
  }
});

test('without a mail server, in development, the job says so and is done', async () => {
  const quiet = await startTestApp();
  try {
    const { api } = await aCouncil(quiet);
    expectStatus(await api.post(`/users/${(await aUser(api)).id}/invitation`), 200);
    await quiet.drain();
    const open = await onServer(quiet.databaseUrl, (client) => client.query('SELECT 1 FROM outbox WHERE done_at IS NULL'));
    expect(open.rowCount).toBe(0);
    expect(quiet.logged.join('')).toContain('no mail server is configured');
  } finally {
    await quiet.close();
  }
});

test.each(['aaaaaaaaaaaa', 'azertyuiop12', 'motdepasse1234', 'passerelle2026', 'qwertyuiop'.repeat(20)])(
  'a password that is soon guessed sets none: %s',
  async (password) => {
    const { token } = await invited();
    const answer = await accept(token, password);
    expect(answer.body).toMatchObject({ status: 422, errors: [{ pointer: '/password', code: 'TOO_WEAK' }] });
    expectStatus(await accept(token, 'girafe vélo tonnerre biscuit'), 200);
  },
);
