import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ParsedMail } from 'mailparser';
import { BouncesService } from '../../src/modules/notices/index.js';
import { type Answer, type Api, expectStatus } from '../support/api.js';
import { START, startTestApp, type TestApp } from '../support/app.js';
import { aHousehold, aLoan } from '../support/builders.js';
import { aCouncil } from '../support/people.js';
import { type SmtpSink, startSmtpSink } from '../support/smtp.js';

let app: TestApp;
let smtp: SmtpSink;
let api: Api;
beforeAll(async () => {
  smtp = await startSmtpSink();
  app = await startTestApp({ SMTP_URL: smtp.url, MAIL_BOUNCES: 'returns@example.org' });
});
beforeEach(async () => {
  app.clock.moveTo(START);
  ({ api } = await aCouncil(app));
  const rules = [{ trigger: 'loan_handed_over', when: 'at', channels: ['email', 'letter'] }];
  expectStatus(await api.put('/notice-policies', null, { rules }), 200);
  smtp.mails.length = 0;
});
afterAll(async () => {
  await app.close();
  await smtp.close();
});

type Body = Answer['body'];

const address = { line1: '1 rue de la Paix', line2: null, postalCode: '95500', city: 'Gonesse', country: 'FR' };
const nadia = { name: 'Nadia B.', relationship: 'parent', email: 'nadia@example.org', language: 'fr', notify: true, address };

/** A family that was told of its loan by the mail that is given. */
async function aFamily(): Promise<{ household: Body; mail: ParsedMail }> {
  const household = await aHousehold(api, { contacts: [nadia] });
  await aLoan(api, { householdId: household.id, dueOn: '2026-11-30' });
  await app.drain();
  const [mail] = smtp.mails;
  if (!mail) throw new Error('no mail left');
  return { household, mail };
}

const told = async ({ id }: Body): Promise<Body> =>
  expectStatus(await api.get(`/notices?householdId=${id}&trigger=loan_handed_over`), 200).data[0];
const marks = async (): Promise<Body[]> => expectStatus(await api.get('/contact-marks'), 200).data;
const take = (mail: string) => app.nest.get(BouncesService).take(Buffer.from(mail));

/** As Postfix writes it, of the message whose headers came back. */
function report(mail: ParsedMail, { action = 'failed', status = '5.1.1' } = {}): string {
  return `From: MAILER-DAEMON@mx.example.net (Mail Delivery System)
To: returns@example.org
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="4F1A.17/mx.example.net"

--4F1A.17/mx.example.net
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--4F1A.17/mx.example.net
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net
Arrival-Date: Mon, 30 Nov 2026 08:00:01 +0000 (UTC)

Final-Recipient: rfc822; nadia@example.org
Action: ${action}
Status: ${status}
Diagnostic-Code: smtp; 550 ${status} <nadia@example.org>: Recipient address
    rejected

--4F1A.17/mx.example.net
Content-Type: text/rfc822-headers

${mail.headerLines.map(({ line }) => line).join('\n')}

--4F1A.17/mx.example.net--
`;
}

describe('a mail that comes back after the mail server had taken it', () => {
  test('of a mailbox that is not there: it is marked, a letter is written, and a second report does nothing again', async () => {
    const { household, mail } = await aFamily();
    expect(await take(report(mail))).toBe('recorded');
    expect(await take(report(mail))).toBe('known');
    await app.drain();
    expect(await told(household)).toMatchObject({ state: 'to_print', channel: 'letter', tried: ['email'] });
    expect(await marks()).toMatchObject([{ channel: 'email', reason: 'bounced', householdId: household.id }]);
    expect(await take(report(mail))).toBe('known');
    expect(await marks()).toHaveLength(1);
  });

  test('of a mailbox that is full: the letter is written, and the next message goes by e-mail again', async () => {
    const { household, mail } = await aFamily();
    expect(await take(report(mail, { status: '5.2.2' }))).toBe('recorded');
    await app.drain();
    expect([(await told(household)).channel, await marks()]).toEqual(['letter', []]);
  });

  test('only a delay, or that it arrived, or an answer from a holiday: nothing follows', async () => {
    const { household, mail } = await aFamily();
    expect(await take(report(mail, { action: 'delayed', status: '4.4.1' }))).toBe('ignored');
    expect(await take(report(mail, { action: 'delivered', status: '2.0.0' }))).toBe('ignored');
    expect(await take('From: nadia@example.org\nSubject: Absente\n\nJe reviens lundi.\n')).toBe('ignored');
    expect(await take('')).toBe('ignored');
    expect(await told(household)).toMatchObject({ state: 'sent', channel: 'email' });
  });

  test('of a message of another council, or of none: unknown, and nothing follows', async () => {
    const { household, mail } = await aFamily();
    const other = await aCouncil(app);
    const theirs = report(mail).replace(/^x-council-id: .*$/im, `x-council-id: ${other.id}`);
    expect(await take(theirs)).toBe('unknown');
    expect(await take(report(mail).replace(/<[0-9a-f-]{36}@/i, '<0199c2a4-0000-7000-8000-000000000001@'))).toBe('unknown');
    expect(await told(household)).toMatchObject({ state: 'sent', channel: 'email' });
  });

  test('comes back to the address that is set up for it', async () => {
    await aFamily();
    expect(smtp.senders).toContain('returns@example.org');
  });
});

describe('the command to which a mail server pipes it', () => {
  const RUN = fileURLToPath(new URL('../../scripts/run.mjs', import.meta.url));
  const pipe = (mail: string): Promise<{ status: number; output: string; said: string }> =>
    new Promise((resolve) => {
      const env = { DATABASE_URL: app.databaseUrl, APP_SECRET: 'a secret of tests, long enough for it' };
      const child = execFile(process.execPath, [RUN, 'cli', 'notices:bounced'], { env }, (_, output, said) => {
        resolve({ status: child.exitCode ?? -1, output, said });
      });
      child.stdin?.end(mail);
    });

  test('says what came of it; what nothing is recorded of is a failure, and no address is repeated', async () => {
    const { household, mail } = await aFamily();
    expect(await pipe(report(mail))).toMatchObject({ status: 0, output: expect.stringContaining('"recorded"') });
    const unknown = await pipe(report(mail).replace(/<[0-9a-f-]{36}@/i, '<0199c2a4-0000-7000-8000-000000000001@'));
    expect(unknown).toMatchObject({ status: 1, output: expect.stringContaining('"unknown"') });
    expect(unknown.said).not.toContain('nadia');
    // The command's clock shows the real hour, at which the letter is due.
    expect(await told(household)).toMatchObject({ state: 'sending', tried: ['email'] });
  }, 60_000);
});
