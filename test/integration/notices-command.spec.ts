import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { aHousehold, aLoan } from '../support/builders.js';
import { aCouncil } from '../support/people.js';
import { type SmtpSink, startSmtpSink } from '../support/smtp.js';

let app: TestApp;
let smtp: SmtpSink;
beforeAll(async () => {
  smtp = await startSmtpSink();
  app = await startTestApp({ SMTP_URL: smtp.url });
});
afterAll(async () => {
  await app.close();
  await smtp.close();
});

const RUN = fileURLToPath(new URL('../../scripts/run.mjs', import.meta.url));

/** Runs the command as an operator does. */
function cli(environment: Record<string, string>, ...words: string[]): Promise<{ status: number; output: string; said: string }> {
  const env = { DATABASE_URL: app.databaseUrl, SMTP_URL: smtp.url, APP_SECRET: 'a secret of tests, long enough for it', ...environment };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [RUN, 'cli', 'notices:run', ...words], { env }, (_, output, said) => {
      resolve({ status: child.exitCode ?? -1, output, said });
    });
  });
}

test('does what is due at an instant to come, and prints what came of it', async () => {
  const { api } = await aCouncil(app);
  const contacts = [{ name: 'Nadia B.', relationship: 'parent', email: 'nadia@example.org', language: 'fr', notify: true }];
  await aLoan(api, { householdId: (await aHousehold(api, { contacts })).id, dueOn: '2026-11-30' });
  await app.drain();
  smtp.mails.length = 0;
  const { status, output } = await cli({}, '--at', '2026-11-27T09:00:00+01:00');
  expect(status).toBe(0);
  expect(JSON.parse(output)).toEqual({ due: 1, sent: 1, dropped: 0, waiting: 0, dead: 0 });
  expect(smtp.mails).toHaveLength(1);
}, 60_000);

test('what is no instant is wrong usage; one to come is refused in production', async () => {
  expect(await cli({}, '--at', 'tomorrow')).toMatchObject({ status: 2, output: '', said: expect.stringContaining('must be an instant') });
  const production = { NODE_ENV: 'production', BASE_URL: 'https://prets.example.org' };
  expect(await cli(production, '--at', '2999-01-01T09:00:00Z')).toMatchObject({
    status: 2,
    output: '',
    said: expect.stringContaining('production'),
  });
}, 60_000);
