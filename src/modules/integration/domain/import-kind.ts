import type { DayReading } from './cell-values.js';
import type { ImportColumns } from './import-columns.js';
import type { RowCells } from './row-cells.js';
import type { RowResult } from './row-outcome.js';

/** What is decided about a batch of rows: what comes of each, in their order, and whatever its writer needs besides. */
export interface RowDecisions {
  readonly results: readonly RowResult[];
}

/** What docs/imports.md says of a kind besides its columns and notes, in Markdown. */
export interface KindDocument {
  readonly title: string;
  /** Before the columns. */
  readonly intro: string;
  /** Behind the columns: what holds for a row of it. */
  readonly rules: string;
  /** What there must be for the sample to pass; null: nothing. */
  readonly sampleNeeds: string | null;
  /** A file that passes, as a test holds it to. */
  readonly sample: string;
}

/** One kind of file: everything that holds for it and for no other, but who reads and writes what it is about (import-writers.ts). */
export interface ImportKind<Row = unknown, Facts = unknown, Decisions extends RowDecisions = RowDecisions> {
  readonly columns: ImportColumns;
  /** What the form's site is for; null: a form of this kind names none. */
  readonly siteIsFor: string | null;
  /** Code → what was done: the notes that a row may have. */
  readonly notes: Readonly<Record<string, string>>;
  readonly document: KindDocument;
  /** What a row says; what is wrong with its cells is in them afterwards. */
  read(cells: RowCells, days: DayReading): Row;
  /** Everything under which the rows may have been met earlier in the file. */
  keys(rows: readonly Row[], facts: Facts): string[];
  /** What comes of the rows. `met`: key → the line where it was met first; the decisions add to it. */
  decide(rows: readonly Row[], facts: Facts, met: Map<string, number>): Decisions;
}
