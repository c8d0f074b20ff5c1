import { cleanKey } from './key-text.js';
import { plainForm } from './plain-text.js';

/** Whether the last digit is the check digit of those before it (Luhn, ISO/IEC 7812-1 annex B); false for anything but digits. */
export function luhnValid(digits: string): boolean {
  if (!/^\d+$/.test(digits)) return false;
  const sum = [...digits].reverse().reduce((total, digit, place) => total + (place % 2 === 0 ? Number(digit) : doubled(Number(digit))), 0);
  return sum % 10 === 0;
}

/** The 15 digits of an IMEI (3GPP TS 23.003, 6.2.1) typed with or without spaces, dashes and slashes; null when it is none. */
export function normaliseImei(text: string): string | null {
  const digits = withoutSeparators(text);
  return /^\d{15}$/.test(digits) && luhnValid(digits) ? digits : null;
}

/**
 * The digits of an ICCID, the number of a SIM card; null when it is none. ITU-T E.118 allows 19 with the check digit; GSM 11.11 stores 10
 * octets, and some operators use all 20 digits. The `F` that fills the twentieth place of a 19-digit number, where a reader shows it, is
 * dropped.
 */
export function normaliseIccid(text: string): string | null {
  const digits = withoutSeparators(text).replace(/^(\d{19})F$/i, '$1');
  return /^89\d{17,18}$/.test(digits) && luhnValid(digits) ? digits : null;
}

function withoutSeparators(text: string): string {
  return plainForm(cleanKey(text)).replace(/[\s/.-]/g, '');
}

/** Twice a digit; if that has two digits, their sum. */
function doubled(digit: number): number {
  return digit < 5 ? 2 * digit : 2 * digit - 9;
}
