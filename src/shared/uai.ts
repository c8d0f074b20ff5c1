import { plainForm } from './plain-text.js';

/** The check letter for each remainder modulo 23; I, O and Q are left out. */
const KEYS = 'ABCDEFGHJKLMNPRSTUVWXYZ';

/** Whether a text is a UAI, the code of a French school: 7 digits, then the check letter for their remainder modulo 23. */
export function isUai(text: string): boolean {
  return /^\d{7}[A-Z]$/.test(text) && KEYS[Number(text.slice(0, 7)) % KEYS.length] === text[7];
}

/**
 * The UAI as it is stored, in capitals without spaces and dashes. Zeros at the beginning, which spreadsheets drop, are added if the check
 * letter then fits. Null when the text is not a UAI.
 */
export function normaliseUai(text: string): string | null {
  const code = plainForm(text)
    .toUpperCase()
    .replace(/[\s.'-]/g, '');
  const whole = /^\d{5,6}[A-Z]$/.test(code) ? code.padStart(8, '0') : code;
  return isUai(whole) ? whole : null;
}
