import type { DayReading } from './cell-values.js';
import type { ImportColumns } from './import-columns.js';
import type { RowCells } from './row-cells.js';
import type { RowResult } from './row-outcome.js';

/** The decisions about a batch of rows: an outcome for each row, in their order, and what the writer of the kind needs besides. */
export interface RowDecisions {
  readonly results: readonly RowResult[];
}

/** The text about a kind in docs/imports.md besides its columns and notes, in Markdown. */
export interface KindDocument {
  readonly title: string;
  /** The text before the columns. */
  readonly intro: string;
  /** The text after the columns: the rules for a row. */
  readonly rules: string;
  /** What must exist before the sample can be imported; null when nothing must. */
  readonly sampleNeeds: string | null;
  /** A file that can be imported; a test does so. */
  readonly sample: string;
}

/** One kind of file: everything that is special to it, except the class that reads and writes its data (import-writers.ts). */
export interface ImportKind<Row = unknown, Facts = unknown, Decisions extends RowDecisions = RowDecisions> {
  readonly columns: ImportColumns;
  /** What the site in the form is used for; null when the form of this kind has no site. */
  readonly siteIsFor: string | null;
  /** The notes that a row can have: the code, and what the import did. */
  readonly notes: Readonly<Record<string, string>>;
  readonly document: KindDocument;
  /** Reads a row. Afterwards `cells` has the faults of its cells. */
  read(cells: RowCells, days: DayReading): Row;
  /** All keys of the rows under which earlier rows of the file may have appeared. */
  keys(rows: readonly Row[], facts: Facts): string[];
  /** Decides about the rows. `met` is the line on which each key first appeared; the decisions add to it. */
  decide(rows: readonly Row[], facts: Facts, met: Map<string, number>): Decisions;
}
