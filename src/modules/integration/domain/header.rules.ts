import { foldForSearch } from '../../../shared/plain-text.js';
import { ok, refused, type Result } from '../../../shared/result.js';
import type { ImportColumn, ImportColumns } from './import-columns.js';

/** The use of each column of a file. */
export interface Heading {
  /** The index in a row of each column. */
  readonly places: Readonly<Record<string, number>>;
  /** The headers, as the file writes them, of columns that the import ignores. */
  readonly unused: readonly string[];
  /** Whether the file is a list of failed rows from an earlier import. */
  readonly corrected: boolean;
}

/** What a line above the header can be. */
export const SKIPPED_LINE_CODES = ['SEPARATOR_LINE', 'TITLE_LINE'] as const;

/** A line above the header. */
export interface SkippedLine {
  readonly line: number;
  readonly value: string;
  readonly code: (typeof SKIPPED_LINE_CODES)[number];
}

/** The limits of a header; no inventory has so many columns or such long names. */
const MOST_HEADERS = 1000;
const LONGEST_HEADER = 300;

/** The header of the column of reasons in `errors.csv`. When such a file is imported, the column is ignored. */
export const REASONS_HEADER = 'Import errors';

/**
 * The form in which headers are compared: without case, accents, spaces, underscores and other punctuation, which differ from year to year.
 */
export function headerKey(header: string): string {
  return foldForSearch(header.slice(0, LONGEST_HEADER)).replace(/[^\p{L}\p{N}]/gu, '');
}

/** The column with this documented name. */
export function columnNamed(columns: ImportColumns, name: string): string | undefined {
  return columnsByName(columns).get(headerKey(name));
}

const BY_NAME = new WeakMap<ImportColumns, ReadonlyMap<string, string>>();

/**
 * Maps every name of a column, in the form in which names are compared, to the column. If two columns have a name, the first one gets it.
 */
function columnsByName(columns: ImportColumns): ReadonlyMap<string, string> {
  const known = BY_NAME.get(columns);
  if (known) return known;
  const byName = new Map<string, string>();
  for (const [column, { elsewhere = [] }] of Object.entries(columns)) {
    for (const name of [...namesOf(columns[column]), ...elsewhere.map(headerKey)]) if (!byName.has(name)) byName.set(name, column);
  }
  BY_NAME.set(columns, byName);
  return byName;
}

/**
 * Reads the header of a file. `mapping` says which of its headers mean which column, and comes before the documented names. Returns a
 * message for people when no header is known, a key column is missing, or two headers mean the same column.
 */
export function readHeader(
  columns: ImportColumns,
  header: readonly string[],
  mapping: Readonly<Record<string, string>>,
): Result<Heading, string> {
  if (header.length > MOST_HEADERS) return refused(`The header has ${header.length} columns; at most ${MOST_HEADERS} are read.`);
  const mapped = new Map<string, string>();
  for (const [theirs, ours] of Object.entries(mapping)) {
    const column = columnNamed(columns, ours);
    if (column !== undefined) mapped.set(headerKey(theirs), column);
  }
  const keys = header.map(headerKey);
  const absent = Object.keys(mapping).find((theirs) => !keys.includes(headerKey(theirs)));
  if (absent !== undefined) return refused(`The mapping names the header "${absent}", which the file does not have.`);

  const reserved = new Set(mapped.values());
  const columnOf = (key: string) => {
    const documented = columnNamed(columns, key);
    return mapped.get(key) ?? (documented !== undefined && !reserved.has(documented) ? documented : undefined);
  };
  const rankOf = (key: string, column: string) => (mapped.has(key) || namesOf(columns[column]).includes(key) ? 1 : 2);
  const places: Record<string, number> = {};
  const unused: string[] = [];
  for (const [place, text] of header.entries()) {
    const key = keys[place] ?? '';
    const column = key === '' ? undefined : columnOf(key);
    const first = column === undefined ? undefined : places[column];
    const isFirstBest = column !== undefined && first !== undefined && rankOf(keys[first] ?? '', column) < rankOf(key, column);
    if (column !== undefined && first !== undefined && rankOf(keys[first] ?? '', column) === rankOf(key, column)) {
      return refused(
        `The headers "${shortenedHeader(header[first])}" (column ${first + 1}) and "${shortenedHeader(text)}" (column ${place + 1}) both mean ${nameOf(columns, column)}: rename one, or say in the mapping which it is.`,
      );
    }
    // The documented names come before the names of other inventories.
    if (column !== undefined && first !== undefined && !isFirstBest) unused.push(shortenedHeader(header[first]));
    if (column !== undefined && !isFirstBest) places[column] = place;
    else if (key !== headerKey(REASONS_HEADER))
      unused.push(text.trim() === '' ? `(column ${place + 1}, without a header)` : shortenedHeader(text));
  }
  if (Object.keys(places).length === 0) {
    return refused(
      `None of the headers is known for this kind; it knows ${Object.values(columns)
        .map(({ name }) => name)
        .join(', ')}.`,
    );
  }
  const missing = Object.entries(columns).filter(([column, { key }]) => key === true && places[column] === undefined);
  if (missing.length > 0)
    return refused(`The file has no column ${missing.map(([, { name }]) => name).join(' and none ')}, without which it can't be read.`);
  return ok({ places, unused, corrected: keys.includes(headerKey(REASONS_HEADER)) });
}

/** How many of the headers are known. By this number the header is recognised among the lines above it. */
export function knownHeaders(columns: ImportColumns, header: readonly string[], mapping: Readonly<Record<string, string>>): number {
  const mapped = new Set(Object.keys(mapping).map(headerKey));
  return header
    .slice(0, MOST_HEADERS)
    .filter((text) => text.trim() !== '' && (mapped.has(headerKey(text)) || columnNamed(columns, text) !== undefined)).length;
}

/** A header as a message shows it: very long ones are cut. */
function shortenedHeader(header = ''): string {
  return header.length > LONGEST_HEADER ? `${header.slice(0, LONGEST_HEADER).replace(/\p{Cs}$/u, '')}…` : header;
}

function namesOf(column: ImportColumn | undefined): string[] {
  return column === undefined ? [] : [column.name, ...column.also].map(headerKey);
}

function nameOf(columns: ImportColumns, column: string): string {
  return columns[column]?.name ?? column;
}
