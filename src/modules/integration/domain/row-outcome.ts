/** The outcome of one row; in a preview, the outcome that it would have. */
export const ROW_OUTCOMES = ['created', 'updated', 'unchanged', 'failed'] as const;
export type RowOutcome = (typeof ROW_OUTCOMES)[number];

/** One thing that is wrong with a row. */
export interface RowFault {
  /** The header in the file; the documented name when the file has no such column; null for the whole row. */
  readonly column: string | null;
  /** The text in the file; very long ones are cut. */
  readonly value: string | null;
  readonly code: string;
  /** What is expected instead. */
  readonly message: string;
}

/** Something that a row says and that the import did not do, or did in another way. The row is accepted all the same. */
export type RowNote = RowFault;

export interface RowResult {
  readonly line: number;
  readonly outcome: RowOutcome;
  readonly faults: readonly RowFault[];
  readonly notes: readonly RowNote[];
}
