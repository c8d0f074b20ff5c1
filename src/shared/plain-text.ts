import { PLAIN_FORMS } from './letters.js';

/** Invisible characters, except the joiners and selectors that emoji and the Persian and Indian scripts need. */
const UNSEEN = '\\u00AD\\u061C\\u115F\\u1160\\u180E\\u200B\\u200E\\u200F\\u202A-\\u202E\\u2060-\\u206F\\u3164\\uFEFF\\uFFA0\\uFFF9-\\uFFFB';
const BLANK = '\\s\\u0085\\u2800';
/** Characters that Unicode would split into a blank and an accent, and that stand for an apostrophe. */
const SPACING_ACCENTS = /[`\u00B4\u0384\u1FBD\u1FBF\u1FFE]/gu;
const AROUND = new RegExp(`[${BLANK}${UNSEEN}]`, 'u');
const BLANKS = new RegExp(`[${BLANK}]+`, 'gu');

/** More marks on one letter than any script has (Unicode TR 15, Stream-Safe Text Format). A normal form would sort them one by one. */
const TOO_MANY_MARKS = /(\p{M}{30})\p{M}+/gu;
const withFewMarks = (text: string): string => text.replace(TOO_MANY_MARKS, '$1');

/** A text in a Unicode normal form. The time depends on its length alone, because at most thirty marks on one letter are kept. */
export function normalForm(text: string, form: 'NFC' | 'NFD' | 'NFKC' | 'NFKD'): string {
  return withFewMarks(withFewMarks(text).normalize(form));
}

/** A text as it is stored: composed characters (Unicode NFC), without invisible characters at its ends. Everything else is kept. */
export function cleanText(text: string): string {
  return normalForm(withoutAround(normalForm(text, 'NFC')), 'NFC');
}

/**
 * Looks at one character after the other from both ends. A regular expression for the end would start again at every blank, which takes too
 * long in a text of blanks.
 */
function withoutAround(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && AROUND.test(text.charAt(start))) start += 1;
  while (end > start && AROUND.test(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/**
 * Whether a text has characters that nobody types and that PostgreSQL or XML cannot store: C0 controls other than tab and line ends, or
 * half of a surrogate pair.
 */
export function hasForbiddenCharacters(text: string): boolean {
  return /[^\P{Cc}\t\n\r\x7F-\x9F]|\p{Cs}/u.test(text);
}

/** Whether a text has a control character or half of a surrogate pair. */
export function hasControls(text: string): boolean {
  return /\p{Cc}|\p{Cs}/u.test(text);
}

/** The text without invisible characters, joiners included, and with one plain space for each blank. */
export function withoutUnseen(text: string): string {
  return text.replace(/[\p{Default_Ignorable_Code_Point}\p{Cf}\u2800]/gu, (sign) => (sign === '\u2800' ? ' ' : '')).replace(BLANKS, ' ');
}

/**
 * A code or a number as a machine would write it: full-width and other variants become the plain character, and there is one kind of dash,
 * apostrophe, digit and space, and nothing invisible. Case and accents are kept.
 */
export function plainForm(text: string): string {
  const plain = normalForm(withoutUnseen(text.replace(SPACING_ACCENTS, "'")), 'NFKC');
  return plain
    .replace(/[\p{Pd}\p{Nd}\p{Sm}\p{P}\p{Lm}]/gu, signOf)
    .replace(BLANKS, ' ')
    .trim();
}

function signOf(sign: string): string {
  const folded = foldedCharacter(sign);
  return /^[-'"\d]$/.test(folded) ? folded : sign;
}

/**
 * The form in which texts are compared, in searches and as keys: small letters without accents, ligatures and letters that Unicode does not
 * decompose written out, one kind of dash, apostrophe, quotation mark and digit, single spaces, nothing invisible. The function
 * `folded_text` of the database does the same (`folded-text.sql.ts`).
 */
export function foldForSearch(text: string): string {
  if (/^[\x20-\x5F\x61-\x7E]*$/.test(text)) return text.toLowerCase().replace(/ {2,}/g, ' ').trim();
  const split = normalForm(text.replace(SPACING_ACCENTS, "'"), 'NFKD');
  return [...split].map(foldedCharacter).join('').replace(/ +/g, ' ').trim();
}

/** The folded forms of the characters that have occurred so far; only few of all that Unicode has ever do. */
const FOLDED = new Map<string, string>();
const MOST_FOLDED = 5000;

/** The folded form of one character of a text in NFKD. */
export function foldedCharacter(character: string): string {
  const known = FOLDED.get(character);
  if (known !== undefined) return known;
  const folded = folding(character);
  if (FOLDED.size < MOST_FOLDED) FOLDED.set(character, folded);
  return folded;
}

function folding(character: string): string {
  if (/[\s\u0085\u2800]/u.test(character) && character !== '\uFEFF') return ' '; // \s has the byte order mark too
  if (/[\p{M}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/u.test(character)) return '';
  if (/\p{Pd}/u.test(character)) return '-';
  const small = character.toLowerCase();
  return PLAIN_FORMS.get(small) ?? PLAIN_FORMS.get(character) ?? (/\p{Nd}/u.test(character) ? digit(character) : small);
}

/** The plain digit of a digit in any script. Unicode keeps the ten digits of each script together and in order. */
function digit(character: string): string {
  const at = character.codePointAt(0) ?? 0;
  let before = 0;
  while (/\p{Nd}/u.test(String.fromCodePoint(at - before - 1))) before += 1;
  return String(before % 10);
}
