import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import { LIVE_OFFER_STATES } from '../domain/offer.machine.js';
import type { ShrunkPool } from '../domain/publication.rules.js';
import { CHANGED_FACTS } from './round-proposals.repository.js';
import type { SolutionKey } from './round-solutions.repository.js';

// Reads devices, request_lines, households and councils beside the tables of this module.

/** A pool from which a round gives devices, as it is now. */
export interface UsedPool extends ShrunkPool {
  readonly number: number;
  /** The free devices to be given: as many as there are lines to serve, or all when there are fewer. */
  readonly deviceIds: readonly string[];
}

/** A line that is to be served. */
export interface ServedLine {
  readonly lineId: string;
  readonly pool: number;
}

const OF_SOLUTION = (table: string) => `${table}.council_id = current_council() AND ${table}.round_id = $1 AND ${table}.solution = $2`;
const SERVED = `
  SELECT p.line_id AS "lineId", p.pool FROM round_proposals p WHERE ${OF_SOLUTION('p')} AND p.pool IS NOT NULL ORDER BY p.place`;
const CHANGED_LINES = `
  SELECT p.line_id AS "lineId" FROM round_proposals p
  LEFT JOIN request_lines l ON l.council_id = current_council() AND l.id = p.line_id AND l.state = 'waiting'
  WHERE ${OF_SOLUTION('p')} AND p.pool IS NOT NULL AND l.id IS NULL ORDER BY p.place`;
const UNCONFIRMED_LINES = `
  SELECT p.line_id AS "lineId" FROM round_proposals p
  WHERE ${OF_SOLUTION('p')} AND p.pool IS NOT NULL AND p.line_id NOT IN (SELECT unnest($4::uuid[])) AND EXISTS (${CHANGED_FACTS('p', '$3')}) ORDER BY p.place`;
const USED_POOLS = `
  WITH wanted AS MATERIALIZED (
    SELECT served.pool, count(*) AS devices FROM round_proposals served WHERE ${OF_SOLUTION('served')} AND served.pool IS NOT NULL GROUP BY 1
  ), used AS MATERIALIZED (
    SELECT p.number, p.category, p.site_id, p.fund_id, CASE WHEN $3::uuid IS NULL THEN p.available ELSE p.kept_back + w.devices END AS before, w.devices AS wanted
    FROM round_pools p JOIN wanted w ON w.pool = p.number WHERE ${OF_SOLUTION('p')}
  ), free AS (
    SELECT d.id, d.category, d.site_id, d.fund_id, row_number() OVER pool AS place, count(*) OVER pool_whole AS now
    FROM devices d
    WHERE d.council_id = current_council() AND d.status = 'available' AND d.category IN (SELECT category FROM used)
      AND d.site_id IN (SELECT site_id FROM used) AND NOT EXISTS (
        SELECT FROM offers o WHERE o.council_id = current_council() AND o.device_id = d.id AND o.state IN ('${LIVE_OFFER_STATES.join("', '")}'))
    WINDOW pool_whole AS (PARTITION BY d.category, d.site_id, d.fund_id), pool AS (pool_whole ORDER BY d.id <> coalesce($3, d.id), d.id)
  )
  SELECT u.number, u.category, u.site_id AS "siteId", u.fund_id AS "fundId", u.before::integer AS before,
    CASE WHEN $3 IS NULL OR bool_or(f.id = $3) THEN coalesce(max(f.now), 0) ELSE 0 END::integer AS now,
    coalesce(array_agg(f.id ORDER BY f.place) FILTER (WHERE f.place <= u.wanted), '{}') AS "deviceIds"
  FROM used u LEFT JOIN free f ON f.category = u.category AND f.site_id = u.site_id AND f.fund_id IS NOT DISTINCT FROM u.fund_id
  GROUP BY u.number, u.category, u.site_id, u.fund_id, u.before ORDER BY u.number`;

const ids = (rows: readonly { lineId: string }[]) => rows.map(({ lineId }) => lineId);
/** The SQL of publishing a round: what the round promises, and what is available now. */
@Injectable()
export class RoundPublicationRepository {
  /** In the order in which they are served. */
  served(tx: Tx, { roundId, solution }: SolutionKey): Promise<ServedLine[]> {
    return tx.query<ServedLine>(SERVED, [roundId, solution]);
  }

  /** The served lines that no longer wait. */
  async changedLines(tx: Tx, { roundId, solution }: SolutionKey): Promise<string[]> {
    return ids(await tx.query<{ lineId: string }>(CHANGED_LINES, [roundId, solution]));
  }

  /** The served lines whose families have declared a fact since an instant, without the lines in `confirmed`. */
  async unconfirmedLines(tx: Tx, { roundId, solution }: SolutionKey, since: Date, confirmed: readonly string[]): Promise<string[]> {
    return ids(await tx.query<{ lineId: string }>(UNCONFIRMED_LINES, [roundId, solution, since, confirmed]));
  }

  /** The pools from which lines are served. The round of one device gives that device, and its pool must keep what is kept back. */
  usedPools(tx: Tx, { roundId, solution }: SolutionKey, deviceId: string | null): Promise<UsedPool[]> {
    return tx.query<UsedPool>(USED_POOLS, [roundId, solution, deviceId]);
  }
}
