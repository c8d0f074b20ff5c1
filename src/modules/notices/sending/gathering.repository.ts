import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import type { Day } from '../../../shared/day.js';
import { ADDRESS_HASH } from '../receipts/contact-marks.repository.js';
import type { DueNotice, Gathering, HandedOverNotice, NotifiableContact } from '../domain/gathering.rules.js';
import { SLOT_OF_NOTICE } from './slot-of-notice.sql.js';

// Reads councils, contacts, offers, pickup_slots and loans beside the tables of this module.

const LOCK = `SELECT pg_try_advisory_xact_lock(hashtextextended('notices.sweep ' || current_council(), 0)) AS "isOurs"`;
/** Takes whole households, so that all notices that are due to one person are seen together. */
const DUE = `
  WITH first AS (
    SELECT n.household_id FROM notices n
    WHERE n.council_id = current_council() AND n.state = 'scheduled' AND n.due_at <= $1 ORDER BY n.due_at, n.id LIMIT $2
  )
  SELECT n.id, n.household_id AS "householdId", n.contact_id AS "contactId", n.trigger, n.slot, n.resend_of IS NOT NULL AS again,
    s.starts_at AS "pickupAt", o.expires_at AS "expiresAt", l.due_on AS "dueOn", l.overdue_from AS "overdueFrom"
  FROM notices n
  LEFT JOIN offers o ON o.council_id = n.council_id AND o.id = n.offer_id
  LEFT JOIN ${SLOT_OF_NOTICE} ON true
  LEFT JOIN loans l ON l.council_id = n.council_id AND l.id = n.loan_id
  WHERE n.council_id = current_council() AND n.state = 'scheduled' AND n.due_at <= $1 AND n.household_id IN (SELECT household_id FROM first)
  ORDER BY n.due_at, n.id FOR UPDATE OF n SKIP LOCKED`;
const isMarked = (channel: 'sms' | 'email', address: string) => `
    EXISTS (
      SELECT FROM contact_marks k WHERE k.council_id = p.council_id AND k.channel = '${channel}' AND k.cleared_at IS NULL AND k.address_hash = ${ADDRESS_HASH('p.council_id', address)})`;
const PEOPLE = `
  SELECT p.id, p.household_id AS "householdId", EXISTS (
      SELECT FROM notices m WHERE m.council_id = current_council() AND m.contact_id = p.id AND m.message_day = $2) AS "toldToday",
    p.preferred_channel AS "preferredChannel", p.phone, p.email, p.address IS NOT NULL AS "hasAddress",
    ${isMarked('sms', 'p.phone')} AS "phoneMarked", ${isMarked('email', 'p.email')} AS "emailMarked"
  FROM contacts p WHERE p.council_id = current_council() AND p.household_id = ANY ($1::uuid[]) AND p.notify ORDER BY p.household_id, p.position`;
const HAND_OVER = `
  UPDATE notices n
  SET state = 'sending', contact_id = g.contact_id, combined_into = g.combined_into, message_day = g.day, handed_over_at = $5
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::date[]) AS g (id, contact_id, combined_into, day)
  WHERE n.council_id = current_council() AND n.id = g.id`;
const COPY = `
  INSERT INTO notices (council_id, id, household_id, contact_id, line_id, offer_id, loan_id, incident_id, trigger, slot, number, about,
    planned_at, due_at, state, combined_into, message_day, handed_over_at, created_at)
  SELECT n.council_id, g.id, n.household_id, g.contact_id, n.line_id, n.offer_id, n.loan_id, n.incident_id, n.trigger, n.slot, n.number, n.about,
    n.planned_at, coalesce(g.until, n.due_at), CASE WHEN g.until IS NULL THEN 'sending' ELSE 'scheduled' END, g.combined_into, g.day,
    CASE WHEN g.until IS NULL THEN $7::timestamptz END, $7
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::date[], $6::timestamptz[]) AS g (id, copy_of, contact_id, combined_into, day, until)
  JOIN notices n ON n.council_id = current_council() AND n.id = g.copy_of`;
const PUT_OFF = `
  UPDATE notices n SET due_at = g.until, contact_id = g.contact_id FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) AS g (id, contact_id, until)
  WHERE n.council_id = current_council() AND n.id = g.id`;
const DROP = `
  UPDATE notices n SET state = 'dropped', reason = g.reason, settled_at = $3 FROM unnest($1::uuid[], $2::text[]) AS g (id, reason)
  WHERE n.council_id = current_council() AND n.id = g.id`;
/** Looks at the earliest notice only: a search for any notice that is due would read the whole table when there is none. */
const IS_DUE = `
  SELECT (SELECT n.due_at FROM notices n WHERE n.council_id = current_council() AND n.state = 'scheduled' ORDER BY n.due_at LIMIT 1) <= $1 AS "isDue"`;

/** Reads notices that are due, and writes what is done with them: each statement is for a whole batch. */
@Injectable()
export class GatheringRepository {
  /** Takes the lock of the council's sweep; returns false while another sweep has it. */
  async lock(tx: Tx): Promise<boolean> {
    return (await tx.one<{ isOurs: boolean }>(LOCK))?.isOurs === true;
  }

  /** Locks and returns every notice that is due of the households to which the `limit` earliest belong. */
  due(tx: Tx, now: Date, limit: number): Promise<DueNotice[]> {
    return tx.query<DueNotice>(DUE, [now, limit]);
  }

  people(tx: Tx, householdIds: readonly string[], today: Day): Promise<NotifiableContact[]> {
    return tx.query<NotifiableContact>(PEOPLE, [householdIds, today]);
  }

  async write(tx: Tx, { handedOver, putOff, dropped }: Gathering, today: Day, now: Date): Promise<void> {
    const dayOf = ({ isOfTheDay }: HandedOverNotice) => (isOfTheDay ? today : null);
    const own = handedOver.filter(({ copyOf }) => copyOf === null);
    const copies = [
      ...handedOver.map((notice) => ({ ...notice, day: dayOf(notice), until: null })),
      ...putOff.map((notice) => ({ ...notice, combinedInto: null, day: null })),
    ].filter(({ copyOf }) => copyOf !== null);
    const late = putOff.filter(({ copyOf }) => copyOf === null);
    if (own.length > 0) {
      await tx.execute(HAND_OVER, [
        own.map(({ id }) => id),
        own.map(({ contactId }) => contactId),
        own.map(({ combinedInto }) => combinedInto),
        own.map(dayOf),
        now,
      ]);
    }
    if (copies.length > 0) {
      await tx.execute(COPY, [
        copies.map(({ id }) => id),
        copies.map(({ copyOf }) => copyOf),
        copies.map(({ contactId }) => contactId),
        copies.map(({ combinedInto }) => combinedInto),
        copies.map(({ day }) => day),
        copies.map(({ until }) => until),
        now,
      ]);
    }
    if (late.length > 0)
      await tx.execute(PUT_OFF, [late.map(({ id }) => id), late.map(({ contactId }) => contactId), late.map(({ until }) => until)]);
    if (dropped.length > 0) await tx.execute(DROP, [dropped.map(({ id }) => id), dropped.map(({ reason }) => reason), now]);
  }

  /** Whether a notice was due by then. */
  async isDue(tx: Tx, by: Date): Promise<boolean> {
    return (await tx.one<{ isDue: boolean | null }>(IS_DUE, [by]))?.isDue === true;
  }
}
