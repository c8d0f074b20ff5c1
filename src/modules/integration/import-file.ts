import { ok, refused, type Result } from '../../shared/result.js';
import { BrokenCsv, csvRecords, delimiterOf, LONGEST_ROW, type Place } from './csv-reader.js';
import { type DateOrder, orderShownBy } from './domain/cell-values.js';
import { type Heading, readHeader } from './domain/header.rules.js';
import type { ImportColumns } from './domain/import-columns.js';
import { storable } from './domain/row-cells.js';

/** How a file is read, found out by looking through the whole of it once. */
export interface ImportPlan extends Heading {
  readonly delimiter: string;
  readonly header: readonly string[];
  /** Orders in which the file's numeric dates can only be read. */
  readonly dateOrders: readonly DateOrder[];
}

export interface ExaminedFile {
  readonly plan: ImportPlan;
  /** Rows below the header. */
  readonly total: number;
  /** Behind the header. */
  readonly start: Place;
}

type Pieces = (fromByte: number) => AsyncIterable<Buffer>;

const SAVE_AS = 'in your spreadsheet, save it as "CSV UTF-8" and send it again';
const BOM = Buffer.from([0xef, 0xbb, 0xbf]);
const STARTS: readonly (readonly [Buffer, string])[] = [
  [Buffer.from([0xff, 0xfe]), `The file is in UTF-16: ${SAVE_AS}.`],
  [Buffer.from([0xfe, 0xff]), `The file is in UTF-16: ${SAVE_AS}.`],
  [Buffer.from('PK\x03\x04', 'latin1'), `The file is a workbook or an archive, not a CSV: ${SAVE_AS}.`],
];

/** The file is not in UTF-8 from somewhere in a line on. */
class BrokenEncoding extends Error {
  constructor(readonly line: number) {
    super('not UTF-8');
  }
}

/** Looks through a whole file before anything is done with it; refused with words for people when it cannot be read. */
export async function examine(
  pieces: Pieces,
  columns: ImportColumns,
  mapping: Readonly<Record<string, string>>,
): Promise<Result<ExaminedFile, string>> {
  const first = await firstOf(pieces(0));
  if (first === undefined) return refused('The file is empty.');
  const known = STARTS.find(([start]) => first.subarray(0, start.length).equals(start));
  if (known) return refused(known[1]);
  const skipped = first.subarray(0, BOM.length).equals(BOM) ? BOM.length : 0;
  const delimiter = delimiterOf(first.subarray(skipped, skipped + LONGEST_ROW).toString('utf8'));
  try {
    return await lookThrough(csvRecords(inUtf8(pieces(skipped)), delimiter, { byte: skipped, line: 1 }), columns, mapping, delimiter);
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
  const first = await records.next();
  if (first.done === true) return refused('The file is empty.');
  const header = first.value.cells.map(storable);
  if (first.value.cells.some((cell) => cell.includes('\0'))) return refused(`The file is in UTF-16, or no text at all: ${SAVE_AS}.`);
  const heading = readHeader(columns, header, mapping);
  if (!heading.ok) return heading;

  const dates = heading.value.places.acquiredOn;
  const dateOrders = new Set<DateOrder>();
  let total = 0;
  for await (const { cells } of records) {
    total += 1;
    const order = dates === undefined ? undefined : orderShownBy(cells[dates] ?? '');
    if (order) dateOrders.add(order);
  }
  return ok({ plan: { ...heading.value, delimiter, header, dateOrders: [...dateOrders] }, total, start: first.value.end });
}

/** Hands the bytes on as long as they are UTF-8. @throws BrokenEncoding */
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

/** About where a piece stops being UTF-8: at a line's start. A character cut by the piece's own start does not count. */
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
