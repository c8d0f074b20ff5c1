import { TEXT_LANGUAGES, type TextLanguage } from '../../../shared/language.js';
import { membersOf, type Reader, textOr } from '../../../shared/stored-json.js';

/** How one gets to a site, in the languages in which somebody has said it. */
export type Directions = Readonly<Partial<Record<TextLanguage, string>>>;

/** Directions with the texts that are given; null when there is none. */
export function directionsOf(texts: Readonly<Record<string, string | null | undefined>>): Directions | null {
  const given = TEXT_LANGUAGES.flatMap((language) => {
    const text = texts[language];
    return text == null ? [] : [[language, text] as const];
  });
  return given.length === 0 ? null : Object.fromEntries(given);
}

/** Reads stored directions; null when nobody has said any. */
export const storedDirections: Reader<Directions | null> = (stored) => {
  const members = membersOf(stored);
  return directionsOf(Object.fromEntries(TEXT_LANGUAGES.map((language) => [language, textOr(null)(members[language])])));
};

/** The directions in a language, else in the first of those that are there: a way in another language is better than none. */
export function directionsIn(
  directions: Directions | null,
  language: TextLanguage,
): { readonly language: TextLanguage; readonly text: string } | null {
  const found = [language, ...TEXT_LANGUAGES].find((each) => directions?.[each] !== undefined);
  return found === undefined ? null : { language: found, text: directions?.[found] ?? '' };
}
