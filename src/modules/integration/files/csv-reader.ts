import { setImmediate } from 'node:timers/promises';
import { type InfoRecord, type Options, parse } from 'csv-parse';

/** One row of a file. */
export interface CsvRecord {
  readonly cells: readonly string[];
  /** The line of the file on which it begins; the first line is 1. */
  readonly line: number;
  /** The position behind the row, where another row may begin. */
  readonly end: FilePosition;
}

/** A position between two rows of a file. */
export interface FilePosition {
  readonly byte: number;
  readonly line: number;
}

/** From some line on the file is not CSV. */
export class BrokenCsv extends Error {
  constructor(
    readonly kind: 'quote_not_closed' | 'row_too_long',
    /** The line of the file on which the broken row begins, or the empty lines before it. */
    readonly line: number,
  ) {
    super(kind);
  }
}

/** The longest row in bytes. A longer one probably has a quotation mark that is never closed. */
export const LONGEST_ROW = 1024 * 1024;
const CHUNK_BYTES = 8 * 1024;
/** After this many milliseconds of reading other work has its turn. */
const TURN_MS = 10;

/**
 * Reads the rows of a CSV in UTF-8 (RFC 4180, with any line ends and separator), beginning at a position between two rows. Rows without any
 * text are left out. It reads only as fast as its caller does. @throws BrokenCsv
 */
export async function* csvRecords(pieces: AsyncIterable<Buffer>, delimiter: string, from: FilePosition): AsyncGenerator<CsvRecord> {
  let { line } = from;
  let rows: CsvRecord[] = [];
  const take = ({ record, raw }: ParsedRow, { bytes }: InfoRecord): null => {
    // `raw` has one character for each line end between rows, with those of empty lines at its beginning, and the cells unchanged.
    const emptyLines = /^[\r\n]*/.exec(raw)?.[0].length ?? 0;
    const begins = line + emptyLines;
    line = begins + lineEnds(raw.slice(emptyLines).replace(/[\r\n]$/, '')) + 1;
    if (record.some((cell) => cell.trim() !== '')) rows.push({ cells: record, line: begins, end: { byte: from.byte + bytes, line } });
    return null;
  };
  const parser = parse({
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_ROW,
    raw: true,
    // The types of the library do not know that rows have `raw`.
    on_record: take as unknown as Options['on_record'],
  });
  // Rows are taken as they are parsed, and not from the stream's own buffer: the stream asks for more input before its buffer is empty.
  parser.on('error', () => undefined).resume();
  let unbroken = 0;
  let turn = performance.now();
  try {
    for await (const chunk of inChunks(pieces)) {
      // The parser counts the bytes of cells, so it does not count a row of separators alone.
      const lineEnd = Math.max(chunk.lastIndexOf('\n'), chunk.lastIndexOf('\r'));
      unbroken = lineEnd < 0 ? unbroken + chunk.length : chunk.length - lineEnd - 1;
      if (unbroken > LONGEST_ROW) throw new BrokenCsv('row_too_long', line);
      await untilDone((done) => parser.write(chunk, done));
      const taken = rows;
      rows = [];
      yield* taken;
      if (performance.now() - turn < TURN_MS) continue;
      await setImmediate();
      turn = performance.now();
    }
    await untilDone((done) => parser.end(done));
    yield* rows;
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'CSV_QUOTE_NOT_CLOSED') throw new BrokenCsv('quote_not_closed', line);
    if (code === 'CSV_MAX_RECORD_SIZE') throw new BrokenCsv('row_too_long', line);
    throw error;
  } finally {
    parser.destroy();
  }
}

/** Waits until a stream calls back. */
function untilDone(begin: (done: (error?: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => begin((error) => (error ? reject(error) : resolve())));
}

/** A row as the parser gives it with the option `raw`. */
interface ParsedRow {
  readonly record: string[];
  readonly raw: string;
}

function lineEnds(text: string): number {
  return /[\r\n]/.test(text) ? (text.match(/\r\n|\n|\r/g)?.length ?? 0) : 0;
}

/** The parser produces all rows of a chunk at once, so small chunks keep few rows in memory. */
async function* inChunks(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const piece of pieces) {
    for (let at = 0; at < piece.length; at += CHUNK_BYTES) yield piece.subarray(at, at + CHUNK_BYTES);
  }
}

/** The separator of a file, found by its header: that of `;`, `,` and tab which appears most often outside quotation marks. */
export function delimiterOf(start: string): string {
  const counts = new Map([';', ',', '\t'].map((delimiter) => [delimiter, 0]));
  let quoted = false;
  for (const character of start.trimStart()) {
    if (character === '"') quoted = !quoted;
    else if (!quoted && /[\r\n]/.test(character)) break;
    else if (!quoted && counts.has(character)) counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  return [...counts].reduce((best, next) => (next[1] > best[1] ? next : best))[0];
}
