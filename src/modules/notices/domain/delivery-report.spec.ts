import { expect, test } from '@jest/globals';
import { deliveryReport } from './delivery-report.js';

const COUNCIL = '0199c2a4-0000-7000-8000-000000000002';
const MESSAGE = '0199c2a4-0000-7000-8000-000000000001';

interface ReportFields {
  readonly recipients?: readonly string[];
  readonly returned?: 'text/rfc822-headers' | 'message/rfc822';
  readonly messageId?: string;
  readonly end?: '\n' | '\r\n';
}

/** A report as a mail server writes it (RFC 3464), of one message and what became of it for each recipient. */
function report({
  recipients = ['Action: failed\nStatus: 5.1.1'],
  returned = 'text/rfc822-headers',
  messageId = MESSAGE,
  end = '\n',
}: ReportFields = {}): Buffer {
  const lines = `MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

It could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net

${recipients.map((each) => `Final-Recipient: rfc822; nadia@example.org\n${each}`).join('\n\n')}

--b
Content-Type: ${returned}

Message-ID: <${messageId}@example.org>
X-Council-Id: ${COUNCIL}
Subject: Rappel
${returned === 'message/rfc822' ? '\nBonjour,\n' : ''}
--b--
`;
  return Buffer.from(lines.replaceAll('\n', end));
}

const read = (fields: ReportFields) => deliveryReport(report(fields), 'x-council-id');
const of = { councilId: COUNCIL, messageId: MESSAGE };

test.each(['\n', '\r\n'] as const)('says which message was given up, and why, whatever ends its lines (%j)', async (end) => {
  expect(await read({ end })).toEqual({ ...of, status: '5.1.1', addressDead: true });
  expect(await read({ end, returned: 'message/rfc822' })).toEqual({ ...of, status: '5.1.1', addressDead: true });
});

test.each([
  ['5.1.1', true],
  ['5.1.2', true],
  ['5.1.10', true],
  ['5.2.1', true],
  ['5.2.2', false],
  ['5.7.1', false],
  ['4.4.7', false],
])('with status %s the address is dead: %s', async (status, addressDead) => {
  expect(await read({ recipients: [`Action: failed\nStatus: ${status}`] })).toEqual({ ...of, status, addressDead });
});

test('a status that is none, or is missing, is a failure of which nothing more is known', async () => {
  expect(await read({ recipients: ['Action: failed\nStatus: none'] })).toMatchObject({ status: '5.0.0', addressDead: false });
  expect(await read({ recipients: ['Action: FAILED'] })).toMatchObject({ status: '5.0.0', addressDead: false });
});

test('of several recipients the one that was given up counts', async () => {
  const recipients = ['Action: relayed\nStatus: 2.1.9', 'Action: failed\nStatus: 5.1.1'];
  expect(await read({ recipients })).toMatchObject({ status: '5.1.1' });
});

test('what arrived or may yet arrive, and what is no message of ours, is no report', async () => {
  expect(await read({ recipients: ['Action: delayed\nStatus: 4.4.1'] })).toBeNull();
  expect(await read({ recipients: ['Action: delivered\nStatus: 2.0.0'] })).toBeNull();
  expect(await read({ messageId: 'invitation-1' })).toBeNull();
  expect(await deliveryReport(report(), 'x-other')).toBeNull();
  expect(await deliveryReport(Buffer.from('Subject: Absente\n\nJe reviens lundi.\n'), 'x-council-id')).toBeNull();
});
