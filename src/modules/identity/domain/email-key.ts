import { cleanEmail } from '../../../shared/email.js';

/** The form in which e-mail addresses are compared: different spellings of the same address become equal. */
export function emailKey(email: string): string {
  return cleanEmail(email).toLowerCase();
}
