import { corrected, SYMBOLS } from '../../../shared/reference.js';

const LENGTH = 8;
const VALID_DAYS = 60;
const DAY_MS = 24 * 3600 * 1000;

/** A code that is printed for a family, such as `7K3M-25QX`: 40 random bits. Uses eight of the random bytes. */
export function makeAccessCode(randomBytes: Uint8Array): string {
  if (randomBytes.length < LENGTH) throw new RangeError(`A code needs ${LENGTH} random bytes, not ${randomBytes.length}`);
  // 256 is a multiple of 32, so all symbols are equally likely.
  const drawn = [...randomBytes.subarray(0, LENGTH)].map((byte) => SYMBOLS.charAt(byte % SYMBOLS.length)).join('');
  return `${drawn.slice(0, LENGTH / 2)}-${drawn.slice(LENGTH / 2)}`;
}

/** The eight symbols that somebody meant, however they were typed; null when they are no code. */
export function normaliseAccessCode(typed: string): string | null {
  const code = corrected(typed);
  return code.length === LENGTH && [...code].every((symbol) => SYMBOLS.includes(symbol)) ? code : null;
}

/** Until when a printed code holds, unless it is replaced or revoked. */
export function accessCodeEnd(issuedAt: Date): Date {
  return new Date(issuedAt.getTime() + VALID_DAYS * DAY_MS);
}
