import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import { addDays, type Day } from '../../../shared/day.js';
import type { DeviceClass } from '../../../shared/vocabulary.js';
import { Conditions, narrowed, type QueueFilter, type RequestLineState, waitingDays } from '../../requests/index.js';

// Reads request_lines, request_line_events, offers, households, learners, unreachable_households and rankings: this module keeps no list of its own.

/**
 * Why a person should look at a line. Each reason is a condition on a line `l`, and for each one index gives the lines in the order of the
 * list. $1 is the most days that a line may wait (null means any number), $2 the day up to which waiting is counted, $3 the council's time
 * zone, and $4 an instant before which every line that waits too long began to wait.
 */
const CONDITIONS = {
  WAITING_TOO_LONG: `l.state = 'waiting' AND l.waits_from < $4::timestamp AND ${waitingDays('$2::date', '$3::text')} > $1::integer`,
  UNREACHABLE: `l.state IN ('waiting', 'offered', 'accepted') AND EXISTS (
    SELECT FROM unreachable_households u WHERE u.council_id = current_council() AND u.household_id = l.household_id)`,
  // The reason ends when the line has another offer.
  OFFER_NOT_DELIVERED: `l.state = 'waiting' AND (
    SELECT o.undeliverable_at FROM offers o WHERE o.council_id = current_council() AND o.line_id = l.id ORDER BY o.ordinal DESC LIMIT 1) IS NOT NULL`,
  APPEAL_PENDING: `l.state = 'refused' AND l.appealed_at IS NOT NULL AND l.appeal_decided_at IS NULL`,
  // A person who suspends a line gives a date or a reason; a line without either was suspended by the program.
  SUSPENDED_AFTER_MISSED_OFFERS: `l.state = 'suspended' AND l.suspended_until IS NULL AND l.reason IS NULL AND (
    SELECT e.move FROM request_line_events e WHERE e.council_id = current_council() AND e.line_id = l.id ORDER BY e.ordinal DESC LIMIT 1
  ) IN ('expire_offer', 'expire_pickup')`,
} as const;

export type ReviewReason = keyof typeof CONDITIONS;
export const REVIEW_REASONS = Object.keys(CONDITIONS) as ReviewReason[];

/** A line that a person should look at. */
export interface ReviewItem {
  readonly lineId: string;
  readonly householdId: string;
  readonly class: DeviceClass;
  readonly state: RequestLineState;
  readonly reasons: readonly ReviewReason[];
  readonly waitingSince: Date;
  /** Days of the council's calendar, without suspended days, as the ranking counts them. */
  readonly waitingDays: number;
  /** The line's sort key in the list. */
  readonly waitsFrom: string;
}

export type ReviewFilter = Pick<QueueFilter, 'class' | 'schoolId' | 'reach'> & { readonly reason?: ReviewReason };

/** The sort key after which a page begins. */
export type ReviewKey = readonly [waitsFrom: string, lineId: string];

/** By what it is decided that a line has waited too long. */
export interface WaitingLimit {
  readonly maximumWaitingDays: number | null;
  readonly countedOn: Day;
  readonly timeZone: string;
}

const COUNTED_ON = `SELECT r.counted_on::text AS "countedOn" FROM rankings r WHERE r.council_id = current_council()`;

/** Up to this many unreachable households are looked up one by one. When there are more, the lines are read in their order instead. */
const FEW = 1000;
const ARE_FEW = `
  SELECT count(*) <= ${FEW} AS "areFew" FROM (SELECT FROM unreachable_households WHERE council_id = current_council() LIMIT ${FEW + 1}) u`;

/**
 * Which rows the query of a reason begins with. It is fixed here, because the planner's statistics about small or fresh tables would
 * mislead it.
 */
const LINES = 'request_lines l';
const LINES_OF_FEW = `(
  SELECT o.* FROM unreachable_households u CROSS JOIN LATERAL (
    SELECT * FROM request_lines o WHERE o.council_id = current_council() AND o.household_id = u.household_id OFFSET 0) o
  WHERE u.council_id = current_council() OFFSET 0) l`;

/** Few offers are undeliverable, so the query begins with them. */
const LINES_OF_UNDELIVERED = `(
  SELECT x.* FROM (SELECT DISTINCT o.line_id FROM offers o WHERE o.council_id = current_council() AND o.undeliverable_at IS NOT NULL) u
  CROSS JOIN LATERAL (SELECT * FROM request_lines r WHERE r.council_id = current_council() AND r.id = u.line_id OFFSET 0) x OFFSET 0) l`;

const reasonsOf = `array_remove(ARRAY[${REVIEW_REASONS.map((reason) => `CASE WHEN ${CONDITIONS[reason]} THEN '${reason}' END`).join(', ')}], NULL)`;

/** The SQL of the review list. */
@Injectable()
export class ReviewListRepository {
  /** The day up to which the ranking has counted waiting; null when no line exists. */
  async countedOn(tx: Tx): Promise<Day | null> {
    return (await tx.one<{ countedOn: Day }>(COUNTED_ON))?.countedOn ?? null;
  }

  /**
   * The lines that have waited longest come first. Returns one more than `limit` when more follow. Each reason is read by its own index;
   * then the first lines of all reasons are taken.
   */
  async page(tx: Tx, filter: ReviewFilter, by: WaitingLimit, after: ReviewKey | null, limit: number): Promise<ReviewItem[]> {
    const { maximumWaitingDays, countedOn, timeZone } = by;
    // One day more than necessary, because the council's time zone may be behind UTC.
    const before = maximumWaitingDays === null ? null : addDays(countedOn, 1 - maximumWaitingDays);
    const values: unknown[] = [maximumWaitingDays, countedOn, timeZone, before];
    const most = new Conditions('true', values).bind('?', limit + 1);
    const areFew = (await tx.one<{ areFew: boolean }>(ARE_FEW))?.areFew === true;
    const order = (line: string) => `ORDER BY ${line}.waits_from, ${line}.id LIMIT ${most}`;
    const found = REVIEW_REASONS.filter((reason) => reason === (filter.reason ?? reason)).map((reason) => {
      const where = narrowed(new Conditions(`l.council_id = current_council() AND ${CONDITIONS[reason]}`, values), 'l', filter);
      where.and('(l.waits_from, l.id) > (?::timestamp, ?::uuid)', ...(after ?? [null]));
      const ofFew = reason === 'UNREACHABLE' && areFew ? LINES_OF_FEW : LINES;
      const lines = reason === 'OFFER_NOT_DELIVERED' ? LINES_OF_UNDELIVERED : ofFew;
      return `(SELECT l.id, l.waits_from FROM ${lines} WHERE ${where.text} ${order('l')})`;
    });
    const text = `
      WITH found AS (${found.join(' UNION ')}), listed AS MATERIALIZED (SELECT f.id FROM found f ${order('f')})
      SELECT l.id AS "lineId", l.household_id AS "householdId", l.class, l.state, ${reasonsOf} AS reasons, l.waiting_since AS "waitingSince",
        ${waitingDays('$2::date', '$3::text')} AS "waitingDays", l.waits_from::text AS "waitsFrom"
      FROM listed JOIN request_lines l ON l.council_id = current_council() AND l.id = listed.id
      ORDER BY l.waits_from, l.id`;
    return tx.query<ReviewItem>(text, values);
  }
}
