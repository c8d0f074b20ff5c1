import { spreadsheetSafe } from '../../../shared/csv-cell.js';
import { cleanKey, isNoName, KEY_FAULTS, keyFault, saysNothing, withoutTextMarks } from '../../../shared/key-text.js';
import { cleanText, hasForbiddenCharacters } from '../../../shared/plain-text.js';
import type { Heading } from './header.rules.js';
import type { ImportColumns } from './import-columns.js';
import type { RowFault, RowNote } from './row-outcome.js';

const LONGEST_SHOWN = 200;
const LONGEST_VALUE = 2500;
/** When a text is longer than its limit times this number, it is reported as it is, without removing its blanks and marks one by one. */
const FAR_TOO_LONG = 4;

/** The cells of one row by column. It collects their faults and notes. `NoteCode` are the codes of notes that rows of the kind can have. */
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
      this.faults.push({ column: null, value: shortenedCell(beyond), code: 'TOO_MANY_CELLS', message });
    }
  }

  /** The text of the cell, cleaned; null when it is empty or says that there is nothing, or when the file has no such column. */
  text(column: Column, max: number): string | null {
    return this.read(column, max, saysNothing);
  }

  /** The name of a place or a school. The same as `text`, but words for nothing that are names somewhere count as names. */
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

  /** A tag, a number or a code; null as for `text`, and when the text cannot be one. */
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

  /** The result of `read` for the text of the cell; null when the cell is empty, or when `read` finds it wrong and says why. */
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

  /** Adds a fault. A column has at most one fault, the first. */
  fault(column: Column, code: string, message: string): void {
    const said = this.said(column, code, message);
    if (!this.faults.some((fault) => fault.column === said.column)) this.faults.push(said);
  }

  /** Adds a note about what the import did not do, or did in another way. */
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
    return { column: name, value: place === undefined ? null : shortenedCell(this.cell(column)), code, message };
  }

  private cell(column: Column): string {
    const place = this.heading.places[column];
    const cell = place === undefined ? '' : (this.cells[place] ?? '');
    return withoutTextMarks(this.heading.corrected ? withoutFormulaGuard(cell) : withoutApostrophe(cell));
  }
}

/** Why the text of a cell cannot be read. */
export class UnreadableCell {
  constructor(
    readonly code: string,
    readonly message: string,
  ) {}
}

/** The text with characters replaced that PostgreSQL refuses: controls, and halves of surrogate pairs. */
export function storable(text: string): string {
  return hasForbiddenCharacters(text) ? text.replace(/[^\P{Cc}\t\n\r\x7F-\x9F]|\p{Cs}/gu, '\uFFFD') : text;
}

/** A cell as a message shows it: very long ones are cut. */
export function shortenedCell(cell: string): string {
  const text = storable(cell.slice(0, LONGEST_SHOWN + 1));
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…`.replace(/\p{Cs}…$/u, '…') : text;
}

/** Removes an apostrophe before a number or a formula, which a spreadsheet put there. Before a letter it may be part of a name. */
function withoutApostrophe(cell: string): string {
  return cell.replace(/^\s*'(?=[\d=+@-])/, '');
}

/** Removes the apostrophe that `errors.csv` put before a text that a spreadsheet would have taken for a formula. */
function withoutFormulaGuard(cell: string): string {
  const inner = cell.startsWith("'") ? cell.slice(1) : cell;
  return inner !== cell && spreadsheetSafe(inner) === cell ? inner : cell;
}
