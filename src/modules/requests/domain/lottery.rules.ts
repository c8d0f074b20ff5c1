import { createHash, createHmac } from 'node:crypto';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();

/** Returns the commitment that is published before a seed or a key: its SHA-256, in hex. */
export function commitmentTo(secret: Uint8Array): string {
  return sha256(secret).toString('hex');
}

/** Returns the key of a cycle: SHA-256 of the seed's bytes followed by the public value in UTF-8. */
export function cycleKey(seed: Uint8Array, publicValue: string): Buffer {
  return sha256(Buffer.concat([seed, Buffer.from(publicValue, 'utf8')]));
}

/**
 * Returns a household's ticket: HMAC-SHA256 of its id in UTF-8, in hex. Of lines with equal scores, the one with the lower ticket comes first.
 */
export function ticketOf(key: Uint8Array, householdId: string): string {
  return createHmac('sha256', key).update(householdId).digest('hex');
}

/** The values from which somebody checks a ticket. */
export interface LotteryCheck {
  readonly seed: string;
  readonly publicValue: string;
  readonly householdId: string;
}

/** 32 bytes in hex. */
export const isSeed = (text: string): boolean => /^[0-9a-f]{64}$/i.test(text);

/** Computes everything that follows from a revealed seed. */
export function checkedTicket({ seed, publicValue, householdId }: LotteryCheck) {
  const bytes = Buffer.from(seed, 'hex');
  const key = cycleKey(bytes, publicValue);
  return { seedHash: commitmentTo(bytes), key: key.toString('hex'), ticket: ticketOf(key, householdId) };
}
