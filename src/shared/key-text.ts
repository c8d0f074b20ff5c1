import { cleanText, foldForSearch, hasControls, plainForm, withoutUnseen } from './plain-text.js';

/** Spreadsheets mark a number that is to stay text with `="…"` or a leading apostrophe. Neither belongs to the text. */
const AS_FORMULA = /^=\s*"((?:[^"]|"")*)"$/;
const SPREADSHEET_NUMBER = /^\d+(?:[.,]\d+E[+-]?|E\+)\d{1,3}$/i;

const ONLY_SIGNS = /^[-?._/*#'"\s]*$/;

/** Words, in folded form, that people write when there is nothing to write. A text of punctuation alone means the same. */
const WORDS_FOR_NOTHING = new Set(
  [
    'n/a, na, #n/a, #n/d, null, nil, none, nothing, nan, undefined, void, empty, unknown, not available, not applicable, tbd, no serial',
    'néant, aucun, aucune, sans, nc, n/c, n.c., nr, n/r, nd, n/d, s/o, sans objet, inconnu, inconnue, vide, rien, non communiqué',
    'non renseigné, non disponible, non applicable, sans numéro, pas de numéro, pas de numéro de série, sans numéro de série',
    'keine, keiner, keines, kein, ohne, nichts, leer, unbekannt, entfällt, k.a., k. a., nicht vorhanden, nicht verfügbar',
    'ninguno, ninguna, nada, sin, sin número, no tiene, no hay, desconocido, desconocida, vacío, no aplica, no disponible',
    'nenhum, nenhuma, não tem, sem, sem número, não há, desconhecido, vazio, não aplicável, não disponível',
    'niciunul, niciuna, niciun, nimic, fără, lipsă, nu are, nu există, necunoscut, indisponibil',
    'yok, yoktur, boş, hiç, hiçbiri, bilinmiyor, belirtilmemiş, mevcut değil, numarası yok',
    'немає, нема, відсутній, відсутня, відсутнє, відсутні, невідомо, невідомий, жодного, жодний, нічого, немає даних, без номера',
    'لا يوجد, لايوجد, لا توجد, لا شيء, لا شئ, بدون, بلا, فارغ, غير معروف, غير متوفر, غير موجود, لا رقم, لا يوجد رقم, لا ينطبق',
    'nessuno, nessuna, niente, sconosciuto, geen, onbekend, n.v.t., nvt, brak, нет, отсутствует',
  ].flatMap((words) => words.split(', ').map(foldForSearch)),
);

/** The text without the marks by which a spreadsheet keeps it as text. */
export function withoutTextMarks(text: string): string {
  const trimmed = text.trim();
  const [, quoted] = AS_FORMULA.exec(trimmed) ?? [];
  return quoted === undefined ? text : quoted.replaceAll('""', '"');
}

/** Longer than every word for nothing with punctuation around it. Longer texts are not compared. */
const LONGEST_NOTHING = 200;

/** Whether a text says that there is nothing, such as `n/a`, `néant`, `—` or `?`. */
export function saysNothing(text: string): boolean {
  if (text.length > LONGEST_NOTHING) return false;
  const folded = foldForSearch(text);
  if (ONLY_SIGNS.test(folded)) return true;
  return WORDS_FOR_NOTHING.has(folded.replace(/^[([{<"'*-]+\s*|\s*[)\]}>"'*.-]+$/g, '')) || WORDS_FOR_NOTHING.has(folded);
}

/** Those of the words above that cannot be names either. The others can: there is, for example, a commune called Sem. */
const NO_NAMES = new Set(
  'n/a, #n/a, #n/d, null, none, nan, undefined, néant, non renseigné, non communiqué, non disponible, n/c, n/d, n/r, s/o'
    .split(', ')
    .map(foldForSearch),
);

/** Whether a text that should be a name says that there is none: punctuation alone, or a word that is not a name of anything. */
export function isNoName(text: string): boolean {
  if (text.length > LONGEST_NOTHING) return false;
  const folded = foldForSearch(text);
  return ONLY_SIGNS.test(folded) || NO_NAMES.has(folded.replace(/^[([{<]\s*|\s*[)\]}>.]+$/g, ''));
}

/** Why a text cannot be a key. */
export type KeyFault = 'FORBIDDEN_CHARACTERS' | 'SCIENTIFIC_NOTATION';
export const KEY_FAULTS: Readonly<Record<KeyFault, string>> = {
  FORBIDDEN_CHARACTERS: 'must not contain control characters',
  SCIENTIFIC_NOTATION:
    'is a long number that a spreadsheet has shortened: format the column as text, enter the whole number again, and send it once more',
};

/**
 * A key (a tag, a serial number, a code) as it is stored and shown: as it was written, without invisible characters, superfluous blanks and
 * the marks of spreadsheets. Empty when it says that there is nothing.
 */
export function cleanKey(text: string): string {
  const key = withoutMarks(text);
  return saysNothing(key) ? '' : key;
}

function withoutMarks(text: string): string {
  return cleanText(withoutUnseen(withoutTextMarks(cleanText(text))).replace(/^\s*['’]+/, ''));
}

export function keyFault(text: string): KeyFault | null {
  if (hasControls(cleanText(text))) return 'FORBIDDEN_CHARACTERS';
  return SPREADSHEET_NUMBER.test(plainForm(cleanKey(text))) ? 'SCIENTIFIC_NOTATION' : null;
}

/**
 * The form in which keys are compared: two keys are the same when their forms are equal, whatever their case, and whatever dashes,
 * apostrophes, blanks and forms of letters they are written with.
 */
export function keyOf(text: string): string {
  return foldForSearch(cleanKey(text));
}

/**
 * The form by which a thing is looked up: the key, or, for words that mean nothing, the words themselves, since old things may have them as
 * their tag.
 */
export function lookupKey(text: string): string {
  return foldForSearch(withoutMarks(text)) || foldForSearch(text);
}
