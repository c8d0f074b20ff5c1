import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import { NIL_ID } from '../../../shared/ids.js';
import { householdIsOfSchool } from '../../households/index.js';
import type { DropReason } from '../domain/drop-reasons.js';
import { KEY_OF_DROPPED, type NoticeToSend, READ_NOTICES, readNotice } from '../sending/messages.repository.js';

// Reads households, learners, loans, offers, devices and request_lines beside the tables of this module.

/** Letters that are printed together. */
export interface PrintBatch {
  readonly id: string;
  /** Its number among the council's batches. */
  readonly ordinal: number;
  /** The school or the site for whose letters it was made; both null for the whole council. */
  readonly schoolId: string | null;
  readonly siteId: string | null;
  readonly letters: number;
  readonly createdAt: Date;
  /** When its file was last read to the end. */
  readonly fileMadeAt: Date | null;
  readonly printedAt: Date | null;
  readonly leftOut: readonly LeftOutNotice[];
}

/** A notice that is not in the file, and why. */
export interface LeftOutNotice {
  readonly noticeId: string;
  readonly householdId: string;
  readonly reason: DropReason | FallbackReason;
}

/** Why a notice goes on by another channel. */
export type FallbackReason = 'NO_ADDRESS' | 'TEXT_FAULT';

/** A notice that goes on by another channel. */
export interface FallbackPart {
  readonly id: string;
  /** The first notice of the message that it is a part of from now on; null when it is that first one. */
  readonly combinedInto: string | null;
  readonly reason: FallbackReason;
}

export interface NewBatch {
  readonly id: string;
  readonly schoolId: string | null;
  readonly siteId: string | null;
}

/** One notice of a letter. */
export interface LetterPart extends NoticeToSend {
  readonly letterId: string;
}

/** A notice that is no longer true. */
export interface DroppedPart {
  readonly id: string;
  readonly reason: DropReason;
  /** Whether other notices of its letter are still printed. */
  readonly letterGoes: boolean;
}

const LETTER = 'coalesce(n.combined_into, n.id)';

/** One batch of a council is filled at a time: whoever comes second takes the letters that are left. */
const LOCK_QUEUE = `SELECT pg_advisory_xact_lock(hashtextextended('notices.print ' || current_council(), 0))`;

/** Takes the letters that have waited longest. A letter about several things is taken whole, and belongs to the site of any of them. */
const TAKE = `
  WITH letters AS (
    SELECT ${LETTER} AS id FROM notices n
    WHERE n.council_id = current_council() AND n.state = 'to_print' AND n.print_batch_id IS NULL
      AND ${householdIsOfSchool('n.household_id', '$2')}
      AND ($3::uuid IS NULL OR $3 = coalesce(
        (SELECT l.site_id FROM loans l WHERE l.council_id = current_council() AND l.id = n.loan_id),
        (SELECT d.site_id FROM offers o JOIN devices d ON d.council_id = o.council_id AND d.id = o.device_id
         WHERE o.council_id = current_council() AND o.id = n.offer_id),
        (SELECT r.pickup_site_id FROM request_lines r WHERE r.council_id = current_council() AND r.id = n.line_id)))
    GROUP BY ${LETTER} ORDER BY min(n.settled_at), ${LETTER} LIMIT $4
  ), taken AS (
    UPDATE notices n SET print_batch_id = $1 FROM letters
    WHERE n.council_id = current_council() AND ${LETTER} = letters.id AND n.state = 'to_print' AND n.print_batch_id IS NULL
    RETURNING ${LETTER} AS letter
  )
  INSERT INTO print_batches (council_id, id, school_id, site_id, letters, created_at)
  SELECT current_council(), $1, $2, $3, count(DISTINCT letter), $5 FROM taken HAVING count(*) > 0`;

const BATCH = `
  SELECT b.id, b.ordinal, b.school_id AS "schoolId", b.site_id AS "siteId", b.letters, b.created_at AS "createdAt", b.file_made_at AS "fileMadeAt",
    b.printed_at AS "printedAt", coalesce((
      SELECT jsonb_agg(jsonb_build_object(
          'noticeId', n.id, 'householdId', n.household_id, 'reason', coalesce(n.left_out, CASE WHEN n.state = 'dropped' THEN n.reason ELSE 'NO_ADDRESS' END)) ORDER BY n.id)
      FROM notices n
      WHERE n.council_id = b.council_id AND n.print_batch_id = b.id AND n.state NOT IN ('to_print', 'printed')), '[]') AS "leftOut"
  FROM print_batches b WHERE b.council_id = current_council()`;
const FIND = `${BATCH} AND b.id = $1 AND ($2::uuid IS NULL OR b.school_id = $2)`;
const LIST = `${BATCH} AND ($1::uuid IS NULL OR b.school_id = $1) AND ($2::bigint IS NULL OR b.ordinal < $2) ORDER BY b.ordinal DESC LIMIT $3`;

const STATE =
  'SELECT printed_at AS "printedAt", file_made_at AS "fileMadeAt" FROM print_batches WHERE council_id = current_council() AND id = $1';
const LOCK = `${STATE} AND ($2::uuid IS NULL OR school_id = $2) FOR UPDATE`;
/** Several may make the file at once, but nobody can record meanwhile that it was printed. */
const HOLD = `${STATE} FOR SHARE`;
const FILE_MADE = 'UPDATE print_batches SET file_made_at = $2 WHERE council_id = current_council() AND id = $1';

/** The notices of the next letters of a batch, letter by letter. */
const LETTERS = `${READ_NOTICES.replace('SELECT', `SELECT ${LETTER} AS "letterId",`)}
  AND n.print_batch_id = $2 AND n.state = 'to_print' AND ${LETTER} IN (
    SELECT DISTINCT coalesce(b.combined_into, b.id) FROM notices b
    WHERE b.council_id = current_council() AND b.print_batch_id = $2 AND b.state = 'to_print' AND coalesce(b.combined_into, b.id) > $3
    ORDER BY 1 LIMIT $4)
  ORDER BY ${LETTER}, n.combined_into NULLS FIRST, n.planned_at, n.id`;
/** When nothing of a letter is left, it does not count as the message of its day. */
const DROP = `
  UPDATE notices n SET state = 'dropped', reason = g.reason, key = ${KEY_OF_DROPPED}, settled_at = $4, message_day = CASE WHEN g.goes THEN n.message_day END
  FROM unnest($1::uuid[], $2::text[], $3::boolean[]) AS g (id, reason, goes)
  WHERE n.council_id = current_council() AND n.id = g.id AND n.state = 'to_print'`;
/** A notice that is not posted goes by another channel, or fails: as a message of its own, because the rest of the letter may follow later. */
const FALL_BACK = `
  UPDATE notices n
  SET state = 'sending', channel = NULL, tried = array_append(n.tried, 'letter'), settled_at = NULL, handed_over_at = $4, problem = g.reason, left_out = g.reason,
    combined_into = g.combined_into
  FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS g (id, combined_into, reason)
  WHERE n.council_id = current_council() AND n.id = g.id AND n.state = 'to_print'
  RETURNING coalesce(n.combined_into, n.id) AS "messageId"`;

const PRINTED = 'UPDATE print_batches SET printed_at = $2 WHERE council_id = current_council() AND id = $1';
const POSTED = `
  UPDATE notices n SET state = 'printed', settled_at = $2
  WHERE n.council_id = current_council() AND n.print_batch_id = $1 AND n.state = 'to_print'
  RETURNING CASE WHEN n.trigger = 'offer_made' THEN n.offer_id END AS "offerId"`;

export type BatchState = Pick<PrintBatch, 'printedAt' | 'fileMadeAt'>;

/** Reads and writes batches of letters. `schoolId` is the caller's reach: null sees every batch. */
@Injectable()
export class PrintBatchesRepository {
  /** Takes at most `limit` waiting letters into a new batch; false when there is none. */
  async take(tx: Tx, { id, schoolId, siteId }: NewBatch, limit: number, now: Date): Promise<boolean> {
    await tx.execute(LOCK_QUEUE, []);
    return (await tx.execute(TAKE, [id, schoolId, siteId, limit, now])) === 1;
  }

  find(tx: Tx, schoolId: string | null, id: string): Promise<PrintBatch | null> {
    return tx.one<PrintBatch>(FIND, [id, schoolId]);
  }

  /** The latest first, one more than `limit`. */
  list(tx: Tx, schoolId: string | null, before: number | null, limit: number): Promise<PrintBatch[]> {
    return tx.query<PrintBatch>(LIST, [schoolId, before, limit + 1]);
  }

  lock(tx: Tx, schoolId: string | null, id: string): Promise<BatchState | null> {
    return tx.one<BatchState>(LOCK, [id, schoolId]);
  }

  hold(tx: Tx, id: string): Promise<BatchState | null> {
    return tx.one<BatchState>(HOLD, [id]);
  }

  /** Returns the notices of the next `limit` letters, in the order of the letters' ids, as things are now. */
  async letters(tx: Tx, id: string, after: string | null, limit: number, now: Date): Promise<LetterPart[]> {
    return (await tx.query<LetterPart>(LETTERS, [now, id, after ?? NIL_ID, limit])).map(readNotice);
  }

  async drop(tx: Tx, dropped: readonly DroppedPart[], now: Date): Promise<void> {
    const columns = [dropped.map(({ id }) => id), dropped.map(({ reason }) => reason), dropped.map(({ letterGoes }) => letterGoes)];
    await tx.execute(DROP, [...columns, now]);
  }

  /**
   * Sends notices on to the next channel, and returns the ids of the messages that they make. A notice that somebody else has moved meanwhile
   * is left out.
   */
  async fallBack(tx: Tx, leaving: readonly FallbackPart[], now: Date): Promise<string[]> {
    const columns = [leaving.map(({ id }) => id), leaving.map(({ combinedInto }) => combinedInto), leaving.map(({ reason }) => reason)];
    const rows = await tx.query<{ messageId: string }>(FALL_BACK, [...columns, now]);
    return [...new Set(rows.map(({ messageId }) => messageId))];
  }

  async fileMade(tx: Tx, id: string, now: Date): Promise<void> {
    await tx.execute(FILE_MADE, [id, now]);
  }

  /** Records that a batch was printed and posted, and returns the offers that its letters tell of. */
  async printed(tx: Tx, id: string, now: Date): Promise<string[]> {
    await tx.execute(PRINTED, [id, now]);
    const rows = await tx.query<{ offerId: string | null }>(POSTED, [id, now]);
    return [...new Set(rows.flatMap(({ offerId }) => offerId ?? []))];
  }
}
