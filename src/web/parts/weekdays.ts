import type { TextLanguage } from '../../shared/language.js';

const A_MONDAY = Date.UTC(2026, 5, 1);
const DAY = 24 * 3600 * 1000;

/** By language: making the names takes longer than making the page. */
const made = new Map<TextLanguage, readonly string[]>();

/** The name of a weekday, from 1 for Monday to 7 for Sunday. */
export function weekdayName(weekday: number, language: TextLanguage): string {
  let names = made.get(language);
  if (!names) {
    const weekdays = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' });
    names = Array.from({ length: 7 }, (_, day) => weekdays.format(A_MONDAY + day * DAY));
    made.set(language, names);
  }
  return names[weekday - 1] ?? '';
}
