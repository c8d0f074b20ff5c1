import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import { newId } from '../../../shared/ids.js';
import { OPEN_LINE_STATES, requestLineMachine } from '../domain/request-line.machine.js';
import { LINE_COLUMNS, type RequestLine } from '../intake/requests.repository.js';

// Locks households beside the tables of this module.

/** A line for which a device is held from now on, with the words of whoever offers it. */
export interface OfferedLine {
  readonly line: RequestLine;
  readonly reason: string | null;
}

const FIND_MANY = `
  SELECT ${LINE_COLUMNS} FROM request_lines l WHERE l.council_id = current_council() AND l.id = ANY ($1::uuid[]) ORDER BY l.id`;
const LOCK_MANY = `${FIND_MANY} FOR UPDATE`;

const OPEN_FOR = `
  SELECT l.id, l.class FROM request_lines l
  WHERE l.council_id = current_council() AND l.household_id = $1 AND l.learner_ids && $2::uuid[]
    AND l.state IN (${OPEN_LINE_STATES.map((state) => `'${state}'`).join(', ')})
  ORDER BY l.id FOR UPDATE`;

const KEEP_FOR = `
  UPDATE request_lines l SET version = l.version + 1, updated_at = $3, learner_ids = coalesce(
    (SELECT nullif(array_agg(own.id ORDER BY own.place), '{}') FROM unnest(l.learner_ids) WITH ORDINALITY AS own (id, place) WHERE own.id = ANY ($2::uuid[])),
    $2::uuid[])
  WHERE l.council_id = current_council() AND l.id = $1`;

const LOCK_HOUSEHOLDS_OF_LINES = `
  SELECT FROM households h WHERE h.council_id = current_council() AND h.id IN (
    SELECT l.household_id FROM request_lines l WHERE l.council_id = current_council() AND l.id = ANY ($1::uuid[]))
  ORDER BY h.id FOR NO KEY UPDATE`;

/** Moves each of these lines to `offered`, if it still has the version that was read, and writes an event for each. */
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

/** Reads and writes many lines at once, as offers need it: each method is one statement, however many lines there are. */
@Injectable()
export class OfferedLinesRepository {
  /** Locks the households of these lines, in the order of their ids. */
  async lockHouseholds(tx: Tx, lineIds: readonly string[]): Promise<void> {
    await tx.query(LOCK_HOUSEHOLDS_OF_LINES, [lineIds]);
  }

  openFor(tx: Tx, householdId: string, learnerIds: readonly string[]): Promise<Pick<RequestLine, 'id' | 'class'>[]> {
    return tx.query<Pick<RequestLine, 'id' | 'class'>>(OPEN_FOR, [householdId, learnerIds]);
  }

  async keepFor(tx: Tx, lineId: string, staying: readonly string[], now: Date): Promise<void> {
    await tx.execute(KEEP_FOR, [lineId, staying, now]);
  }

  find(tx: Tx, lineIds: readonly string[]): Promise<RequestLine[]> {
    return tx.query<RequestLine>(FIND_MANY, [lineIds]);
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
