import { type Day, EARLIEST_DAY, isDay, isNearDay, LATEST_DAY } from '../../../shared/day.js';
import { plainForm } from '../../../shared/plain-text.js';
import { UnreadableCell } from './row-cells.js';

/** The order in which a file writes numeric dates. `day` is 31/12/2026, `month` is 12/31/2026. */
export type DateOrder = 'day' | 'month';

/** How the days of a file are read, in the columns that contain days. */
export interface DayReading<DayColumn = string> {
  orderOf(column: DayColumn): DateOrder | null;
  /** The present day in the council's time zone. */
  readonly today: Day;
}

const NUMERIC_DAY = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})$/;
const YEAR_FIRST = /^(\d{4})[/.](\d{1,2})[/.](\d{1,2})$/;
const FAR_OFF = new UnreadableCell('OUT_OF_RANGE', `must lie from ${EARLIEST_DAY} to ${LATEST_DAY}`);
const WRITE_ISO = new UnreadableCell('INVALID_DAY', 'must be a day such as 2026-09-01');

/**
 * The only order in which a numeric date can be read: 23/1 is day first, 1/23 is month first. Undefined when both or neither are possible.
 */
export function orderShownBy(text: string): DateOrder | undefined {
  const [, first, second] = NUMERIC_DAY.exec(withoutTime(text)) ?? [];
  if (Number(first) > 12 && Number(second) <= 12) return 'day';
  if (Number(second) > 12 && Number(first) <= 12) return 'month';
  return undefined;
}

/**
 * The order of the days of a file. It is the one that some of its days show, if all these agree, else the custom of the council's language.
 */
export function orderOfDays(shown: ReadonlySet<DateOrder>, locale: string): DateOrder | null {
  const [only, other] = [...shown];
  if (only !== undefined && other === undefined) return only;
  const [language, region] = locale.split('-');
  if (language !== 'en') return 'day';
  if (region === undefined) return null;
  return region === 'US' ? 'month' : 'day';
}

/**
 * Reads a day such as `2026-09-01`, or a numeric date in the order of the file. A time behind it is ignored. A year of two digits is the
 * last such year that is not in the future, because a file tells of the past.
 */
export function readDay(text: string, order: DateOrder | null, today: Day): Day | UnreadableCell {
  const date = withoutTime(text).replace(YEAR_FIRST, (_, year: string, month: string, day: string) => inIso(year, month, day));
  const [, first = '', second = '', year = ''] = NUMERIC_DAY.exec(date) ?? [];
  if (first === '') return nearDay(date);
  if (order === null && Number(first) !== Number(second)) {
    return new UnreadableCell('AMBIGUOUS_DAY', 'may be read day first or month first: write it as 2026-09-01');
  }
  const [day, month] = order === 'month' ? [second, first] : [first, second];
  const written = inIso(year.padStart(4, '20'), month, day);
  const past = year.length === 2 && written > today ? inIso(`19${year}`, month, day) : written;
  return nearDay(past);
}

function nearDay(text: string): Day | UnreadableCell {
  if (!isDay(text)) return WRITE_ISO;
  return isNearDay(text) ? text : FAR_OFF;
}

function inIso(year: string, month: string, day: string): string {
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

function withoutTime(text: string): string {
  return plainForm(text).replace(/[T ]\d{1,2}:\d{2}.*$/, '');
}

const MONEY = /^(?:\d+|\d{1,3}(?:([ '.,])\d{3})(?:\1\d{3})*)(?:([.,])(\d{1,2}))?$/;
const MOST_CENTS = 2_147_483_647;

/**
 * Reads an amount in cents: `1234.5`, `1 234,50 €`, `1,234.50`. An amount that could mean thousands as well as cents (`1,234`) is refused.
 */
export function readCents(text: string): number | UnreadableCell {
  const amount = plainForm(text)
    .replace(/^[€$£]\s*|\s*(?:[€$£]|EUR|USD|GBP)$/gi, '')
    .trim();
  const [whole, thousands, point, decimals = ''] = MONEY.exec(amount) ?? [];
  const isClear =
    whole !== undefined && (thousands === undefined || (thousands !== point && (point !== undefined || ![',', '.'].includes(thousands))));
  if (!isClear) return new UnreadableCell('INVALID_AMOUNT', 'must be an amount such as 1234.50');
  const units = (point === undefined ? amount : amount.slice(0, amount.lastIndexOf(point))).replace(/\D/g, '');
  const cents = Number(units) * 100 + Number(decimals.padEnd(2, '0'));
  return cents <= MOST_CENTS ? cents : new UnreadableCell('OUT_OF_RANGE', `must be at most ${MOST_CENTS / 100}`);
}
