import type { Tx } from '../../../platform/index.js';
import type { ImportKind, RowDecisions } from '../domain/import-kind.js';
import type { ImportMode } from '../imports/imports.repository.js';

/** What a batch is done for. */
export interface BatchContext {
  readonly mode: ImportMode;
  readonly siteId: string | null;
  /** Who sent the file. */
  readonly actor: string;
  readonly now: Date;
}

/** Reads what a kind's rules decide from, and writes what they decide. */
export interface ImportWriter<Row = unknown, Facts = unknown, Decisions extends RowDecisions = RowDecisions> {
  /** What the rows are about as it stands; to be applied, it stays so until the transaction ends. */
  facts(tx: Tx, context: BatchContext, rows: readonly Row[]): Promise<Facts>;
  /** Not called in a preview. `facts`: what `facts` told. */
  write(tx: Tx, context: BatchContext, decisions: Decisions, facts: Facts): Promise<void>;
}

/** The writer that fits a kind. */
export type WriterOf<Kind> =
  Kind extends ImportKind<infer Row, infer Facts, infer Decisions extends RowDecisions> ? ImportWriter<Row, Facts, Decisions> : never;
