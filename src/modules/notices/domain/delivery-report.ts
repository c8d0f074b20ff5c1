import { isUuid } from '../../../shared/ids.js';

/** A report of a mail server that it had taken one of our messages and could not deliver it. */
export interface DeliveryReport {
  /** The council that sent the message. */
  readonly councilId: string;
  readonly messageId: string;
  /** Why it was not delivered: an enhanced status code (RFC 3463), such as `5.1.1`. */
  readonly status: string;
  /** Whether no message reaches anybody at that address. */
  readonly addressDead: boolean;
}

/**
 * Codes that say that the address does not work: no such mailbox, no such host, wrong syntax, moved, takes no mail (RFC 3463, X.1.0 to X.1.3
 * and X.1.6; RFC 7505, X.1.10), disabled (X.2.1).
 */
const DEAD_ADDRESS = /^5\.(?:1\.(?:0|1|2|3|6|10)|2\.1)$/;
const STATUS = /^[45]\.\d{1,3}\.\d{1,3}$/;

/**
 * Reads a mail as a delivery report (RFC 3464). Returns null when it is not a report, when it is not about one of our messages, or when that
 * message arrived or may still arrive. The message is found by its headers, which every report contains (RFC 3462): its Message-ID, and
 * `councilHeader`.
 */
export async function deliveryReport(mail: Buffer, councilHeader: string): Promise<DeliveryReport | null> {
  // It is loaded only when a report comes, because it would take a tenth of the time of every start.
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
  return { councilId, messageId: ofMessage, status, addressDead: DEAD_ADDRESS.test(status) };
}

/** Returns the status of the recipient to whom the message could not be delivered; null when there is none. */
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
