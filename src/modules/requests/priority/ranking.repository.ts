import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import type { Day } from '../../../shared/day.js';
import { hmacBlocks } from '../../../shared/hmac-blocks.js';
import { OPEN_LINE_STATES } from '../domain/request-line.machine.js';
import { type FactSources, type PriorityFacts, storedFactSources, storedPriorityFacts } from '../domain/score.rules.js';
import { PRESENT_DAY, PRESENT_VERSION, scaleOfVersion, scoredNow, SHIPPED_SCALE_TEXT } from './present-scale.sql.js';
import { factsAsJson, factsOf, scoring, waitingPoints, weights } from './score.sql.js';
import { NIL_ID } from '../../../shared/ids.js';

// Reads households, learners, schools, devices, needs and councils beside the tables of this module.

/** What the order of a council's queues depends on. */
export interface Ranking {
  readonly policyVersion: number;
  /** The day up to which waiting days are counted. */
  readonly countedOn: Day;
}

/** A ranking with the number of times that a new order was asked for under the same policy. */
interface RankingState extends Ranking {
  readonly asked: number;
}

/** Everything from which the order of the queues is computed: the ranking, and the key of the tickets. */
export interface QueueOrder extends Ranking {
  readonly key: Buffer;
}

/** How far a re-ranking of all lines has come: the last line that was scored; null when there are no more. */
export type LastRerankedLine = string | null;

const OPEN = `l.council_id = current_council() AND l.state IN ('${OPEN_LINE_STATES.join("', '")}')`;

/**
 * Whoever scores single lines holds this lock shared and never waits for it. Whoever changes what all scores depend on holds it exclusively,
 * and waits for those who score at the moment. While one waits, nobody else gets it shared, so that a stream of new lines cannot keep a new
 * order out.
 */
const LOCK_KEY = `hashtextextended('ranking ' || current_council()::text, 0)`;
const SHARE = `
  SELECT pg_try_advisory_xact_lock_shared(${LOCK_KEY}) AS shared, EXISTS (SELECT FROM rankings WHERE council_id = current_council()) AS begun`;
/** The statements that follow change all lines at once, which can take longer than a request may, on a slow machine with a large council. */
const HOLD = `SELECT set_config('statement_timeout', '10min', true), pg_advisory_xact_lock(${LOCK_KEY})`;

const RANKING = `
  SELECT policy_version AS "policyVersion", counted_on::text AS "countedOn", reranks_asked AS asked FROM rankings
  WHERE council_id = current_council()`;
const ASK = 'UPDATE rankings SET reranks_asked = reranks_asked + 1 WHERE council_id = current_council() RETURNING reranks_asked AS asked';
const ORDER = `
  SELECT policy_version AS "policyVersion", counted_on::text AS "countedOn", ticket_key AS key FROM rankings WHERE council_id = current_council()`;
const BEGIN = `
  INSERT INTO rankings (council_id, policy_version, counted_on, ticket_key, first_key, inner_block, outer_block)
  VALUES (current_council(), $1, $2, $3, $3, $4, $5) ON CONFLICT (council_id) DO NOTHING`;

/** Scores lines by the present policy and gives them their tickets; each such line counts one scoring more. */
const SCORE = (lines: string) => `
  WITH ${scoredNow(lines)}
  UPDATE request_lines l
  SET score = s.base + s.waiting, waiting_points = s.waiting, policy_version = r.policy_version, scorings = l.scorings + 1,
    ticket = sha256(r.outer_block || sha256(r.inner_block || convert_to(l.household_id::text, 'UTF8')))
  FROM scored s, rankings r WHERE l.council_id = current_council() AND l.id = s.id AND r.council_id = current_council()`;
const SCORE_LINES = SCORE(`SELECT l.* FROM request_lines l WHERE l.council_id = current_council() AND l.id = ANY ($2::uuid[])`);
const LOCK_HOUSEHOLD = 'SELECT h.id FROM households h WHERE h.council_id = current_council() AND h.id = $1 FOR NO KEY UPDATE';
const HOUSEHOLD_OF_LINE = 'SELECT l.household_id AS id FROM request_lines l WHERE l.council_id = current_council() AND l.id = $1';
const LOCK_LINES_OF_HOUSEHOLD = `SELECT l.id FROM request_lines l WHERE ${OPEN} AND l.household_id = $1 ORDER BY l.id FOR NO KEY UPDATE`;

/** Writes scores under another policy ($2) into a table beside the lines, which keep theirs. */
const DRAFT = (lines: string) => `
  WITH ${scoring({ lines, scale: scaleOfVersion('$2::integer'), day: PRESENT_DAY })},
  drafted AS (
    INSERT INTO draft_scores (council_id, line_id, policy_version, scorings, base_score)
    SELECT current_council(), id, $2, scorings, base FROM scored
    ON CONFLICT (council_id, line_id) DO UPDATE
    SET policy_version = excluded.policy_version, scorings = excluded.scorings, base_score = excluded.base_score
    RETURNING line_id
  )
  SELECT line_id AS "lineId" FROM drafted ORDER BY line_id DESC LIMIT 1`;
const DRAFT_NEXT = DRAFT(`SELECT l.* FROM request_lines l WHERE ${OPEN} AND l.id > $3 ORDER BY l.id LIMIT $4`);
/**
 * Lines that came, or were scored again, after the re-ranking had passed them. Each line is looked up by its key: there are no statistics of
 * the drafts yet, and a join that was planned for a few of them would compare every line with every draft.
 */
const DRAFT_LATE = DRAFT(`
  SELECT l.* FROM request_lines l WHERE ${OPEN} AND l.scorings IS DISTINCT FROM (
    SELECT d.scorings FROM draft_scores d WHERE d.council_id = current_council() AND d.line_id = l.id AND d.policy_version = $2)`);

const SWITCH_LINES = `
  UPDATE request_lines l
  SET score = d.base_score + ${waitingPoints(PRESENT_DAY)}, waiting_points = ${waitingPoints(PRESENT_DAY)}, policy_version = $2
  FROM draft_scores d, councils c, ${weights(scaleOfVersion('$2::integer'))}
  WHERE ${OPEN} AND c.id = current_council() AND d.council_id = current_council() AND d.line_id = l.id AND d.policy_version = $2
    AND d.scorings = l.scorings
    AND (l.policy_version IS DISTINCT FROM $2 OR l.score <> d.base_score + ${waitingPoints(PRESENT_DAY)})`;
const SWITCH_POLICY = 'UPDATE rankings SET policy_version = $1 WHERE council_id = current_council() AND policy_version <> $1';
const DROP_DRAFTS = 'DELETE FROM draft_scores WHERE council_id = current_council()';

const MOVE_DAY = 'UPDATE rankings SET counted_on = $1 WHERE council_id = current_council() AND counted_on < $1';
/** When another transaction changes a line meanwhile, the line is read again, row by row; the statement takes no values from elsewhere. */
const COUNT_DAYS = `
  UPDATE request_lines l
  SET score = l.score - l.waiting_points + ${waitingPoints('$2::date')}, waiting_points = ${waitingPoints('$2::date')}
  FROM councils c, ${weights(scaleOfVersion(PRESENT_VERSION))}
  WHERE ${OPEN} AND c.id = current_council() AND l.waiting_points <> ${waitingPoints('$2::date')}`;

/** The facts of one line's score, and the policy by which it was computed. */
export interface ScoredFacts {
  readonly facts: PriorityFacts;
  /** The sources of verified facts; the others were declared. */
  readonly sources: Partial<FactSources>;
  readonly policyVersion: number;
  readonly countedOn: Day;
}

type ScoredFactsRow = Omit<ScoredFacts, 'facts' | 'sources'> & { readonly facts: unknown; readonly sources: unknown };

const FACTS = `
  SELECT ${factsAsJson('f')} AS facts, h.facts AS sources, greatest(1, l.policy_version) AS "policyVersion", r.counted_on::text AS "countedOn"
  FROM (${factsOf('SELECT l.* FROM request_lines l WHERE l.council_id = current_council() AND l.id = $1 AND l.waiting_since IS NOT NULL', PRESENT_DAY)}) f
  JOIN request_lines l ON l.council_id = current_council() AND l.id = f.id
  JOIN households h ON h.council_id = current_council() AND h.id = l.household_id
  JOIN rankings r ON r.council_id = current_council()`;

/** The SQL that orders the queues. */
@Injectable()
export class RankingRepository {
  /**
   * Takes the shared lock if nobody is changing what all scores depend on, and returns whether it did, and whether the council has a ranking.
   */
  share(tx: Tx): Promise<{ readonly shared: boolean; readonly begun: boolean }> {
    return tx.row<{ shared: boolean; begun: boolean }>(SHARE);
  }

  /** Waits until this transaction alone may change what all scores depend on. What was read before may have changed. */
  async hold(tx: Tx): Promise<void> {
    await tx.query(HOLD);
  }

  find(tx: Tx): Promise<RankingState | null> {
    return tx.one<RankingState>(RANKING);
  }

  /** Counts that a new order was asked for under the same policy, and returns the count; null when the council has no ranking yet. */
  async ask(tx: Tx): Promise<number | null> {
    return (await tx.one<{ asked: number }>(ASK))?.asked ?? null;
  }

  /** Returns null while nobody has submitted a request. */
  order(tx: Tx): Promise<QueueOrder | null> {
    return tx.one<QueueOrder>(ORDER);
  }

  /** Returns null for a line that was never submitted. */
  async facts(tx: Tx, lineId: string): Promise<ScoredFacts | null> {
    const row = await tx.one<ScoredFactsRow>(FACTS, [lineId]);
    if (!row) return null;
    const { facts, sources, policyVersion, countedOn } = row;
    return { facts: storedPriorityFacts(facts), sources: storedFactSources(sources), policyVersion, countedOn };
  }

  /** Makes a council's first ranking, with a random key for the lottery. */
  async begin(tx: Tx, { policyVersion, countedOn }: Ranking): Promise<void> {
    const key = randomBytes(32);
    const { inner, outer } = hmacBlocks(key);
    await tx.execute(BEGIN, [policyVersion, countedOn, key, inner, outer]);
  }

  /**
   * Locks a household until the transaction ends. Everything from which a score is made is either written under this lock, or announced once
   * it is committed. So whoever scores takes the lock before reading, and the last one who scores has seen everything.
   */
  async lockHousehold(tx: Tx, householdId: string): Promise<void> {
    await tx.query(LOCK_HOUSEHOLD, [householdId]);
  }

  /** Returns null when there is no such line. A line never changes its household. */
  async householdOf(tx: Tx, lineId: string): Promise<string | null> {
    return (await tx.one<{ id: string }>(HOUSEHOLD_OF_LINE, [lineId]))?.id ?? null;
  }

  /** Scores lines that the transaction has written, or locked. The caller holds the locks of their households. */
  async scoreLines(tx: Tx, lineIds: readonly string[]): Promise<void> {
    await tx.execute(SCORE_LINES, [SHIPPED_SCALE_TEXT, lineIds]);
  }

  /**
   * Scores the household's open lines. The caller holds its lock, so that lines that are being submitted or moved are read when that is over.
   */
  async scoreHousehold(tx: Tx, householdId: string): Promise<void> {
    const lines = await tx.query<{ id: string }>(LOCK_LINES_OF_HOUSEHOLD, [householdId]);
    const ids = lines.map(({ id }) => id);
    if (ids.length > 0) await this.scoreLines(tx, ids);
  }

  /** Computes the scores of the next lines under a policy that is not in force yet. */
  async draftNext(tx: Tx, policyVersion: number, after: LastRerankedLine, limit: number): Promise<LastRerankedLine> {
    return (await tx.one<{ lineId: string }>(DRAFT_NEXT, [SHIPPED_SCALE_TEXT, policyVersion, after ?? NIL_ID, limit]))?.lineId ?? null;
  }

  /** Puts a policy in force for all lines at once. The caller holds the lock of the ranking. */
  async switchTo(tx: Tx, policyVersion: number): Promise<void> {
    await tx.query(DRAFT_LATE, [SHIPPED_SCALE_TEXT, policyVersion]);
    await tx.execute(SWITCH_POLICY, [policyVersion]);
    await tx.execute(SWITCH_LINES, [SHIPPED_SCALE_TEXT, policyVersion]);
    await tx.execute(DROP_DRAFTS);
  }

  /**
   * Counts the waiting days up to a day, for all lines at once; returns false when that was done before. The caller holds the lock of the
   * ranking.
   */
  async countDays(tx: Tx, today: Day): Promise<boolean> {
    if ((await tx.execute(MOVE_DAY, [today])) === 0) return false;
    await tx.execute(COUNT_DAYS, [SHIPPED_SCALE_TEXT, today]);
    return true;
  }
}
