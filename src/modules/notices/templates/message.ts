import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';
import IntlMessageFormat, { type Formats, type Formatters } from 'intl-messageformat';
import { type Day, startOfDay } from '../../../shared/day.js';
import type { Variables } from '../domain/triggers/variables.js';
import { localeOf } from './languages.js';

/** The values from which a message is written: words, numbers, instants, and null for what is not known. */
export type MessageValues = Record<string, string | number | Date | null>;

// `undefined` switches off what the library's own style of that name would show.
const SHORT = { weekday: undefined, day: 'numeric', month: 'long', year: undefined } as const;
const MEDIUM = { ...SHORT, weekday: 'long' } as const;
const LONG = { ...MEDIUM, year: 'numeric' } as const;
const TIME = { hour: 'numeric', minute: '2-digit', second: undefined, timeZoneName: undefined } as const;

/** How `{dueOn, date, short}` and `{pickupAt, time}` are written. Without a style a day is written as `medium`, and an instant as `moment`. */
const FORMATS: Partial<Formats> = {
  date: { short: SHORT, medium: MEDIUM, long: LONG, full: LONG, moment: { ...MEDIUM, ...TIME } },
  time: { short: TIME, medium: TIME, long: TIME, full: TIME },
};

/** The styles that a template may name. */
export const DATE_STYLES: readonly string[] = ['short', 'medium', 'long', 'full'];

/** Parses a text. Throws a SyntaxError that carries its `location`. Tags are plain text, because a message is not a page. */
export function parseMessage(text: string): MessageFormatElement[] {
  return parse(text, { ignoreTag: true, captureLocation: true });
}

/** Returns the name of the value that holds the word for a choice; no template can write that name. */
export function wordVariable(name: string): string {
  return `${name}:word`;
}

/** Returns a day as people write it in that language, such as `mercredi 16 septembre 2026`. */
export function dayInWords(day: Day, language: string): string {
  return formatMessage('{day, date, long}', { day: { kind: 'day' } }, { day: startOfDay(day, 'UTC') }, language, 'UTC');
}

const CACHED = 2_000;
const cache = new Map<string, IntlMessageFormat>();

/**
 * Writes a message. `language` says how days, numbers and plural forms are written, and `timeZone` on which day and at which hour an instant
 * is.
 */
export function formatMessage(text: string, variables: Variables, values: MessageValues, language: string, timeZone: string): string {
  const parts = compiledMessage(text, variables, language, timeZone).formatToParts(values);
  return parts.map(({ value }) => String(value)).join('');
}

function compiledMessage(text: string, variables: Variables, language: string, timeZone: string): IntlMessageFormat {
  // The kinds of the variables change what a text means, so they are part of the key.
  const kinds = Object.entries(variables).map(([name, { kind }]) => `${name}:${kind}`);
  const key = JSON.stringify([language, timeZone, kinds, text]);
  const known = cache.get(key);
  if (known) return known;
  if (cache.size >= CACHED) cache.clear(); // councils edit texts now and then: a full start is rare and cheap
  const message = new IntlMessageFormat(withDefaults(parseMessage(text), variables), localeOf(language), FORMATS, {
    formatters: formattersIn(timeZone),
  });
  cache.set(key, message);
  return message;
}

/** Sets how a plain `{name}` is written: days and instants in words, a choice by its word. */
function withDefaults(elements: readonly MessageFormatElement[], variables: Variables): MessageFormatElement[] {
  return elements.map((element): MessageFormatElement => {
    if (element.type === TYPE.plural || element.type === TYPE.select) {
      const options = Object.entries(element.options).map(([key, option]) => [
        key,
        { ...option, value: withDefaults(option.value, variables) },
      ]);
      return { ...element, options: Object.fromEntries(options) as typeof element.options };
    }
    const kind = 'value' in element ? variables[element.value]?.kind : undefined;
    if (element.type === TYPE.date && kind !== undefined) return { ...element, style: element.style ?? 'medium' };
    if (element.type !== TYPE.argument) return element;
    if (kind === 'day') return { ...element, type: TYPE.date, style: 'medium' };
    if (kind === 'instant') return { ...element, type: TYPE.date, style: 'moment' };
    return kind === 'choice' ? { ...element, value: wordVariable(element.value) } : element;
  });
}

const formatters = new Map<string, Formatters>();

/** Returns the formatters of a time zone. They are made once, because making them is slow. A value that is null is written as nothing. */
function formattersIn(timeZone: string): Formatters {
  const known = formatters.get(timeZone) ?? newFormatters(timeZone);
  formatters.set(timeZone, known);
  return known;
}

function newFormatters(timeZone: string): Formatters {
  return {
    getNumberFormat: madeOnce((locales, options) => new Intl.NumberFormat(locales, options)),
    getPluralRules: madeOnce((locales, options) => new Intl.PluralRules(locales, options)),
    getDateTimeFormat: madeOnce((locales, options) => {
      const format = new Intl.DateTimeFormat(locales, { ...options, timeZone });
      const language = format.resolvedOptions().locale.split('-')[0];
      const words = (part: Intl.DateTimeFormatPart) => datePartInSentence(part, language);
      return {
        format: (value: Date | null) => (value === null ? '' : format.formatToParts(value).map(words).join('')),
      } as Intl.DateTimeFormat;
    }),
  };
}

/**
 * Corrects a part of a date for a sentence: `1er` in French; in Ukrainian no `р.` after the year, which would look like the end of the
 * sentence.
 */
function datePartInSentence({ type, value }: Intl.DateTimeFormatPart, language: string | undefined): string {
  if (language === 'fr' && type === 'day' && value === '1') return '1er';
  return language === 'uk' && type === 'literal' && value.trim() === 'р.' ? '' : value;
}

function madeOnce<Options, Made>(make: (locales?: string | string[], options?: Options) => Made) {
  const made = new Map<string, Made>();
  return (locales?: string | string[], options?: Options): Made => {
    const key = JSON.stringify([locales, options]);
    const known = made.get(key) ?? make(locales, options);
    made.set(key, known);
    return known;
  };
}
