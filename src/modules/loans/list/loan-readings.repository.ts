import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import type { Day } from '../../../shared/day.js';
import { NIL_ID } from '../../../shared/ids.js';
import { foldForSearch } from '../../../shared/plain-text.js';
import type { BorrowerCategory, DeviceCategory, DeviceClass, DeviceCondition } from '../../../shared/vocabulary.js';
import { COUNCIL_WIDE, type Reach } from '../../councils/index.js';
import { householdsOfSchool } from '../../households/index.js';
import { Conditions } from '../../requests/index.js';
import { type Agreement, storedAgreement, storedAgreements } from '../domain/agreement.rules.js';
import type { LoanItemState, LoanState } from '../domain/loan-item.machine.js';
import type { LoanEventKind } from '../record/loan-event.js';
import { LOAN_IN_REACH } from '../record/loans.sql.js';

// Reads councils, households, learners, request lines and devices beside the tables of this module.

export interface LoanItemRecord {
  readonly id: string;
  readonly deviceId: string;
  readonly assetTag: string;
  readonly category: DeviceCategory;
  readonly requestLineId: string | null;
  readonly state: LoanItemState;
  readonly conditionOut: DeviceCondition;
  readonly conditionIn: DeviceCondition | null;
  /** A timestamp as PostgreSQL writes it in JSON. */
  readonly returnedAt: string | null;
  /** The day on which the family said that it is back, while nobody has settled that; null otherwise. */
  readonly claimedReturnedOn: Day | null;
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
  /** The signatures before it, the oldest first. */
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
  /** Its number in the history. */
  readonly ordinal: number;
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

/** What a list of loans is limited to; a field that is left out does not limit it. */
export interface LoanFilter {
  readonly state?: LoanState;
  /** Only loans that are overdue on this day. */
  readonly overdueOn?: Day;
  /** Only loans that are not overdue on this day. */
  readonly notOverdueOn?: Day;
  readonly householdId?: string;
  readonly siteId?: string;
  readonly dueBefore?: Day;
  readonly agreementUnsigned?: boolean;
  readonly class?: DeviceClass;
  /** The level of a learner for whom it is. */
  readonly level?: BorrowerCategory;
  /** The school of the household, or of one of its learners. */
  readonly schoolId?: string;
  /** The class of a learner of that school for whom it is. */
  readonly className?: string;
  /** An item of it came back at or after `from`, and before `before`. */
  readonly returned?: { readonly from: Date; readonly before: Date };
}

const LOAN = `
  SELECT l.id, l.reference, l.household_id AS "householdId", l.site_id AS "siteId", l.state, l.handed_over_at AS "handedOverAt",
         l.due_on AS "dueOn", l.grace_days AS "graceDays", l.recalled_on AS "recalledOn", l.renewals, l.agreement,
         l.earlier_agreements AS "earlierAgreements", l.agreement_unsigned_since AS "agreementUnsignedSince", l.agreement_terms_asked AS "agreementTermsAsked", l.closed_at AS "closedAt",
         l.version, l.created_at AS "createdAt", l.updated_at AS "updatedAt", c.time_zone AS "timeZone",
         (SELECT jsonb_agg(jsonb_build_object(
                   'id', i.id, 'deviceId', i.device_id, 'assetTag', d.asset_tag, 'category', d.category, 'requestLineId', i.request_line_id,
                   'state', i.state, 'conditionOut', i.condition_out, 'conditionIn', i.condition_in, 'returnedAt', i.returned_at,
                   'claimedReturnedOn', (
                     SELECT n.reported_on FROM incidents n
                     WHERE n.council_id = i.council_id AND n.item_id = i.id AND n.kind = 'claimed_returned' AND n.state = 'open'))
                 ORDER BY i.number)
          FROM loan_items i JOIN devices d ON d.council_id = i.council_id AND d.id = i.device_id
          WHERE i.council_id = l.council_id AND i.loan_id = l.id) AS items
  FROM loans l
  JOIN councils c ON c.id = l.council_id
  JOIN households h ON h.council_id = l.council_id AND h.id = l.household_id
  WHERE l.council_id = current_council() AND ${LOAN_IN_REACH('$1', '$2')}`;

const ONE = `${LOAN} AND l.id = $3`;

/**
 * Classes and levels are written into the text and are no parameters. The planner then knows how many loans there are of each: it begins with
 * the few of a rare one, or reads the loans in their order until there are enough of a frequent one.
 */
const WITH_CLASS = (name: DeviceClass) => `
  l.id IN (SELECT i.loan_id FROM loan_items i WHERE i.council_id = current_council() AND i.class = '${name}')`;
const OF_SCHOOL = `l.household_id = ANY (${householdsOfSchool('?')})`;
/** The learners `p` for whom the loan is: those of its lines, and all of the household for items without a line. */
const FOR_LEARNERS = `
    SELECT FROM learners p JOIN loan_items i ON i.council_id = l.council_id AND i.loan_id = l.id
    LEFT JOIN request_lines r ON r.council_id = l.council_id AND r.id = i.request_line_id
    WHERE p.council_id = l.council_id AND p.household_id = l.household_id AND (r.id IS NULL OR p.id = ANY (r.learner_ids))`;
const FOR_LEVEL = (level: BorrowerCategory) => `
  l.household_id IN (SELECT o.household_id FROM learners o WHERE o.council_id = current_council() AND o.level = '${level}')
  AND EXISTS (${FOR_LEARNERS} AND p.level = '${level}')`;
/** The learner's own school counts, else the household's. A class is typed by hand: `4e B` and `4E  b` are the same. */
const FOR_CLASS_NAME = `EXISTS (${FOR_LEARNERS} AND coalesce(p.school_id, h.school_id) = ? AND folded_text(p.class_name) = ?)`;
const RETURNED = `l.id IN (
    SELECT i.loan_id FROM loan_items i WHERE i.council_id = current_council() AND i.returned_at >= ? AND i.returned_at < ?)`;
/** Written into the text and no parameter: each is the condition of a partial index, which a prepared statement could not use otherwise. */
const IS_OPEN = "l.state = 'open'";
const IS_CLOSED = "l.state = 'closed'";

const HOUSEHOLD_OF = 'SELECT household_id AS "householdId" FROM loans WHERE council_id = current_council() AND id = $1';
const TIME_ZONE = 'SELECT time_zone AS "timeZone" FROM councils WHERE id = current_council()';

const OF_DEVICE = `
  SELECT l.id, l.reference FROM loan_items i JOIN loans l ON l.council_id = current_council() AND l.id = i.loan_id
  WHERE i.council_id = current_council() AND i.device_id = $1 AND i.state = 'on_loan'`;

/** Items without a line are for all learners of the household. */
const OPEN_FOR = `
  SELECT l.id, l.reference FROM loans l
  WHERE l.council_id = current_council() AND l.household_id = $1 AND l.state = 'open' AND EXISTS (
    SELECT FROM loan_items i LEFT JOIN request_lines r ON r.council_id = current_council() AND r.id = i.request_line_id
    WHERE i.council_id = current_council() AND i.loan_id = l.id AND i.state = 'on_loan' AND ($3::boolean OR r.learner_ids && $2::uuid[]))
  ORDER BY l.id`;

const EVENTS = `
  SELECT id, ordinal, at, actor, kind, item_id AS "itemId", incident_id AS "incidentId", due_on AS "dueOn", codes,
         missing_accessories AS "missingAccessories", terms_version AS "termsVersion", reason
  FROM loan_events
  WHERE council_id = current_council() AND loan_id = $1 AND ($2::bigint IS NULL OR ordinal > $2)
  ORDER BY ordinal LIMIT $3`;

type Row = Omit<LoanRecord, 'agreement' | 'earlierAgreements'> & { readonly agreement: unknown; readonly earlierAgreements: unknown };

function recordOf(row: Row): LoanRecord {
  return { ...row, agreement: storedAgreement(row.agreement), earlierAgreements: storedAgreements(row.earlierAgreements) };
}

/** The SQL that shows loans. */
@Injectable()
export class LoanReadingsRepository {
  async find(tx: Tx, reach: Reach, id: string): Promise<LoanRecord | null> {
    const row = await tx.one<Row>(ONE, [reach.schoolId, reach.siteId, id]);
    return row && recordOf(row);
  }

  /** The household of a loan; null when there is no such loan. */
  async householdOf(tx: Tx, id: string): Promise<string | null> {
    return (await tx.one<{ householdId: string }>(HOUSEHOLD_OF, [id]))?.householdId ?? null;
  }

  /** A loan that this transaction has written. */
  async writtenLoan(tx: Tx, id: string): Promise<LoanRecord> {
    return (await this.find(tx, COUNCIL_WIDE, id)) as LoanRecord;
  }

  /** The council's time zone, by which a loan is overdue. */
  async timeZone(tx: Tx): Promise<string> {
    return (await tx.one<{ timeZone: string }>(TIME_ZONE))?.timeZone ?? 'UTC';
  }

  /** Returns the loan on which a device is out. */
  ofDevice(tx: Tx, deviceId: string): Promise<Pick<LoanRecord, 'id' | 'reference'> | null> {
    return tx.one<Pick<LoanRecord, 'id' | 'reference'>>(OF_DEVICE, [deviceId]);
  }

  /**
   * Returns the household's open loans of which an item for one of these learners is out; with `ofAll`, also those of items for nobody in
   * particular.
   */
  openFor(tx: Tx, householdId: string, learnerIds: readonly string[], ofAll: boolean): Promise<Pick<LoanRecord, 'id' | 'reference'>[]> {
    return tx.query<Pick<LoanRecord, 'id' | 'reference'>>(OPEN_FOR, [householdId, learnerIds, ofAll]);
  }

  /**
   * Returns loans in the order of their ids, after the given one: one more than `limit`. Each combination of filters is a text, and so has a
   * plan, of its own.
   */
  async page(tx: Tx, reach: Reach, filter: LoanFilter, after: string | null, limit: number): Promise<LoanRecord[]> {
    const { agreementUnsigned: unsigned, schoolId } = filter;
    const signing = unsigned === undefined ? '' : ` AND l.agreement_unsigned_since IS ${unsigned ? 'NOT ' : ''}NULL`;
    const state = filter.state === undefined ? '' : ` AND ${filter.state === 'closed' ? IS_CLOSED : IS_OPEN}`;
    const kind = filter.class === undefined ? '' : ` AND ${WITH_CLASS(filter.class)}`;
    const level = filter.level === undefined ? '' : ` AND ${FOR_LEVEL(filter.level)}`;
    const where = new Conditions(`${LOAN}${signing}${state}${kind}${level}`, [reach.schoolId, reach.siteId])
      .and('l.id > ?', after ?? NIL_ID)
      .and('l.household_id = ?', filter.householdId)
      .and('l.site_id = ?', filter.siteId)
      .and('l.due_on < ?', filter.dueBefore)
      .and(`${IS_OPEN} AND l.overdue_from <= ?`, filter.overdueOn)
      .and(`(${IS_CLOSED} OR l.overdue_from > ?)`, filter.notOverdueOn)
      .and(OF_SCHOOL, schoolId ?? reach.schoolId, schoolId ?? reach.schoolId)
      .and(FOR_CLASS_NAME, schoolId, filter.className && foldForSearch(filter.className))
      .and(RETURNED, filter.returned?.from, filter.returned?.before);
    const text = `${where.text} ORDER BY l.id LIMIT ${where.bind('?', limit + 1)}`;
    return (await tx.query<Row>(text, where.values)).map(recordOf);
  }

  /** Returns a loan's history from its beginning: one more than `limit`. */
  events(tx: Tx, loanId: string, after: number | null, limit: number): Promise<LoanEventRecord[]> {
    return tx.query<LoanEventRecord>(EVENTS, [loanId, after, limit + 1]);
  }
}
