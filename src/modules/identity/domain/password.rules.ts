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

/** Of the scores 0 to 4: from here on a guesser who has the hashes needs more than ten to the eighth tries. */
export const WEAKEST_SCORE = 3;

export const TOO_WEAK: Fault = {
  pointer: '/password',
  code: 'TOO_WEAK',
  message:
    'would soon be guessed: avoid repetitions, rows of keys, names, years and well-known words; four words that do not belong together do',
};

/** What somebody who knows the person, or the program, tries first. */
export function guessableWords({ email, name }: { readonly email: string; readonly name: string }): string[] {
  const [mailbox = '', domain = ''] = email.toLowerCase().split('@');
  const parts = [...mailbox.split(/[^\p{L}\p{N}]+/u), ...domain.split('.'), ...name.toLowerCase().split(/\s+/)];
  return [...new Set([email.toLowerCase(), mailbox, ...parts, 'passerelle'])].filter((word) => word.length >= 3);
}
