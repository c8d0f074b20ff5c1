/** What came, or in a preview would come, of one row. */
export const ROW_OUTCOMES = ['created', 'updated', 'unchanged', 'failed'] as const;
export type RowOutcome = (typeof ROW_OUTCOMES)[number];

/** One thing wrong with one row. */
export interface RowFault {
  /** The file's own header; the documented name where the file has no such column; null for the whole row. */
  readonly column: string | null;
  /** As the file has it, cut where it is very long. */
  readonly value: string | null;
  readonly code: string;
  /** What is expected. */
  readonly message: string;
}

/** One thing that a row says and the import did not do, or did otherwise; the row stands all the same. */
export type RowNote = RowFault;

export interface RowResult {
  readonly line: number;
  readonly outcome: RowOutcome;
  readonly faults: readonly RowFault[];
  readonly notes: readonly RowNote[];
}
