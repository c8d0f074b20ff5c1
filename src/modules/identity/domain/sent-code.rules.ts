import { isEmail, cleanEmail } from '../../../shared/email.js';
import { normalisePhone } from '../../../shared/phone.js';
import { plainForm } from '../../../shared/plain-text.js';

const MINUTE_MS = 60_000;
const VALID_MINUTES = 10;
const DIGITS = 6;
const HOUR_MS = 60 * MINUTE_MS;

/** How often a code may be typed before it opens nothing any more. */
export const MOST_TRIES = 5;

/** The most codes that are asked for in an hour: for one phone or mailbox, from one network, and by SMS of one council, which pays for them. */
export const MOST_ASKED = { byAddress: 5, atNetwork: 40, bySmsOfCouncil: 300 } as const;

/** A phone number or a mailbox to which a code goes. */
export interface CodeAddress {
  readonly channel: 'sms' | 'email';
  /** A number in E.164, or a mail address in small letters. */
  readonly value: string;
}

/** The phone number or the mail address that somebody typed; null when it is neither. */
export function codeAddressOf(typed: string): CodeAddress | null {
  const text = withWesternDigits(plainForm(typed)).trim();
  if (text.includes('@')) {
    const value = cleanEmail(text).toLowerCase();
    return isEmail(value) ? { channel: 'email', value } : null;
  }
  const value = normalisePhone(text);
  return value === null ? null : { channel: 'sms', value };
}

/** The six digits that somebody typed, with blanks or in Arabic digits; null when they are no code. */
export function typedCode(typed: string): string | null {
  const digits = withWesternDigits(plainForm(typed)).replace(/[\s-]/g, '');
  return /^\d{6}$/.test(digits) ? digits : null;
}

/** Six digits from random bytes, or from those of a message code. The first eight bytes are used, so that all codes are as good as equally likely. */
export function codeFrom(bytes: Buffer): string {
  return String(bytes.readBigUInt64BE(0) % 10n ** BigInt(DIGITS)).padStart(DIGITS, '0');
}

/** Until when a code that is sent now holds, unless another is asked for. */
export const sentCodeEnd = (askedAt: Date): Date => new Date(askedAt.getTime() + VALID_MINUTES * MINUTE_MS);

/** From when on requests count against the next one. */
export const countedSince = (now: Date): Date => new Date(now.getTime() - HOUR_MS);

/** What was asked within the last hour: how often, and when first. */
export interface Asked {
  readonly count: number;
  readonly firstAt: Date | null;
}

/** The number of seconds until another code may be asked for; 0 means now. */
export function secondsToWaitForCode(asked: { readonly byAddress: Asked; readonly atNetwork: Asked }, now: Date): number {
  const wait = ({ count, firstAt }: Asked, most: number) =>
    count < most || firstAt === null ? 0 : Math.max(1, Math.ceil((firstAt.getTime() + HOUR_MS - now.getTime()) / 1000));
  return Math.max(wait(asked.byAddress, MOST_ASKED.byAddress), wait(asked.atNetwork, MOST_ASKED.atNetwork));
}

/** Arabic digits, as keyboards of telephones write them. */
function withWesternDigits(text: string): string {
  return text.replace(/[\u0660-\u0669\u06F0-\u06F9]/g, (digit) => String(digit.charCodeAt(0) & 0xf));
}
