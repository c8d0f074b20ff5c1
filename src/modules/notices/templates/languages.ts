import { TEXT_LANGUAGES, type TextLanguage } from '../../../shared/language.js';

/** The language when there are no texts in any other: that of the councils. */
const LAST_RESORT: TextLanguage = 'fr';

const REGIONS: Readonly<Record<string, string>> = { en: 'GB', pt: 'PT' };

export function isTextLanguage(language: string): language is TextLanguage {
  return (TEXT_LANGUAGES as readonly string[]).includes(language);
}

/**
 * Returns the language in which to write to an adult: their own, else the first of the council's in which there are texts, else French. A
 * region counts only where it has texts of its own: `pt-BR` reads `pt`.
 */
export function languageFor(
  own: string | null,
  ofCouncil: readonly string[],
  hasTexts: (language: string) => boolean = isTextLanguage,
): string {
  const wished = [own, ...ofCouncil].flatMap((language) => (language === null ? [] : [language, primary(language)]));
  return wished.find(hasTexts) ?? LAST_RESORT;
}

/**
 * Returns the locale by which numbers, days and hours are written: with the calendar, the digits and the 24 hours that public services in
 * Europe use.
 */
export function localeOf(language: string): string {
  const { region } = new Intl.Locale(language);
  return new Intl.Locale(language, {
    region: region ?? REGIONS[primary(language)],
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
  }).toString();
}

function primary(language: string): string {
  return language.split('-')[0]?.toLowerCase() ?? '';
}
