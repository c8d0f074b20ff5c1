import { type Day, dayIn } from '../../shared/day.js';
import type { TextLanguage } from '../../shared/language.js';

/** By language: making a format takes longer than making the page. */
const formats = new Map<TextLanguage, Intl.DateTimeFormat>();

/** A day as families read it, such as `lundi 30 novembre 2026`: with the calendar and the digits that public services in Europe use. */
export function dayInWords(day: Day, language: TextLanguage): string {
  let format = formats.get(language);
  if (!format) {
    const locale = new Intl.Locale(language === 'en' ? 'en-GB' : language, { calendar: 'gregory', numberingSystem: 'latn' });
    format = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
    formats.set(language, format);
  }
  return format.format(new Date(`${day}T00:00:00Z`));
}

/** The day of an instant in the council's time zone, in words. */
export const dayOfInstant = (at: Date, timeZone: string, language: TextLanguage): string => dayInWords(dayIn(at, timeZone), language);
