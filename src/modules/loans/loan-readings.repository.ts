import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/index.js';
import type { Day } from '../../shared/day.js';
import type { DeviceCategory, DeviceCondition } from '../../shared/vocabulary.js';
import { COUNCIL_WIDE, type Reach } from '../councils/index.js';
import type { Agreement } from './domain/agreement.rules.js';
import type { LoanItemState, LoanState } from './domain/loan-item.machine.js';
import type { LoanEventKind } from './loan-event.js';
import { LOAN_IN_REACH } from './loans.sql.js';

// Reads councils, households, learners and devices beside the tables of this module.

export interface LoanItemRecord {
  readonly id: string;
  readonly deviceId: string;
  readonly assetTag: string;
  readonly category: DeviceCategory;
  readonly requestLineId: string | null;
  readonly state: LoanItemState;
  readonly conditionOut: DeviceCondition;
  readonly conditionIn: DeviceCondition | null;
  /** As PostgreSQL writes it in JSON. */
  readonly returnedAt: string | null;
}

/** A loan as it is shown. */
export interface LoanRecord {
  readonly id: string;
  readonly reference: string;
  readonly householdId: string;
  readonly siteId: string;
  readonly state: LoanState;
  readonly handedOverAt: Date;
  readonly dueOn: Day;
  readonly graceDays: number;
  readonly recalledOn: Day | null;
  readonly renewals: number;
  readonly agreement: Agreement;
  /** What was signed before it, from the oldest. */
  readonly earlierAgreements: readonly Agreement[];
  readonly agreementUnsignedSince: Date | null;
  readonly agreementTermsAsked: readonly string[] | null;
  readonly closedAt: Date | null;
  readonly items: readonly LoanItemRecord[];
  readonly timeZone: string;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** One entry of a loan's history. */
export interface LoanEventRecord {
  readonly id: string;
  readonly at: Date;
  readonly actor: string;
  readonly kind: LoanEventKind;
  readonly itemId: string | null;
  readonly incidentId: string | null;
  readonly dueOn: Day | null;
  readonly codes: readonly string[] | null;
  readonly missingAccessories: readonly string[] | null;
  readonly termsVersion: string | null;
  readonly reason: string | null;
}

/** What a list of loans may be narrowed to; what is left out narrows nothing. */
export interface LoanFilter {
  readonly state?: LoanState;
  readonly overdue?: boolean;
  readonly householdId?: string;
  readonly siteId?: string;
  readonly dueBefore?: Day;
  readonly agreementUnsigned?: boolean;
}

const LOAN = `
  SELECT l.id, l.reference, l.household_id AS "householdId", l.site_id AS "siteId", l.state, l.handed_over_at AS "handedOverAt",
         l.due_on AS "dueOn", l.grace_days AS "graceDays", l.recalled_on AS "recalledOn", l.renewals, l.agreement,
         l.earlier_agreements AS "earlierAgreements", l.agreement_unsigned_since AS "agreementUnsignedSince", l.agreement_terms_asked AS "agreementTermsAsked", l.closed_at AS "closedAt",
         l.version, l.created_at AS "createdAt", l.updated_at AS "updatedAt", c.time_zone AS "timeZone",
         (SELECT jsonb_agg(jsonb_build_object(
                   'id', i.id, 'deviceId', i.device_id, 'assetTag', d.asset_tag, 'category', d.category, 'requestLineId', i.request_line_id,
                   'state', i.state, 'conditionOut', i.condition_out, 'conditionIn', i.condition_in, 'returnedAt', i.returned_at)
                 ORDER BY i.number)
          FROM loan_items i JOIN devices d ON d.council_id = i.council_id AND d.id = i.device_id
          WHERE i.council_id = l.council_id AND i.loan_id = l.id) AS items
  FROM loans l
  JOIN councils c ON c.id = l.council_id
  JOIN households h ON h.council_id = l.council_id AND h.id = l.household_id
  WHERE l.council_id = current_council() AND ${LOAN_IN_REACH('$1', '$2')}`;

const ONE = `${LOAN} AND l.id = $3`;

/** One text for each choice of filters, so that a list has the plan, and so the index, of those that it was asked for. */
const page = (conditions: readonly string[]) => {
  let place = 4;
  return `${LOAN} AND ($3::uuid IS NULL OR l.id > $3)
  ${conditions.map((condition) => `AND (${condition.replace('?', () => `$${++place}`)})`).join('\n  ')}
  ORDER BY l.id LIMIT $4`;
};

const TIME_ZONE = 'SELECT time_zone AS "timeZone" FROM councils WHERE id = current_council()';

const EVENTS = `
  SELECT id, at, actor, kind, item_id AS "itemId", incident_id AS "incidentId", due_on AS "dueOn", codes,
         missing_accessories AS "missingAccessories", terms_version AS "termsVersion", reason
  FROM loan_events
  WHERE council_id = current_council() AND loan_id = $1 AND ($2::uuid IS NULL OR id > $2)
  ORDER BY id LIMIT $3`;

/** The SQL that shows loans. */
@Injectable()
export class LoanReadings {
  find(tx: Tx, reach: Reach, id: string): Promise<LoanRecord | null> {
    return tx.one<LoanRecord & Record<string, unknown>>(ONE, [reach.schoolId, reach.siteId, id]);
  }

  /** A loan that this transaction has written. */
  async written(tx: Tx, id: string): Promise<LoanRecord> {
    return (await this.find(tx, COUNCIL_WIDE, id)) as LoanRecord;
  }

  /** The council's time zone, by which a loan is overdue. */
  async timeZone(tx: Tx): Promise<string> {
    return (await tx.one<{ timeZone: string }>(TIME_ZONE))?.timeZone ?? 'UTC';
  }

  /** In the order of ids, after the given one: one more than `limit`. */
  page(tx: Tx, reach: Reach, filter: LoanFilter, today: Day, after: string | null, limit: number): Promise<LoanRecord[]> {
    const overdue = filter.overdue ? `l.state = 'open' AND l.overdue_from <= ?` : `l.state = 'closed' OR l.overdue_from > ?`;
    const conditions: [string, unknown][] = [
      ['l.state = ?', filter.state],
      ['l.household_id = ?', filter.householdId],
      ['l.site_id = ?', filter.siteId],
      ['l.due_on < ?', filter.dueBefore],
      [overdue, filter.overdue === undefined ? undefined : today],
      [`l.agreement_unsigned_since IS ${filter.agreementUnsigned ? 'NOT ' : ''}NULL`, filter.agreementUnsigned],
    ];
    const chosen = conditions.filter(([, value]) => value !== undefined);
    const values = [
      reach.schoolId,
      reach.siteId,
      after,
      limit + 1,
      ...chosen.filter(([text]) => text.includes('?')).map(([, value]) => value),
    ];
    return tx.query<LoanRecord & Record<string, unknown>>(page(chosen.map(([text]) => text)), values);
  }

  /** A loan's history from its beginning: one more than `limit`. */
  events(tx: Tx, loanId: string, after: string | null, limit: number): Promise<LoanEventRecord[]> {
    return tx.query<LoanEventRecord & Record<string, unknown>>(EVENTS, [loanId, after, limit + 1]);
  }
}
