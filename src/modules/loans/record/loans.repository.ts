import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import type { Day } from '../../../shared/day.js';
import type { DeviceCondition } from '../../../shared/vocabulary.js';
import { lookupKey } from '../../../shared/key-text.js';
import { listIn } from '../../../shared/stored-json.sql.js';
import { type Reach, storedLoanRules } from '../../councils/index.js';
import type { Agreement, AskedAgreement } from '../domain/agreement.rules.js';
import type { LoanItemState, LoanState } from '../domain/loan-item.machine.js';
import type { NewLoanEvent } from './loan-event.js';
import type { CaseItem, LoanCase, LoanSettings } from './loan-case.js';
import { AGREEMENT_FACTS, DEVICE_FACTS, HOUSEHOLD_LEARNERS, insertLoanEvents, LOAN_IN_REACH } from './loans.sql.js';

// Reads councils, closed_day_lists, sites, households, learners, request_lines, devices and funds, and locks households and devices, beside
// the tables of this module.

interface DeskSettings extends LoanSettings {
  readonly isSiteInReach: boolean;
}

export interface ItemChange {
  readonly id: string;
  readonly from: LoanItemState;
  readonly to: LoanItemState;
  /** The condition in which it came back. */
  readonly condition?: DeviceCondition;
}

/** A loan after a change. */
export interface LoanChange extends AskedAgreement {
  readonly state: LoanState;
  readonly dueOn: Day;
  readonly recalledOn: Day | null;
  readonly renewals: number;
  /** The agreement that was signed now; null when none was. */
  readonly agreement: Agreement | null;
  readonly items: readonly ItemChange[];
  readonly events: readonly NewLoanEvent[];
}

export interface NewItem {
  readonly id: string;
  readonly deviceId: string;
  readonly requestLineId: string | null;
  readonly class: string;
  readonly number: number;
  readonly conditionOut: DeviceCondition;
}

const SETTING_VALUES = `
  c.time_zone AS "timeZone",
  coalesce((SELECT k.days::text[] FROM closed_day_lists k WHERE k.council_id = c.id), '{}') AS "closedDays",
  coalesce((SELECT p.rules FROM loan_policies p WHERE p.council_id = c.id), '[]'::jsonb) AS rules`;
const SETTINGS = `SELECT ${SETTING_VALUES} FROM councils c WHERE c.id = current_council()`;

const SITE_IN_REACH = `
  SELECT FROM sites s
  WHERE s.council_id = current_council() AND s.id = $1 AND ($2::uuid IS NULL OR s.school_id = $2) AND ($3::uuid IS NULL OR s.id = $3)`;

const DESK = `SELECT ${SETTING_VALUES}, EXISTS (${SITE_IN_REACH}) AS "isSiteInReach" FROM councils c WHERE c.id = current_council()`;

/** The household of a loan never changes, so the loan need not be locked first. */
const LOCK_HOUSEHOLD = `
  SELECT h.id FROM loans l JOIN households h ON h.council_id = l.council_id AND h.id = l.household_id
  WHERE l.council_id = current_council() AND l.id = $1 AND ${LOAN_IN_REACH('$2', '$3')}
  FOR UPDATE OF h`;

/** The ids are gathered into one list first: `id = … OR id IN (SELECT …)` can use no index, and would read every device of the council. */
const LOCK_DEVICES = `
  SELECT FROM devices d
  WHERE d.council_id = current_council() AND d.id = ANY (ARRAY (
    SELECT i.device_id FROM loan_items i WHERE i.council_id = current_council() AND i.loan_id = $1 UNION SELECT $2::uuid))
  ORDER BY d.id FOR UPDATE`;

/** What it reads apart from the loan changes only under the household's lock, which is held. */
const LOCK_CASE = `
  SELECT l.id, l.household_id AS "householdId", l.site_id AS "siteId", l.state, l.due_on AS "dueOn", l.grace_days AS "graceDays",
         l.recalled_on AS "recalledOn", l.renewals, l.version, ${AGREEMENT_FACTS},
         jsonb_build_object('schoolId', h.school_id, 'learners', ${HOUSEHOLD_LEARNERS}) AS household
  FROM loans l JOIN households h ON h.council_id = l.council_id AND h.id = l.household_id
  WHERE l.council_id = current_council() AND l.id = $1
  FOR UPDATE OF l`;

const CASE_ITEMS = `
  SELECT i.id, i.number, i.class, i.state, i.condition_out AS "conditionOut", coalesce(r.learner_ids, '{}') AS "lineLearnerIds",
         ${DEVICE_FACTS} AS device,
         coalesce((
           SELECT jsonb_agg(jsonb_build_object('id', n.id, 'kind', n.kind) ORDER BY n.ordinal) FROM incidents n
           WHERE n.council_id = i.council_id AND n.item_id = i.id AND n.state = 'open'), '[]') AS incidents
  FROM loan_items i
  JOIN devices d ON d.council_id = i.council_id AND d.id = i.device_id
  LEFT JOIN funds f ON f.council_id = d.council_id AND f.id = d.fund_id
  LEFT JOIN request_lines r ON r.council_id = i.council_id AND r.id = i.request_line_id
  WHERE i.council_id = current_council() AND i.loan_id = $1
  ORDER BY i.number`;

/** Writes items, events and the loan itself in one statement; only items that are still in the state that was read are moved. */
const CHANGE = `
  WITH moved AS (
    UPDATE loan_items i
    SET state = m."to", condition_in = coalesce(m.condition, i.condition_in), returned_at = CASE m."to" WHEN 'returned' THEN $9 ELSE i.returned_at END
    FROM jsonb_to_recordset($3::jsonb) AS m (id uuid, "from" text, "to" text, condition text)
    WHERE i.council_id = current_council() AND i.loan_id = $1 AND i.id = m.id AND i.state = m."from"
    RETURNING i.id
  ), told AS (
    ${insertLoanEvents({ loan: '$1', events: '$4', at: '$9', actor: '$10' })}
  )
  UPDATE loans l
  SET state = $5, due_on = $6, recalled_on = $7, renewals = $8, version = version + 1, updated_at = $9,
      closed_at = CASE $5 WHEN 'closed' THEN coalesce(l.closed_at, $9) END, agreement_unsigned_since = $11, agreement_terms_asked = $12,
      agreement = coalesce($13::jsonb, l.agreement),
      earlier_agreements = CASE WHEN $13::jsonb IS NULL THEN l.earlier_agreements ELSE ${listIn('l.earlier_agreements')} || l.agreement END
  WHERE l.council_id = current_council() AND l.id = $1 AND l.version = $2
    AND (SELECT count(*) FROM moved) = jsonb_array_length($3::jsonb)`;

const ADD_ITEM = `
  INSERT INTO loan_items (council_id, id, loan_id, household_id, device_id, request_line_id, class, number, state, condition_out)
  VALUES (current_council(), $1, $2, $3, $4, $5, $6, $7, 'on_loan', $8)`;

const DEVICE = `
  SELECT ${DEVICE_FACTS} AS device FROM devices d LEFT JOIN funds f ON f.council_id = d.council_id AND f.id = d.fund_id
  WHERE d.council_id = current_council() AND d.id = $1`;

/** Finds the loan item of a device that is on loan now, or was when it was lost: at most one can still come back. */
const BY_TAG = `
  SELECT d.id AS "deviceId", d.status, held.loan_id AS "loanId", held.id AS "itemId"
  FROM devices d
  LEFT JOIN LATERAL (
    SELECT i.id, i.loan_id FROM loan_items i
    WHERE i.council_id = d.council_id AND i.device_id = d.id
      AND (i.state = 'on_loan' OR (i.state IN ('lost', 'stolen') AND d.status IN ('lost', 'stolen')))
    ORDER BY i.ordinal DESC LIMIT 1
  ) held ON true
  WHERE d.council_id = current_council() AND d.asset_tag_key = $1
  ORDER BY d.asset_tag = $2 DESC, held.id, d.id LIMIT 1`;

const settingsOf = <T extends LoanSettings>(row: T): T => ({ ...row, rules: storedLoanRules(row.rules) });

/**
 * The SQL that changes loans: it locks in the order household, devices, loan, reads what decisions need, and writes each change in one
 * statement.
 */
@Injectable()
export class LoansRepository {
  async settings(tx: Tx): Promise<LoanSettings> {
    return settingsOf(await tx.row<LoanSettings>(SETTINGS));
  }

  /** Returns the settings, and whether the site is within reach. */
  async deskSettings(tx: Tx, reach: Reach, siteId: string): Promise<DeskSettings> {
    return settingsOf(await tx.row<DeskSettings>(DESK, [siteId, reach.schoolId, reach.siteId]));
  }

  /** Whether the site is within reach. */
  async isSiteInReach(tx: Tx, reach: Reach, siteId: string): Promise<boolean> {
    return (await tx.one(SITE_IN_REACH, [siteId, reach.schoolId, reach.siteId])) !== null;
  }

  /**
   * Locks a loan within reach, its household, its devices and, if given, one more device; returns null when there is no such loan within
   * reach.
   */
  async lock(tx: Tx, reach: Reach, loanId: string, furtherDeviceId: string | null = null): Promise<LoanCase | null> {
    if (!(await tx.one(LOCK_HOUSEHOLD, [loanId, reach.schoolId, reach.siteId]))) return null;
    await tx.execute(LOCK_DEVICES, [loanId, furtherDeviceId]);
    const loan = await tx.row<Omit<LoanCase, 'items'>>(LOCK_CASE, [loanId]);
    const items = await tx.query<CaseItem>(CASE_ITEMS, [loanId]);
    return { ...loan, items };
  }

  /** Writes the change of a locked loan. */
  async change(tx: Tx, loan: LoanCase, change: LoanChange, actor: string, now: Date): Promise<void> {
    const { state, dueOn, recalledOn, renewals, agreement, items, events } = change;
    const asked = [change.agreementUnsignedSince, change.agreementTermsAsked];
    const record = [loan.id, loan.version, JSON.stringify(items), JSON.stringify(events), state, dueOn, recalledOn, renewals, now, actor];
    const values = [...record, ...asked, agreement && JSON.stringify(agreement)];
    if ((await tx.execute(CHANGE, values)) !== 1) throw new Error('a loan changed although it was locked');
  }

  async addItem(tx: Tx, loan: LoanCase, item: NewItem): Promise<void> {
    const { id, deviceId, requestLineId, class: deviceClass, number, conditionOut } = item;
    await tx.execute(ADD_ITEM, [id, loan.id, loan.householdId, deviceId, requestLineId, deviceClass, number, conditionOut]);
  }

  async device(tx: Tx, id: string): Promise<CaseItem['device'] | null> {
    return (await tx.one<{ device: CaseItem['device'] }>(DEVICE, [id]))?.device ?? null;
  }

  /** Returns the device with a tag, and the loan from which it may come back. */
  byTag(tx: Tx, assetTag: string): Promise<{ deviceId: string; status: string; loanId: string | null; itemId: string | null } | null> {
    return tx.one(BY_TAG, [lookupKey(assetTag), assetTag]);
  }
}
