import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import type { Day } from '../../../shared/day.js';
import type { RequestLineState } from '../../requests/index.js';
import { LIVE_OFFER_STATES, type OfferState } from '../../allocation/index.js';
import type { LoanItemStanding } from '../domain/triggers/about-loans.js';

// Reads councils, households, request_lines, request_line_events, offers, pickup_slots, loans, loan_items, loan_events and incidents beside the tables of this module, and locks households.

export interface LoanToPlan {
  readonly id: string;
  readonly householdId: string;
  readonly dueOn: Day;
  readonly overdueFrom: Day;
  /** Since when its present agreement text is unsigned. */
  readonly unsignedSince: Date | null;
}

export interface HouseholdToPlan {
  readonly id: string;
  readonly changedAt: Date;
}

export interface LoanHistoryEvent {
  readonly householdId: string;
  readonly kind: string;
  readonly at: Date;
  /** The due day of the loan from this event on. */
  readonly dueOn: Day;
}

export interface LineHistoryEvent {
  readonly householdId: string;
  readonly move: string;
  readonly toState: RequestLineState;
}

export interface OfferToPlan {
  readonly id: string;
  readonly householdId: string;
  readonly lineId: string;
  readonly state: OfferState;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly pickupSlotId: string | null;
  readonly pickupAt: Date | null;
  /** Whether the family was told of it, or is being told. */
  readonly told: boolean;
}

/** The tables whose rows belong to a household, which never changes. */
type OwnedTable = 'loans' | 'request_lines' | 'offers';

// Everybody who changes a loan, a line or an offer holds the lock of its household. It is not FOR UPDATE, since rows that refer to the
// household would wait for that.
const LOCK_OF: Readonly<Record<OwnedTable, string>> = {
  loans: lockOf('loans'),
  request_lines: lockOf('request_lines'),
  offers: lockOf('offers'),
};
const LOCK_HOUSEHOLDS = `
  SELECT FROM households h WHERE h.council_id = current_council() AND h.id = ANY ($1::uuid[]) ORDER BY h.id FOR NO KEY UPDATE`;

const OPEN_LOANS = `
  SELECT l.id, l.household_id AS "householdId", l.due_on AS "dueOn", l.overdue_from AS "overdueFrom", l.agreement_unsigned_since AS "unsignedSince"
  FROM loans l WHERE l.council_id = current_council() AND l.state = 'open'`;
const LOANS = `${OPEN_LOANS} AND l.id = ANY ($1::uuid[]) ORDER BY l.id`;
const NEXT_LOANS = `
  SELECT l.id, l.household_id AS "householdId" FROM loans l
  WHERE l.council_id = current_council() AND l.state = 'open' AND ($1::uuid IS NULL OR l.id > $1) ORDER BY l.id LIMIT $2`;
const UNSIGNED_LOANS = `
  SELECT l.id, l.household_id AS "householdId" FROM loans l
  WHERE l.council_id = current_council() AND l.state = 'open' AND l.agreement_unsigned_since IS NOT NULL AND l.id BETWEEN $1 AND $2 ORDER BY l.id`;
const LOAN_EVENT = `
  SELECT l.household_id AS "householdId", e.kind, e.at, coalesce(e.due_on, l.due_on) AS "dueOn"
  FROM loan_events e JOIN loans l ON l.council_id = e.council_id AND l.id = e.loan_id
  WHERE e.council_id = current_council() AND e.loan_id = $1 AND e.id = $2`;
const LINE_EVENT = `
  SELECT l.household_id AS "householdId", e.move, e.to_state AS "toState"
  FROM request_line_events e JOIN request_lines l ON l.council_id = e.council_id AND l.id = e.line_id
  WHERE e.council_id = current_council() AND e.line_id = $1 AND e.id = $2`;
const OFFER = `
  SELECT o.id, o.household_id AS "householdId", o.line_id AS "lineId", o.state, o.created_at AS "createdAt", o.expires_at AS "expiresAt", o.pickup_slot_id AS "pickupSlotId",
    s.starts_at AS "pickupAt", o.notice_left_at IS NOT NULL OR EXISTS (
      SELECT FROM notices m WHERE m.council_id = o.council_id AND m.offer_id = o.id AND m.trigger = 'offer_made' AND m.state IN ('sending', 'sent', 'delivered', 'printed')) AS told
  FROM offers o LEFT JOIN pickup_slots s ON s.council_id = o.council_id AND s.id = o.pickup_slot_id`;
const IS_LIVE = `o.state IN (${LIVE_OFFER_STATES.map((state) => `'${state}'`).join(', ')})`;
const OFFERS = `${OFFER} WHERE o.council_id = current_council() AND o.id = ANY ($1::uuid[])`;
const LIVE_OF_LINE = `${OFFER} WHERE o.council_id = current_council() AND o.line_id = $1 AND ${IS_LIVE}`;
const NEXT_OFFERS = `
  SELECT o.id, o.household_id AS "householdId" FROM offers o
  WHERE o.council_id = current_council() AND ${IS_LIVE} AND ($1::uuid IS NULL OR o.id > $1) ORDER BY o.id LIMIT $2`;
const SLOT_TIME = `SELECT s.starts_at AS "startsAt" FROM pickup_slots s WHERE s.council_id = current_council() AND s.id = $1`;
/** Whether a cancellation is still to be told and nobody has been told of it yet. */
const CANCELLATION_AHEAD = `
  SELECT EXISTS (
    SELECT FROM notices n WHERE n.council_id = current_council() AND n.offer_id = $1 AND n.trigger = 'pickup_cancelled' AND n.state = 'scheduled' AND NOT EXISTS (
      SELECT FROM notices m WHERE m.council_id = n.council_id AND m.offer_id = n.offer_id AND m.trigger = n.trigger AND m.about = n.about
        AND m.state NOT IN ('scheduled', 'failed', 'dropped'))) AS "isAhead"`;
const NEXT_HOUSEHOLDS = `
  SELECT h.id, h.updated_at AS "changedAt" FROM households h
  WHERE h.council_id = current_council() AND ($1::uuid IS NULL OR h.id > $1) ORDER BY h.id LIMIT $2 FOR NO KEY UPDATE`;
const HOUSEHOLD_CHANGED = `
  SELECT h.updated_at AS "changedAt" FROM households h WHERE h.council_id = current_council() AND h.id = $1 FOR NO KEY UPDATE`;
const LOAN_OF_INCIDENT = `
  SELECT n.loan_id AS "loanId", l.household_id AS "householdId"
  FROM incidents n JOIN loans l ON l.council_id = n.council_id AND l.id = n.loan_id
  WHERE n.council_id = current_council() AND n.id = $1`;

const ITEMS = `
  SELECT i.state, false AS "claimedReturned"
  FROM loan_items i WHERE i.council_id = current_council() AND i.loan_id = $1`;

/** A loan or an offer, and its household. */
export interface OwnedRow {
  readonly id: string;
  readonly householdId: string;
}

/** Reads what notices are planned from. */
@Injectable()
export class PlanningRepository {
  /**
   * Locks the household of a loan, a line or an offer, so that the thing stays as it is read from now on; returns false when there is no such
   * thing.
   */
  async lockHouseholdOf(tx: Tx, what: OwnedTable, id: string): Promise<boolean> {
    return (await tx.one(LOCK_OF[what], [id])) !== null;
  }

  /** Locks households in the order of their ids. */
  async lockHouseholds(tx: Tx, those: readonly OwnedRow[]): Promise<void> {
    await tx.execute(LOCK_HOUSEHOLDS, [those.map(({ householdId }) => householdId)]);
  }

  openLoans(tx: Tx, ids: readonly string[]): Promise<LoanToPlan[]> {
    return tx.query<LoanToPlan>(LOANS, [ids]);
  }

  /** The next open loans in the order of their ids. */
  nextLoans(tx: Tx, after: string | null, limit: number): Promise<OwnedRow[]> {
    return tx.query<OwnedRow>(NEXT_LOANS, [after, limit]);
  }

  /** Returns the open loans with ids between two whose agreement is unsigned. */
  unsignedLoans(tx: Tx, first: string, last: string): Promise<OwnedRow[]> {
    return tx.query<OwnedRow>(UNSIGNED_LOANS, [first, last]);
  }

  loanEvent(tx: Tx, loanId: string, eventId: string): Promise<LoanHistoryEvent | null> {
    return tx.one<LoanHistoryEvent>(LOAN_EVENT, [loanId, eventId]);
  }

  lineEvent(tx: Tx, lineId: string, eventId: string): Promise<LineHistoryEvent | null> {
    return tx.one<LineHistoryEvent>(LINE_EVENT, [lineId, eventId]);
  }

  offers(tx: Tx, ids: readonly string[]): Promise<OfferToPlan[]> {
    return tx.query<OfferToPlan>(OFFERS, [ids]);
  }

  /** Returns the offer that holds a device for a line; there is at most one. */
  liveOfferOfLine(tx: Tx, lineId: string): Promise<OfferToPlan | null> {
    return tx.one<OfferToPlan>(LIVE_OF_LINE, [lineId]);
  }

  /** The next offers that hold a device, in the order of their ids. */
  nextOffers(tx: Tx, after: string | null, limit: number): Promise<OwnedRow[]> {
    return tx.query<OwnedRow>(NEXT_OFFERS, [after, limit]);
  }

  /** Whether a cancelled appointment of the offer is still to be told, and nobody has been told of it yet. */
  async isCancellationAhead(tx: Tx, offerId: string): Promise<boolean> {
    return (await tx.one<{ isAhead: boolean }>(CANCELLATION_AHEAD, [offerId]))?.isAhead === true;
  }

  async slotTime(tx: Tx, slotId: string): Promise<Date | null> {
    return (await tx.one<{ startsAt: Date }>(SLOT_TIME, [slotId]))?.startsAt ?? null;
  }

  /** The next households in the order of their ids, locked. */
  nextHouseholds(tx: Tx, after: string | null, limit: number): Promise<HouseholdToPlan[]> {
    return tx.query<HouseholdToPlan>(NEXT_HOUSEHOLDS, [after, limit]);
  }

  /** Locks the household. */
  async householdChangedAt(tx: Tx, householdId: string): Promise<Date | null> {
    return (await tx.one<{ changedAt: Date }>(HOUSEHOLD_CHANGED, [householdId]))?.changedAt ?? null;
  }

  incident(tx: Tx, id: string): Promise<{ loanId: string; householdId: string } | null> {
    return tx.one<{ loanId: string; householdId: string }>(LOAN_OF_INCIDENT, [id]);
  }

  /** The items of a closed loan, of which none is out. */
  itemsOfClosed(tx: Tx, loanId: string): Promise<LoanItemStanding[]> {
    return tx.query<LoanItemStanding>(ITEMS, [loanId]);
  }
}

function lockOf(table: OwnedTable): string {
  return `
  SELECT h.id FROM ${table} t JOIN households h ON h.council_id = t.council_id AND h.id = t.household_id
  WHERE t.council_id = current_council() AND t.id = $1 FOR NO KEY UPDATE OF h`;
}
