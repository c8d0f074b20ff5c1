const LETTERS: Readonly<Record<string, string>> = { œ: 'oe', æ: 'ae', ß: 'ss', '’': "'", '‘': "'", ʼ: "'" };

/** A typed text as it is stored: composed characters (Unicode NFC), no space around; what lies inside is kept. */
export function cleanText(text: string): string {
  return text.normalize('NFC').trim();
}

/** Whether a text holds what no person types and Postgres or XML can't store: C0 controls but tab and line ends, or half a surrogate pair. */
export function hasForbiddenCharacters(text: string): boolean {
  return /[^\P{Cc}\t\n\r\x7F-\x9F]|\p{Cs}/u.test(text);
}

/** A text as it is compared in a search: small letters without accents, ligatures spelt out, one kind of apostrophe, single spaces. */
export function foldForSearch(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[œæß’‘ʼ]/g, (letter) => LETTERS[letter] ?? letter)
    .replace(/\s+/g, ' ')
    .trim();
}
