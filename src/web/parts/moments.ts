import type { TextLanguage } from '../../shared/language.js';

/** By language and time zone: making a format takes longer than using it. */
const made = new Map<string, Intl.DateTimeFormat>();

/** A day and an hour in words, as they are in the council's time zone; with the digits and the 24 hours of the country in every language. */
export function momentInWords(at: Date, language: TextLanguage, timeZone: string): string {
  const name = `${language} ${timeZone}`;
  let format = made.get(name);
  if (!format) {
    const locale = new Intl.Locale(language, { calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23' });
    format = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit', timeZone });
    made.set(name, format);
  }
  return format.format(at);
}
