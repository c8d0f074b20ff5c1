import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import { addDays, type Day } from '../../../shared/day.js';
import type { DeviceClass } from '../../../shared/vocabulary.js';
import { Conditions, narrowed, type QueueFilter, type RequestLineState, waitingDays } from '../../requests/index.js';

// Reads request_lines, request_line_events, offers, households, learners, unreachable_households and rankings: this module keeps no list of its own.

/**
 * Why a person should look at a line: a condition each on a line `l`, for which one index brings such lines in the order of the list. $1 is
 * the most days that a line may wait (null: any number), $2 the day up to which waiting is counted, $3 the council's time zone, $4 a time before which whoever
 * waits too long began to.
 */
const CONDITIONS = {
  WAITING_TOO_LONG: `l.state = 'waiting' AND l.waits_from < $4::timestamp AND ${waitingDays('$2::date', '$3::text')} > $1::integer`,
  UNREACHABLE: `l.state IN ('waiting', 'offered', 'accepted') AND EXISTS (
    SELECT FROM unreachable_households u WHERE u.council_id = current_council() AND u.household_id = l.household_id)`,
  // Until it has another offer.
  OFFER_NOT_DELIVERED: `l.state = 'waiting' AND (
    SELECT o.undeliverable_at FROM offers o WHERE o.council_id = current_council() AND o.line_id = l.id ORDER BY o.ordinal DESC LIMIT 1) IS NOT NULL`,
  APPEAL_PENDING: `l.state = 'refused' AND l.appealed_at IS NOT NULL AND l.appeal_decided_at IS NULL`,
  // Whoever suspends a line by hand says until when or why.
  SUSPENDED_AFTER_MISSED_OFFERS: `l.state = 'suspended' AND l.suspended_until IS NULL AND l.reason IS NULL AND (
    SELECT e.move FROM request_line_events e WHERE e.council_id = current_council() AND e.line_id = l.id ORDER BY e.ordinal DESC LIMIT 1
  ) IN ('expire_offer', 'expire_pickup')`,
} as const;

export type ReviewReason = keyof typeof CONDITIONS;
export const REVIEW_REASONS = Object.keys(CONDITIONS) as ReviewReason[];

/** A line that needs a person. */
export interface ReviewItem {
  readonly lineId: string;
  readonly householdId: string;
  readonly class: DeviceClass;
  readonly state: RequestLineState;
  readonly reasons: readonly ReviewReason[];
  readonly waitingSince: Date;
  /** Of the council's calendar, suspended ones left out, as the ranking counts them. */
  readonly waitingDays: number;
  /** Its place in the list. */
  readonly waitsFrom: string;
}

export type ReviewFilter = Pick<QueueFilter, 'class' | 'schoolId' | 'reach'> & { readonly reason?: ReviewReason };

/** After which a page of the list begins. */
export type ReviewKey = readonly [waitsFrom: string, lineId: string];

/** By what waiting is too long. */
export interface WaitingLimit {
  readonly maximumWaitingDays: number | null;
  readonly countedOn: Day;
  readonly timeZone: string;
}

const COUNTED_ON = `SELECT r.counted_on::text AS "countedOn" FROM rankings r WHERE r.council_id = current_council()`;

/** So many households that no notice reaches are gone through one by one; where there are more, the lines are, in their order. */
const FEW = 1000;
const ARE_FEW = `
  SELECT count(*) <= ${FEW} AS "areFew" FROM (SELECT FROM unreachable_households WHERE council_id = current_council() LIMIT ${FEW + 1}) u`;

/** Where the lines of a reason are looked for. The statistics of a table that is small, or was a while ago, would lead a plan astray. */
const LINES = 'request_lines l';
const LINES_OF_FEW = `(
  SELECT o.* FROM unreachable_households u CROSS JOIN LATERAL (
    SELECT * FROM request_lines o WHERE o.council_id = current_council() AND o.household_id = u.household_id OFFSET 0) o
  WHERE u.council_id = current_council() OFFSET 0) l`;

/** Few offers ever reach nobody: the lines are looked for from these. */
const LINES_OF_UNDELIVERED = `(
  SELECT x.* FROM (SELECT DISTINCT o.line_id FROM offers o WHERE o.council_id = current_council() AND o.undeliverable_at IS NOT NULL) u
  CROSS JOIN LATERAL (SELECT * FROM request_lines r WHERE r.council_id = current_council() AND r.id = u.line_id OFFSET 0) x OFFSET 0) l`;

const reasonsOf = `array_remove(ARRAY[${REVIEW_REASONS.map((reason) => `CASE WHEN ${CONDITIONS[reason]} THEN '${reason}' END`).join(', ')}], NULL)`;

/** The SQL of the review list. */
@Injectable()
export class ReviewListRepository {
  /** The day up to which the ranking counts; null where nobody has asked for anything. */
  async countedOn(tx: Tx): Promise<Day | null> {
    return (await tx.one<{ countedOn: Day }>(COUNTED_ON))?.countedOn ?? null;
  }

  /** Who has waited longest first, one more than `limit`. Each reason's own index brings as many, and the first of all of them are shown. */
  async page(tx: Tx, filter: ReviewFilter, by: WaitingLimit, after: ReviewKey | null, limit: number): Promise<ReviewItem[]> {
    const { maximumWaitingDays, countedOn, timeZone } = by;
    // A day more than that many: its own time zone may be behind.
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
