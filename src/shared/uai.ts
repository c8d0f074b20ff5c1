import { plainForm } from './plain-text.js';

/** One letter for each remainder by 23: I, O and Q are left out. */
const KEYS = 'ABCDEFGHJKLMNPRSTUVWXYZ';

/** Whether a text is a UAI, the code of a French school: 7 digits, then the letter that belongs to their remainder by 23. */
export function isUai(text: string): boolean {
  return /^\d{7}[A-Z]$/.test(text) && KEYS[Number(text.slice(0, 7)) % KEYS.length] === text[7];
}

/**
 * The UAI as it is stored: capitals without spaces and dashes. A spreadsheet takes the zeros in front away; they come back where the letter
 * then fits. Null when it is none.
 */
export function normaliseUai(text: string): string | null {
  const code = plainForm(text)
    .toUpperCase()
    .replace(/[\s.'-]/g, '');
  const whole = /^\d{5,6}[A-Z]$/.test(code) ? code.padStart(8, '0') : code;
  return isUai(whole) ? whole : null;
}
