import { spreadsheetSafe } from '../../../shared/csv-cell.js';
import { cleanKey, isNoName, KEY_FAULTS, keyFault, saysNothing, withoutTextMarks } from '../../../shared/key-text.js';
import { cleanText, hasForbiddenCharacters } from '../../../shared/plain-text.js';
import type { Heading } from './header.rules.js';
import type { ImportColumns } from './import-columns.js';
import type { RowFault, RowNote } from './row-outcome.js';

const LONGEST_SHOWN = 200;
const LONGEST_VALUE = 2500;
/** What is so much longer than it may be is told as it is: its blanks and marks are not looked at one by one. */
const FAR_TOO_LONG = 4;

/** The cells of one row by column, collecting what is wrong with them. `NoteCode`: the notes that rows of this kind may have. */
export class RowCells<Column extends string = string, NoteCode extends string = string> {
  readonly faults: RowFault[] = [];
  readonly notes: RowNote[] = [];

  constructor(
    private readonly columns: ImportColumns<Column>,
    private readonly header: readonly string[],
    private readonly heading: Heading,
    private readonly cells: readonly string[],
    readonly line: number,
  ) {
    const beyond = cells.slice(header.length).find((cell) => cell.trim() !== '');
    if (beyond !== undefined) {
      const message = `the row has ${cells.length} cells and the header ${header.length}: a cell that holds the separator must stand in quotation marks`;
      this.faults.push({ column: null, value: shown(beyond), code: 'TOO_MANY_CELLS', message });
    }
  }

  /** The cell's text, cleaned; null when it is empty, says that there is nothing, or the file has no such column. */
  text(column: Column, max: number): string | null {
    return this.read(column, max, saysNothing);
  }

  /** The name of a place or a school: as above, but that words which are names somewhere are names. */
  name(column: Column, max: number): string | null {
    return this.read(column, max, isNoName);
  }

  private read(column: Column, max: number, isNothing: (text: string) => boolean): string | null {
    const cell = this.cell(column);
    if (this.isFarTooLong(column, cell, max)) return null;
    if (hasForbiddenCharacters(cell)) {
      this.fault(column, 'FORBIDDEN_CHARACTERS', 'must not contain control characters');
      return null;
    }
    const text = cleanText(cell);
    if (text.length > max) this.tooLong(column, max);
    return isNothing(text) ? null : text;
  }

  /** A tag, number or code; null as above, or when it can't be one. */
  key(column: Column, max: number): string | null {
    const cell = this.cell(column);
    if (this.isFarTooLong(column, cell, max)) return null;
    const fault = keyFault(cell);
    if (fault !== null) {
      this.fault(column, fault, KEY_FAULTS[fault]);
      return null;
    }
    const key = cleanKey(cell);
    if (key.length > max) this.tooLong(column, max);
    return key === '' ? null : key;
  }

  /** What `read` makes of the cell's text; null when it is empty, or when `read` finds it wrong and says why. */
  value<T>(column: Column, read: (text: string) => T | UnreadableCell, max = LONGEST_VALUE): T | null {
    const text = this.text(column, max);
    if (text === null) return null;
    const value = read(text);
    if (!(value instanceof UnreadableCell)) return value;
    this.fault(column, value.code, value.message);
    return null;
  }

  required(column: Column): void {
    this.fault(column, 'REQUIRED', 'must be given');
  }

  isEmpty(column: Column): boolean {
    const cell = this.cell(column);
    return cell.length <= LONGEST_VALUE && saysNothing(cleanText(cell));
  }

  /** Adds a fault; each column has one at most, the first. */
  fault(column: Column, code: string, message: string): void {
    const said = this.said(column, code, message);
    if (!this.faults.some((fault) => fault.column === said.column)) this.faults.push(said);
  }

  /** Adds what the import did not do, or did otherwise. */
  note(column: Column, code: NoteCode, message: string): void {
    this.notes.push(this.said(column, code, message));
  }

  private tooLong(column: Column, max: number): void {
    this.fault(column, 'TOO_LONG', `must have at most ${max} characters`);
  }

  private isFarTooLong(column: Column, cell: string, max: number): boolean {
    const isSo = cell.length > FAR_TOO_LONG * max + LONGEST_SHOWN;
    if (isSo) this.tooLong(column, max);
    return isSo;
  }

  private said(column: Column, code: string, message: string): RowFault {
    const place = this.heading.places[column];
    const name = (place === undefined ? undefined : this.header[place]) ?? this.columns[column].name;
    return { column: name, value: place === undefined ? null : shown(this.cell(column)), code, message };
  }

  private cell(column: Column): string {
    const place = this.heading.places[column];
    const cell = place === undefined ? '' : (this.cells[place] ?? '');
    return withoutTextMarks(this.heading.corrected ? unguarded(cell) : withoutApostrophe(cell));
  }
}

/** Why a cell's text can't be read. */
export class UnreadableCell {
  constructor(
    readonly code: string,
    readonly message: string,
  ) {}
}

/** A text that can be stored: half characters and controls, which PostgreSQL refuses, are replaced. */
export function storable(text: string): string {
  return hasForbiddenCharacters(text) ? text.replace(/[^\P{Cc}\t\n\r\x7F-\x9F]|\p{Cs}/gu, '\uFFFD') : text;
}

/** A cell as it is told, cut where it is very long. */
export function shown(cell: string): string {
  const text = storable(cell.slice(0, LONGEST_SHOWN + 1));
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…`.replace(/\p{Cs}…$/u, '…') : text;
}

/** An apostrophe before a number or a formula is a spreadsheet's; before a letter it may be part of a name. */
function withoutApostrophe(cell: string): string {
  return cell.replace(/^\s*'(?=[\d=+@-])/, '');
}

/** Takes back the apostrophe that `errors.csv` put before what a spreadsheet would have taken for a formula. */
function unguarded(cell: string): string {
  const inner = cell.startsWith("'") ? cell.slice(1) : cell;
  return inner !== cell && spreadsheetSafe(inner) === cell ? inner : cell;
}
