import { cleanEmail } from '../../../shared/email.js';

/** An e-mail address as it is compared: what people type differently and mean the same. */
export function emailKey(email: string): string {
  return cleanEmail(email).toLowerCase();
}
