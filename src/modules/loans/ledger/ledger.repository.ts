import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import { LIVE_OFFER_STATES } from '../../allocation/index.js';
import { OPEN_LINE_STATES } from '../../requests/index.js';
import { listIn } from '../../../shared/stored-json.sql.js';

// Reads councils, households, devices, device_events, request_lines, offers and pickup_slots beside the tables of this module.

const OPEN_LINES = OPEN_LINE_STATES.map((state) => `'${state}'`).join(', ');
const LIVE_OFFERS = LIVE_OFFER_STATES.map((state) => `'${state}'`).join(', ');

const COUNCILS = 'SELECT id FROM councils ORDER BY id';

/** Each rule as a statement that finds what breaks it: the id of the row, and what was found. */
const CHECKS = {
  DEVICE_STATUS_IS_NOT_ITS_LAST_EVENT: `
    SELECT d.id AS subject, d.status || ', by its history ' || coalesce(last.to_status, 'nothing') AS found
    FROM devices d
    LEFT JOIN (
      SELECT DISTINCT ON (e.device_id) e.device_id, e.to_status FROM device_events e
      WHERE e.council_id = current_council() ORDER BY e.device_id, e.ordinal DESC
    ) last ON last.device_id = d.id
    WHERE d.council_id = current_council() AND d.status IS DISTINCT FROM last.to_status`,
  DEVICE_ON_LOAN_WITHOUT_ITS_ITEM: `
    SELECT d.id AS subject, d.status || ', on loan ' || count(i.id) || ' times' AS found
    FROM devices d
    LEFT JOIN loan_items i ON i.council_id = d.council_id AND i.device_id = d.id AND i.state = 'on_loan'
    WHERE d.council_id = current_council()
    GROUP BY d.id, d.status HAVING count(i.id) <> (d.status = 'on_loan')::integer`,
  DEVICE_WITH_ANOTHER_HOLDER_THAN_ITS_ITEM: `
    SELECT d.id AS subject, 'its holder is not the household of its item' AS found
    FROM devices d
    LEFT JOIN loan_items i ON i.council_id = d.council_id AND i.device_id = d.id AND i.state = 'on_loan'
    WHERE d.council_id = current_council() AND d.holder_id IS DISTINCT FROM i.household_id`,
  LOAN_STATE_IS_NOT_ITS_ITEMS: `
    SELECT l.id AS subject, l.state || ', with ' || count(i.id) FILTER (WHERE i.state = 'on_loan') || ' of ' || count(i.id) || ' items out' AS found
    FROM loans l LEFT JOIN loan_items i ON i.council_id = l.council_id AND i.loan_id = l.id
    WHERE l.council_id = current_council()
    GROUP BY l.id, l.state
    HAVING count(i.id) = 0 OR (l.state = 'open') <> (count(i.id) FILTER (WHERE i.state = 'on_loan') > 0)`,
  SIGNATURES_ARE_NOT_ITS_HISTORY: `
    SELECT l.id AS subject, jsonb_array_length(${listIn('l.earlier_agreements')}) || ' signatures after the first, by its history ' || count(e.id) AS found
    FROM loans l LEFT JOIN loan_events e ON e.council_id = l.council_id AND e.loan_id = l.id AND e.kind = 'agreement_signed'
    WHERE l.council_id = current_council()
    GROUP BY l.council_id, l.id HAVING count(e.id) <> jsonb_array_length(${listIn('l.earlier_agreements')})`,
  SIGNED_TEXT_IS_ASKED: `
    SELECT l.id AS subject, 'what is asked was signed' AS found
    FROM loans l
    WHERE l.council_id = current_council() AND l.agreement_terms_asked && ARRAY (
      SELECT signed.agreement ->> 'termsVersion' FROM jsonb_array_elements(${listIn('l.earlier_agreements')} || l.agreement) AS signed (agreement))`,
  ITEM_OF_ANOTHER_HOUSEHOLD: `
    SELECT i.id AS subject, 'its loan is of another household' AS found
    FROM loan_items i JOIN loans l ON l.council_id = i.council_id AND l.id = i.loan_id
    WHERE i.council_id = current_council() AND l.household_id <> i.household_id`,
  FULFILLED_LINE_WITHOUT_ITS_ITEM: `
    SELECT r.id AS subject, r.state || ', with ' || count(i.id) || ' items' AS found
    FROM request_lines r LEFT JOIN loan_items i ON i.council_id = r.council_id AND i.request_line_id = r.id
    WHERE r.council_id = current_council()
    GROUP BY r.id, r.state HAVING count(i.id) <> (r.state = 'fulfilled')::integer`,
  HOUSEHOLD_WITH_SEVERAL_OPEN_LINES: `
    SELECT r.household_id AS subject, count(*) || ' open lines for ' || r.class AS found
    FROM request_lines r
    WHERE r.council_id = current_council() AND r.state IN (${OPEN_LINES})
    GROUP BY r.household_id, r.class HAVING count(*) > 1`,
  HOUSEHOLD_IS_OVERDUE_OTHERWISE_THAN_ITS_LOANS: `
    SELECT h.id AS subject, coalesce('overdue from ' || h.overdue_from, 'never overdue') || ', by its loans ' || coalesce(open.day::text, 'never') AS found
    FROM households h
    LEFT JOIN (
      SELECT l.household_id, min(l.overdue_from) AS day FROM loans l
      WHERE l.council_id = current_council() AND l.state = 'open' GROUP BY 1
    ) open ON open.household_id = h.id
    WHERE h.council_id = current_council() AND h.overdue_from IS DISTINCT FROM open.day`,
  RESERVED_DEVICE_WITHOUT_ITS_OFFER: `
    SELECT d.id AS subject, 'reserved, and held by no offer' AS found
    FROM devices d
    WHERE d.council_id = current_council() AND d.status = 'reserved' AND NOT EXISTS (
      SELECT FROM offers o WHERE o.council_id = d.council_id AND o.device_id = d.id AND o.state IN (${LIVE_OFFERS}))`,
  LINE_STATE_IS_NOT_ITS_OFFER: `
    SELECT r.id AS subject, r.state || ', with ' || coalesce('an offer that is ' || o.state, 'no offer') AS found
    FROM request_lines r
    LEFT JOIN offers o ON o.council_id = r.council_id AND o.line_id = r.id AND o.state IN (${LIVE_OFFERS})
    WHERE r.council_id = current_council() AND o.state IS DISTINCT FROM CASE r.state WHEN 'offered' THEN 'open' WHEN 'accepted' THEN 'accepted' END`,
  SLOT_IS_NOT_BOOKED_BY_ITS_OFFERS: `
    SELECT s.id AS subject, s.booked || ' booked, by ' || count(o.id) || ' offers' AS found
    FROM pickup_slots s
    LEFT JOIN offers o ON o.council_id = s.council_id AND o.pickup_slot_id = s.id AND o.state = 'accepted'
    WHERE s.council_id = current_council()
    GROUP BY s.id, s.booked HAVING count(o.id) <> s.booked`,
} as const satisfies Record<string, string>;

export type LedgerRule = keyof typeof CHECKS;

export interface LedgerFault {
  readonly rule: LedgerRule;
  /** The id of the device, loan, item, line, household or slot. */
  readonly subject: string;
  readonly found: string;
}

/** The SQL that checks the records against their history. */
@Injectable()
export class LedgerRepository {
  /** Returns every council. It needs a transaction of the whole platform. */
  async councils(tx: Tx): Promise<string[]> {
    return (await tx.query<{ id: string }>(COUNCILS)).map(({ id }) => id);
  }

  /** Returns the faults of every rule in the transaction's council. */
  async faults(tx: Tx): Promise<LedgerFault[]> {
    const faults: LedgerFault[] = [];
    for (const rule of Object.keys(CHECKS) as LedgerRule[]) faults.push(...(await this.faultsOf(tx, rule)));
    return faults;
  }

  /** Returns the faults of one rule. */
  async faultsOf(tx: Tx, rule: LedgerRule): Promise<LedgerFault[]> {
    const rows = await tx.query<{ subject: string; found: string }>(`${CHECKS[rule]} ORDER BY subject`);
    return rows.map(({ subject, found }) => ({ rule, subject, found }));
  }
}
