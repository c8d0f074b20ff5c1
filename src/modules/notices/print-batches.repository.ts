import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/index.js';
import { type NoticeInHand, READ_NOTICES } from './messages.repository.js';

// Reads households and learners, and what messages.repository.ts reads, beside the tables of this module.

/** Letters that were printed together. */
export interface PrintBatch {
  readonly id: string;
  /** Of one school's families; null: of all. */
  readonly schoolId: string | null;
  readonly letters: number;
  /** Notices that were true no longer when it was made. */
  readonly dropped: number;
  readonly createdBy: string;
  readonly createdAt: Date;
}

/** A notice of a letter, with the notice that the letter began with. */
export type LetterNotice = NoticeInHand & { readonly headId: string };

const BATCH = `
  b.id, b.school_id AS "schoolId", b.letters, b.dropped, b.created_by AS "createdBy", b.created_at AS "createdAt"`;
const LIST = `
  SELECT ${BATCH} FROM print_batches b
  WHERE b.council_id = current_council() AND ($1::uuid IS NULL OR b.school_id = $1) AND ($2::uuid IS NULL OR b.id < $2) ORDER BY b.id DESC LIMIT $3`;
const ONE = `SELECT ${BATCH} FROM print_batches b WHERE b.council_id = current_council() AND b.id = $1 AND ($2::uuid IS NULL OR b.school_id = $2)`;
const INSERT = `
  INSERT INTO print_batches (council_id, id, school_id, letters, dropped, created_by, created_at) VALUES (current_council(), $1, $2, $3, $4, $5, $6)`;
/** Whole letters, those that wait longest first. */
const LOCK_WAITING = `
  WITH heads AS (
    SELECT DISTINCT coalesce(n.combined_into, n.id) AS id FROM notices n
    WHERE n.council_id = current_council() AND n.state = 'to_print' AND ($1::uuid IS NULL OR EXISTS (
      SELECT FROM households h WHERE h.council_id = current_council() AND h.id = n.household_id AND (h.school_id = $1 OR EXISTS (
        SELECT FROM learners k WHERE k.council_id = current_council() AND k.household_id = h.id AND k.school_id = $1 AND k.left_at IS NULL))))
    ORDER BY 1 LIMIT $2)
  SELECT n.id FROM notices n
  WHERE n.council_id = current_council() AND n.state = 'to_print' AND coalesce(n.combined_into, n.id) IN (SELECT id FROM heads)
  ORDER BY n.id FOR UPDATE SKIP LOCKED`;
const READ = `
  SELECT i.*, coalesce(r.combined_into, r.id) AS "headId"
  FROM (${READ_NOTICES} AND n.id = ANY ($2::uuid[])) i JOIN notices r ON r.council_id = current_council() AND r.id = i.id
  ORDER BY coalesce(r.combined_into, r.id), r.combined_into NULLS FIRST, r.planned_at, r.id`;
const IDS_OF_BATCH = `SELECT n.id FROM notices n WHERE n.council_id = current_council() AND n.print_batch_id = $1 AND n.state = 'printed' ORDER BY n.id`;
const PRINT = `
  UPDATE notices n SET state = 'printed', print_batch_id = $2, settled_at = $3
  WHERE n.council_id = current_council() AND n.id = ANY ($1::uuid[]) AND n.state = 'to_print'`;
const DROP = `
  UPDATE notices n SET state = 'dropped', reason = g.reason, settled_at = $3, message_day = NULL FROM unnest($1::uuid[], $2::text[]) AS g (id, reason)
  WHERE n.council_id = current_council() AND n.id = g.id AND n.state = 'to_print'`;

type Row<T> = T & Record<string, unknown>;

/** The SQL of print batches. */
@Injectable()
export class PrintBatchesRepository {
  /** The newest first, one more than `limit`. */
  list(tx: Tx, schoolId: string | null, before: string | null, limit: number): Promise<PrintBatch[]> {
    return tx.query<Row<PrintBatch>>(LIST, [schoolId, before, limit + 1]);
  }

  find(tx: Tx, schoolId: string | null, id: string): Promise<PrintBatch | null> {
    return tx.one<Row<PrintBatch>>(ONE, [id, schoolId]);
  }

  /** The notices of the `limit` letters that wait longest, as things stand, locked. */
  async lockWaiting(tx: Tx, schoolId: string | null, limit: number, now: Date): Promise<LetterNotice[]> {
    const ids = await tx.query<{ id: string }>(LOCK_WAITING, [schoolId, limit]);
    return this.read(tx, ids, now);
  }

  async ofBatch(tx: Tx, id: string, now: Date): Promise<LetterNotice[]> {
    return this.read(tx, await tx.query<{ id: string }>(IDS_OF_BATCH, [id]), now);
  }

  async insert(tx: Tx, { id, schoolId, letters, dropped, createdBy, createdAt }: PrintBatch): Promise<void> {
    await tx.execute(INSERT, [id, schoolId, letters, dropped, createdBy, createdAt]);
  }

  async print(tx: Tx, ids: readonly string[], batchId: string, now: Date): Promise<void> {
    await tx.execute(PRINT, [ids, batchId, now]);
  }

  async drop(tx: Tx, dropped: readonly { readonly id: string; readonly reason: string }[], now: Date): Promise<void> {
    await tx.execute(DROP, [dropped.map(({ id }) => id), dropped.map(({ reason }) => reason), now]);
  }

  private read(tx: Tx, rows: readonly { id: string }[], now: Date): Promise<LetterNotice[]> {
    if (rows.length === 0) return Promise.resolve([]);
    return tx.query<Row<LetterNotice>>(READ, [now, rows.map(({ id }) => id)]);
  }
}
