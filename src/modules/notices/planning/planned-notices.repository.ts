import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import { newId } from '../../../shared/ids.js';
import type { DropReason } from '../domain/drop-reasons.js';
import { TRIGGER_NAMES, type TriggerName, triggerOf } from '../domain/triggers.js';

// Reads loans beside the tables of this module.

/** What a notice is about: the household, and one of these. */
export interface NoticeSubject {
  readonly householdId: string;
  readonly lineId?: string | null;
  readonly offerId?: string | null;
  readonly loanId?: string | null;
  readonly incidentId?: string | null;
}

export interface NewNotice extends NoticeSubject {
  readonly trigger: TriggerName;
  readonly slot: string;
  readonly number: number;
  readonly about: string | null;
  /** Names what it is about, whatever led to it: at most one notice with a key is planned in a council. */
  readonly key: string;
  readonly at: Date;
  /** When it is looked at first: at `at`, or earlier when the notice would otherwise be held back for too long. */
  readonly lookedAt: Date;
}

/** Which planned notices are dropped, and why. */
export interface NoticeDrop {
  readonly triggers: readonly TriggerName[];
  readonly reason: DropReason;
  readonly now: Date;
}

const MOMENT_TRIGGERS = TRIGGER_NAMES.filter((trigger) => triggerOf(trigger).timing.from === 'moment');

const INSERT = `
  INSERT INTO notices (council_id, id, household_id, line_id, offer_id, loan_id, incident_id, trigger, slot, number, about, key, planned_at, due_at, state, created_at)
  SELECT current_council(), n.id, n.household_id, n.line_id, n.offer_id, n.loan_id, n.incident_id, n.trigger, n.slot, n.number, n.about, n.key, n.at, n.looked_at, 'scheduled', $14
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::text[], $8::text[], $9::integer[], $10::text[], $11::text[], $12::timestamptz[], $13::timestamptz[])
    AS n (id, household_id, line_id, offer_id, loan_id, incident_id, trigger, slot, number, about, key, at, looked_at)
  ON CONFLICT (council_id, key) WHERE key IS NOT NULL DO NOTHING`;

/** A notice that waits past its time because something was against sending it keeps waiting, unless it is planned for another time. */
const MOVE = `
  UPDATE notices n SET planned_at = p.at, due_at = p.looked_at FROM unnest($1::text[], $2::timestamptz[], $3::timestamptz[]) AS p (key, at, looked_at)
  WHERE n.council_id = current_council() AND n.key = p.key AND n.state = 'scheduled'
    AND (n.planned_at <> p.at OR (n.due_at <> p.looked_at AND n.due_at <= n.planned_at))`;
/** Waiting notices that follow a moment, and copies for one person. */
const WAITING_WITHOUT_EVENT = `
  SELECT n.id, n.planned_at AS at FROM notices n
  WHERE n.council_id = current_council() AND n.household_id = ANY ($1::uuid[]) AND n.state = 'scheduled' AND n.planned_at > $2
    AND (n.key IS NULL OR n.trigger = ANY ($3::text[]))`;
/** A notice that is looked at before its time is not moved to a later look. */
const MOVE_TO = `
  UPDATE notices n SET planned_at = p.at, due_at = CASE WHEN n.due_at < n.planned_at THEN least(n.due_at, p.at) ELSE p.at END
  FROM unnest($1::uuid[], $2::timestamptz[]) AS p (id, at)
  WHERE n.council_id = current_council() AND n.id = p.id AND n.state = 'scheduled'`;
/** Makes notices due now that wait past their time. */
const LOOK_AGAIN = `
  UPDATE notices n SET due_at = $2
  WHERE n.council_id = current_council() AND n.household_id = ANY ($1::uuid[]) AND n.state = 'scheduled' AND n.due_at > $2 AND n.planned_at <= $2`;

/**
 * Drops notices that are not being sent yet, and frees the keys of all: the same thing may come again, and its notices are then planned again.
 */
const dropping = (which: string, from = '') => `
  UPDATE notices n SET key = NULL, state = CASE n.state WHEN 'scheduled' THEN 'dropped' ELSE n.state END,
    reason = CASE n.state WHEN 'scheduled' THEN $3 ELSE n.reason END, settled_at = CASE n.state WHEN 'scheduled' THEN $4 ELSE n.settled_at END
  ${from}
  WHERE n.council_id = current_council() AND n.trigger = ANY ($2::text[]) AND (n.state = 'scheduled' OR n.key IS NOT NULL) AND ${which}`;
const DROP_OF_LOANS = dropping(
  `n.loan_id = ANY ($1::uuid[]) AND l.council_id = n.council_id AND l.id = n.loan_id AND n.about IS DISTINCT FROM l.due_on::text`,
  'FROM loans l',
);
const DROP_OF_LOAN = dropping(`n.loan_id = $1 AND n.state = 'scheduled'`);
const DROP_OTHERS_OF_LOAN = dropping(`n.loan_id = $1 AND n.about IS DISTINCT FROM $5`);
const DROP_OF_OFFER = dropping(`n.offer_id = $1 AND n.state = 'scheduled'`);
const DROP_OTHERS_OF_OFFER = dropping(`n.offer_id = $1 AND n.about IS DISTINCT FROM $5`);
const DROP_OTHER_REVIEWS = dropping(
  `n.household_id = f.id AND n.about IS DISTINCT FROM f.about`,
  'FROM unnest($1::uuid[], $5::text[]) AS f (id, about)',
);
/** Writes, moves and drops planned notices. The caller holds the lock of their household. */
@Injectable()
export class PlannedNoticesRepository {
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
      column(({ lookedAt }) => lookedAt),
      now,
    ]);
  }

  /** Gives notices that still wait the times that are planned now. */
  async move(tx: Tx, notices: readonly NewNotice[]): Promise<void> {
    if (notices.length === 0) return;
    const columns = [notices.map(({ key }) => key), notices.map(({ at }) => at), notices.map(({ lookedAt }) => lookedAt)];
    await tx.execute(MOVE, columns);
  }

  /** Returns notices of these households that wait for their time and that no event plans again. */
  waitingWithoutEvent(tx: Tx, householdIds: readonly string[], now: Date): Promise<{ readonly id: string; readonly at: Date }[]> {
    return tx.query<{ id: string; at: Date }>(WAITING_WITHOUT_EVENT, [householdIds, now, MOMENT_TRIGGERS]);
  }

  /** Moves notices that still wait. */
  async moveTo(tx: Tx, moved: readonly { readonly id: string; readonly at: Date }[]): Promise<void> {
    await tx.execute(MOVE_TO, [moved.map(({ id }) => id), moved.map(({ at }) => at)]);
  }

  /** Makes notices due now that wait past their time; returns whether there were any. */
  async lookAgain(tx: Tx, householdIds: readonly string[], now: Date): Promise<boolean> {
    return (await tx.execute(LOOK_AGAIN, [householdIds, now])) > 0;
  }

  /** Drops notices that were planned for other due days of these loans. */
  async dropOfOtherDueDays(tx: Tx, loanIds: readonly string[], { triggers, reason, now }: NoticeDrop): Promise<void> {
    await tx.execute(DROP_OF_LOANS, [loanIds, triggers, reason, now]);
  }

  async dropOfLoan(tx: Tx, loanId: string, { triggers, reason, now }: NoticeDrop): Promise<void> {
    await tx.execute(DROP_OF_LOAN, [loanId, triggers, reason, now]);
  }

  /** Drops notices of a loan that are about something else than `about`. */
  async dropOthersOfLoan(tx: Tx, loanId: string, about: string | null, { triggers, reason, now }: NoticeDrop): Promise<void> {
    await tx.execute(DROP_OTHERS_OF_LOAN, [loanId, triggers, reason, now, about]);
  }

  async dropOfOffer(tx: Tx, offerId: string, { triggers, reason, now }: NoticeDrop): Promise<void> {
    await tx.execute(DROP_OF_OFFER, [offerId, triggers, reason, now]);
  }

  /** Drops notices of an offer that were planned for another end, or for another slot, than `about`. */
  async dropOthersOfOffer(tx: Tx, offerId: string, about: string | null, { triggers, reason, now }: NoticeDrop): Promise<void> {
    await tx.execute(DROP_OTHERS_OF_OFFER, [offerId, triggers, reason, now, about]);
  }

  /** Drops notices of these households that are about another day than the one on which the file last changed. */
  async dropOtherReviews(
    tx: Tx,
    reviews: readonly { readonly householdId: string; readonly about: string | null }[],
    { triggers, reason, now }: NoticeDrop,
  ): Promise<void> {
    const columns = [reviews.map(({ householdId }) => householdId), reviews.map(({ about }) => about)] as const;
    await tx.execute(DROP_OTHER_REVIEWS, [columns[0], triggers, reason, now, columns[1]]);
  }
}
