import { normalForm } from './plain-text.js';

/** Spaces, controls and invisible characters, then what starts a formula; or a tab or line end at the very start. */
const FORMULA = /^[\s\p{C}]*[=+\-@]|^[\t\r\n]/u;
const NEGATIVE_NUMBER = /^-\d+([.,]\d+)?$/;

/**
 * A cell that no spreadsheet takes for a formula (OWASP, CSV Injection; ASVS 5.0, 1.2.10): an apostrophe goes before whatever could start
 * one, full-width and other variants of the signs included. Negative numbers stay as they are. Quoting is left to the CSV writer.
 */
export function spreadsheetSafe(cell: string): string {
  return FORMULA.test(normalForm(cell, 'NFKC')) && !NEGATIVE_NUMBER.test(cell) ? `'${cell}` : cell;
}
