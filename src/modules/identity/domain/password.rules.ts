import type { Fault } from '../../../shared/denial.js';
import { emailKey } from './email-key.js';

export const PASSWORD_LENGTH = { min: 12, max: 200 } as const;

/** One form for what different keyboards send for the same characters; blanks count (RFC 8265, OpaqueString). */
export function normalisePassword(password: string): string {
  return password.normalize('NFC');
}

/** What is wrong with a password that somebody chooses: length is what counts (NIST SP 800-63B, 5.1.1.2), and it must not be their e-mail. */
export function passwordFaults(password: string, email: string, pointer = '/password'): Fault[] {
  const characters = [...normalisePassword(password)].length;
  const { min, max } = PASSWORD_LENGTH;
  if (characters < min) return [{ pointer, code: 'TOO_SHORT', message: `must have ${min} characters or more` }];
  if (characters > max) return [{ pointer, code: 'TOO_LONG', message: `must have ${max} characters or fewer` }];
  return emailKey(password) === emailKey(email) ? [{ pointer, code: 'SAME_AS_EMAIL', message: 'must not be your e-mail address' }] : [];
}
