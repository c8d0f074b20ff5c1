import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import type { Day } from '../../../shared/day.js';
import { classOf, type DeviceCategory, type DeviceClass } from '../../../shared/vocabulary.js';
import { householdsOfSchool } from '../../households/index.js';
import { Conditions } from './conditions.js';
import { schoolOf } from '../priority/score.sql.js';
import type { RequestLineState } from '../domain/request-line.machine.js';
import { HOUSEHOLD_IN_REACH, LINE_COLUMNS, type Request, REQUEST_COLUMNS, type RequestLine } from '../intake/requests.repository.js';
import { NIL_ID } from '../../../shared/ids.js';

// Reads households, learners, sites and funds beside the tables of this module.

/** A line's place in the queue of its class. The higher score comes first; of equal scores the lower ticket, then the smaller id. */
export type QueuePlace = Pick<RequestLine, 'id' | 'score' | 'ticket'>;

/** A line with its `position` while it waits (1 is the next one). */
export type PlacedLine = RequestLine & { readonly position: number | null };

/** A line with its position, and how many lines of its class wait. */
export type LineInQueue = PlacedLine & { readonly queueLength: number | null };

/** What a list of lines, or of requests by their lines, is limited to. */
export interface QueueFilter {
  readonly state?: RequestLineState;
  readonly class?: DeviceClass;
  /** The line's school (product.md, "Loan policy"). */
  readonly schoolId?: string;
  readonly householdId?: string;
  /** Only households within the reach of this school. */
  readonly reach: string | null;
}

/** The key after which a page of the queue begins. */
export type QueueKey = readonly [deviceClass: string, score: number, ticket: string, lineId: string];

/** A request with the place of its first line that waits. */
export type RequestInQueue = Request & { readonly first: QueueKey };

/** Devices that can replace each other, on a day. */
export interface StockPool {
  readonly category: DeviceCategory;
  readonly siteId: string;
  /** Null when no fund paid for them, so that they are for anyone. */
  readonly fundId: string | null;
  readonly today: Day;
}

// The bounds are plain values: an expression such as coalesce() is not leakproof, so under row-level security a condition with it could not
// use the index.
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
/** Below every score; the ticket is above every ticket. */
const LAST_SCORE = -2_147_483_647;
const LAST_TICKET = 'ff'.repeat(33);

/** The order of the queue of a class, which is defined here only; the index request_lines_queue serves it. */
export const placeInQueue = (line: string) => `${line}.negative_score, ${line}.ticket, ${line}.id`;
const waitsIn = (line: string, deviceClass: string) =>
  `${line}.council_id = current_council() AND ${line}.class = ${deviceClass} AND ${line}.state = 'waiting'`;

/** The order of several queues, one after the other. */
const placeInQueues = (line: string) => `${line}.class, ${placeInQueue(line)}`;
const EARLIER_OF_REQUEST = `
  e.council_id = current_council() AND e.request_id = l.request_id AND e.state = 'waiting' AND (${placeInQueues('e')}) < (${placeInQueues('l')})`;

/** Households within the reach of a school. */
const ofSchool = (household: string) => `${household} = ANY (${householdsOfSchool('?')})`;

/** Adds the conditions of a filter about lines. */
function narrowByLine(conditions: Conditions, line: string, { state, class: deviceClass, schoolId }: QueueFilter): Conditions {
  return conditions
    .and(`${line}.state = ?`, state)
    .and(`${line}.class = ?`, deviceClass)
    .and(`${ofSchool(`${line}.household_id`)} AND ${schoolOf(line)} = ?`, schoolId, schoolId, schoolId);
}

function narrowByReach(conditions: Conditions, owner: string, { householdId, reach }: QueueFilter): Conditions {
  return conditions.and(`${owner}.household_id = ?`, householdId).and(ofSchool(`${owner}.household_id`), reach, reach);
}

/** Adds the conditions of a filter about lines, and keeps those within reach. */
export function narrowed(conditions: Conditions, line: string, filter: QueueFilter): Conditions {
  return narrowByReach(narrowByLine(conditions, line, filter), line, filter);
}

/** The waiting lines of a filter after a place. */
function waitingFrom(after: QueueKey | null, filter: QueueFilter): Conditions {
  const where = narrowed(new Conditions("l.council_id = current_council() AND l.state = 'waiting'"), 'l', filter);
  return where.and(`(${placeInQueues('l')}) > (?, -(?::integer), decode(?, 'hex'), ?)`, ...(after ?? [null]));
}

/**
 * Reads the lines that `page` selects, with the position of each that waits. The lines of higher scores are counted in a table. Lines of the
 * same score are counted up to the last line on the page: the numbers of lines between neighbours are added up.
 */
const linesWithPosition = (page: string, order: string) => `
  WITH page AS MATERIALIZED (${page}),
  higher AS (
    SELECT b.class, b.score, sum(sum(b.lines)) OVER (PARTITION BY b.class ORDER BY b.score DESC) - sum(b.lines) AS lines
    FROM waiting_buckets b WHERE b.council_id = current_council() AND b.class IN (SELECT class FROM page WHERE state = 'waiting')
    GROUP BY b.class, b.score
  ), neighbours AS (
    SELECT l.id, l.class, l.score, l.negative_score, l.ticket,
      lag(l.ticket, 1, ''::bytea) OVER queue AS previous_ticket, lag(l.id, 1, '${NIL_ID}') OVER queue AS previous_id
    FROM page l WHERE l.state = 'waiting' WINDOW queue AS (PARTITION BY l.class, l.score ORDER BY ${placeInQueue('l')})
  ), positions AS MATERIALIZED (
    SELECT n.id, (h.lines + sum(gap.lines) OVER (PARTITION BY n.class, n.score ORDER BY ${placeInQueue('n')}))::integer AS position
    FROM neighbours n JOIN higher h ON h.class = n.class AND h.score = n.score CROSS JOIN LATERAL (
      SELECT count(*) AS lines FROM request_lines q
      WHERE ${waitsIn('q', 'n.class')} AND q.negative_score = n.negative_score AND (q.ticket, q.id) <= (n.ticket, n.id)
        AND (q.ticket, q.id) > (n.previous_ticket, n.previous_id)
    ) gap
  )
  SELECT ${LINE_COLUMNS}, positions.position FROM page l LEFT JOIN positions ON positions.id = l.id ORDER BY ${order}`;

const LINES_OF_REQUESTS = linesWithPosition(
  'SELECT l.* FROM request_lines l WHERE l.council_id = current_council() AND l.request_id = ANY($1)',
  'l.request_id, l.number, l.id',
);

const LINE_IN_QUEUE = `
  SELECT ${LINE_COLUMNS},
    CASE WHEN l.state = 'waiting' THEN (1
      + (SELECT coalesce(sum(b.lines), 0) FROM waiting_buckets b
         WHERE b.council_id = current_council() AND b.class = l.class AND b.score > l.score)
      + (SELECT count(*) FROM request_lines q
         WHERE ${waitsIn('q', 'l.class')} AND q.negative_score = l.negative_score AND (q.ticket, q.id) < (l.ticket, l.id)))::integer
    END AS position,
    CASE WHEN l.state = 'waiting' THEN
      (SELECT sum(b.lines)::integer FROM waiting_buckets b WHERE b.council_id = current_council() AND b.class = l.class)
    END AS "queueLength"
  FROM request_lines l JOIN households h ON h.council_id = current_council() AND h.id = l.household_id
  WHERE l.council_id = current_council() AND l.id = $1 AND ${HOUSEHOLD_IN_REACH}`;

const servedSchools = (siteId: string) =>
  `(SELECT v.served_school_ids FROM sites v WHERE v.council_id = current_council() AND v.id = ${siteId})::uuid[]`;

/**
 * Whether the stock of site `site`, whose id is `siteId`, may go to line `line`: the line chose the site, or it chose none and its school is
 * one that the site serves. The school of a line is computed only in households of these schools, which are found once for all lines.
 */
export const servesLine = (site: string, siteId: string, line: string) => `
  (${line}.pickup_site_id = ${site}.id OR (${line}.pickup_site_id IS NULL AND (${site}.served_school_ids IS NULL OR (
    ${line}.household_id IN (
      SELECT h.id FROM households h WHERE h.council_id = current_council() AND h.school_id = ANY (${servedSchools(siteId)})
      UNION ALL
      SELECT p.household_id FROM learners p
      WHERE p.council_id = current_council() AND p.school_id = ANY (${servedSchools(siteId)}) AND p.left_at IS NULL)
    AND ${schoolOf(line)} = ANY (${site}.served_school_ids)))))`;

/** The waiting lines `l` ahead of a place that a pool could serve; $1 to $9 are `servedAheadValues`. */
export const SERVED_AHEAD = `
  FROM request_lines l JOIN sites s ON s.council_id = current_council() AND s.id = $3
  WHERE ${waitsIn('l', '$1')}
    AND (${placeInQueue('l')}) < (-($5::integer), decode($6, 'hex'), $7)
    AND l.household_id <> $4 AND $2 = ANY (l.acceptable_categories) AND ${servesLine('s', '$3', 'l')}
    AND ($8::uuid IS NULL OR EXISTS (
      SELECT FROM funds f JOIN learners p ON p.council_id = current_council() AND p.id = ANY (l.learner_ids) AND p.left_at IS NULL
      WHERE f.council_id = current_council() AND f.id = $8
        AND (f.starts_on IS NULL OR f.starts_on <= $9) AND (f.ends_on IS NULL OR f.ends_on >= $9)
        AND (f.eligible_levels IS NULL OR p.level = ANY (f.eligible_levels))
        AND (f.eligible_school_ids IS NULL OR p.school_id = ANY (f.eligible_school_ids))))`;
const WAITING_FOR = `
  SELECT count(*)::integer AS lines FROM (SELECT ${SERVED_AHEAD} ORDER BY ${placeInQueue('l')} LIMIT $10) served`;

/** Returns the parameters of SERVED_AHEAD: lines of households other than one, before a place (null: anywhere), that a pool could serve. */
export function servedAheadValues(pool: StockPool, exceptHouseholdId: string, before: QueuePlace | null): unknown[] {
  const { category, siteId, fundId, today } = pool;
  const end = before ? [before.score, before.ticket, before.id] : [LAST_SCORE, LAST_TICKET, LAST_ID];
  return [classOf(category), category, siteId, exceptHouseholdId, ...end, fundId, today];
}

/** Reads the queue, and lists of lines and requests. */
@Injectable()
export class QueueRepository {
  /** Finds a line within the reach of a school (null: all), with its position and the length of its queue. */
  find(tx: Tx, schoolId: string | null, lineId: string): Promise<LineInQueue | null> {
    return tx.one<LineInQueue>(LINE_IN_QUEUE, [lineId, schoolId]);
  }

  /** Returns every line of these requests, request by request in their order. */
  linesOf(tx: Tx, requestIds: readonly string[]): Promise<PlacedLine[]> {
    return tx.query<PlacedLine>(LINES_OF_REQUESTS, [requestIds]);
  }

  /** Returns lines in the order of their ids: one more than `limit`. */
  linesById(tx: Tx, filter: QueueFilter, after: string | null, limit: number): Promise<PlacedLine[]> {
    const where = narrowed(new Conditions('l.council_id = current_council()'), 'l', filter).and('l.id > ?', after);
    const page = `SELECT l.* FROM request_lines l WHERE ${where.text} ORDER BY l.id LIMIT ${where.bind('?', limit + 1)}`;
    return tx.query<PlacedLine>(linesWithPosition(page, 'l.id'), where.values);
  }

  /** Returns the waiting lines, class by class in the order of the queue: one more than `limit`. */
  linesByPlace(tx: Tx, filter: QueueFilter, after: QueueKey | null, limit: number): Promise<PlacedLine[]> {
    const where = waitingFrom(after, filter);
    const page = `SELECT l.* FROM request_lines l WHERE ${where.text} ORDER BY ${placeInQueues('l')} LIMIT ${where.bind('?', limit + 1)}`;
    return tx.query<PlacedLine>(linesWithPosition(page, placeInQueues('l')), where.values);
  }

  /** Returns requests that have a line of the filter, in the order of their ids: one more than `limit`. */
  requestsById(tx: Tx, filter: QueueFilter, after: string | null, limit: number): Promise<Request[]> {
    const where = narrowByReach(new Conditions('r.council_id = current_council()'), 'r', filter).and('r.id > ?', after);
    // The condition is repeated for the request, so that the plan begins at the school's households and does not read every request.
    where.and(ofSchool('r.household_id'), filter.schoolId, filter.schoolId);
    const lines = narrowByLine(new Conditions('l.council_id = current_council() AND l.request_id = r.id', where.values), 'l', filter);
    where.and(`EXISTS (SELECT FROM request_lines l WHERE ${lines.text})`);
    return tx.query<Request>(
      `SELECT ${REQUEST_COLUMNS} FROM requests r WHERE ${where.text} ORDER BY r.id LIMIT ${where.bind('?', limit + 1)}`,
      where.values,
    );
  }

  /** Returns requests in the order of their first waiting lines: one more than `limit`. */
  requestsByPlace(tx: Tx, filter: QueueFilter, after: QueueKey | null, limit: number): Promise<RequestInQueue[]> {
    const where = waitingFrom(after, filter);
    const earlier = narrowByLine(new Conditions(EARLIER_OF_REQUEST, where.values), 'e', filter);
    where.and(`NOT EXISTS (SELECT FROM request_lines e WHERE ${earlier.text})`);
    const text = `
      SELECT ${REQUEST_COLUMNS}, jsonb_build_array(l.class, l.score, encode(l.ticket, 'hex'), l.id) AS first
      FROM request_lines l JOIN requests r ON r.council_id = current_council() AND r.id = l.request_id
      WHERE ${where.text} ORDER BY ${placeInQueues('l')} LIMIT ${where.bind('?', limit + 1)}`;
    return tx.query<RequestInQueue>(text, where.values);
  }

  /** Counts the lines of households other than one that wait before a place (null: anywhere) and that the pool could serve, up to `atMost`. */
  async waitingFor(tx: Tx, pool: StockPool, exceptHouseholdId: string, before: QueuePlace | null, atMost: number): Promise<number> {
    const values = [...servedAheadValues(pool, exceptHouseholdId, before), atMost];
    return (await tx.one<{ lines: number }>(WAITING_FOR, values))?.lines ?? 0;
  }
}
