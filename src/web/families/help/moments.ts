import type { TextLanguage } from '../../../shared/language.js';

/** Figures are those on telephones, in Arabic too. */
const figuresIn = (language: TextLanguage): string => `${language}-u-nu-latn`;

/** When something takes place, such as `mercredi 18 novembre` and `17:30 – 19:00`. The hours stay on one line. */
export function dayAndHours(startsAt: Date, endsAt: Date, timeZone: string, language: TextLanguage): readonly [day: string, hours: string] {
  const day = new Intl.DateTimeFormat(figuresIn(language), { weekday: 'long', day: 'numeric', month: 'long', timeZone });
  const hours = new Intl.DateTimeFormat(figuresIn(language), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone });
  return [day.format(startsAt), hours.formatRange(startsAt, endsAt).replace(/\s/g, '\u00A0')];
}

/** The name of a language in another: `français`, `الفرنسية`. */
export function languageInWords(tag: string, language: TextLanguage): string {
  return new Intl.DisplayNames(language, { type: 'language' }).of(tag) ?? tag;
}
