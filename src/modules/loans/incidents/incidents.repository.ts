import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import type { Day } from '../../../shared/day.js';
import type { Reach } from '../../councils/index.js';
import type { IncidentKind, IncidentOutcome } from '../domain/incident.rules.js';
import { LOAN_IN_REACH } from '../record/loans.sql.js';

// Reads households and learners beside the tables of this module.

export type IncidentState = 'open' | 'closed';

/** Something that happened to an item that a family has. */
export interface Incident {
  readonly id: string;
  /** Its number among the council's incidents. */
  readonly ordinal: number;
  readonly loanId: string;
  readonly itemId: string;
  readonly kind: IncidentKind;
  readonly reportedOn: Day;
  readonly description: string | null;
  readonly policeReportReference: string | null;
  readonly state: IncidentState;
  readonly outcome: IncidentOutcome | null;
  readonly closedAt: Date | null;
  readonly closureReason: string | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export type NewIncident = Pick<Incident, 'id' | 'loanId' | 'itemId' | 'kind' | 'reportedOn' | 'description' | 'policeReportReference'>;

/** What a list of incidents is limited to; null does not limit it. */
export interface IncidentFilter {
  readonly state: IncidentState | null;
  readonly kind: IncidentKind | null;
  readonly loanId: string | null;
}

const COLUMNS = `
  n.id, n.ordinal, n.loan_id AS "loanId", n.item_id AS "itemId", n.kind, n.reported_on AS "reportedOn", n.description,
  n.police_report_reference AS "policeReportReference", n.state, n.outcome, n.closed_at AS "closedAt", n.closure_reason AS "closureReason",
  n.version, n.created_at AS "createdAt", n.updated_at AS "updatedAt"`;

const IN_REACH = `
  FROM incidents n
  JOIN loans l ON l.council_id = n.council_id AND l.id = n.loan_id
  JOIN households h ON h.council_id = l.council_id AND h.id = l.household_id
  WHERE n.council_id = current_council() AND ${LOAN_IN_REACH('$1', '$2')}`;

const ONE = `SELECT ${COLUMNS} ${IN_REACH} AND n.id = $3`;

/** Builds one text for each combination of filters, so that each has a plan, and so an index, of its own. */
const page = (conditions: readonly string[]) => {
  let place = 3;
  return `
  SELECT ${COLUMNS} ${IN_REACH}
  ${conditions.map((condition) => `AND ${condition.replace('?', () => `$${++place}`)}`).join('\n  ')}
  ORDER BY n.ordinal LIMIT $3`;
};

/** It begins with the loans of the site, which are few compared with all incidents. */
const OF_SITE = 'n.loan_id = ANY (ARRAY(SELECT s.id FROM loans s WHERE s.council_id = current_council() AND s.site_id = ?))';

const INSERT = `
  INSERT INTO incidents (council_id, id, loan_id, item_id, kind, reported_on, description, police_report_reference, state, created_at, updated_at)
  VALUES (current_council(), $1, $2, $3, $4, $5, $6, $7, 'open', $8, $8)`;

const LOCK = `SELECT version FROM incidents WHERE council_id = current_council() AND id = $1 FOR UPDATE`;

const HOUSEHOLD_OF = `
  SELECT l.household_id AS "householdId" FROM incidents n JOIN loans l ON l.council_id = n.council_id AND l.id = n.loan_id
  WHERE n.council_id = current_council() AND n.id = $1`;

const SET_POLICE_REPORT = `
  UPDATE incidents SET police_report_reference = $2, version = version + 1, updated_at = $3 WHERE council_id = current_council() AND id = $1`;

const CLOSE = `
  UPDATE incidents
  SET state = 'closed', outcome = $2, closure_reason = $3, closed_at = $4, version = version + 1, updated_at = $4
  WHERE council_id = current_council() AND id = ANY ($1::uuid[]) AND state = 'open'`;

/** The SQL of incidents. */
@Injectable()
export class IncidentsRepository {
  find(tx: Tx, reach: Reach, id: string): Promise<Incident | null> {
    return tx.one<Incident>(ONE, [reach.schoolId, reach.siteId, id]);
  }

  /** The household of an incident; null when there is no such incident. */
  async householdOf(tx: Tx, id: string): Promise<string | null> {
    return (await tx.one<{ householdId: string }>(HOUSEHOLD_OF, [id]))?.householdId ?? null;
  }

  /** Returns incidents in the order in which they were reported, after a number: one more than `limit`. */
  page(tx: Tx, reach: Reach, { state, kind, loanId }: IncidentFilter, after: number | null, limit: number): Promise<Incident[]> {
    const conditions: [string, unknown][] = [
      ['n.state = ?', state],
      ['n.kind = ?', kind],
      ['n.loan_id = ?', loanId],
      ['n.ordinal > ?', after],
      [OF_SITE, reach.siteId],
    ];
    const chosen = conditions.filter(([, value]) => value !== null);
    const values = [reach.schoolId, reach.siteId, limit + 1, ...chosen.map(([, value]) => value)];
    return tx.query<Incident>(page(chosen.map(([text]) => text)), values);
  }

  async insert(
    tx: Tx,
    { id, loanId, itemId, kind, reportedOn, description, policeReportReference }: NewIncident,
    now: Date,
  ): Promise<void> {
    await tx.execute(INSERT, [id, loanId, itemId, kind, reportedOn, description, policeReportReference, now]);
  }

  /** Locks an incident that was found within reach before, and returns its version. */
  async lock(tx: Tx, id: string): Promise<number | null> {
    return (await tx.one<{ version: number }>(LOCK, [id]))?.version ?? null;
  }

  /** Writes the reference of a police report to a locked incident. */
  async setPoliceReport(tx: Tx, id: string, reference: string | null, now: Date): Promise<void> {
    await tx.execute(SET_POLICE_REPORT, [id, reference, now]);
  }

  /** Closes a locked incident. */
  async close(tx: Tx, id: string, outcome: IncidentOutcome, reason: string, now: Date): Promise<void> {
    await tx.execute(CLOSE, [[id], outcome, reason, now]);
  }

  /** Closes incidents whose items came back. */
  async closeAsFound(tx: Tx, ids: readonly string[], now: Date): Promise<void> {
    await tx.execute(CLOSE, [ids, 'found', null, now]);
  }
}
