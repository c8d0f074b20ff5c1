import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import type { Day } from '../../../shared/day.js';
import { NEED_JOBS } from '../../needs/index.js';
import { OPEN_LINE_STATES } from '../domain/request-line.machine.js';
import type { ScoredLine } from '../domain/score-check.rules.js';
import { storedPriorityFacts } from '../domain/score.rules.js';
import { SCORE_HOUSEHOLD, SCORE_JOBS, SCORE_LINE } from './score-jobs.js';
import { PRESENT_DAY } from './present-scale.sql.js';
import { factsAsJson, factsOf } from './score.sql.js';
import { NIL_ID } from '../../../shared/ids.js';

// Reads households, learners, schools, devices, needs and the outbox beside the tables of this module.

const OPEN = `l.council_id = current_council() AND l.state IN ('${OPEN_LINE_STATES.join("', '")}')`;

const lines = (which: string) => `
  SELECT l.id, l.household_id AS "householdId", l.score, encode(l.ticket, 'hex') AS ticket, ${factsAsJson('f')} AS facts
  FROM (${factsOf(which, PRESENT_DAY)}) f JOIN request_lines l ON l.council_id = current_council() AND l.id = f.id ORDER BY l.id`;
const NEXT = lines(`SELECT l.* FROM request_lines l WHERE ${OPEN} AND l.id > $1 ORDER BY l.id LIMIT $2`);
const OF_HOUSEHOLD = lines(`SELECT l.* FROM request_lines l WHERE ${OPEN} AND l.household_id = $1`);

/**
 * The open jobs of the whole council, and those of these households or lines. A job for a later day is left out, since nothing of today
 * depends on it.
 */
const PENDING = `
  SELECT o.kind, o.ids ->> 'householdId' AS "householdId", o.ids ->> 'lineId' AS "lineId" FROM outbox o
  WHERE o.council_id = current_council() AND o.done_at IS NULL AND o.dead_at IS NULL
    AND ((o.kind = ANY ($1) AND (o.due_at <= $2 OR o.attempts > 0))
      OR (o.kind = ANY ($3) AND (o.ids ->> 'householdId' = ANY ($4) OR o.ids ->> 'lineId' = ANY ($5))))`;

/** The differences between the stored counts and the lines. Both change in one statement, so that they agree in every snapshot. */
const COUNTS = `
  SELECT coalesce(kept.class, made.class) AS class, coalesce(kept.score, made.score) AS score, coalesce(kept.lines, 0) AS kept, coalesce(made.lines, 0) AS made
  FROM (SELECT class, score, sum(lines)::integer AS lines FROM waiting_buckets WHERE council_id = current_council() GROUP BY 1, 2 HAVING sum(lines) <> 0) kept
  FULL JOIN (SELECT class, score, count(*)::integer AS lines FROM request_lines WHERE council_id = current_council() AND state = 'waiting' GROUP BY 1, 2) made
    ON made.class = kept.class AND made.score = kept.score
  WHERE kept.lines IS DISTINCT FROM made.lines`;
const FIRST_COUNTS = `SELECT class || ' ' || score AS place, kept, made FROM (${COUNTS}) c ORDER BY class, score LIMIT $1`;
const MEND_COUNTS = `
  INSERT INTO waiting_buckets (council_id, class, score, lines) SELECT current_council(), class, score, made - kept FROM (${COUNTS}) c`;

const PROGRESS = `
  SELECT scores_checked_on::text AS "on", scores_checked_to AS "to", counted_on::text AS "countedOn" FROM rankings WHERE council_id = current_council()`;
const GO_ON = 'UPDATE rankings SET scores_checked_on = $1, scores_checked_to = $2 WHERE council_id = current_council()';

/** What jobs are about to compute again. */
export interface PendingScoring {
  readonly scoresOfAll: boolean;
  readonly needsOfAll: boolean;
  readonly households: ReadonlySet<string>;
  readonly lines: ReadonlySet<string>;
}

/** How far the check has come: `to` is the last line that it looked at; null when it begins with the first. */
export interface CheckProgress {
  readonly on: Day | null;
  readonly to: string | null;
  readonly countedOn: Day;
}

type Row = Omit<ScoredLine, 'facts'> & { readonly facts: unknown };

const scored = (rows: readonly Row[]): ScoredLine[] =>
  rows.map(({ id, householdId, score, ticket, facts }) => ({ id, householdId, score, ticket, facts: storedPriorityFacts(facts) }));

/** The SQL that checks scores. */
@Injectable()
export class ScoreCheckRepository {
  /** Returns the next open lines in the order of their ids. */
  async next(tx: Tx, after: string | null, limit: number): Promise<ScoredLine[]> {
    return scored(await tx.query<Row>(NEXT, [after ?? NIL_ID, limit]));
  }

  async ofHousehold(tx: Tx, householdId: string): Promise<ScoredLine[]> {
    return scored(await tx.query<Row>(OF_HOUSEHOLD, [householdId]));
  }

  /**
   * Returns what jobs are about to compute again, of the whole council or of these households and lines. It must be read in the snapshot in
   * which their faults were found.
   */
  async pending(tx: Tx, householdIds: readonly string[], lineIds: readonly string[], now: Date): Promise<PendingScoring> {
    const ofAll = [...SCORE_JOBS.ofAll, ...NEED_JOBS.ofMany];
    const ofOne = [...SCORE_JOBS.ofOne, SCORE_HOUSEHOLD.kind, SCORE_LINE.kind, ...NEED_JOBS.ofOne];
    const pending = await tx.query<{ kind: string; householdId: string | null; lineId: string | null }>(PENDING, [
      ofAll,
      now,
      ofOne,
      householdIds,
      lineIds,
    ]);
    const is = (kinds: readonly string[]) => pending.some(({ kind }) => kinds.includes(kind));
    return {
      scoresOfAll: is(SCORE_JOBS.ofAll),
      needsOfAll: is(NEED_JOBS.ofMany),
      households: new Set(pending.flatMap(({ householdId }) => householdId ?? [])),
      lines: new Set(pending.flatMap(({ lineId }) => lineId ?? [])),
    };
  }

  /** Returns the first stored counts of waiting lines that differ from the lines. */
  counts(tx: Tx, limit: number): Promise<{ place: string; kept: number; made: number }[]> {
    return tx.query(FIRST_COUNTS, [limit]);
  }

  /** Corrects the stored counts. */
  async mendCounts(tx: Tx): Promise<void> {
    await tx.execute(MEND_COUNTS);
  }

  /** Returns null while nobody has submitted a request. */
  progress(tx: Tx): Promise<CheckProgress | null> {
    return tx.one<CheckProgress>(PROGRESS);
  }

  async goOn(tx: Tx, on: Day, to: string | null): Promise<void> {
    await tx.execute(GO_ON, [on, to]);
  }
}
