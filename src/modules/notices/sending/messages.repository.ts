import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import { NIL_ID } from '../../../shared/ids.js';
import type { PostalAddress } from '../../households/index.js';
import { ADDRESS_HASH } from '../receipts/contact-marks.repository.js';
import type { NoticePolicy } from '../domain/notice-policy.rules.js';
import { type NoticeTopic, type TriggerName, triggersInSql } from '../domain/triggers.js';
import type { Situation } from '../domain/situation.js';
import type { Channel } from '../domain/channels.js';
import type { NoticeState } from '../domain/notice.machine.js';
import type { Reachability } from '../domain/channel.rules.js';
import { storedAddress } from '../../../shared/stored-address.js';
import { storedNoticePolicyOrNull } from '../domain/stored-notice-policy.js';
import { SLOT_OF_NOTICE } from './slot-of-notice.sql.js';

// Reads councils, households, contacts, request_lines, offers, pickup_slots, loans, loan_items, loan_events, incidents, devices, device_models and sites beside the tables of this module.

/** One notice with everything that decides whether and how it is sent, and what it says. */
export interface NoticeToSend extends NoticeTopic, Situation {
  readonly id: string;
  readonly householdId: string;
  readonly contactId: string | null;
  readonly lineId: string | null;
  readonly offerId: string | null;
  readonly loanId: string | null;
  readonly slot: string | null;
  /** Its number within its rule, from 1. */
  readonly number: number;
  readonly state: NoticeState;
  /** When its rule lets it be sent. */
  readonly plannedAt: Date;
  readonly dueAt: Date;
  readonly handedOverAt: Date | null;
  /** The channels by which it did not arrive. */
  readonly tried: readonly Channel[];
  /** Why the last try failed; there will be another. */
  readonly problem: string | null;
  /** The notice that a person sends again by this one. */
  readonly resendOf: string | null;
  /** Null when the person left the household, or is not to get notices any more. */
  readonly contact:
    | (Omit<Reachability, 'hasAddress'> & {
        readonly id: string;
        readonly name: string;
        readonly language: string | null;
        readonly address: PostalAddress | null;
      })
    | null;
  readonly council: {
    readonly name: string;
    readonly timeZone: string;
    readonly languages: readonly string[];
    /** Encrypted. */
    readonly smsGateway: string | null;
  };
  /** In E.164: the number to call about it, of the site or else of the council; null when there is neither. */
  readonly phone: string | null;
  /** The texts that the council has written for the trigger, which replace the shipped ones. */
  readonly ownTexts: readonly {
    readonly channel: Channel;
    readonly language: string;
    readonly subject: string | null;
    readonly body: string;
  }[];
  /** Null when the shipped one holds. */
  readonly policy: NoticePolicy | null;
}

/** A real thing with which a text is tried: one of these. */
export interface PreviewSubject {
  readonly householdId?: string;
  readonly requestLineId?: string;
  readonly offerId?: string;
  readonly loanId?: string;
  readonly incidentId?: string;
}

/** The result of one notice of a message. */
export interface NoticeOutcome {
  readonly id: string;
  readonly state: NoticeState;
  readonly reason: string | null;
}

/** How a message was sent, or that it was not. */
export interface DeliveryRecord {
  readonly channel: Channel | null;
  readonly tried: readonly Channel[];
  readonly providerId: string | null;
  /** The phone number or the address that it was sent to; only its hash is stored. */
  readonly address: string | null;
  readonly hasLeft: boolean;
}

const REMINDERS_OF_RETURN = triggersInSql('remindsOf', 'return');

/**
 * $1 is the present. A reminder is overtaken by a later one about the same loan and due day to the same person, unless that one reached
 * nobody.
 */
const noticesToSend = (notices: string) => `
  SELECT n.id, n.household_id AS "householdId", n.contact_id AS "contactId", n.line_id AS "lineId", n.offer_id AS "offerId", n.loan_id AS "loanId", n.trigger, n.slot, n.number, n.about, n.state,
    n.planned_at AS "plannedAt", n.due_at AS "dueAt", n.handed_over_at AS "handedOverAt", n.tried, n.problem, n.resend_of AS "resendOf",
    n.loan_id IS NOT NULL AND EXISTS (
      SELECT FROM notices later
      WHERE later.council_id = n.council_id AND later.loan_id = n.loan_id AND later.planned_at > n.planned_at AND least(later.planned_at, later.due_at) <= $1
        AND later.resend_of IS NULL AND later.about IS NOT DISTINCT FROM n.about AND later.state NOT IN ('failed', 'dropped')
        AND (later.contact_id IS NULL OR n.contact_id IS NULL OR later.contact_id = n.contact_id)
        AND (later.trigger = n.trigger OR n.trigger IN ${REMINDERS_OF_RETURN} AND later.trigger IN ${REMINDERS_OF_RETURN})) AS overtaken,
    CASE WHEN p.id IS NOT NULL THEN jsonb_build_object(
      'id', p.id, 'name', p.name, 'language', p.language, 'preferredChannel', p.preferred_channel, 'phone', p.phone, 'email', p.email, 'address', p.address,
      'phoneMarked', EXISTS (
        SELECT FROM contact_marks k WHERE k.council_id = n.council_id AND k.channel = 'sms' AND k.cleared_at IS NULL AND k.address_hash = ${ADDRESS_HASH('n.council_id', 'p.phone')}),
      'emailMarked', EXISTS (
        SELECT FROM contact_marks k WHERE k.council_id = n.council_id AND k.channel = 'email' AND k.cleared_at IS NULL AND k.address_hash = ${ADDRESS_HASH('n.council_id', 'p.email')})) END AS contact,
    jsonb_build_object('name', c.name, 'timeZone', c.time_zone, 'languages', to_jsonb(c.languages), 'smsGateway', (SELECT g.sealed FROM sms_gateways g WHERE g.council_id = n.council_id)) AS council,
    coalesce(ss.phone, os.phone, ls.phone, c.phone) AS phone,
    coalesce((
      SELECT jsonb_agg(jsonb_build_object('channel', t.channel, 'language', t.language, 'subject', t.subject, 'body', t.body))
      FROM notice_templates t WHERE t.council_id = n.council_id AND t.trigger = n.trigger), '[]') AS "ownTexts",
    (SELECT np.policy FROM notice_policies np WHERE np.council_id = n.council_id) AS policy,
    jsonb_build_object('reference', h.reference, 'changedAt', h.updated_at, 'concerned',
      EXISTS (SELECT FROM request_lines w WHERE w.council_id = h.council_id AND w.household_id = h.id AND w.state IN ('waiting', 'suspended', 'offered', 'accepted'))
      OR EXISTS (SELECT FROM loans w WHERE w.council_id = h.council_id AND w.household_id = h.id AND w.state = 'open')) AS household,
    CASE WHEN l.id IS NOT NULL THEN jsonb_build_object(
      'reference', l.reference, 'dueOn', l.due_on, 'overdueFrom', l.overdue_from, 'recalledOn', l.recalled_on, 'unsignedSince', l.agreement_unsigned_since, 'siteName', ls.name,
      'items', (
        SELECT jsonb_agg(jsonb_build_object(
            'state', i.state, 'model', m.manufacturer || ' ' || m.name, 'assetTag', d.asset_tag,
            'returnedThen', CASE WHEN n.trigger IN ${triggersInSql('aboutNames', 'moment_of_return')} THEN EXISTS (
              SELECT FROM loan_events e
              WHERE e.council_id = i.council_id AND e.loan_id = i.loan_id AND e.item_id = i.id AND e.kind = 'item_returned' AND e.at = n.about::timestamptz) ELSE false END,
            'claimedReturned', EXISTS (
              SELECT FROM incidents x WHERE x.council_id = i.council_id AND x.item_id = i.id AND x.state = 'open' AND x.kind = 'claimed_returned')) ORDER BY i.number)
        FROM loan_items i
        JOIN devices d ON d.council_id = i.council_id AND d.id = i.device_id
        JOIN device_models m ON m.council_id = d.council_id AND m.id = d.model_id
        WHERE i.council_id = l.council_id AND i.loan_id = l.id)) END AS loan,
    CASE WHEN r.id IS NOT NULL THEN jsonb_build_object(
      'state', r.state, 'class', r.class, 'reason', r.reason, 'suspendedUntil', r.suspended_until, 'missed', (
        SELECT count(*) FROM offers x WHERE x.council_id = r.council_id AND x.line_id = r.id AND x.state IN ('expired', 'pickup_expired'))) END AS line,
    CASE WHEN o.id IS NOT NULL THEN jsonb_build_object(
      'state', o.state, 'expiresAt', o.expires_at, 'pickupSlotId', o.pickup_slot_id, 'pickupAt', s.starts_at, 'device', od.category, 'siteName', coalesce(ss.name, os.name),
      'told', o.notice_left_at IS NOT NULL OR EXISTS (
        SELECT FROM notices m WHERE m.council_id = o.council_id AND m.offer_id = o.id AND m.trigger = 'offer_made' AND m.state IN ('sent', 'delivered', 'printed'))) END AS offer,
    CASE WHEN q.id IS NOT NULL THEN jsonb_build_object('kind', q.kind, 'state', q.state, 'outcome', q.outcome, 'device', qd.category) END AS incident
  FROM ${notices} n
  JOIN councils c ON c.id = n.council_id
  JOIN households h ON h.council_id = n.council_id AND h.id = n.household_id
  LEFT JOIN contacts p ON p.council_id = n.council_id AND p.household_id = n.household_id AND p.notify AND (n.contact_id IS NULL OR p.id = n.contact_id)
  LEFT JOIN loans l ON l.council_id = n.council_id AND l.id = n.loan_id
  LEFT JOIN sites ls ON ls.council_id = l.council_id AND ls.id = l.site_id
  LEFT JOIN request_lines r ON r.council_id = n.council_id AND r.id = n.line_id
  LEFT JOIN offers o ON o.council_id = n.council_id AND o.id = n.offer_id
  LEFT JOIN ${SLOT_OF_NOTICE} ON true
  LEFT JOIN sites ss ON ss.council_id = s.council_id AND ss.id = s.site_id
  LEFT JOIN devices od ON od.council_id = o.council_id AND od.id = o.device_id
  LEFT JOIN sites os ON os.council_id = od.council_id AND os.id = od.site_id
  LEFT JOIN incidents q ON q.council_id = n.council_id AND q.id = n.incident_id
  LEFT JOIN loan_items qi ON qi.council_id = q.council_id AND qi.id = q.item_id
  LEFT JOIN devices qd ON qd.council_id = qi.council_id AND qd.id = qi.device_id
  WHERE n.council_id = current_council()`;

/** Reads notices with everything that they are about, as it is at $1; conditions on the notice `n` follow with AND. */
export const READ_NOTICES = noticesToSend('notices');

/**
 * It asks by an array of ids: by the statistics of the table next to nothing is being sent, so that the planner would otherwise look through
 * everything that is.
 */
const MESSAGE = `
  ${READ_NOTICES} AND n.state = 'sending'
    AND n.id = ANY ($2::uuid || ARRAY(SELECT c.id FROM notices c WHERE c.council_id = current_council() AND c.combined_into = $2))
  ORDER BY n.combined_into NULLS FIRST, n.planned_at, n.id`;

const ONE = `${READ_NOTICES} AND n.id = $2`;

/**
 * Reads the page after ($2, $3) of notices that will be due by $1, once for each person. The notices are chosen first, in a subquery, because
 * so many joins are made in their written order.
 */
const DUE_BY = `${noticesToSend(`(
    SELECT d.* FROM notices d
    WHERE d.council_id = current_council() AND d.state = 'scheduled' AND d.due_at <= $1 AND (d.due_at, d.id) > ($2::timestamptz, $3::uuid)
    ORDER BY d.due_at, d.id LIMIT $4)`)}
  ORDER BY n.due_at, n.id, p.position`;

/** Builds a notice of trigger $2 as if it were due now, about one of these: household $3, line $4, offer $5, loan $6, incident $7. */
const PREVIEW_NOTICE = `${noticesToSend(`(
    SELECT current_council() AS council_id, NULL::uuid AS id, NULL::uuid AS contact_id, $2::text AS trigger, NULL::text AS slot, 1 AS number, 'scheduled' AS state,
      $1::timestamptz AS due_at, $1::timestamptz AS planned_at, NULL::timestamptz AS handed_over_at, '{}'::text[] AS tried, NULL::text AS problem, NULL::uuid AS resend_of,
      coalesce($3::uuid, l.household_id, o.household_id, v.household_id) AS household_id, coalesce($4::uuid, o.line_id) AS line_id, o.id AS offer_id,
      v.id AS loan_id, i.id AS incident_id,
      to_json((SELECT max(e.at) FROM loan_events e WHERE e.council_id = v.council_id AND e.loan_id = v.id AND e.kind = 'item_returned')) #>> '{}' AS about
    FROM (SELECT) one
    LEFT JOIN request_lines l ON l.council_id = current_council() AND l.id = $4
    LEFT JOIN offers o ON o.council_id = current_council() AND o.id = $5
    LEFT JOIN incidents i ON i.council_id = current_council() AND i.id = $7
    LEFT JOIN loans v ON v.council_id = current_council() AND v.id = coalesce($6::uuid, i.loan_id) LIMIT 1)`)}
  ORDER BY p.position LIMIT 1`;

/**
 * The key of a dropped notice is freed, because what it says may become true again and is then planned again. It is kept when the person is
 * gone.
 */
export const KEY_OF_DROPPED = `CASE WHEN g.reason IN ('NO_CONTACT', 'CONTACT_GONE') THEN n.key END`;

const SETTLE = `
  UPDATE notices n SET state = g.state, reason = g.reason, key = CASE WHEN g.state = 'dropped' THEN ${KEY_OF_DROPPED} ELSE n.key END, channel = $4, tried = $5, provider_id = $6, settled_at = $7, problem = NULL,
    message_day = CASE WHEN $8 THEN n.message_day END, address_hash = ${ADDRESS_HASH('n.council_id', '$9')}
  FROM unnest($1::uuid[], $2::text[], $3::text[]) AS g (id, state, reason)
  WHERE n.council_id = current_council() AND n.id = ANY ($1::uuid[]) AND n.id = g.id AND n.state = 'sending'`;
const PUT_OFF = `
  UPDATE notices n SET state = 'scheduled', due_at = $2, tried = $3, problem = $4, combined_into = NULL, message_day = NULL, handed_over_at = NULL
  WHERE n.council_id = current_council() AND n.id = ANY ($1::uuid[]) AND n.state = 'sending'`;
const TRIED = `
  UPDATE notices n SET attempts = n.attempts + 1, problem = $2, tried = $3
  WHERE n.council_id = current_council() AND n.id = ANY ($1::uuid[]) AND n.state = 'sending'`;

/** Whether somebody was told of an offer, or may still be told, by another notice than these. */
const TOLD_OTHERWISE = `
  SELECT EXISTS (
    SELECT FROM notices n WHERE n.council_id = current_council() AND n.offer_id = $1 AND n.trigger = 'offer_made'
      AND n.state NOT IN ('failed', 'dropped') AND n.id <> ALL ($2::uuid[])) AS "isTold"`;

/** Reads the stored JSON of a notice. */
export function readNotice<T extends NoticeToSend>(notice: T): T {
  const { contact, policy } = notice;
  return {
    ...notice,
    contact: contact && { ...contact, address: storedAddress(contact.address) },
    policy: storedNoticePolicyOrNull(policy),
  };
}

/** Reads messages that are about to be sent, and writes the results. */
@Injectable()
export class MessagesRepository {
  /**
   * Returns the notices of one message, as things are now. The first is the one by which the message was handed over, if that one is still to
   * be sent.
   */
  async noticesOfMessage(tx: Tx, noticeId: string, now: Date): Promise<NoticeToSend[]> {
    return (await tx.query<NoticeToSend>(MESSAGE, [now, noticeId])).map(readNotice);
  }

  /** Finds a notice in any state. */
  async find(tx: Tx, noticeId: string, now: Date): Promise<NoticeToSend | null> {
    const notice = await tx.one<NoticeToSend>(ONE, [now, noticeId]);
    return notice && readNotice(notice);
  }

  /** Builds a notice of the trigger about a real thing, to the first person who would get it; returns null when there is no such thing. */
  async previewNotice(tx: Tx, trigger: TriggerName, about: PreviewSubject, now: Date): Promise<NoticeToSend | null> {
    const { householdId = null, requestLineId = null, offerId = null, loanId = null, incidentId = null } = about;
    const notice = await tx.one<NoticeToSend>(PREVIEW_NOTICE, [now, trigger, householdId, requestLineId, offerId, loanId, incidentId]);
    return notice && { ...readNotice(notice), about: notice.about === null ? null : new Date(notice.about).toISOString() };
  }

  /** Returns the notices that are planned until an instant, in the order of time: of `limit` notices one row for each person. */
  async dueBy(tx: Tx, at: Date, after: readonly [string, string] | null, limit: number): Promise<NoticeToSend[]> {
    return (await tx.query<NoticeToSend>(DUE_BY, [at, after?.[0] ?? '-infinity', after?.[1] ?? NIL_ID, limit])).map(readNotice);
  }

  /** Writes the results of notices. `hasLeft`: the message was sent, and is the person's message of the day. */
  async settle(
    tx: Tx,
    outcomes: readonly NoticeOutcome[],
    { channel, tried, providerId, address, hasLeft }: DeliveryRecord,
    now: Date,
  ): Promise<void> {
    await tx.execute(SETTLE, [
      outcomes.map(({ id }) => id),
      outcomes.map(({ state }) => state),
      outcomes.map(({ reason }) => reason),
      channel,
      tried,
      providerId,
      now,
      hasLeft,
      address,
    ]);
  }

  async isToldOtherwise(tx: Tx, offerId: string, ids: readonly string[]): Promise<boolean> {
    return (await tx.one<{ isTold: boolean }>(TOLD_OTHERWISE, [offerId, ids]))?.isTold === true;
  }

  /** Lets notices wait again, each for itself; `problem` says why, unless it is only the hour. */
  async putOff(tx: Tx, ids: readonly string[], until: Date, tried: readonly Channel[], problem: string | null): Promise<void> {
    await tx.execute(PUT_OFF, [ids, until, tried, problem]);
  }

  /** Records that a try failed and that there will be another. */
  async recordTry(tx: Tx, ids: readonly string[], problem: string, tried: readonly Channel[]): Promise<void> {
    await tx.execute(TRIED, [ids, problem, tried]);
  }
}
