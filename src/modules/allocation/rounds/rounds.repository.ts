import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import type { Day } from '../../../shared/day.js';
import type { DeviceClass } from '../../../shared/vocabulary.js';
import { Conditions } from '../../requests/index.js';
import type { RoundState } from '../domain/round.machine.js';
import { type SolvedStats, storedStats } from '../domain/engine/round.js';
import type { RoundScope, ScopedSite } from '../domain/round-scope.rules.js';

/** The progress of solving a round. */
export interface RoundProgress {
  readonly step: 'reading' | 'solving' | 'storing';
  readonly linesDone: number;
  /** Null while the lines are being counted. */
  readonly lines: number | null;
}

/** One allocation round. */
export interface AllocationRound extends RoundScope {
  readonly id: string;
  /** Its number among the council's rounds, in the order in which they were opened. */
  readonly ordinal: number;
  readonly class: DeviceClass;
  /**
   * The school whose administrators see the round; null when only the council's managers do. For the round of one device it depends on the
   * line that the device is proposed to.
   */
  readonly ownerSchoolId: string | null;
  /** The returned device for which the round was made; null when a person opened the round. */
  readonly deviceId: string | null;
  readonly state: RoundState;
  readonly openedBy: string;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly standingDecisionId: string | null;
  /** How often a solution was asked for. The round is solved when `solution` is the same number. */
  readonly asked: number;
  readonly solution: number;
  readonly solvedAt: Date | null;
  readonly policyVersion: number | null;
  readonly countedOn: Day | null;
  readonly lotteryKeyHash: Buffer | null;
  readonly stats: SolvedStats | null;
  readonly progress: RoundProgress | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export type NewRound = Pick<AllocationRound, 'id' | 'class' | 'schoolIds' | 'siteIds' | 'ownerSchoolId' | 'deviceId' | 'openedBy'>;

/** The figures of a solution, and what it depends on. */
export type SolvedRound = Pick<AllocationRound, 'solution' | 'policyVersion' | 'countedOn' | 'lotteryKeyHash' | 'stats' | 'ownerSchoolId'>;

export interface RoundFilter {
  readonly state?: RoundState;
  readonly class?: DeviceClass;
}

const ROUND = `
  r.id, r.ordinal, r.class, r.school_ids AS "schoolIds", r.site_ids AS "siteIds", r.owner_school_id AS "ownerSchoolId", r.device_id AS "deviceId", r.state,
  r.opened_by AS "openedBy", r.decided_by AS "decidedBy", r.decided_at AS "decidedAt", r.standing_decision_id AS "standingDecisionId",
  r.asked, r.solution, r.solved_at AS "solvedAt", r.policy_version AS "policyVersion", r.counted_on::text AS "countedOn",
  r.lottery_key_hash AS "lotteryKeyHash", r.stats, r.version, r.created_at AS "createdAt", r.updated_at AS "updatedAt",
  (SELECT jsonb_build_object('step', p.step, 'linesDone', p.lines_done, 'lines', p.lines) FROM round_progress p
   WHERE p.council_id = current_council() AND p.round_id = r.id) AS progress`;
const FROM = 'FROM allocation_rounds r WHERE r.council_id = current_council()';

const INSERT = `
  INSERT INTO allocation_rounds (council_id, id, class, school_ids, site_ids, owner_school_id, device_id, state, opened_by, created_at, updated_at)
  VALUES (current_council(), $1, $2, $3, $4, $5, $6, 'draft', $7, $8, $8)`;
const FIND = `SELECT ${ROUND} ${FROM} AND r.id = $1 AND ($2::uuid IS NULL OR r.owner_school_id = $2)`;
/** The lock lets others insert rows that refer to the round. */
const LOCK = `${FIND} FOR NO KEY UPDATE`;
const ASK = `
  UPDATE allocation_rounds SET asked = asked + 1, version = version + 1, updated_at = $2 WHERE council_id = current_council() AND id = $1
  RETURNING asked`;
const SOLVED = `
  UPDATE allocation_rounds SET solution = $2, solved_at = $3, policy_version = $4, counted_on = $5, lottery_key_hash = $6, stats = $7,
    owner_school_id = $8, version = version + 1, updated_at = $3
  WHERE council_id = current_council() AND id = $1 AND state = 'draft' AND asked = $2`;
const DECIDE = `
  UPDATE allocation_rounds SET state = $2, decision_ordinal = nextval('round_decisions'), decided_by = $3, decided_at = $4, standing_decision_id = $5, version = version + 1, updated_at = $4
  WHERE council_id = current_council() AND id = $1`;
const PROGRESS = `
  INSERT INTO round_progress (council_id, round_id, step, lines_done, lines, updated_at) VALUES (current_council(), $1, $2, $3, $4, $5)
  ON CONFLICT (council_id, round_id) DO UPDATE
  SET step = excluded.step, lines_done = excluded.lines_done, lines = excluded.lines, updated_at = excluded.updated_at`;
const DROP_PROGRESS = 'DELETE FROM round_progress WHERE council_id = current_council() AND round_id = $1';
/** One process at a time solves a round; a second one does not wait. */
const CLAIM = `SELECT pg_try_advisory_xact_lock(hashtextextended('round ' || $1::text, 0)) AS claimed`;

/** Publications of one council run one after the other, because each must count what the one before left of the stock. */
const TAKE_TURN = `SELECT pg_advisory_xact_lock(hashtextextended('publication ' || current_council()::text, 0))`;

const SITES = `
  SELECT s.id, s.school_id AS "schoolId", s.served_school_ids AS "servedSchoolIds" FROM sites s WHERE s.council_id = current_council() AND s.id = ANY ($1::uuid[])`;

const roundOf = (row: AllocationRound): AllocationRound => ({ ...row, stats: storedStats(row.stats) });
const roundOrNull = (row: AllocationRound | null) => row && roundOf(row);

/** The SQL of rounds themselves. */
@Injectable()
export class RoundsRepository {
  async insert(
    tx: Tx,
    { id, class: deviceClass, schoolIds, siteIds, ownerSchoolId, deviceId, openedBy }: NewRound,
    now: Date,
  ): Promise<void> {
    await tx.execute(INSERT, [id, deviceClass, schoolIds, siteIds, ownerSchoolId, deviceId, openedBy, now]);
  }

  /** A round within the reach of a school; null means every round of the council. */
  async find(tx: Tx, schoolId: string | null, id: string): Promise<AllocationRound | null> {
    return roundOrNull(await tx.one<AllocationRound>(FIND, [id, schoolId]));
  }

  async lock(tx: Tx, schoolId: string | null, id: string): Promise<AllocationRound | null> {
    return roundOrNull(await tx.one<AllocationRound>(LOCK, [id, schoolId]));
  }

  /** The latest first. Returns one more than `limit` when more follow. */
  async list(
    tx: Tx,
    schoolId: string | null,
    { state, class: deviceClass }: RoundFilter,
    before: number | null,
    limit: number,
  ): Promise<AllocationRound[]> {
    const where = new Conditions('r.council_id = current_council()')
      .and('r.owner_school_id = ?', schoolId)
      .and('r.state = ?', state)
      .and('r.class = ?', deviceClass)
      .and('r.ordinal < ?', before);
    const rows = await tx.query<AllocationRound>(
      `SELECT ${ROUND} FROM allocation_rounds r WHERE ${where.text} ORDER BY r.ordinal DESC LIMIT ${where.bind('?', limit + 1)}`,
      where.values,
    );
    return rows.map(roundOf);
  }

  /** Asks for another solution. Returns its number. */
  async ask(tx: Tx, id: string, now: Date): Promise<number> {
    return (await tx.row<{ asked: number }>(ASK, [id, now])).asked;
  }

  /** Whether this transaction may solve the round; if so, no other can until it ends. */
  async claim(tx: Tx, id: string): Promise<boolean> {
    return (await tx.one<{ claimed: boolean }>(CLAIM, [id]))?.claimed === true;
  }

  /** Makes a solution the current one. Returns false when another one was asked for meanwhile, or the round was published or discarded. */
  async solved(
    tx: Tx,
    id: string,
    { solution, policyVersion, countedOn, lotteryKeyHash, stats, ownerSchoolId }: SolvedRound,
    now: Date,
  ): Promise<boolean> {
    return (await tx.execute(SOLVED, [id, solution, now, policyVersion, countedOn, lotteryKeyHash, stats, ownerSchoolId])) === 1;
  }

  /** Waits until no other round of the council is being published. */
  async takeTurn(tx: Tx): Promise<void> {
    await tx.query(TAKE_TURN);
  }

  async decide(
    tx: Tx,
    id: string,
    { state, by, standingDecisionId }: { readonly state: RoundState; readonly by: string; readonly standingDecisionId: string | null },
    now: Date,
  ): Promise<void> {
    await tx.execute(DECIDE, [id, state, by, now, standingDecisionId]);
  }

  async showProgress(tx: Tx, id: string, { step, linesDone, lines }: RoundProgress, now: Date): Promise<void> {
    await tx.execute(PROGRESS, [id, step, linesDone, lines, now]);
  }

  async dropProgress(tx: Tx, id: string): Promise<void> {
    await tx.execute(DROP_PROGRESS, [id]);
  }

  /** Those of these sites that exist. */
  sites(tx: Tx, ids: readonly string[]): Promise<ScopedSite[]> {
    return tx.query<ScopedSite>(SITES, [ids]);
  }
}
