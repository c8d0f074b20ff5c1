import { Injectable } from '@nestjs/common';
import { Transactions, type Tx } from '../../../platform/index.js';
import { UPLOAD_PIECE } from '../../../platform/http/index.js';
import type { FilePosition } from '../files/csv-reader.js';
import type { ImportKindName } from '../domain/import-kinds.js';
import type { RowFault, RowNote, RowOutcome, RowResult } from '../domain/row-outcome.js';
import type { ExaminedFile, ImportPlan } from '../files/import-file.js';
import { storedCells, storedMapping, storedPlan, storedRowFaults } from '../files/stored-import.js';

export const IMPORT_MODES = ['preview', 'apply'] as const;
export type ImportMode = (typeof IMPORT_MODES)[number];
export const IMPORT_STATES = ['queued', 'running', 'finished', 'failed'] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

/** What the sender of a file asked for. */
export interface ImportOrder {
  readonly kind: ImportKindName;
  readonly mode: ImportMode;
  /** The site that the kind uses as `siteIsFor` says. */
  readonly siteId: string | null;
  /** Maps headers of the file to documented names of columns. */
  readonly mapping: Readonly<Record<string, string>>;
}

/** One file, and the outcome of its import. */
export interface Import extends ImportOrder, Readonly<Record<RowOutcome, number>> {
  readonly id: string;
  /** Its number among the council's imports. */
  readonly ordinal: number;
  readonly state: ImportState;
  /** Null until the file has been examined. */
  readonly plan: ImportPlan | null;
  readonly total: number | null;
  readonly processed: number;
  /** The number of rows with a note. */
  readonly noted: number;
  readonly nextByte: number;
  readonly nextLine: number;
  readonly problem: string | null;
  readonly createdBy: string;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface ImportRow {
  readonly line: number;
  readonly outcome: RowOutcome;
  readonly faults: readonly RowFault[] | null;
  readonly notes: readonly RowNote[] | null;
}

/** Which rows are listed: those with one outcome, or those with a note. */
export interface RowFilter {
  readonly outcome?: RowOutcome;
  readonly noted?: boolean;
}

/** A row that failed, with its original cells. */
export interface FailedRow {
  readonly line: number;
  readonly faults: readonly RowFault[];
  readonly cells: readonly string[];
}

const INSERT_CHUNK = 'INSERT INTO import_chunks (council_id, import_id, number, bytes) VALUES (current_council(), $1, $2, $3)';
const CHUNK = 'SELECT bytes FROM import_chunks WHERE council_id = current_council() AND import_id = $1 AND number = $2';
const DROP_CHUNKS = 'DELETE FROM import_chunks WHERE council_id = current_council() AND import_id = $1';
const DROP_KEYS = 'DELETE FROM import_keys WHERE council_id = current_council() AND import_id = $1';

const COLUMNS = `id, ordinal, kind, mode, state, site_id AS "siteId", mapping, plan, total, processed, created, updated, unchanged, failed, noted, next_byte AS "nextByte",
  next_line AS "nextLine", problem, created_by AS "createdBy", version, created_at AS "createdAt", updated_at AS "updatedAt"`;
const INSERT = `
  INSERT INTO imports (council_id, id, kind, mode, state, site_id, mapping, created_by, created_at, updated_at)
  VALUES (current_council(), $1, $2, $3, 'queued', $4, $5, $6, $7, $7)
  RETURNING ${COLUMNS}`;
const ONE = `SELECT ${COLUMNS} FROM imports WHERE council_id = current_council() AND id = $1`;
const LOCK = `${ONE} FOR UPDATE`;
const PAGE = `SELECT ${COLUMNS} FROM imports WHERE council_id = current_council() AND ordinal > $1 ORDER BY ordinal LIMIT $2`;
const START = `
  UPDATE imports SET state = 'running', plan = $2, total = $3, next_byte = $4, next_line = $5, version = version + 1, updated_at = $6
  WHERE council_id = current_council() AND id = $1 AND state = 'queued'`;
const ADVANCE = `
  UPDATE imports SET processed = processed + $2, created = created + $3, updated = updated + $4, unchanged = unchanged + $5, failed = failed + $6,
    noted = noted + $7, next_byte = $8, next_line = $9, version = version + 1, updated_at = $10
  WHERE council_id = current_council() AND id = $1`;
const END = `
  UPDATE imports SET state = $2, problem = $3, version = version + 1, updated_at = $4
  WHERE council_id = current_council() AND id = $1 AND state IN ('queued', 'running')
  RETURNING ${COLUMNS}`;

const INSERT_ROWS = `
  INSERT INTO import_rows (council_id, import_id, line, outcome, faults, notes, cells)
  SELECT current_council(), $1, line, outcome, faults, notes, cells
  FROM jsonb_to_recordset($2::jsonb) AS r (line integer, outcome text, faults jsonb, notes jsonb, cells jsonb)`;
const ROWS = `
  SELECT line, outcome, faults, notes FROM import_rows
  WHERE council_id = current_council() AND import_id = $1 AND line > $2 ORDER BY line LIMIT $3`;
const ROWS_OF_OUTCOME = `
  SELECT line, outcome, faults, notes FROM import_rows
  WHERE council_id = current_council() AND import_id = $1 AND line > $2 AND outcome = $4 ORDER BY line LIMIT $3`;
const NOTED_ROWS = `
  SELECT line, outcome, faults, notes FROM import_rows
  WHERE council_id = current_council() AND import_id = $1 AND line > $2 AND notes IS NOT NULL AND ($4::text IS NULL OR outcome = $4)
  ORDER BY line LIMIT $3`;
const FAILED_ROWS = `
  SELECT line, faults, cells FROM import_rows
  WHERE council_id = current_council() AND import_id = $1 AND line > $2 AND outcome = 'failed' ORDER BY line LIMIT $3`;

/**
 * Looks up one key after the other. Otherwise the planner, which has no statistics of a table that was empty a moment ago, would read all
 * keys of the import each time.
 */
const KEYS_MET = `
  SELECT k.key, k.line FROM jsonb_array_elements_text($2::jsonb) AS asked (key)
  CROSS JOIN LATERAL (
    SELECT key, line FROM import_keys WHERE council_id = current_council() AND import_id = $1 AND key = asked.key LIMIT 1) k`;
const MEET = `
  INSERT INTO import_keys (council_id, import_id, key, line)
  SELECT current_council(), $1, met.pair ->> 0, (met.pair ->> 1)::integer FROM jsonb_array_elements($2::jsonb) AS met (pair) ON CONFLICT DO NOTHING`;

const SITE_EXISTS = 'SELECT FROM sites WHERE council_id = current_council() AND id = $1';

/** The SQL about imports themselves; the writer of a kind writes what is imported. It also reads the sites of councils. */
@Injectable()
export class ImportsRepository {
  constructor(private readonly transactions: Transactions) {}

  async storeChunk(tx: Tx, importId: string, number: number, bytes: Buffer): Promise<void> {
    await tx.execute(INSERT_CHUNK, [importId, number, bytes]);
  }

  /** The file from a byte on, chunk by chunk; each chunk is a query of its own. */
  async *pieces(councilId: string, importId: string, fromByte: number): AsyncGenerator<Buffer> {
    let skipped = fromByte % UPLOAD_PIECE;
    for (let number = Math.floor(fromByte / UPLOAD_PIECE); ; number += 1) {
      const [chunk] = await this.transactions.tenantRead<{ bytes: Buffer }>(councilId, CHUNK, [importId, number]);
      if (!chunk) return;
      if (chunk.bytes.length > skipped) yield chunk.bytes.subarray(skipped);
      skipped = 0;
    }
  }

  async dropFile(tx: Tx, importId: string): Promise<void> {
    await tx.execute(DROP_CHUNKS, [importId]);
    await tx.execute(DROP_KEYS, [importId]);
  }

  async insert(tx: Tx, id: string, { kind, mode, siteId, mapping }: ImportOrder, createdBy: string, now: Date): Promise<Import> {
    return importOf(await tx.row<Import>(INSERT, [id, kind, mode, siteId, mapping, createdBy, now]));
  }

  async find(tx: Tx, id: string): Promise<Import | null> {
    return importOrNull(await tx.one<Import>(ONE, [id]));
  }

  async lock(tx: Tx, id: string): Promise<Import | null> {
    return importOrNull(await tx.one<Import>(LOCK, [id]));
  }

  /** In the order in which they were sent. Returns one more than `limit` when more follow. */
  async page(tx: Tx, after: number | null, limit: number): Promise<Import[]> {
    return (await tx.query<Import>(PAGE, [after ?? 0, limit + 1])).map(importOf);
  }

  /** Does nothing when another process has started the import. */
  async start(tx: Tx, id: string, { plan, total, start }: ExaminedFile, now: Date): Promise<void> {
    await tx.execute(START, [id, plan, total, start.byte, start.line, now]);
  }

  async advance(tx: Tx, id: string, results: readonly RowResult[], end: FilePosition, now: Date): Promise<void> {
    const count = (outcome: RowOutcome) => results.filter((result) => result.outcome === outcome).length;
    const noted = results.filter(({ notes }) => notes.length > 0).length;
    const counts = [results.length, count('created'), count('updated'), count('unchanged'), count('failed'), noted];
    await tx.execute(ADVANCE, [id, ...counts, end.byte, end.line, now]);
  }

  /** Returns null when the import has ended already. */
  async end(tx: Tx, id: string, state: 'finished' | 'failed', problem: string | null, now: Date): Promise<Import | null> {
    return importOrNull(await tx.one<Import>(END, [id, state, problem, now]));
  }

  async insertRows(tx: Tx, id: string, rows: readonly (RowResult & { readonly cells: readonly string[] | null })[]): Promise<void> {
    const said = <T>(list: readonly T[]) => (list.length > 0 ? list : null);
    const values = rows.map(({ line, outcome, faults, notes, cells }) => ({
      line,
      outcome,
      cells,
      faults: said(faults),
      notes: said(notes),
    }));
    await tx.execute(INSERT_ROWS, [id, JSON.stringify(values)]);
  }

  /** In the order of their lines. Returns one more than `limit` when more follow. */
  async rows(tx: Tx, id: string, filter: RowFilter, after: number, limit: number): Promise<ImportRow[]> {
    const rows = await this.rowsAsStored(tx, filter, [id, after, limit + 1]);
    return rows.map(({ line, outcome, faults, notes }) => ({
      line,
      outcome,
      faults: storedRowFaults(faults),
      notes: storedRowFaults(notes),
    }));
  }

  private rowsAsStored(tx: Tx, { outcome, noted }: RowFilter, values: readonly unknown[]): Promise<ImportRow[]> {
    if (noted === true) return tx.query<ImportRow>(NOTED_ROWS, [...values, outcome ?? null]);
    return outcome === undefined ? tx.query<ImportRow>(ROWS, values) : tx.query<ImportRow>(ROWS_OF_OUTCOME, [...values, outcome]);
  }

  async failedRows(councilId: string, id: string, after: number, limit: number): Promise<FailedRow[]> {
    const rows = await this.transactions.tenantRead<FailedRow>(councilId, FAILED_ROWS, [id, after, limit]);
    return rows.map(({ line, faults, cells }) => ({ line, faults: storedRowFaults(faults) ?? [], cells: storedCells(cells) }));
  }

  /** For each of the keys that appeared on an earlier row, the line of that row. */
  async keysMet(tx: Tx, id: string, keys: readonly string[]): Promise<Map<string, number>> {
    const met = await tx.query<{ key: string; line: number }>(KEYS_MET, [id, JSON.stringify(keys)]);
    return new Map(met.map(({ key, line }) => [key, line]));
  }

  async meet(tx: Tx, id: string, keys: ReadonlyMap<string, number>): Promise<void> {
    await tx.execute(MEET, [id, JSON.stringify([...keys])]);
  }

  async siteExists(tx: Tx, siteId: string): Promise<boolean> {
    return (await tx.one(SITE_EXISTS, [siteId])) !== null;
  }
}

function importOf(row: Import): Import {
  return { ...row, mapping: storedMapping(row.mapping), plan: storedPlan(row.plan) };
}

const importOrNull = (row: Import | null) => row && importOf(row);
