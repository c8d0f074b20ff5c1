import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/index.js';
import { newId } from '../../shared/ids.js';
import { requestLineMachine } from './domain/request-line.machine.js';
import { LINE, type RequestLine } from './requests.repository.js';

// Locks households beside the tables of this module.

/** A line for which a device is held from now on, with somebody's words about it. */
export interface OfferedLine {
  readonly line: RequestLine;
  readonly reason: string | null;
}

const LOCK_MANY = `
  SELECT ${LINE} FROM request_lines l WHERE l.council_id = current_council() AND l.id = ANY ($1::uuid[]) ORDER BY l.id FOR UPDATE`;

const LOCK_HOUSEHOLDS_OF_LINES = `
  SELECT FROM households h WHERE h.council_id = current_council() AND h.id IN (
    SELECT l.household_id FROM request_lines l WHERE l.council_id = current_council() AND l.id = ANY ($1::uuid[]))
  ORDER BY h.id FOR NO KEY UPDATE`;

/** Every one of these lines as it is, but offered a device from now on, each with its event. */
const OFFER_LINES = `
  WITH moved AS (
    UPDATE request_lines l
    SET state = $5, suspended_until = NULL, reason = given.reason, version = l.version + 1, updated_at = $6
    FROM unnest($1::uuid[], $2::integer[], $3::uuid[], $4::text[]) AS given (id, version, event_id, reason)
    WHERE l.council_id = current_council() AND l.id = given.id AND l.version = given.version AND l.state = $8
    RETURNING l.id, l.request_id, given.event_id, given.reason
  ), event AS (
    INSERT INTO request_line_events (council_id, id, line_id, at, actor, move, from_state, to_state, reason)
    SELECT current_council(), event_id, id, $6, $7, 'offer', $8, $5, reason FROM moved
  ), request AS (
    UPDATE requests r SET version = r.version + 1, updated_at = $6
    WHERE r.council_id = current_council() AND r.id IN (SELECT request_id FROM moved)
  )
  SELECT id AS "lineId", event_id AS "eventId" FROM moved`;

/** Many lines at once, as offers need them: each of these is one statement, however many lines there are. */
@Injectable()
export class OfferedLinesRepository {
  /** Locks the households of these lines, in the order of their ids. */
  async lockHouseholds(tx: Tx, lineIds: readonly string[]): Promise<void> {
    await tx.query(LOCK_HOUSEHOLDS_OF_LINES, [lineIds]);
  }

  /** Locks those of these lines that exist, in the order of their ids. */
  lock(tx: Tx, lineIds: readonly string[]): Promise<RequestLine[]> {
    return tx.query<RequestLine>(LOCK_MANY, [lineIds]);
  }

  /** Moves locked lines that wait to `offered`, in one statement. */
  async move(tx: Tx, offered: readonly OfferedLine[], actor: string, now: Date): Promise<{ lineId: string; eventId: string }[]> {
    const { from, to } = requestLineMachine.moves.offer;
    const moved = await tx.query<{ lineId: string; eventId: string }>(OFFER_LINES, [
      offered.map(({ line }) => line.id),
      offered.map(({ line }) => line.version),
      offered.map(() => newId()),
      offered.map(({ reason }) => reason),
      to,
      now,
      actor,
      from[0],
    ]);
    if (moved.length !== offered.length) throw new Error('a line was changed while it was locked');
    return moved;
  }
}
