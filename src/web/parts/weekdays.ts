const A_MONDAY = Date.UTC(2026, 5, 1);
const DAY = 24 * 3600 * 1000;

/** The name of a weekday, from 1 for Monday to 7 for Sunday. */
export function weekdayName(weekday: number, language: string): string {
  return new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' }).format(A_MONDAY + (weekday - 1) * DAY);
}
