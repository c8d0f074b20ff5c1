import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import { householdIsOfSchool } from '../../households/index.js';
import { Conditions } from '../../requests/index.js';
import type { NoticeState } from '../domain/notice.machine.js';
import type { Channel } from '../domain/channels.js';
import type { TriggerName } from '../domain/triggers.js';

// Reads households and learners beside the tables of this module.

/** A notice as it is shown. It names the person and the things that it is about by their ids, and has no address. */
export interface Notice {
  readonly id: string;
  readonly householdId: string;
  readonly contactId: string | null;
  readonly trigger: TriggerName;
  readonly lineId: string | null;
  readonly offerId: string | null;
  readonly loanId: string | null;
  readonly incidentId: string | null;
  readonly state: NoticeState;
  readonly reason: string | null;
  readonly channel: Channel | null;
  readonly tried: readonly Channel[];
  readonly attempts: number;
  /** Why the last try failed; there will be another. */
  readonly problem: string | null;
  readonly dueAt: Date;
  readonly combinedInto: string | null;
  readonly resendOf: string | null;
  readonly settledAt: Date | null;
  readonly createdAt: Date;
}

export interface NoticeFilter {
  readonly householdId?: string;
  /** `stuck`: notices that did not arrive and that nobody has sent again, and notices that are still being tried after a failure. */
  readonly state?: NoticeState | 'stuck';
  readonly trigger?: TriggerName;
}

/** What a run did with notices at one instant, in numbers. */
export interface RunCounts {
  readonly sent: number;
  readonly dropped: number;
  readonly waiting: number;
  readonly dead: number;
}

const NOTICE = `
  n.id, n.household_id AS "householdId", n.contact_id AS "contactId", n.trigger, n.line_id AS "lineId", n.offer_id AS "offerId", n.loan_id AS "loanId",
  n.incident_id AS "incidentId", n.state, n.reason, n.channel, n.tried, n.attempts, n.problem, n.due_at AS "dueAt", n.combined_into AS "combinedInto",
  n.resend_of AS "resendOf", n.settled_at AS "settledAt", n.created_at AS "createdAt"`;

/** Whether a notice `n` did not arrive and was not sent again, or is still being tried after a failure. */
const IS_STUCK = `(
    n.state = 'sending' AND n.attempts > 0
    OR n.state = 'failed' AND NOT EXISTS (SELECT FROM notices again WHERE again.council_id = current_council() AND again.resend_of = n.id))`;

/**
 * Reads the first notices of each household of a school, and then the first of all of these. A school has few families, and so no notice of
 * another school is read.
 */
const OF_HOUSEHOLDS = (found: string, school: string, limit: string) => `
  WITH families AS (
    SELECT id FROM households WHERE council_id = current_council() AND school_id = ${school}
    UNION
    SELECT household_id FROM learners WHERE council_id = current_council() AND school_id = ${school} AND left_at IS NULL
  ), first AS MATERIALIZED (
    SELECT each.id FROM families f CROSS JOIN LATERAL (SELECT n.id FROM notices n ${found.replace('WHERE', 'WHERE n.household_id = f.id AND')}) each
    ORDER BY each.id LIMIT ${limit}
  )
  SELECT ${NOTICE} FROM first JOIN notices n ON n.council_id = current_council() AND n.id = first.id ORDER BY n.id`;

const ONE = `SELECT ${NOTICE} FROM notices n WHERE n.council_id = current_council() AND n.id = $1 AND ${householdIsOfSchool('n.household_id', '$2')}`;

const LOCK = `${ONE} FOR UPDATE OF n`;
const STATES_AGAIN = 'SELECT n.state FROM notices n WHERE n.council_id = current_council() AND n.resend_of = $1';

const RESEND = `
  INSERT INTO notices (council_id, id, household_id, contact_id, line_id, offer_id, loan_id, incident_id, trigger, slot, number, about,
    planned_at, due_at, state, resend_of, created_at)
  SELECT n.council_id, $2, n.household_id, n.contact_id, n.line_id, n.offer_id, n.loan_id, n.incident_id, n.trigger, n.slot, n.number, n.about,
    n.planned_at, $3, 'scheduled', n.id, $3
  FROM notices n WHERE n.council_id = current_council() AND n.id = $1`;

/** Counts what a run at $1 settled; a run gives everything that instant. */
const COUNTS = `
  SELECT
    (SELECT count(*)::integer FROM notices n WHERE n.council_id = current_council() AND n.settled_at = $1 AND n.state IN ('to_print', 'sent', 'printed', 'delivered')) AS sent,
    (SELECT count(*)::integer FROM notices n WHERE n.council_id = current_council() AND n.settled_at = $1 AND n.state = 'dropped') AS dropped,
    (SELECT count(*)::integer FROM notices n WHERE n.council_id = current_council() AND n.settled_at = $1 AND n.state = 'failed') AS dead,
    (SELECT count(*)::integer FROM notices n WHERE n.council_id = current_council() AND n.state = 'sending')
    + (SELECT count(*)::integer FROM notices n
       WHERE n.council_id = current_council() AND n.state = 'scheduled' AND n.due_at > n.planned_at AND n.due_at > $1 AND n.planned_at <= $1) AS waiting`;

/** Reads lists of notices, and makes notices that are sent again. */
@Injectable()
export class NoticesRepository {
  find(tx: Tx, schoolId: string | null, id: string): Promise<Notice | null> {
    return tx.one<Notice>(ONE, [id, schoolId]);
  }

  /** Locks the notice until the end of the transaction, so that nobody else changes it or sends it again. */
  lock(tx: Tx, schoolId: string | null, id: string): Promise<Notice | null> {
    return tx.one<Notice>(LOCK, [id, schoolId]);
  }

  /** Returns the states of the notices that were made to send this one again. */
  async statesAgain(tx: Tx, id: string): Promise<NoticeState[]> {
    return (await tx.query<{ state: NoticeState }>(STATES_AGAIN, [id])).map(({ state }) => state);
  }

  /** Returns notices in the order of their ids, one more than `limit`. */
  list(
    tx: Tx,
    schoolId: string | null,
    { householdId, state, trigger }: NoticeFilter,
    after: string | null,
    limit: number,
  ): Promise<Notice[]> {
    const where = new Conditions(`n.council_id = current_council()${state === 'stuck' ? ` AND ${IS_STUCK}` : ''}`)
      .and('n.id > ?', after)
      .and('n.household_id = ?', householdId)
      .and('n.state = ?', state === 'stuck' ? undefined : state)
      .and('n.trigger = ?', trigger);
    const found = `WHERE ${where.text} ORDER BY n.id LIMIT ${where.bind('?', limit + 1)}`;
    const text =
      schoolId === null
        ? `SELECT ${NOTICE} FROM notices n ${found}`
        : OF_HOUSEHOLDS(found, where.bind('?', schoolId), where.bind('?', limit + 1));
    return tx.query<Notice>(text, where.values);
  }

  async sendAgain(tx: Tx, id: string, newId: string, now: Date): Promise<void> {
    await tx.execute(RESEND, [id, newId, now]);
  }

  counts(tx: Tx, at: Date): Promise<RunCounts> {
    return tx.row<RunCounts>(COUNTS, [at]);
  }
}
