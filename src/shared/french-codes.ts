import { plainForm } from './plain-text.js';

/**
 * A French postal code or municipality code (INSEE) with all its digits. Spreadsheets take such a code for a number and drop the zero of
 * the departments 01 to 09. Spaces between digits are removed; any other text is returned unchanged.
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
