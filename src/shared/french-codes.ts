import { plainForm } from './plain-text.js';

/**
 * A French postal or municipality code (INSEE) as it is written in full: spreadsheets take it for a number, and the departments 01 to 09 lose
 * their zero. Digits stand without spaces; whatever is no such code stays.
 */
export function frenchCode(text: string): string {
  const digits = plainForm(text).replace(/ /g, '');
  if (/^\d{5}$/.test(digits)) return digits;
  return /^[1-9]\d{3}$/.test(digits) ? `0${digits}` : text;
}

/** The postal code of an address in a country (ISO 3166-1). */
export function postalCodeIn(country: unknown, code: string): string {
  return country === 'FR' ? frenchCode(code) : code;
}
