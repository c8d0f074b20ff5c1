import { type Day, dayIn } from '../../shared/day.js';
import type { TextLanguage } from '../../shared/language.js';

/** By language, time zone and what is shown: making a format takes longer than using it. */
const made = new Map<string, Intl.DateTimeFormat>();

const SHOWN = {
  day: { weekday: 'long', day: 'numeric', month: 'long' },
  date: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  time: { hour: '2-digit', minute: '2-digit' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** With the digits and the 24 hours of the country in every language. */
function formatOf(shown: keyof typeof SHOWN, language: TextLanguage, timeZone: string): Intl.DateTimeFormat {
  const name = `${shown} ${language} ${timeZone}`;
  let format = made.get(name);
  if (!format) {
    const locale = new Intl.Locale(language, { calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23' });
    format = new Intl.DateTimeFormat(locale, { ...SHOWN[shown], timeZone });
    made.set(name, format);
  }
  return format;
}

/** A day in words, with its weekday. */
export const dayInWords = (date: Day, language: TextLanguage): string =>
  formatOf('day', language, 'UTC').format(new Date(`${date}T00:00:00Z`));

/** A day in words, with its weekday and its year. */
export const dateInWords = (date: Day, language: TextLanguage): string =>
  formatOf('date', language, 'UTC').format(new Date(`${date}T00:00:00Z`));

/** The day of an instant in the council's time zone, in words. */
export const dateOfInstant = (at: Date, timeZone: string, language: TextLanguage): string => dateInWords(dayIn(at, timeZone), language);

/** A day with the hours between two instants of it, as clocks of the time zone show them. */
export function hoursInWords(from: Date, to: Date, language: TextLanguage, timeZone: string): string {
  const time = formatOf('time', language, timeZone);
  return `${dayInWords(dayIn(from, timeZone), language)}, ${time.format(from)}–${time.format(to)}`;
}

/** The last day on which something holds that ends at this instant. */
export const lastDayBefore = (end: Date, timeZone: string): Day => dayIn(new Date(end.getTime() - 1), timeZone);
