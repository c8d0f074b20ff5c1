import type { Tx } from '../../platform/index.js';
import type { Day } from '../../shared/day.js';
import type { DateOrder } from './domain/cell-values.js';
import type { ImportColumns } from './domain/import-columns.js';
import type { RowCells } from './domain/row-cells.js';
import type { RowResult } from './domain/row-outcome.js';
import type { ImportMode } from './imports.repository.js';

/** What a batch is done for. */
export interface BatchContext {
  readonly importId: string;
  readonly mode: ImportMode;
  readonly siteId: string | null;
  /** Who sent the file. */
  readonly actor: string;
  readonly dateOrder: DateOrder | null;
  /** In the council's time zone. */
  readonly today: Day;
  readonly now: Date;
}

/** One kind of file. */
export interface ImportKind {
  readonly columns: ImportColumns;
  /** What comes of the rows, in their order; a preview decides the same and writes nothing but what it met. */
  take(tx: Tx, context: BatchContext, rows: readonly RowCells[]): Promise<readonly RowResult[]>;
}
