import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/index.js';
import type { Day } from '../../shared/day.js';
import { newId } from '../../shared/ids.js';
import type { RequestLineState } from '../requests/index.js';
import type { DropReason, ItemOut } from './domain/relevance.rules.js';
import type { TriggerName } from './domain/triggers.js';

// Reads councils, households, request_lines, request_line_events, offers, pickup_slots, loans, loan_items, loan_events and incidents beside the tables of this module.

/** What a notice is about: one of these, and the household. */
export interface Subject {
  readonly householdId: string;
  readonly lineId?: string | null;
  readonly offerId?: string | null;
  readonly loanId?: string | null;
  readonly incidentId?: string | null;
}

export interface NewNotice extends Subject {
  readonly trigger: TriggerName;
  readonly slot: string;
  readonly number: number;
  readonly about: string | null;
  /** At most one notice of this key is ever planned in the council. */
  readonly key: string;
  readonly at: Date;
}

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

export interface LoanMoment {
  readonly householdId: string;
  readonly kind: string;
  readonly at: Date;
  /** That it had from then on. */
  readonly dueOn: Day;
}

export interface LineMoment {
  readonly householdId: string;
  readonly move: string;
  readonly toState: RequestLineState;
}

/** The offer that a line's move was about: the one that is held for it, else the last that ended. */
export interface OfferToPlan {
  readonly id: string;
  readonly householdId: string;
  readonly lineId: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly pickupSlotId: string | null;
  readonly pickupAt: Date | null;
}

const OPEN_LOANS = `
  SELECT l.id, l.household_id AS "householdId", l.due_on AS "dueOn", l.overdue_from AS "overdueFrom", l.agreement_unsigned_since AS "unsignedSince"
  FROM loans l WHERE l.council_id = current_council() AND l.state = 'open'`;
const LOANS = `${OPEN_LOANS} AND l.id = ANY ($1::uuid[]) ORDER BY l.id`;
const NEXT_LOANS = `${OPEN_LOANS} AND ($1::uuid IS NULL OR l.id > $1) ORDER BY l.id LIMIT $2`;
const UNSIGNED_LOANS = `${OPEN_LOANS} AND l.agreement_unsigned_since IS NOT NULL AND l.id BETWEEN $1 AND $2 ORDER BY l.id`;
const LOAN_MOMENT = `
  SELECT l.household_id AS "householdId", e.kind, e.at, coalesce(e.due_on, l.due_on) AS "dueOn"
  FROM loan_events e JOIN loans l ON l.council_id = e.council_id AND l.id = e.loan_id
  WHERE e.council_id = current_council() AND e.loan_id = $1 AND e.id = $2`;
const LINE_MOMENT = `
  SELECT l.household_id AS "householdId", e.move, e.to_state AS "toState"
  FROM request_line_events e JOIN request_lines l ON l.council_id = e.council_id AND l.id = e.line_id
  WHERE e.council_id = current_council() AND e.line_id = $1 AND e.id = $2`;
const OFFER = `
  SELECT o.id, o.household_id AS "householdId", o.line_id AS "lineId", o.created_at AS "createdAt", o.expires_at AS "expiresAt", o.pickup_slot_id AS "pickupSlotId", s.starts_at AS "pickupAt"
  FROM offers o LEFT JOIN pickup_slots s ON s.council_id = o.council_id AND s.id = o.pickup_slot_id`;
const OFFER_BY_ID = `${OFFER} WHERE o.council_id = current_council() AND o.id = $1`;
const LAST_OFFER_OF_LINE = `${OFFER} WHERE o.council_id = current_council() AND o.line_id = $1 ORDER BY o.ordinal DESC LIMIT 1`;
const NEXT_HOUSEHOLDS = `
  SELECT h.id, h.updated_at AS "changedAt" FROM households h
  WHERE h.council_id = current_council() AND ($1::uuid IS NULL OR h.id > $1) ORDER BY h.id LIMIT $2`;
const HOUSEHOLD_CHANGED = `
  SELECT h.updated_at AS "changedAt" FROM households h WHERE h.council_id = current_council() AND h.id = $1`;
const LOAN_OF_INCIDENT = `
  SELECT n.loan_id AS "loanId", l.household_id AS "householdId"
  FROM incidents n JOIN loans l ON l.council_id = n.council_id AND l.id = n.loan_id
  WHERE n.council_id = current_council() AND n.id = $1`;

const INSERT = `
  INSERT INTO notices (council_id, id, household_id, line_id, offer_id, loan_id, incident_id, trigger, slot, number, about, key, planned_at, due_at, state, created_at)
  SELECT current_council(), n.id, n.household_id, n.line_id, n.offer_id, n.loan_id, n.incident_id, n.trigger, n.slot, n.number, n.about, n.key, n.at, n.at, 'scheduled', $13
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::text[], $8::text[], $9::integer[], $10::text[], $11::text[], $12::timestamptz[])
    AS n (id, household_id, line_id, offer_id, loan_id, incident_id, trigger, slot, number, about, key, at)
  ON CONFLICT (council_id, key) WHERE key IS NOT NULL DO NOTHING`;

const MOVE = `
  UPDATE notices n SET planned_at = p.at, due_at = p.at FROM unnest($1::text[], $2::timestamptz[]) AS p (key, at)
  WHERE n.council_id = current_council() AND n.key = p.key AND n.state = 'scheduled' AND n.planned_at <> p.at`;

/** The same day may come back, and its reminders with it. */
const DROP_OF_LOANS = `
  UPDATE notices n SET state = 'dropped', reason = $3, settled_at = $4, key = NULL
  FROM loans l
  WHERE n.council_id = current_council() AND n.loan_id = ANY ($1::uuid[]) AND n.state = 'scheduled' AND n.trigger = ANY ($2::text[])
    AND l.council_id = n.council_id AND l.id = n.loan_id AND n.about IS DISTINCT FROM l.due_on::text`;
const DROP_OF_CLOSED_LOAN = `
  UPDATE notices n SET state = 'dropped', reason = $2, settled_at = $4
  WHERE n.council_id = current_council() AND n.loan_id = $1 AND n.state = 'scheduled' AND n.trigger = ANY ($3::text[])`;
const DROP_OF_OFFER = `
  UPDATE notices n SET state = 'dropped', reason = $3, settled_at = $5
  WHERE n.council_id = current_council() AND n.offer_id = $1 AND n.state = 'scheduled' AND n.trigger = ANY ($2::text[]) AND n.about IS DISTINCT FROM $4`;
const DROP_OF_HOUSEHOLD = `
  UPDATE notices n SET state = 'dropped', reason = $3, settled_at = $5
  WHERE n.council_id = current_council() AND n.household_id = $1 AND n.state = 'scheduled' AND n.trigger = $2 AND n.about IS DISTINCT FROM $4`;
const ITEMS = `
  SELECT i.state, false AS "claimedReturned"
  FROM loan_items i WHERE i.council_id = current_council() AND i.loan_id = $1`;

type Row<T> = T & Record<string, unknown>;

/** What notices are planned from, and the notices that were planned and are so no longer. */
@Injectable()
export class PlanningRepository {
  openLoans(tx: Tx, ids: readonly string[]): Promise<LoanToPlan[]> {
    return tx.query<Row<LoanToPlan>>(LOANS, [ids]);
  }

  /** The next open loans in the order of their ids. */
  nextLoans(tx: Tx, after: string | null, limit: number): Promise<LoanToPlan[]> {
    return tx.query<Row<LoanToPlan>>(NEXT_LOANS, [after, limit]);
  }

  /** Those of the open loans from one to another whose agreement is unsigned. */
  unsignedLoans(tx: Tx, first: string, last: string): Promise<LoanToPlan[]> {
    return tx.query<Row<LoanToPlan>>(UNSIGNED_LOANS, [first, last]);
  }

  loanMoment(tx: Tx, loanId: string, eventId: string): Promise<LoanMoment | null> {
    return tx.one<Row<LoanMoment>>(LOAN_MOMENT, [loanId, eventId]);
  }

  lineMoment(tx: Tx, lineId: string, eventId: string): Promise<LineMoment | null> {
    return tx.one<Row<LineMoment>>(LINE_MOMENT, [lineId, eventId]);
  }

  offer(tx: Tx, id: string): Promise<OfferToPlan | null> {
    return tx.one<Row<OfferToPlan>>(OFFER_BY_ID, [id]);
  }

  lastOfferOfLine(tx: Tx, lineId: string): Promise<OfferToPlan | null> {
    return tx.one<Row<OfferToPlan>>(LAST_OFFER_OF_LINE, [lineId]);
  }

  /** The next households in the order of their ids. */
  nextHouseholds(tx: Tx, after: string | null, limit: number): Promise<HouseholdToPlan[]> {
    return tx.query<Row<HouseholdToPlan>>(NEXT_HOUSEHOLDS, [after, limit]);
  }

  async householdChangedAt(tx: Tx, householdId: string): Promise<Date | null> {
    return (await tx.one<{ changedAt: Date }>(HOUSEHOLD_CHANGED, [householdId]))?.changedAt ?? null;
  }

  incident(tx: Tx, id: string): Promise<{ loanId: string; householdId: string } | null> {
    return tx.one<{ loanId: string; householdId: string }>(LOAN_OF_INCIDENT, [id]);
  }

  /** The items of a closed loan, of which none is out. */
  itemsOfClosed(tx: Tx, loanId: string): Promise<ItemOut[]> {
    return tx.query<Row<ItemOut>>(ITEMS, [loanId]);
  }

  /** Writes the notices that were not planned before. */
  async insert(tx: Tx, notices: readonly NewNotice[], now: Date): Promise<void> {
    if (notices.length === 0) return;
    const column = <T>(value: (notice: NewNotice) => T) => notices.map(value);
    await tx.execute(INSERT, [
      column(() => newId()),
      column(({ householdId }) => householdId),
      column(({ lineId }) => lineId ?? null),
      column(({ offerId }) => offerId ?? null),
      column(({ loanId }) => loanId ?? null),
      column(({ incidentId }) => incidentId ?? null),
      column(({ trigger }) => trigger),
      column(({ slot }) => slot),
      column(({ number }) => number),
      column(({ about }) => about),
      column(({ key }) => key),
      column(({ at }) => at),
      now,
    ]);
  }

  /** Gives those that were planned for another time, and still wait, this one. */
  async move(tx: Tx, notices: readonly NewNotice[]): Promise<void> {
    if (notices.length > 0) await tx.execute(MOVE, [notices.map(({ key }) => key), notices.map(({ at }) => at)]);
  }

  /** What was planned for other due days of these loans. */
  async dropOfOtherDueDays(
    tx: Tx,
    loanIds: readonly string[],
    triggers: readonly TriggerName[],
    reason: DropReason,
    now: Date,
  ): Promise<void> {
    await tx.execute(DROP_OF_LOANS, [loanIds, triggers, reason, now]);
  }

  async dropOfLoan(tx: Tx, loanId: string, triggers: readonly TriggerName[], reason: DropReason, now: Date): Promise<void> {
    await tx.execute(DROP_OF_CLOSED_LOAN, [loanId, reason, triggers, now]);
  }

  /** What was planned of an offer for another end, or for another slot. */
  async dropOfOffer(
    tx: Tx,
    offerId: string,
    triggers: readonly TriggerName[],
    reason: DropReason,
    about: string | null,
    now: Date,
  ): Promise<void> {
    await tx.execute(DROP_OF_OFFER, [offerId, triggers, reason, about, now]);
  }

  async dropOfHousehold(tx: Tx, householdId: string, trigger: TriggerName, reason: DropReason, about: string, now: Date): Promise<void> {
    await tx.execute(DROP_OF_HOUSEHOLD, [householdId, trigger, reason, about, now]);
  }
}
