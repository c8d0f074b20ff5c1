import type { Fault } from '../../../shared/denial.js';
import { emailKey } from './email-key.js';

export const PASSWORD_LENGTH = { min: 12, max: 200 } as const;

/**
 * The normal form of a password: different keyboards send different bytes for the same characters. Blanks are kept (RFC 8265,
 * OpaqueString).
 */
export function normalisePassword(password: string): string {
  return password.normalize('NFC');
}

/**
 * What is wrong with a chosen password by its form. It must be long enough, which matters most (NIST SP 800-63B, 5.1.1.2), and it must not
 * be the person's e-mail address.
 */
export function passwordFaults(password: string, email: string, pointer = '/password'): Fault[] {
  const characters = [...normalisePassword(password)].length;
  const { min, max } = PASSWORD_LENGTH;
  if (characters < min) return [{ pointer, code: 'TOO_SHORT', message: `must have ${min} characters or more` }];
  if (characters > max) return [{ pointer, code: 'TOO_LONG', message: `must have ${max} characters or fewer` }];
  return emailKey(password) === emailKey(email) ? [{ pointer, code: 'SAME_AS_EMAIL', message: 'must not be your e-mail address' }] : [];
}

/** The lowest accepted score on a scale from 0 to 4. From this score on, somebody who has the hashes needs more than 10^8 guesses. */
export const WEAKEST_SCORE = 3;

export const TOO_WEAK: Fault = {
  pointer: '/password',
  code: 'TOO_WEAK',
  message:
    'would soon be guessed: avoid repetitions, rows of keys, names, years and well-known words; four words that do not belong together do',
};

/** The words that somebody who knows the person, or the program, would try first. */
export function guessableWords({ email, name }: { readonly email: string; readonly name: string }): string[] {
  const [mailbox = '', domain = ''] = email.toLowerCase().split('@');
  const parts = [...mailbox.split(/[^\p{L}\p{N}]+/u), ...domain.split('.'), ...name.toLowerCase().split(/\s+/)];
  return [...new Set([email.toLowerCase(), mailbox, ...parts, 'passerelle'])].filter((word) => word.length >= 3);
}
