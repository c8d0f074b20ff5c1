import { isUuid } from '../../../shared/ids.js';

/** What a mail server says of a message of ours that it had taken and has given up. */
export interface DeliveryReport {
  /** Of the message that it is about. */
  readonly councilId: string;
  readonly messageId: string;
  /** Why, as an enhanced status code (RFC 3463), such as `5.1.1`. */
  readonly status: string;
  /** Nothing reaches anybody at that address. */
  readonly addressDead: boolean;
}

/** No such mailbox, no such host, no such syntax, moved, takes no mail (RFC 3463, X.1.0 to X.1.3 and X.1.6; RFC 7505, X.1.10); disabled (X.2.1). */
const DEAD = /^5\.(?:1\.(?:0|1|2|3|6|10)|2\.1)$/;
const STATUS = /^[45]\.\d{1,3}\.\d{1,3}$/;

/**
 * Reads a mail as a delivery report (RFC 3464). Null where it is none, or of no message of ours, or of one that arrived or may yet arrive.
 * The message is known by its headers, which every report brings back (RFC 3462): its Message-ID, and `councilHeader`.
 */
export async function deliveryReport(mail: Buffer, councilHeader: string): Promise<DeliveryReport | null> {
  // Loaded only here: it takes a tenth of the time of a start.
  const { simpleParser } = await import('mailparser');
  const { attachments } = await simpleParser(mail, { keepDeliveryStatus: true });
  const part = (...types: readonly string[]) => attachments.find(({ contentType }) => types.includes(contentType))?.content;
  const status = failure(part('message/delivery-status')?.toString() ?? '');
  const returned = part('text/rfc822-headers', 'message/rfc822');
  if (status === null || !returned) return null;
  const { headers, messageId } = await simpleParser(returned);
  const ofMessage = /^<([0-9a-f-]{36})@/.exec(messageId ?? '')?.[1] ?? '';
  const councilId = headers.get(councilHeader);
  if (typeof councilId !== 'string' || !isUuid(councilId) || !isUuid(ofMessage)) return null;
  return { councilId, messageId: ofMessage, status, addressDead: DEAD.test(status) };
}

/** The status of the recipient that was given up; null where none was. */
function failure(text: string): string | null {
  const unfolded = text.replaceAll(/\r?\n[ \t]+/g, ' ');
  for (const recipient of unfolded.split(/\r?\n(?:[ \t]*\r?\n)+/)) {
    const field = (name: string) => new RegExp(`^${name}:[ \\t]*(\\S+)`, 'im').exec(recipient)?.[1] ?? '';
    if (field('Action').toLowerCase() !== 'failed') continue;
    const status = field('Status');
    return STATUS.test(status) ? status : '5.0.0';
  }
  return null;
}
