import { ok, refused, type Result } from '../../../shared/result.js';
import { BrokenCsv, type CsvRecord, csvRecords, delimiterOf, type FilePosition, LONGEST_ROW } from './csv-reader.js';
import { type DateOrder, orderShownBy } from '../domain/cell-values.js';
import { type Heading, knownHeaders, readHeader, type SkippedLine } from '../domain/header.rules.js';
import { dayColumns, type ImportColumns } from '../domain/import-columns.js';
import { shortenedCell, storable } from '../domain/row-cells.js';

/** How a file is read. It is found out by reading the whole file once. */
export interface ImportPlan extends Heading {
  readonly delimiter: string;
  readonly header: readonly string[];
  /** The lines above the header. */
  readonly passedOver: readonly SkippedLine[];
  /** The orders in which numeric dates of the file can only be read. */
  readonly dateOrders: readonly DateOrder[];
}

export interface ExaminedFile {
  readonly plan: ImportPlan;
  /** The number of rows below the header. */
  readonly total: number;
  /** The position behind the header. */
  readonly start: FilePosition;
}

type ChunkReader = (fromByte: number) => AsyncIterable<Buffer>;

/** The header must be among this many first rows. */
const TITLE_ROWS = 20;
const SEPARATORS = [';', ',', '\t', '|'];
const SEPARATOR_LINE = /^"?sep=(.)"?/i;

const SAVE_AS = 'in your spreadsheet, save it as "CSV UTF-8" and send it again';
const BOM = Buffer.from([0xef, 0xbb, 0xbf]);
const STARTS: readonly (readonly [Buffer, string])[] = [
  [Buffer.from([0xff, 0xfe]), `The file is in UTF-16: ${SAVE_AS}.`],
  [Buffer.from([0xfe, 0xff]), `The file is in UTF-16: ${SAVE_AS}.`],
  [Buffer.from('PK\x03\x04', 'latin1'), `The file is a workbook or an archive, not a CSV: ${SAVE_AS}.`],
];

/** From somewhere in a line on the file is not UTF-8. */
class BrokenEncoding extends Error {
  constructor(readonly line: number) {
    super('not UTF-8');
  }
}

/** Reads a whole file before anything is done with it. Returns a message for people when it cannot be read. */
export async function examine(
  pieces: ChunkReader,
  columns: ImportColumns,
  mapping: Readonly<Record<string, string>>,
): Promise<Result<ExaminedFile, string>> {
  const first = await firstOf(pieces(0));
  if (first === undefined) return refused('The file is empty.');
  const known = STARTS.find(([start]) => first.subarray(0, start.length).equals(start));
  if (known) return refused(known[1]);
  const skipped = first.subarray(0, BOM.length).equals(BOM) ? BOM.length : 0;
  const start = first.subarray(skipped, skipped + LONGEST_ROW).toString('utf8');
  const from = { byte: skipped, line: 1 };
  const open = (delimiter: string) => csvRecords(inUtf8(pieces(skipped)), delimiter, from);
  try {
    const delimiter = await separatorOf(start, open, columns, mapping);
    return await lookThrough(open(delimiter), columns, mapping, delimiter);
  } catch (error) {
    if (error instanceof BrokenEncoding) return refused(`The file is not in UTF-8 (line ${error.line} has other bytes): ${SAVE_AS}.`);
    if (!(error instanceof BrokenCsv)) throw error;
    const what =
      error.kind === 'quote_not_closed'
        ? 'a quotation mark is never closed'
        : `it is longer than ${LONGEST_ROW} bytes; perhaps a quotation mark is never closed`;
    return refused(`The row that begins on line ${error.line} cannot be read: ${what}.`);
  }
}

async function lookThrough(
  records: ReturnType<typeof csvRecords>,
  columns: ImportColumns,
  mapping: Readonly<Record<string, string>>,
  delimiter: string,
): Promise<Result<ExaminedFile, string>> {
  const rows = await firstRows(records);
  const [first] = rows;
  if (first === undefined) return refused('The file is empty.');
  if (first.cells.some((cell) => cell.includes('\0'))) return refused(`The file is in UTF-16, or no text at all: ${SAVE_AS}.`);
  const place = headerAmong(rows, columns, mapping).place;
  const { cells, end } = rows[place] ?? first;
  const header = cells.map(storable);
  const heading = readHeader(columns, header, mapping);
  if (!heading.ok) return heading;
  const passedOver = rows.slice(0, place).map((row) => passedOverAs(row, delimiter));

  const { places } = heading.value;
  const dayPlaces = dayColumns(columns).flatMap((column) => places[column] ?? []);
  const dateOrders = new Set<DateOrder>();
  let total = 0;
  const take = (row: CsvRecord) => {
    total += 1;
    for (const day of dayPlaces) {
      const order = orderShownBy(row.cells[day] ?? '');
      if (order) dateOrders.add(order);
    }
  };
  rows.slice(place + 1).forEach(take);
  for (let next = await records.next(); next.done !== true; next = await records.next()) take(next.value);
  return ok({ plan: { ...heading.value, delimiter, header, passedOver, dateOrders: [...dateOrders] }, total, start: end });
}

/**
 * The first rows. With `tolerant`, only those before a broken one; the break is reported later, when the file is read with the chosen
 * separator.
 */
async function firstRows(records: ReturnType<typeof csvRecords>, tolerant = false): Promise<CsvRecord[]> {
  const rows: CsvRecord[] = [];
  try {
    while (rows.length < TITLE_ROWS) {
      const next = await records.next();
      if (next.done === true) break;
      rows.push(next.value);
    }
  } catch (error) {
    if (!tolerant || !(error instanceof BrokenCsv)) throw error;
  }
  return rows;
}

/** The first row that can be read as a header. If there is none, the row with the most known headers, since it shows best what is wrong. */
function headerAmong(rows: readonly CsvRecord[], columns: ImportColumns, mapping: Readonly<Record<string, string>>) {
  const read = rows.findIndex(({ cells }) => readHeader(columns, cells, mapping).ok);
  if (read >= 0) return { place: read, isRead: true, known: Number.POSITIVE_INFINITY };
  const known = rows.map(({ cells }) => knownHeaders(columns, cells, mapping));
  const most = Math.max(0, ...known);
  const isSeparator = SEPARATOR_LINE.test(rows[0]?.cells.join('') ?? '') || rows[0]?.cells[0]?.toLowerCase() === 'sep=';
  return { place: most > 0 ? known.indexOf(most) : Number(isSeparator && rows.length > 1), isRead: false, known: most };
}

/**
 * The separator of a file. If the file has a line `sep=`, it is that one; else the one with which a header can be read among the first
 * rows. The one that is most frequent in the first line is tried first.
 */
async function separatorOf(
  start: string,
  open: (delimiter: string) => ReturnType<typeof csvRecords>,
  columns: ImportColumns,
  mapping: Readonly<Record<string, string>>,
): Promise<string> {
  const [, said] = SEPARATOR_LINE.exec(start.trimStart()) ?? [];
  if (said !== undefined && !/["\r\n]/.test(said)) return said;
  const likely = delimiterOf(start);
  let best = { delimiter: likely, known: -1 };
  for (const delimiter of [likely, ...SEPARATORS.filter((other) => other !== likely)]) {
    const records = open(delimiter);
    try {
      const { isRead, known } = headerAmong(await firstRows(records, true), columns, mapping);
      if (isRead) return delimiter;
      if (known > best.known) best = { delimiter, known };
    } finally {
      await records.return(undefined);
    }
  }
  return best.delimiter;
}

function passedOverAs({ cells, line }: CsvRecord, delimiter: string): SkippedLine {
  const text = shortenedCell(cells.filter((cell) => cell.trim() !== '').join(' '));
  const isSeparator = line === 1 && /^sep=.?$/i.test(text);
  return isSeparator ? { line, value: `sep=${delimiter}`, code: 'SEPARATOR_LINE' } : { line, value: text, code: 'TITLE_LINE' };
}

/** Passes the bytes on as long as they are UTF-8. @throws BrokenEncoding */
async function* inUtf8(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  for await (const piece of pieces) {
    try {
      decoder.decode(piece, { stream: true });
    } catch {
      throw new BrokenEncoding(line + lineEnds(piece.subarray(0, firstWrongByte(piece))));
    }
    line += lineEnds(piece);
    yield piece;
  }
  try {
    decoder.decode();
  } catch {
    throw new BrokenEncoding(line);
  }
}

/**
 * Roughly where a chunk stops being UTF-8, at the beginning of a line. A character that is cut by the beginning of the chunk does not
 * count.
 */
function firstWrongByte(piece: Buffer): number {
  let start = 0;
  for (;;) {
    const end = piece.indexOf(0x0a, start);
    const line = piece.subarray(start === 0 ? continuationBytes(piece) : start, end < 0 ? undefined : end);
    if (end < 0 || line.toString('utf8').includes('\uFFFD')) return start;
    start = end + 1;
  }
}

function continuationBytes(piece: Buffer): number {
  let count = 0;
  while (count < 3 && ((piece[count] ?? 0) & 0xc0) === 0x80) count += 1;
  return count;
}

function lineEnds(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1)) count += 1;
  return count;
}

async function firstOf<T>(items: AsyncIterable<T>): Promise<T | undefined> {
  for await (const item of items) return item;
  return undefined;
}
