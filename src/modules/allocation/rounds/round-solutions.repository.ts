import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import type { Day } from '../../../shared/day.js';
import { DEVICE_CLASSES, type DeviceClass } from '../../../shared/vocabulary.js';
import { LIVE_OFFER_STATES } from '../domain/offer.machine.js';
import { schoolOf, scoredNow, SHIPPED_SCALE_TEXT, VERIFIED_FACTS } from '../../requests/index.js';
import type { RoundPool } from '../domain/engine/eligible-pools.rules.js';
import type { ConsideredStock } from '../domain/considered-stock.rules.js';
import type { NotServedReason } from '../domain/round.texts.js';
import { LINE_FAMILY, LINE_KEY, LINE_STANDING } from './round-line.sql.js';
import { NIL_ID } from '../../../shared/ids.js';

// Reads devices, sites, funds, request_lines, households, learners and what scores are made from, beside the tables of this module.

/** Identifies one solution of one round. */
export interface SolutionKey {
  readonly roundId: string;
  readonly solution: number;
}

/** The lines that a round is for. */
export interface LineSelection {
  readonly class: DeviceClass;
  /** Only lines of these schools; null means all schools. */
  readonly schoolIds: readonly string[] | null;
  /** Only these lines; null means all waiting lines. */
  readonly lineIds: readonly string[] | null;
}

/** The stock that a round gives out. */
export interface StockSelection {
  readonly class: DeviceClass;
  /** Only stock of sites that belong to these schools and serve no others; null means all. */
  readonly schoolIds: readonly string[] | null;
  readonly siteIds: readonly string[] | null;
}

/** A pool with the number of its available devices. */
export type StockedPool = RoundPool & { readonly available: number };

/** One line as the engine needs it, and as its pools are chosen. */
export interface RoundLine {
  readonly lineId: string;
  readonly householdId: string;
  readonly score: number;
  /**
   * Everything that decides its pools (`LINE_KEY`), and everything that decides whether its family may be promised one more device
   * (`LINE_STANDING`).
   */
  readonly key: string;
  readonly standing: string;
}

/** The result for one line: a pool, or why it gets nothing. */
export interface LineResult {
  readonly place: number;
  readonly lineId: string;
  readonly householdId: string;
  readonly score: number;
  /** The lottery ticket in hexadecimal. */
  readonly ticket: string;
  readonly pool: number | null;
  readonly rank: number | null;
  readonly reason: NotServedReason | null;
  readonly cutoffPlace: number | null;
  /** Only for want of stock: the stock that was considered. */
  readonly stock: ConsideredStock | null;
}

const UNHURRIED = `SELECT set_config('statement_timeout', '10min', true)`;

const IS_FREE = `d.status = 'available' AND NOT EXISTS (
  SELECT FROM offers o WHERE o.council_id = current_council() AND o.device_id = d.id AND o.state IN ('${LIVE_OFFER_STATES.join("', '")}'))`;

/** Whether the stock of the site `s` is only for the learners of these schools. */
export const OF_SCHOOLS_ALONE = (schools: string) =>
  `(s.school_id = ANY (${schools}) AND (s.served_school_ids IS NULL OR s.served_school_ids <@ ${schools}))`;

const POOLS = `
  SELECT p.category, p.site_id AS "siteId", p.fund_id AS "fundId", p.available, s.school_id AS "siteSchoolId", s.served_school_ids AS "servedSchoolIds",
    CASE WHEN f.id IS NOT NULL THEN jsonb_build_object(
      'eligibleLevels', to_jsonb(f.eligible_levels), 'eligibleSchoolIds', to_jsonb(f.eligible_school_ids),
      'startsOn', f.starts_on, 'endsOn', f.ends_on) END AS fund
  FROM (
    SELECT d.category, d.site_id, d.fund_id, count(*)::integer AS available FROM devices d
    WHERE d.council_id = current_council() AND d.category = ANY ($1::text[]) AND ($2::uuid[] IS NULL OR d.site_id = ANY ($2)) AND ${IS_FREE}
    GROUP BY 1, 2, 3
  ) p
  JOIN sites s ON s.council_id = current_council() AND s.id = p.site_id
  LEFT JOIN funds f ON f.council_id = current_council() AND f.id = p.fund_id
  WHERE $3::uuid[] IS NULL OR ${OF_SCHOOLS_ALONE('$3')}
  ORDER BY p.category, p.site_id, p.fund_id`;

const WAITS = `l.council_id = current_council() AND l.class = $4 AND l.state = 'waiting'`;
/** Lines with their scores and the data behind the scores, all from one snapshot of the database. */
const EXPLAIN = (which: string) => `
  WITH ${scoredNow(`SELECT l.* FROM request_lines l WHERE ${which}`)}
  INSERT INTO round_explanations (council_id, round_id, solution, line_id, score, facts, verified)
  SELECT current_council(), $2, $3, s.id, s.base + s.waiting, s.facts, ${VERIFIED_FACTS('h')}
  FROM scored s
  JOIN request_lines l ON l.council_id = current_council() AND l.id = s.id
  JOIN households h ON h.council_id = current_council() AND h.id = l.household_id`;
const EXPLAIN_ALL = EXPLAIN(WAITS);
const EXPLAIN_OF_SCHOOLS = EXPLAIN(`${WAITS} AND l.household_id IN (
    SELECT h.id FROM households h WHERE h.council_id = current_council() AND h.school_id = ANY ($5::uuid[])
    UNION ALL
    SELECT p.household_id FROM learners p WHERE p.council_id = current_council() AND p.school_id = ANY ($5) AND p.left_at IS NULL)
  AND ${schoolOf('l')} = ANY ($5)`);
const EXPLAIN_SOME = EXPLAIN(`${WAITS} AND l.id = ANY ($5::uuid[])`);

const LINES = `
  SELECT l.id AS "lineId", l.household_id AS "householdId", e.score, ${LINE_KEY} AS key, ${LINE_STANDING('$5::text[]', '$6')} AS standing
  FROM (
    SELECT x.line_id, x.score FROM round_explanations x
    WHERE x.council_id = current_council() AND x.round_id = $1 AND x.solution = $2 AND x.line_id > $3 ORDER BY x.line_id LIMIT $4
  ) e
  JOIN request_lines l ON l.council_id = current_council() AND l.id = e.line_id
  ${LINE_FAMILY}
  ORDER BY e.line_id`;

const INSERT_POOLS = `
  INSERT INTO round_pools (council_id, round_id, solution, number, category, site_id, fund_id, available, kept_back)
  SELECT current_council(), $1, $2, pool.* FROM unnest($3::integer[], $4::text[], $5::uuid[], $6::uuid[], $7::integer[], $8::integer[]) AS pool`;
/**
 * All values are parameters. A join with rows that were inserted a moment ago would be planned badly, since there are no statistics of them
 * yet.
 */
const INSERT_PROPOSALS = `
  INSERT INTO round_proposals (council_id, round_id, solution, place, line_id, household_id, score, ticket, pool, rank, reason, cutoff_place, suitable, elsewhere, other_funds)
  SELECT current_council(), $1, $2, place, line_id, household_id, score, decode(ticket, 'hex'), pool, rank, reason, cutoff_place, suitable, elsewhere,
    other_funds
  FROM unnest($3::integer[], $4::uuid[], $5::uuid[], $6::integer[], $7::text[], $8::integer[], $9::integer[], $10::text[], $11::integer[],
      $12::integer[], $13::integer[], $14::integer[])
    AS given (place, line_id, household_id, score, ticket, pool, rank, reason, cutoff_place, suitable, elsewhere, other_funds)`;

const EXCLUDED = `SELECT line_id AS "lineId" FROM round_exclusions WHERE council_id = current_council() AND round_id = $1 AND is_effective`;
const DROP_OTHERS = ['round_proposals', 'round_explanations', 'round_pools'].map(
  (table) => `DELETE FROM ${table} WHERE council_id = current_council() AND round_id = $1 AND (solution < $2 OR solution > $2)`,
);

/** The SQL of solving a round: the input of the engine and its output. One solution is one transaction with one snapshot. */
@Injectable()
export class RoundSolutionsRepository {
  /** Raises the time limit of the transaction to what many lines need. */
  async takeTime(tx: Tx): Promise<void> {
    await tx.query(UNHURRIED);
  }

  /** The stock that can be given out, in a fixed order. */
  pools(tx: Tx, { class: deviceClass, schoolIds, siteIds }: StockSelection): Promise<StockedPool[]> {
    return tx.query<StockedPool>(POOLS, [DEVICE_CLASSES[deviceClass], siteIds, schoolIds]);
  }

  /** Stores the data from which the score of each line is computed. Returns the number of lines. */
  explain(tx: Tx, { roundId, solution }: SolutionKey, { class: deviceClass, schoolIds, lineIds }: LineSelection): Promise<number> {
    const values = [SHIPPED_SCALE_TEXT, roundId, solution, deviceClass];
    if (lineIds !== null) return tx.execute(EXPLAIN_SOME, [...values, lineIds]);
    return schoolIds === null ? tx.execute(EXPLAIN_ALL, values) : tx.execute(EXPLAIN_OF_SCHOOLS, [...values, schoolIds]);
  }

  /** The next of the lines that `explain` stored, in the order of their ids. */
  lines(
    tx: Tx,
    { roundId, solution }: SolutionKey,
    { class: deviceClass, today }: { readonly class: DeviceClass; readonly today: Day },
    after: string | null,
    limit: number,
  ): Promise<RoundLine[]> {
    return tx.query<RoundLine>(LINES, [roundId, solution, after ?? NIL_ID, limit, DEVICE_CLASSES[deviceClass], today]);
  }

  async excluded(tx: Tx, roundId: string): Promise<ReadonlySet<string>> {
    return new Set((await tx.query<{ lineId: string }>(EXCLUDED, [roundId])).map(({ lineId }) => lineId));
  }

  async insertPools(tx: Tx, { roundId, solution }: SolutionKey, pools: readonly StockedPool[], keptBack: readonly number[]): Promise<void> {
    await tx.execute(INSERT_POOLS, [
      ...[roundId, solution, pools.map((_, number) => number)],
      pools.map(({ category }) => category),
      pools.map(({ siteId }) => siteId),
      pools.map(({ fundId }) => fundId),
      pools.map(({ available }) => available),
      keptBack,
    ]);
  }

  async insertProposals(tx: Tx, { roundId, solution }: SolutionKey, proposed: readonly LineResult[]): Promise<void> {
    await tx.execute(INSERT_PROPOSALS, [
      ...[roundId, solution, proposed.map(({ place }) => place)],
      proposed.map(({ lineId }) => lineId),
      proposed.map(({ householdId }) => householdId),
      proposed.map(({ score }) => score),
      proposed.map(({ ticket }) => ticket),
      proposed.map(({ pool }) => pool),
      proposed.map(({ rank }) => rank),
      proposed.map(({ reason }) => reason),
      proposed.map(({ cutoffPlace }) => cutoffPlace),
      proposed.map(({ stock }) => stock?.suitable ?? null),
      proposed.map(({ stock }) => stock?.elsewhere ?? null),
      proposed.map(({ stock }) => stock?.otherFunds ?? null),
    ]);
  }

  /** Deletes the proposals of earlier solutions. */
  async dropOthers(tx: Tx, { roundId, solution }: SolutionKey): Promise<void> {
    for (const statement of DROP_OTHERS) await tx.execute(statement, [roundId, solution]);
  }
}
