import { createHash, createHmac } from 'node:crypto';

/** One audited act, as stored: ids and field names, no personal value. */
export interface AuditEvent {
  readonly id: string;
  readonly councilId: string;
  readonly at: Date;
  /** `user:…`, `client:…` or `system`. */
  readonly actor: string;
  /** What was done, such as `device.moved`. */
  readonly action: string;
  /** Id of what it was done to. */
  readonly subject: string;
  readonly fields: readonly string[];
  /** SHA-256 of salt and reason; the reason itself can be erased without breaking the chain. */
  readonly reasonHash: string | null;
}

/** The event as one unambiguous text: what the message code and the chain cover. */
function canonical(event: AuditEvent): string {
  const { id, councilId, at, actor, action, subject, fields, reasonHash } = event;
  return JSON.stringify([id, councilId, at.toISOString(), actor, action, subject, fields, reasonHash]);
}

/** Message code of an event: only the program can make one, so a row put in by hand is found. HMAC-SHA256, hex. */
export function eventMac(key: Buffer, event: AuditEvent): string {
  return createHmac('sha256', key).update(canonical(event)).digest('hex');
}

/** Where a link stands: its own position, and its event's place in the trail; links from before events had places are without. */
export interface LinkPlace {
  readonly position: number;
  readonly ordinal: number | null;
}

/** The link that seals an event, and its place, onto the chain of its council. HMAC-SHA256, hex. */
export function linkHash(key: Buffer, previous: string, { position, ordinal }: LinkPlace, event: AuditEvent): string {
  return createHmac('sha256', key)
    .update(JSON.stringify(ordinal === null ? [previous, position] : [previous, position, ordinal]))
    .update(canonical(event))
    .digest('hex');
}

/** What the first link of every chain follows. */
export const CHAIN_START = '0'.repeat(64);

export function reasonHash(salt: string, reason: string): string {
  return createHash('sha256').update(salt).update(reason).digest('hex');
}
