import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/index.js';
import type { Day } from '../../shared/day.js';
import type { LoanItemState } from '../loans/index.js';

/** What a reminder of a loan is decided and written from. */
export interface LoanToRemind {
  readonly householdId: string;
  readonly reference: string;
  readonly dueOn: Day;
  readonly graceDays: number;
  readonly timeZone: string;
  readonly councilName: string;
  /** In which the council writes to families, first choice first. */
  readonly languages: readonly string[];
  readonly siteName: string;
  readonly items: readonly {
    readonly state: LoanItemState;
    readonly claimedReturned: boolean;
    readonly model: string;
    readonly assetTag: string;
  }[];
}

export interface ContactToRemind {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly language: string | null;
}

/** One settled notice. */
export interface SettledNotice {
  readonly id: string;
  readonly householdId: string;
  readonly contactId: string | null;
  readonly loanId: string;
  readonly trigger: string;
  readonly dueAt: Date;
  readonly state: 'sent' | 'dropped';
  readonly reason: string | null;
  readonly settledAt: Date;
}

// Reads lower modules' tables: councils, sites, device_models, devices, contacts, loans, loan_items, incidents.
const LOAN = `
  SELECT l.household_id AS "householdId", l.reference, l.due_on AS "dueOn", l.grace_days AS "graceDays", c.time_zone AS "timeZone",
    c.name AS "councilName", c.languages, s.name AS "siteName",
    (SELECT jsonb_agg(jsonb_build_object(
        'state', i.state, 'model', m.manufacturer || ' ' || m.name, 'assetTag', d.asset_tag,
        'claimedReturned', EXISTS (
          SELECT FROM incidents n
          WHERE n.council_id = i.council_id AND n.item_id = i.id AND n.state = 'open' AND n.kind = 'claimed_returned')) ORDER BY i.number)
      FROM loan_items i
      JOIN devices d ON d.council_id = i.council_id AND d.id = i.device_id
      JOIN device_models m ON m.council_id = d.council_id AND m.id = d.model_id
      WHERE i.council_id = l.council_id AND i.loan_id = l.id) AS items
  FROM loans l JOIN councils c ON c.id = l.council_id JOIN sites s ON s.council_id = l.council_id AND s.id = l.site_id
  WHERE l.council_id = current_council() AND l.id = $1`;
const CONTACTS = `
  SELECT id, name, email, language FROM contacts
  WHERE council_id = current_council() AND household_id = $1 AND notify ORDER BY position`;
const SETTLE = `
  INSERT INTO notices (council_id, id, household_id, contact_id, loan_id, trigger, due_at, state, reason, settled_at)
  VALUES (current_council(), $1, $2, $3, $4, $5, $6, $7, $8, $9)`;

/** All SQL of the module. */
@Injectable()
export class NoticesRepository {
  loan(tx: Tx, loanId: string): Promise<LoanToRemind | null> {
    return tx.one<LoanToRemind>(LOAN, [loanId]);
  }

  /** The contacts of a household that are to be told, in its order. */
  contacts(tx: Tx, householdId: string): Promise<ContactToRemind[]> {
    return tx.query<ContactToRemind>(CONTACTS, [householdId]);
  }

  /** Records that a notice was sent, or why it was not. */
  async settle(tx: Tx, notice: SettledNotice): Promise<void> {
    const { id, householdId, contactId, loanId, trigger, dueAt, state, reason, settledAt } = notice;
    await tx.execute(SETTLE, [id, householdId, contactId, loanId, trigger, dueAt, state, reason, settledAt]);
  }
}
