import { plainForm } from './plain-text.js';

/** The prefix of the references of household files. */
export const HOUSEHOLD_PREFIX = 'F';

/** Crockford's base 32: no I, L, O or U, so that each of them can only be a misread 1, 1, 0 or V. */
export const SYMBOLS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const MISREAD: Readonly<Record<string, string>> = { I: '1', L: '1', O: '0', U: 'V' };
const DRAWN = 5;

/**
 * A reference that people read out and type, such as `F-7K3M-25`: the prefix, five random symbols and a check symbol. There are 32^5 = 33
 * million for each prefix and council. Among 100,000 files one new reference in 335 is taken already, so callers try again when the unique
 * constraint of the database fails. Uses five of the random bytes; throws a RangeError when there are fewer.
 */
export function makeReference(prefix: string, randomBytes: Uint8Array): string {
  if (randomBytes.length < DRAWN) throw new RangeError(`A reference needs ${DRAWN} random bytes, not ${randomBytes.length}`);
  // 256 is a multiple of 32, so all symbols are equally likely.
  const drawn = [...randomBytes.subarray(0, DRAWN)].map((byte) => symbol(byte % SYMBOLS.length)).join('');
  return grouped(prefix, drawn + checkSymbol(drawn));
}

/**
 * The reference that somebody meant. Case, prefix, dashes and spaces do not matter, and O, I, L and U are read as the symbols for which
 * they are mistaken. Null when it is not a reference. A single wrong symbol, or two swapped ones, are always detected.
 */
export function normaliseReference(prefix: string, typed: string): string | null {
  const read = corrected(typed);
  const start = corrected(prefix);
  const code = read.length > DRAWN + 1 && read.startsWith(start) ? read.slice(start.length) : read;
  const wellFormed = code.length === DRAWN + 1 && [...code].every((character) => SYMBOLS.includes(character));
  return wellFormed && checkSymbol(code.slice(0, DRAWN)) === code[DRAWN] ? grouped(prefix, code) : null;
}

function grouped(prefix: string, code: string): string {
  return `${prefix}-${code.slice(0, 4)}-${code.slice(4)}`;
}

/** What somebody meant who typed symbols: without blanks and dashes, in capitals, and what can only be misread is put right. */
export function corrected(text: string): string {
  return plainForm(text)
    .toUpperCase()
    .replace(/[\s'-]/g, '')
    .replace(/[ILOU]/g, (letter) => MISREAD[letter] ?? letter);
}

/**
 * The symbol for which the polynomial of all symbols is zero at x in GF(32), modulo x^5 + x^2 + 1. Each position has a different weight
 * other than zero, so the errors above are always detected (a Reed-Solomon code with one check symbol).
 */
function checkSymbol(drawn: string): string {
  return symbol([...drawn].reduce((sum, character) => timesX(sum ^ SYMBOLS.indexOf(character)), 0));
}

function timesX(element: number): number {
  return element < 16 ? element << 1 : (element << 1) ^ 0b100101;
}

function symbol(value: number): string {
  return SYMBOLS.charAt(value);
}
