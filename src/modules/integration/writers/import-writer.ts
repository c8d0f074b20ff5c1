import type { Tx } from '../../../platform/index.js';
import type { ImportKind, RowDecisions } from '../domain/import-kind.js';
import type { ImportMode } from '../imports/imports.repository.js';

/** For what import a batch is done. */
export interface BatchContext {
  readonly mode: ImportMode;
  readonly siteId: string | null;
  /** The id of the actor who sent the file. */
  readonly actor: string;
  readonly now: Date;
}

/** Reads the facts from which a kind decides, and writes its decisions. */
export interface ImportWriter<Row = unknown, Facts = unknown, Decisions extends RowDecisions = RowDecisions> {
  /** The present facts about what the rows name. In an import that is applied, they cannot change until the transaction ends. */
  facts(tx: Tx, context: BatchContext, rows: readonly Row[]): Promise<Facts>;
  /** Is not called in a preview. `facts` is the result of the method `facts`. */
  write(tx: Tx, context: BatchContext, decisions: Decisions, facts: Facts): Promise<void>;
}

/** The writer that fits a kind. */
export type WriterOf<Kind> =
  Kind extends ImportKind<infer Row, infer Facts, infer Decisions extends RowDecisions> ? ImportWriter<Row, Facts, Decisions> : never;
