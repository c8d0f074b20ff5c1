import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import { instantIn, objectIn, wholeIn } from '../../../shared/stored-json.sql.js';
import { Conditions, schoolOf, type StoredScore } from '../../requests/index.js';
import { explanationOf, type StoredExplanation } from '../decisions/stored-explanation.js';
import type { Exclusion } from '../domain/exclusion.rules.js';
import type { NotServedReason, RoundOutcome } from '../domain/round.texts.js';
import type { ConsideredStock } from '../domain/considered-stock.rules.js';
import { OF_SCHOOLS_ALONE, type SolutionKey } from './round-solutions.repository.js';
import { NIL_ID } from '../../../shared/ids.js';

// Reads households, councils, request_lines, learners, schools and sites beside the tables of this module.

/** The stock that a round considered for a line that gets nothing for want of stock. */
export interface StockOfLine extends ConsideredStock {
  /** The site that the line chose, else the sites to which the round was limited; null means every site that may serve the line. */
  readonly siteIds: readonly string[] | null;
  readonly categories: readonly string[];
}

/** The proposal of a round for one line. */
export interface Proposal {
  /** The line's place in the order of the round; 1 is served first. */
  readonly place: number;
  readonly lineId: string;
  readonly householdId: string;
  readonly score: number;
  /** The lottery ticket in hexadecimal. */
  readonly ticket: string;
  /** The pool from which the line is served; null when it is not served. */
  readonly pool: { readonly category: string; readonly siteId: string; readonly fundId: string | null } | null;
  readonly rank: number | null;
  readonly reason: NotServedReason | null;
  /** Only with the reason OUTRANKED: the last served line in whose place it could have been served. */
  readonly cutoff: { readonly lineId: string; readonly score: number; readonly ticket: string } | null;
  /** Only for want of stock: the stock that was considered. */
  readonly stock: StockOfLine | null;
  /** The names of the facts that the family changed recently and that nobody has verified since. */
  readonly changedFacts: readonly string[];
}

/** The outcome of a published round for one line. */
export interface LastOutcome extends RoundOutcome {
  readonly roundId: string;
  readonly stock: StockOfLine | null;
}

export interface ProposalFilter {
  readonly outcome?: 'served' | 'unserved' | 'excluded';
  readonly lineId?: string;
  readonly changedFacts?: boolean;
}

const CHANGED_AT = instantIn("fact.value -> 'changedAt'");

/**
 * The names of the facts that the family of a proposal has declared since an instant. What a family said on the day of its registration is
 * not a change.
 */
export const CHANGED_FACTS = (proposal: string, since: string) => `
  SELECT fact.key FROM households h JOIN councils c ON c.id = current_council() CROSS JOIN LATERAL jsonb_each(${objectIn('h.facts')}) fact
  WHERE h.council_id = current_council() AND h.id = ${proposal}.household_id AND fact.value ->> 'source' = 'declared'
    AND ${CHANGED_AT} >= ${since}::timestamptz
    AND (${CHANGED_AT} AT TIME ZONE c.time_zone)::date > (h.created_at AT TIME ZONE c.time_zone)::date`;

const OUTCOMES = {
  served: 'p.pool IS NOT NULL',
  unserved: "p.pool IS NULL AND p.reason <> 'EXCLUDED'",
  excluded: "p.reason = 'EXCLUDED'",
} as const;

/** The sites to which the round `r` was limited, in the order of their names; null when it was not. */
const SITES = (what: string) => `
  CASE WHEN coalesce(r.site_ids, r.school_ids) IS NOT NULL THEN ARRAY(
    SELECT ${what} FROM sites s WHERE s.council_id = current_council()
      AND (r.site_ids IS NULL OR s.id = ANY (r.site_ids)) AND (r.school_ids IS NULL OR ${OF_SCHOOLS_ALONE('r.school_ids')})
    ORDER BY s.name, s.id) END`;

/** For the proposal `p` of the round `r` for the line `l`. */
const STOCK = `
  CASE WHEN p.suitable IS NOT NULL THEN jsonb_build_object('suitable', p.suitable, 'elsewhere', p.elsewhere, 'otherFunds', p.other_funds,
    'siteIds', coalesce(CASE WHEN l.pickup_site_id IS NOT NULL THEN jsonb_build_array(l.pickup_site_id) END, to_jsonb(${SITES('s.id')})),
    'categories', to_jsonb(l.acceptable_categories)) END`;

const PROPOSAL = `
  p.place, p.line_id AS "lineId", p.household_id AS "householdId", p.score, encode(p.ticket, 'hex') AS ticket, p.rank, p.reason,
  (SELECT jsonb_build_object('category', pool.category, 'siteId', pool.site_id, 'fundId', pool.fund_id) FROM round_pools pool
   WHERE pool.council_id = current_council() AND pool.round_id = p.round_id AND pool.solution = p.solution AND pool.number = p.pool) AS pool,
  (SELECT jsonb_build_object('lineId', q.line_id, 'score', q.score, 'ticket', encode(q.ticket, 'hex')) FROM round_proposals q
   WHERE q.council_id = current_council() AND q.round_id = p.round_id AND q.solution = p.solution AND q.place = p.cutoff_place) AS cutoff,
  (SELECT ${STOCK} FROM allocation_rounds r JOIN request_lines l ON l.council_id = current_council() AND l.id = p.line_id
   WHERE r.council_id = current_council() AND r.id = p.round_id) AS stock`;

const EXCLUSION = `
  line_id AS "lineId", reason, excluded_by AS "excludedBy", confirmed_by AS "confirmedBy", is_effective AS "isEffective"`;
const EXCLUSIONS = `
  SELECT ${EXCLUSION} FROM round_exclusions
  WHERE council_id = current_council() AND round_id = $1 AND line_id > $2 ORDER BY line_id LIMIT $3`;
const FIND_EXCLUSION = `SELECT ${EXCLUSION} FROM round_exclusions WHERE council_id = current_council() AND round_id = $1 AND line_id = $2`;
const SAVE_EXCLUSION = `
  INSERT INTO round_exclusions (council_id, round_id, line_id, reason, excluded_by, excluded_at, confirmed_by, confirmed_at, is_effective)
  VALUES (current_council(), $1, $2, $3, $4, $7, $5, CASE WHEN $5::text IS NOT NULL THEN $7::timestamptz END, $6)
  ON CONFLICT (council_id, round_id, line_id) DO UPDATE
  SET confirmed_by = excluded.confirmed_by, confirmed_at = excluded.confirmed_at, is_effective = excluded.is_effective`;
const HAS_LINE = `
  SELECT EXISTS (SELECT FROM round_proposals p
    WHERE p.council_id = current_council() AND p.line_id = $3 AND p.round_id = $1 AND p.solution = $2) AS known`;

/** The last published round in which a line took part. */
const LAST_OUTCOME = `
  SELECT r.id AS "roundId", r.decided_at AS "publishedAt", p.place, ${wholeIn("r.stats -> 'lines'")} + ${wholeIn("r.stats -> 'excluded'")} AS lines, p.reason,
    ${STOCK} AS stock, (SELECT s.name FROM sites s WHERE s.council_id = current_council() AND s.id = l.pickup_site_id) AS "pickupSite",
    ${SITES('s.name')} AS "roundSites",
    q.score AS "cutoffScore", x.reason AS "exclusionReason", r.device_id IS NOT NULL AS "isAtOnce", d.name AS "standingDecision",
    coalesce((SELECT s.name || coalesce(' (' || s.email || ')', '') FROM schools s WHERE s.council_id = current_council() AND s.id = ${schoolOf('l')}),
      (SELECT c.name FROM councils c WHERE c.id = current_council())) AS contact
  FROM round_proposals p JOIN allocation_rounds r ON r.council_id = current_council() AND r.id = p.round_id AND r.solution = p.solution
  JOIN request_lines l ON l.council_id = current_council() AND l.id = p.line_id
  LEFT JOIN round_proposals q ON q.council_id = current_council() AND q.round_id = p.round_id AND q.solution = p.solution AND q.place = p.cutoff_place
  LEFT JOIN round_exclusions x ON x.council_id = current_council() AND x.round_id = p.round_id AND x.line_id = p.line_id AND x.is_effective
  LEFT JOIN standing_decisions d ON d.council_id = current_council() AND d.id = r.standing_decision_id
  WHERE p.council_id = current_council() AND p.line_id = $1 AND r.state = 'published'
  ORDER BY r.decision_ordinal DESC LIMIT 1`;

const STORED_SCORE = `
  SELECT e.score, e.facts, e.verified, r.policy_version AS "policyVersion", r.counted_on::text AS "countedOn"
  FROM round_explanations e JOIN allocation_rounds r ON r.council_id = current_council() AND r.id = e.round_id AND r.solution = e.solution
  WHERE e.council_id = current_council() AND e.line_id = $2 AND e.round_id = $1`;

/** The SQL of the proposals of rounds and of the lines that are set aside. */
@Injectable()
export class RoundProposalsRepository {
  /**
   * In the order of their places. Returns one more than `limit` when more follow. `since` is the instant from which on a change of facts
   * counts as recent.
   */
  list(tx: Tx, { roundId, solution }: SolutionKey, filter: ProposalFilter, since: Date, after: number, limit: number): Promise<Proposal[]> {
    const { outcome, lineId, changedFacts } = filter;
    const where = new Conditions('p.council_id = current_council()')
      .and('p.round_id = ?', roundId)
      .and('p.solution = ?', solution)
      .and('p.place > ?', after)
      .and('p.line_id = ?', lineId);
    if (outcome) where.and(OUTCOMES[outcome]);
    // Only lines that are served are checked, because to search all the others takes seconds.
    if (changedFacts !== undefined)
      where.and(OUTCOMES.served).and(`${changedFacts ? '' : 'NOT '}EXISTS (${CHANGED_FACTS('p', '?')})`, since);
    return tx.query<Proposal>(
      `SELECT ${PROPOSAL}, ARRAY(${where.bind(CHANGED_FACTS('p', '?'), since)} ORDER BY 1) AS "changedFacts"
       FROM round_proposals p WHERE ${where.text} ORDER BY p.place LIMIT ${where.bind('?', limit + 1)}`,
      where.values,
    );
  }

  /** The outcome of the last published round for a line; null when there was none. */
  lastOutcome(tx: Tx, lineId: string): Promise<LastOutcome | null> {
    return tx.one<LastOutcome>(LAST_OUTCOME, [lineId]);
  }

  /** The data from which the score of a line was computed when the round was solved. */
  async storedScore(tx: Tx, roundId: string, lineId: string): Promise<(StoredScore & { readonly score: number }) | null> {
    const row = await tx.one<StoredExplanation>(STORED_SCORE, [roundId, lineId]);
    return row && explanationOf(row);
  }

  async hasLine(tx: Tx, { roundId, solution }: SolutionKey, lineId: string): Promise<boolean> {
    return (await tx.one<{ known: boolean }>(HAS_LINE, [roundId, solution, lineId]))?.known === true;
  }

  /** In the order of the ids of their lines. Returns one more than `limit` when more follow. */
  exclusions(tx: Tx, roundId: string, after: string | null, limit: number): Promise<Exclusion[]> {
    return tx.query<Exclusion>(EXCLUSIONS, [roundId, after ?? NIL_ID, limit + 1]);
  }

  exclusion(tx: Tx, roundId: string, lineId: string): Promise<Exclusion | null> {
    return tx.one<Exclusion>(FIND_EXCLUSION, [roundId, lineId]);
  }

  /** The caller must have locked the round. */
  async saveExclusion(
    tx: Tx,
    roundId: string,
    { lineId, reason, excludedBy, confirmedBy, isEffective }: Exclusion,
    now: Date,
  ): Promise<void> {
    await tx.execute(SAVE_EXCLUSION, [roundId, lineId, reason, excludedBy, confirmedBy, isEffective, now]);
  }
}
