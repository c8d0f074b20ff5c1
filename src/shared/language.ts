import { byQuality } from './quality-values.js';

/** Whether a text is a language tag in its canonical form (BCP 47), such as `fr` or `pt-BR`. */
export function isLanguageTag(text: string): boolean {
  return canonicalLanguage(text) === text && text.length <= 35;
}

/** The canonical form of a language tag; null when it is none. */
export function canonicalLanguage(text: string): string | null {
  try {
    return Intl.getCanonicalLocales(text.trim())[0] ?? null;
  } catch {
    return null;
  }
}

/** The languages in which families and staff are written to. A council may add texts of its own in others. */
export const TEXT_LANGUAGES = ['fr', 'en', 'ar', 'tr', 'pt', 'uk', 'ro', 'es'] as const;
export type TextLanguage = (typeof TEXT_LANGUAGES)[number];

/** The text language of a language tag, whatever its region; null when texts do not exist in that language. */
export function textLanguageOf(tag: string): TextLanguage | null {
  const base = tag.split(/[-_]/)[0]?.toLowerCase();
  return TEXT_LANGUAGES.find((each) => each === base) ?? null;
}

export const hasText = (tag: string): boolean => textLanguageOf(tag) !== null;

/** The same, but French, the language of the councils, for every other language. */
export const textLanguage = (tag: string): TextLanguage => textLanguageOf(tag) ?? TEXT_LANGUAGES[0];

const RIGHT_TO_LEFT = new Set(['Arab', 'Hebr', 'Syrc', 'Thaa', 'Nkoo', 'Adlm']);

/** The direction in which a language is written. @throws RangeError when the text is not a language tag */
export function directionOf(language: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.has(new Intl.Locale(language).maximize().script ?? '') ? 'rtl' : 'ltr';
}

/** The language if it is offered, else null. */
export function offeredLanguage(language: string | null, isOffered: (language: string) => boolean): string | null {
  return language !== null && isOffered(language) ? language : null;
}

/** The offered language that an `Accept-Language` header prefers (RFC 9110, 12.5.4); null when it names none of them. */
export function preferredLanguage(header: string | undefined, isOffered: (language: string) => boolean): string | null {
  const liked = byQuality(header ?? '').flatMap(({ name, quality }) => (quality > 0 ? (canonicalLanguage(name) ?? []) : []));
  return liked.find(isOffered) ?? null;
}
