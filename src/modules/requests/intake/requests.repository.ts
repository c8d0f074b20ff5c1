import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import { newId } from '../../../shared/ids.js';
import type { DeviceCategory, DeviceClass } from '../../../shared/vocabulary.js';
import { isOfSchool } from '../../households/index.js';
import type { LineStanding } from '../domain/line-standing.rules.js';
import { type LineWish, MOST_LINES, type RequestChannel } from '../domain/request.rules.js';
import { OPEN_LINE_STATES, type RequestLineMove } from '../domain/request-line.machine.js';

// Reads households, learners, sites and councils, and locks households, beside the tables of this module.

/** One demand of a household. */
export interface Request {
  readonly id: string;
  readonly householdId: string;
  readonly channel: RequestChannel;
  readonly statement: string | null;
  readonly pickupSiteId: string | null;
  readonly submittedAt: Date | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** One device that a request asks for. */
export interface RequestLine extends LineStanding {
  readonly id: string;
  readonly requestId: string;
  readonly householdId: string;
  readonly class: DeviceClass;
  readonly learnerIds: readonly string[];
  readonly acceptableCategories: readonly DeviceCategory[];
  readonly pickupSiteId: string | null;
  /** Points of the priority policy; 0 before submission. */
  readonly score: number;
  /** The ticket of the lottery, in hex; empty before submission. */
  readonly ticket: string;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** The parts of a line that a submission reads. */
export type DraftLine = Pick<RequestLine, 'class' | 'state' | 'learnerIds' | 'appealedAt' | 'appealDecidedAt'>;

/** The values of a request apart from its lines. */
export type RequestValues = Pick<Request, 'channel' | 'statement' | 'pickupSiteId'>;

/** A household within reach that the transaction has locked. */
export interface LockedHousehold {
  readonly id: string;
  /** The council's time zone. */
  readonly timeZone: string;
}

/** The facts against which a household's requests are checked. */
export interface RequestFacts {
  /** The ids of its present learners. */
  readonly learnerIds: readonly string[];
  /** Whether the site exists; also true when no site is named. */
  readonly siteKnown: boolean;
  /** The classes of which it has an open line. */
  readonly openClasses: readonly DeviceClass[];
}

interface LineEvent {
  readonly id: string;
  readonly actor: string;
  readonly move: RequestLineMove;
  readonly reason: string | null;
}

/** The columns of a request `r`. */
export const REQUEST_COLUMNS = `
  r.id, r.household_id AS "householdId", r.channel, r.statement, r.pickup_site_id AS "pickupSiteId", r.submitted_at AS "submittedAt",
  r.version, r.created_at AS "createdAt", r.updated_at AS "updatedAt"`;

/** The columns of a line `l`. */
export const LINE_COLUMNS = `
  l.id, l.request_id AS "requestId", l.household_id AS "householdId", l.class, l.learner_ids AS "learnerIds",
  l.acceptable_categories AS "acceptableCategories", l.pickup_site_id AS "pickupSiteId", l.state, l.waiting_since AS "waitingSince",
  l.score, encode(l.ticket, 'hex') AS ticket, l.suspended_until::text AS "suspendedUntil", l.reason, l.appealed_at AS "appealedAt", l.appeal_decided_at AS "appealDecidedAt",
  l.version, l.created_at AS "createdAt", l.updated_at AS "updatedAt"`;

/** Whether a household `h` is within the reach of the school in $2: its own school, or that of one of its learners. Null reaches all. */
export const HOUSEHOLD_IN_REACH = isOfSchool('$2');

// Not FOR UPDATE, since rows that only refer to the household need not wait.
const LOCK_HOUSEHOLD = (id: string) => `
  SELECT h.id, c.time_zone AS "timeZone" FROM households h JOIN councils c ON c.id = h.council_id
  WHERE h.council_id = current_council() AND h.id = ${id} AND ${HOUSEHOLD_IN_REACH}
  FOR NO KEY UPDATE OF h`;
const LOCK_BY_ID = LOCK_HOUSEHOLD('$1');
const LOCK_BY_REQUEST = LOCK_HOUSEHOLD('(SELECT r.household_id FROM requests r WHERE r.council_id = current_council() AND r.id = $1)');
const LOCK_BY_LINE = LOCK_HOUSEHOLD('(SELECT l.household_id FROM request_lines l WHERE l.council_id = current_council() AND l.id = $1)');

const OPEN = OPEN_LINE_STATES.map((state) => `'${state}'`).join(', ');

const FACTS = `
  SELECT ARRAY(
           SELECT p.id FROM learners p WHERE p.council_id = current_council() AND p.household_id = $1 AND p.left_at IS NULL
         ) AS "learnerIds",
         $2::uuid IS NULL OR EXISTS (SELECT FROM sites s WHERE s.council_id = current_council() AND s.id = $2) AS "siteKnown",
         ARRAY(
           SELECT l.class FROM request_lines l
           WHERE l.council_id = current_council() AND l.household_id = $1 AND l.state IN (${OPEN})
         ) AS "openClasses"`;

const REQUEST_IN_REACH = `
  SELECT ${REQUEST_COLUMNS} FROM requests r JOIN households h ON h.council_id = current_council() AND h.id = r.household_id
  WHERE r.council_id = current_council() AND r.id = $1 AND ${HOUSEHOLD_IN_REACH}`;

const HOUSEHOLD_OF_REQUEST = 'SELECT household_id AS "householdId" FROM requests WHERE council_id = current_council() AND id = $1';
const HOUSEHOLD_OF_LINE = 'SELECT household_id AS "householdId" FROM request_lines WHERE council_id = current_council() AND id = $1';

const INSERT_REQUEST = `
  INSERT INTO requests AS r (council_id, id, household_id, channel, statement, pickup_site_id, created_at, updated_at)
  VALUES (current_council(), $1, $2, $3, $4, $5, $6, $6)`;

const INSERT_DRAFTS = `
  INSERT INTO request_lines (council_id, id, request_id, household_id, number, class, learner_ids, acceptable_categories,
                             pickup_site_id, state, created_at, updated_at)
  SELECT current_council(), wish.id, $1, $2, wish.number, wish.class, wish."learnerIds", wish."acceptableCategories", $3, 'draft', $4, $4
  FROM jsonb_to_recordset($5::jsonb) AS wish (id uuid, number integer, class text, "learnerIds" uuid[], "acceptableCategories" text[])`;

const UPDATE_REQUEST = `
  UPDATE requests SET channel = $2, statement = $3, pickup_site_id = $4, version = version + 1, updated_at = $5
  WHERE council_id = current_council() AND id = $1 AND submitted_at IS NULL`;

const DELETE_DRAFTS = `DELETE FROM request_lines WHERE council_id = current_council() AND request_id = $1 AND state = 'draft'`;

const MOVE_DRAFTS_TO_SITE = `
  UPDATE request_lines SET pickup_site_id = $2, version = version + 1, updated_at = $3
  WHERE council_id = current_council() AND request_id = $1 AND state = 'draft'`;

const LOCK_LINES = `
  SELECT l.class, l.state, l.learner_ids AS "learnerIds", l.appealed_at AS "appealedAt", l.appeal_decided_at AS "appealDecidedAt"
  FROM request_lines l WHERE l.council_id = current_council() AND l.request_id = $1
  ORDER BY l.number, l.id FOR UPDATE`;

/** Lets every draft of a request wait, each with an event ($4 gives the ids of the events). */
const SUBMIT_DRAFTS = `
  WITH moved AS (
    UPDATE request_lines SET state = 'waiting', waiting_since = $2, version = version + 1, updated_at = $2
    WHERE council_id = current_council() AND request_id = $1 AND state = 'draft'
    RETURNING id, number
  ), told AS (
    SELECT id, ($4::uuid[])[row_number() OVER (ORDER BY number, id)] AS event_id FROM moved
  ), event AS (
    INSERT INTO request_line_events (council_id, id, line_id, at, actor, move, from_state, to_state)
    SELECT current_council(), event_id, id, $2, $3, 'submit', 'draft', 'waiting' FROM told
  ), request AS (
    UPDATE requests SET submitted_at = $2, version = version + 1, updated_at = $2 WHERE council_id = current_council() AND id = $1
  )
  SELECT id AS "lineId", event_id AS "eventId" FROM told`;

const LOCK_LINE = `SELECT ${LINE_COLUMNS} FROM request_lines l WHERE l.council_id = current_council() AND l.id = $1 FOR UPDATE`;

const LOCK_OPEN_LINE = `
  SELECT ${LINE_COLUMNS} FROM request_lines l
  WHERE l.council_id = current_council() AND l.household_id = $1 AND l.class = $2 AND l.state IN (${OPEN}) FOR UPDATE`;

/** A move of a line also changes its request: both get a new version. */
const MOVE_LINE = `
  WITH moved AS (
    UPDATE request_lines l
    SET state = $3, waiting_since = $4, suspended_until = $5, reason = $6, appealed_at = $7, appeal_decided_at = $8,
        version = version + 1, updated_at = $9
    WHERE l.council_id = current_council() AND l.id = $1 AND l.version = $2
    RETURNING ${LINE_COLUMNS}
  ), event AS (
    INSERT INTO request_line_events (council_id, id, line_id, at, actor, move, from_state, to_state, reason)
    SELECT current_council(), $10, id, $9, $11, $12, $13, state, $14 FROM moved
  ), request AS (
    UPDATE requests r SET version = r.version + 1, updated_at = $9
    FROM moved WHERE r.council_id = current_council() AND r.id = moved."requestId"
  )
  SELECT * FROM moved`;

/** Writes requests and their lines; QueueRepository reads the queue. */
@Injectable()
export class RequestsRepository {
  /** Locks the household, as everybody does who changes its requests; returns null when it is not within reach. */
  lockHousehold(tx: Tx, schoolId: string | null, householdId: string): Promise<LockedHousehold | null> {
    return tx.one<LockedHousehold>(LOCK_BY_ID, [householdId, schoolId]);
  }

  lockHouseholdOfRequest(tx: Tx, schoolId: string | null, requestId: string): Promise<LockedHousehold | null> {
    return tx.one<LockedHousehold>(LOCK_BY_REQUEST, [requestId, schoolId]);
  }

  lockHouseholdOfLine(tx: Tx, schoolId: string | null, lineId: string): Promise<LockedHousehold | null> {
    return tx.one<LockedHousehold>(LOCK_BY_LINE, [lineId, schoolId]);
  }

  async householdOfRequest(tx: Tx, requestId: string): Promise<string | null> {
    return (await tx.one<{ householdId: string }>(HOUSEHOLD_OF_REQUEST, [requestId]))?.householdId ?? null;
  }

  async householdOfLine(tx: Tx, lineId: string): Promise<string | null> {
    return (await tx.one<{ householdId: string }>(HOUSEHOLD_OF_LINE, [lineId]))?.householdId ?? null;
  }

  facts(tx: Tx, householdId: string, pickupSiteId: string | null): Promise<RequestFacts> {
    return tx.row<RequestFacts>(FACTS, [householdId, pickupSiteId]);
  }

  find(tx: Tx, schoolId: string | null, requestId: string): Promise<Request | null> {
    return tx.one<Request>(REQUEST_IN_REACH, [requestId, schoolId]);
  }

  /** Writes a new request with its lines, all of them drafts. */
  async insert(
    tx: Tx,
    { id, householdId }: Pick<Request, 'id' | 'householdId'>,
    values: RequestValues,
    lines: readonly LineWish[],
    now: Date,
  ): Promise<void> {
    await tx.execute(INSERT_REQUEST, [id, householdId, values.channel, values.statement, values.pickupSiteId, now]);
    await this.insertDrafts(tx, id, householdId, values.pickupSiteId, lines, now);
  }

  /** Changes a draft. `lines` replaces its drafts; when it is left out they stay. */
  async update(tx: Tx, request: Request, values: RequestValues, lines: readonly LineWish[] | undefined, now: Date): Promise<void> {
    await tx.execute(UPDATE_REQUEST, [request.id, values.channel, values.statement, values.pickupSiteId, now]);
    if (lines !== undefined) {
      await tx.execute(DELETE_DRAFTS, [request.id]);
      await this.insertDrafts(tx, request.id, request.householdId, values.pickupSiteId, lines, now);
    } else if (values.pickupSiteId !== request.pickupSiteId) {
      await tx.execute(MOVE_DRAFTS_TO_SITE, [request.id, values.pickupSiteId, now]);
    }
  }

  /** Locks the lines of a request, in their order. */
  lockLines(tx: Tx, requestId: string): Promise<DraftLine[]> {
    return tx.query<DraftLine>(LOCK_LINES, [requestId]);
  }

  /** Lets the drafts of a request wait, and returns them. */
  submitDrafts(tx: Tx, requestId: string, actor: string, now: Date): Promise<{ readonly lineId: string; readonly eventId: string }[]> {
    const eventIds = Array.from({ length: MOST_LINES }, () => newId());
    return tx.query(SUBMIT_DRAFTS, [requestId, now, actor, eventIds]);
  }

  lockLine(tx: Tx, lineId: string): Promise<RequestLine | null> {
    return tx.one<RequestLine>(LOCK_LINE, [lineId]);
  }

  lockOpenLine(tx: Tx, householdId: string, deviceClass: DeviceClass): Promise<RequestLine | null> {
    return tx.one<RequestLine>(LOCK_OPEN_LINE, [householdId, deviceClass]);
  }

  /** Writes the new state of a locked line, with its event. */
  async moveLine(tx: Tx, line: RequestLine, next: LineStanding, event: LineEvent, now: Date): Promise<RequestLine> {
    const standing = [next.state, next.waitingSince, next.suspendedUntil, next.reason, next.appealedAt, next.appealDecidedAt];
    const moved = await tx.one<RequestLine>(MOVE_LINE, [
      line.id,
      line.version,
      ...standing,
      now,
      event.id,
      event.actor,
      event.move,
      line.state,
      event.reason,
    ]);
    if (!moved) throw new Error('the line was changed while it was locked');
    return moved;
  }

  private async insertDrafts(
    tx: Tx,
    requestId: string,
    householdId: string,
    pickupSiteId: string | null,
    lines: readonly LineWish[],
    now: Date,
  ): Promise<void> {
    const wishes = lines.map((line, index) => ({ ...line, id: newId(), number: index + 1 }));
    await tx.execute(INSERT_DRAFTS, [requestId, householdId, pickupSiteId, now, JSON.stringify(wishes)]);
  }
}
