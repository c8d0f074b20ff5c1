import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import { OPEN_LINE_STATES } from '../../requests/index.js';
import { listIn } from '../../../shared/stored-json.sql.js';
import type { LedgerRule } from './ledger.repository.js';

// Reads and writes households, devices, request_lines and pickup_slots beside the tables of this module: nothing but what follows from other rows.

const OPEN_LINES = OPEN_LINE_STATES.map((state) => `'${state}'`).join(', ');

/** A statement that writes a value that follows from other rows, where it differs; $1 are the ids of the locked rows, $2 the present. */
interface Repair {
  /** The locks, in the order in which all transactions take them. */
  readonly locks: readonly string[];
  readonly write: string;
  /** The fields that are written, as the audit trail names them. */
  readonly fields: readonly string[];
}

const LOCK = (table: string) =>
  `SELECT FROM ${table} WHERE council_id = current_council() AND id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE`;
/**
 * The household is locked before the loan, as everybody who changes a loan does: a trigger writes into the household from when a loan of it is
 * overdue.
 */
const LOCK_LOANS = [
  `
  SELECT FROM households WHERE council_id = current_council() AND id IN (
    SELECT l.household_id FROM loans l WHERE l.council_id = current_council() AND l.id = ANY ($1::uuid[])) ORDER BY id FOR UPDATE`,
  LOCK('loans'),
];
const OUT = `i.council_id = current_council() AND i.state = 'on_loan'`;

/** Sets the state of a line to the last one of its history, unless that would give the household a second open line of the class. */
const LINES: Repair = {
  locks: [LOCK('request_lines')],
  write: `
    UPDATE request_lines r SET state = last.to_state, version = r.version + 1, updated_at = $2
    FROM (
      SELECT DISTINCT ON (e.line_id) e.line_id, e.to_state FROM request_line_events e
      WHERE e.council_id = current_council() AND e.line_id = ANY ($1::uuid[]) ORDER BY e.line_id, e.ordinal DESC) last
    WHERE r.council_id = current_council() AND r.id = last.line_id AND r.state <> last.to_state
      AND (last.to_state NOT IN (${OPEN_LINES}) OR NOT EXISTS (
        SELECT FROM request_lines o WHERE o.council_id = current_council() AND o.household_id = r.household_id AND o.class = r.class AND o.id <> r.id AND o.state IN (${OPEN_LINES})))
    RETURNING r.id`,
  fields: ['state'],
};

/** The rules whose faults can be repaired. A fault of another rule is two records that contradict each other, and a person decides. */
export const REPAIRS = {
  DEVICE_STATUS_IS_NOT_ITS_LAST_EVENT: {
    locks: [LOCK('devices')],
    write: `
      UPDATE devices d SET status = last.to_status, sent_from_status = CASE last.to_status WHEN 'in_transit' THEN last.from_status END,
        version = d.version + 1, updated_at = $2
      FROM (
        SELECT DISTINCT ON (e.device_id) e.device_id, e.from_status, e.to_status FROM device_events e
        WHERE e.council_id = current_council() AND e.device_id = ANY ($1::uuid[]) ORDER BY e.device_id, e.ordinal DESC) last
      WHERE d.council_id = current_council() AND d.id = last.device_id AND d.status <> last.to_status
      RETURNING d.id`,
    fields: ['status'],
  },
  DEVICE_WITH_ANOTHER_HOLDER_THAN_ITS_ITEM: {
    locks: [LOCK('devices')],
    write: `
      UPDATE devices d SET holder_id = (SELECT i.household_id FROM loan_items i WHERE ${OUT} AND i.device_id = d.id), version = d.version + 1, updated_at = $2
      WHERE d.council_id = current_council() AND d.id = ANY ($1::uuid[])
        AND d.holder_id IS DISTINCT FROM (SELECT i.household_id FROM loan_items i WHERE ${OUT} AND i.device_id = d.id)
      RETURNING d.id`,
    fields: ['householdId'],
  },
  LOAN_STATE_IS_NOT_ITS_ITEMS: {
    locks: LOCK_LOANS,
    write: `
      UPDATE loans l SET state = now.state, closed_at = CASE now.state WHEN 'closed' THEN coalesce(l.closed_at, $2) END,
        agreement_unsigned_since = CASE now.state WHEN 'open' THEN l.agreement_unsigned_since END,
        agreement_terms_asked = CASE now.state WHEN 'open' THEN l.agreement_terms_asked END, version = l.version + 1, updated_at = $2
      FROM (
        SELECT i.loan_id, CASE WHEN bool_or(i.state = 'on_loan') THEN 'open' ELSE 'closed' END AS state FROM loan_items i
        WHERE i.council_id = current_council() AND i.loan_id = ANY ($1::uuid[]) GROUP BY i.loan_id) now
      WHERE l.council_id = current_council() AND l.id = now.loan_id AND l.state <> now.state
      RETURNING l.id`,
    fields: ['state', 'closedAt'],
  },
  SIGNED_TEXT_IS_ASKED: {
    locks: LOCK_LOANS,
    write: `
      UPDATE loans l SET agreement_terms_asked = asked.terms, agreement_unsigned_since = CASE WHEN asked.terms IS NOT NULL THEN l.agreement_unsigned_since END,
        version = l.version + 1, updated_at = $2
      FROM (
        SELECT m.id, nullif(ARRAY (
          SELECT text FROM unnest(m.agreement_terms_asked) AS text
          EXCEPT SELECT signed.agreement ->> 'termsVersion' FROM jsonb_array_elements(${listIn('m.earlier_agreements')} || m.agreement) AS signed (agreement)
          ORDER BY 1), '{}') AS terms
        FROM loans m WHERE m.council_id = current_council() AND m.id = ANY ($1::uuid[])) asked
      WHERE l.council_id = current_council() AND l.id = asked.id AND l.agreement_terms_asked IS DISTINCT FROM asked.terms
      RETURNING l.id`,
    fields: ['agreementTermsAsked', 'agreementUnsignedSince'],
  },
  HOUSEHOLD_IS_OVERDUE_OTHERWISE_THAN_ITS_LOANS: {
    locks: [LOCK('households')],
    write: `
      UPDATE households h SET overdue_from = open.day, version = h.version + 1, updated_at = $2
      FROM (
        SELECT o.id, (SELECT min(l.overdue_from) FROM loans l WHERE l.council_id = current_council() AND l.household_id = o.id AND l.state = 'open') AS day
        FROM households o WHERE o.council_id = current_council() AND o.id = ANY ($1::uuid[])) open
      WHERE h.council_id = current_council() AND h.id = open.id AND h.overdue_from IS DISTINCT FROM open.day
      RETURNING h.id`,
    fields: ['overdueFrom'],
  },
  LINE_STATE_IS_NOT_ITS_OFFER: LINES,
  FULFILLED_LINE_WITHOUT_ITS_ITEM: LINES,
  SLOT_IS_NOT_BOOKED_BY_ITS_OFFERS: {
    locks: [LOCK('pickup_slots')],
    write: `
      UPDATE pickup_slots s SET booked = now.booked, version = s.version + 1, updated_at = $2
      FROM (
        SELECT p.id, (SELECT count(*) FROM offers o WHERE o.council_id = current_council() AND o.pickup_slot_id = p.id AND o.state = 'accepted')::integer AS booked
        FROM pickup_slots p WHERE p.council_id = current_council() AND p.id = ANY ($1::uuid[])) now
      WHERE s.council_id = current_council() AND s.id = now.id AND s.booked <> now.booked AND now.booked <= s.capacity
      RETURNING s.id`,
    fields: ['booked'],
  },
} as const satisfies Partial<Record<LedgerRule, Repair>>;

export type RepairableRule = keyof typeof REPAIRS;

/** The SQL that repairs what follows from the history. */
@Injectable()
export class LedgerRepairRepository {
  /** Repairs rows, and returns the ids of those that were changed: each is checked again once it is locked. */
  async repair(tx: Tx, rule: RepairableRule, subjects: readonly string[], now: Date): Promise<string[]> {
    const { locks, write } = REPAIRS[rule];
    for (const lock of locks) await tx.execute(lock, [subjects]);
    return (await tx.query<{ id: string }>(write, [subjects, now])).map(({ id }) => id);
  }
}
