import { createHash, createHmac } from 'node:crypto';

/** One audited action, as it is stored: ids and field names, and no personal values. */
export interface AuditEvent {
  readonly id: string;
  readonly councilId: string;
  readonly at: Date;
  /** `user:…`, `client:…`, `contact:…` or `system`. */
  readonly actor: string;
  /** What was done, such as `device.moved`. */
  readonly action: string;
  /** The id of the thing to which it was done. */
  readonly subject: string;
  readonly fields: readonly string[];
  /** SHA-256 of the salt and the reason. The reason itself can be erased without breaking the chain. */
  readonly reasonHash: string | null;
}

/** The event as one unambiguous text, over which the message code and the chain are computed. */
function canonical(event: AuditEvent): string {
  const { id, councilId, at, actor, action, subject, fields, reasonHash } = event;
  return JSON.stringify([id, councilId, at.toISOString(), actor, action, subject, fields, reasonHash]);
}

/**
 * The message code of an event: HMAC-SHA256 in hexadecimal. Only the program can compute it, so a row that was inserted by hand is found.
 */
export function eventMac(key: Buffer, event: AuditEvent): string {
  return createHmac('sha256', key).update(canonical(event)).digest('hex');
}

/** The place of a link: its own position, and the ordinal of its event. Links from the time before events had ordinals have none. */
export interface LinkPlace {
  readonly position: number;
  readonly ordinal: number | null;
}

/** The hash of the link that seals an event, with its place, onto the chain of its council: HMAC-SHA256 in hexadecimal. */
export function linkHash(key: Buffer, previous: string, { position, ordinal }: LinkPlace, event: AuditEvent): string {
  return createHmac('sha256', key)
    .update(JSON.stringify(ordinal === null ? [previous, position] : [previous, position, ordinal]))
    .update(canonical(event))
    .digest('hex');
}

/** The hash that the first link of every chain follows. */
export const CHAIN_START = '0'.repeat(64);

export function reasonHash(salt: string, reason: string): string {
  return createHash('sha256').update(salt).update(reason).digest('hex');
}
