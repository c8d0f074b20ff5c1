import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import type { Day } from '../../../shared/day.js';
import type { Fund } from '../../../shared/pool.js';
import type { BorrowerCategory, DeviceCategory } from '../../../shared/vocabulary.js';
import { householdIsOfSchool, householdsOfSchool } from '../../households/index.js';
import type { DeviceStatus } from '../../inventory/index.js';
import { CATEGORIES_OUT, Conditions, HAS_OVERDUE_LOAN } from '../../requests/index.js';
import { LIVE_OFFER_STATES, MISSED_OFFER_STATES, type OfferState } from '../domain/offer.machine.js';
import { NIL_ID } from '../../../shared/ids.js';

// Reads request_lines and their events, households, learners, devices and funds, and locks devices and funds, beside the tables of this module.

/** A device held for a line until a time. */
export interface Offer {
  readonly id: string;
  readonly lineId: string;
  readonly householdId: string;
  readonly deviceId: string;
  readonly state: OfferState;
  /** Until when it may be accepted; once it is accepted, until when the device may be collected. */
  readonly expiresAt: Date;
  /** The council's time zone when `expiresAt` was computed. */
  readonly timeZone: string;
  readonly pickupSlotId: string | null;
  /** The round that made the offer; null when a person placed the device, and for offers made before this was stored. */
  readonly roundId: string | null;
  /** When the first notice of the offer left. The time for which it is held begins then. */
  readonly noticeLeftAt: Date | null;
  /** Since when it has been known that no notice of the offer reaches the family. */
  readonly undeliverableAt: Date | null;
  /** The codes of why the offer was taken back; null when it was not, or when a person did it. */
  readonly withdrawnFor: readonly string[] | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** A live offer with the facts that a judgement needs first. */
export type LiveOffer = Pick<Offer, 'id' | 'lineId' | 'householdId' | 'deviceId'> & { readonly slotStartsAt: Date | null };

export type NewOffer = Pick<Offer, 'id' | 'lineId' | 'householdId' | 'deviceId' | 'roundId' | 'expiresAt' | 'timeZone'>;

/** The values of an offer that its moves change. */
export type OfferChange = Pick<Offer, 'state' | 'expiresAt' | 'timeZone' | 'pickupSlotId'>;

/** A new end of an offer. */
export type OfferEndMoved = Pick<Offer, 'id' | 'expiresAt' | 'timeZone'>;

/** By what a list of offers is filtered. */
export interface OfferFilter {
  readonly state?: OfferState;
  readonly lineId?: string;
  readonly deviceId?: string;
  readonly householdId?: string;
}

/** The facts about a learner on which decisions about offers depend. */
export interface OfferLearner {
  readonly id: string;
  readonly level: BorrowerCategory;
  readonly schoolId: string | null;
}

/** The household of a line, with its present learners in the family's order, what it has on loan, and what is held for it. */
export interface LineHousehold {
  readonly lineId: string;
  readonly schoolId: string | null;
  readonly learners: readonly OfferLearner[];
  /** The category of each device that the household has on loan. */
  readonly out: readonly DeviceCategory[];
  /** The devices that are held for the household's lines, the oldest offer first. */
  readonly held: readonly { readonly offerId: string; readonly category: DeviceCategory }[];
  readonly hasOverdueLoan: boolean;
}

/** The facts about a device on which decisions about offers depend. */
export interface OfferDevice {
  readonly id: string;
  readonly category: DeviceCategory;
  readonly status: DeviceStatus;
  readonly siteId: string;
  readonly fundId: string | null;
  readonly fund: Fund | null;
  /** Whether an offer holds the device. */
  readonly isHeld: boolean;
}

const quoted = (states: readonly OfferState[]) => states.map((state) => `'${state}'`).join(', ');
/** A condition on the offer `o`. */
export const IS_LIVE = `o.state IN (${quoted(LIVE_OFFER_STATES)})`;
const IS_MISSED = `o.state IN (${quoted(MISSED_OFFER_STATES)})`;

export const OFFER = `
  o.id, o.line_id AS "lineId", o.household_id AS "householdId", o.device_id AS "deviceId", o.state, o.expires_at AS "expiresAt", o.time_zone AS "timeZone",
  o.pickup_slot_id AS "pickupSlotId", o.round_id AS "roundId", o.notice_left_at AS "noticeLeftAt", o.undeliverable_at AS "undeliverableAt",
  o.withdrawn_for AS "withdrawnFor", o.version, o.created_at AS "createdAt", o.updated_at AS "updatedAt"`;

const ONE = `
  SELECT ${OFFER} FROM offers o WHERE o.council_id = current_council() AND o.id = $1 AND ${householdIsOfSchool('o.household_id', '$2')}`;

const LOCK_LIVE = (column: string) => `
  SELECT ${OFFER} FROM offers o WHERE o.council_id = current_council() AND o.${column} = $1 AND ${IS_LIVE} FOR UPDATE`;
const LOCK_LIVE_BY_ID = LOCK_LIVE('id');
const LOCK_LIVE_OF_LINE = LOCK_LIVE('line_id');
const LOCK_LIVE_OF_DEVICE = LOCK_LIVE('device_id');
const LIVE_OF_HOUSEHOLD = `
  SELECT ${OFFER} FROM offers o WHERE o.council_id = current_council() AND o.household_id = $1 AND ${IS_LIVE} ORDER BY o.ordinal`;
const LIVE = (further: string) => `
  SELECT o.id, o.line_id AS "lineId", o.household_id AS "householdId", o.device_id AS "deviceId", s.starts_at AS "slotStartsAt"
  FROM offers o LEFT JOIN pickup_slots s ON s.council_id = current_council() AND s.id = o.pickup_slot_id
  WHERE o.council_id = current_council() AND ${IS_LIVE} AND o.id > $1 ${further} ORDER BY o.id LIMIT $2`;
const LIVE_OF_ALL = LIVE('');
const LIVE_OF_FUND = LIVE(
  `AND EXISTS (SELECT FROM devices d WHERE d.council_id = current_council() AND d.id = o.device_id AND d.fund_id = $3)`,
);
const SET_WITHDRAWN_FOR = 'UPDATE offers SET withdrawn_for = $2 WHERE council_id = current_council() AND id = $1';

const HOUSEHOLD_OF = 'SELECT household_id AS "householdId" FROM offers WHERE council_id = current_council() AND id = $1';
/** The history of a line says who accepted its offer, or chose another hour, last. */
const BOOKERS = `
  SELECT l.id AS "lineId", (
    SELECT e.actor FROM request_line_events e
    WHERE e.council_id = current_council() AND e.line_id = l.id AND e.move IN ('accept', 'rebook') ORDER BY e.ordinal DESC LIMIT 1) AS actor
  FROM unnest($1::uuid[]) AS l (id)`;
const LINE_OF = 'SELECT line_id AS "lineId" FROM offers WHERE council_id = current_council() AND id = $1';
const LINE_OF_DEVICE = `SELECT o.line_id AS "lineId" FROM offers o WHERE o.council_id = current_council() AND o.device_id = $1 AND ${IS_LIVE}`;
const LIVE_ID_OF_DEVICE = `SELECT o.id FROM offers o WHERE o.council_id = current_council() AND o.device_id = $1 AND ${IS_LIVE}`;
const HOLDERS = `
  SELECT o.device_id AS "deviceId", o.household_id AS "householdId" FROM offers o
  WHERE o.council_id = current_council() AND o.device_id = ANY ($1::uuid[]) AND ${IS_LIVE}`;
const MISSED = `SELECT count(*)::integer AS missed FROM offers o WHERE o.council_id = current_council() AND o.line_id = $1 AND ${IS_MISSED}`;

const INSERT = `
  INSERT INTO offers (council_id, id, line_id, household_id, device_id, round_id, state, expires_at, time_zone, created_at, updated_at)
  SELECT current_council(), made.id, made.line_id, made.household_id, made.device_id, made.round_id, $8, made.expires_at, made.time_zone, $9, $9
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::timestamptz[], $7::text[])
    AS made (id, line_id, household_id, device_id, round_id, expires_at, time_zone)`;

const CHANGE = `
  UPDATE offers o SET state = $3, expires_at = $4, pickup_slot_id = $5, version = o.version + 1, updated_at = $6, time_zone = $7
  WHERE o.council_id = current_council() AND o.id = $1 AND o.version = $2
  RETURNING ${OFFER}`;

const NOTICE_LEFT = `
  UPDATE offers o SET notice_left_at = $2, undeliverable_at = NULL, expires_at = $3, time_zone = $4, version = o.version + 1, updated_at = $2
  WHERE o.council_id = current_council() AND o.id = $1`;
const UNDELIVERABLE = `
  UPDATE offers o SET undeliverable_at = $2, version = o.version + 1, updated_at = $3 WHERE o.council_id = current_council() AND o.id = $1`;

const HOUSEHOLDS = `
  SELECT l.id AS "lineId", h.school_id AS "schoolId", coalesce((
    SELECT jsonb_agg(jsonb_build_object('id', p.id, 'level', p.level, 'schoolId', p.school_id) ORDER BY p.position, p.id) FROM learners p
    WHERE p.council_id = current_council() AND p.household_id = h.id AND p.left_at IS NULL), '[]') AS learners,
    ${CATEGORIES_OUT('h.id')} AS out, ${HAS_OVERDUE_LOAN('$2')} AS "hasOverdueLoan", coalesce((
    SELECT jsonb_agg(jsonb_build_object('offerId', o.id, 'category', d.category) ORDER BY o.ordinal)
    FROM offers o JOIN devices d ON d.council_id = current_council() AND d.id = o.device_id
    WHERE o.council_id = current_council() AND o.household_id = h.id AND ${IS_LIVE}), '[]') AS held
  FROM request_lines l JOIN households h ON h.council_id = current_council() AND h.id = l.household_id
  WHERE l.council_id = current_council() AND l.id = ANY ($1::uuid[])`;

/** This statement only locks. The devices are read by another one, which sees what changed while this one waited. */
const LOCK_DEVICES = 'SELECT FROM devices d WHERE d.council_id = current_council() AND d.id = ANY ($1::uuid[]) ORDER BY d.id FOR UPDATE';

const KEEP_FUNDS = `
  SELECT FROM funds f WHERE f.council_id = current_council() AND f.id IN (
    SELECT d.fund_id FROM devices d WHERE d.council_id = current_council() AND d.id = ANY ($1::uuid[]))
  ORDER BY f.id FOR SHARE`;

const DEVICES = `
  SELECT d.id, d.category, d.status, d.site_id AS "siteId", d.fund_id AS "fundId",
    CASE WHEN f.id IS NOT NULL THEN jsonb_build_object(
      'eligibleLevels', to_jsonb(f.eligible_levels), 'eligibleSchoolIds', to_jsonb(f.eligible_school_ids),
      'startsOn', f.starts_on, 'endsOn', f.ends_on) END AS fund,
    EXISTS (SELECT FROM offers o WHERE o.council_id = current_council() AND o.device_id = d.id AND ${IS_LIVE}) AS "isHeld"
  FROM devices d LEFT JOIN funds f ON f.council_id = d.council_id AND f.id = d.fund_id
  WHERE d.council_id = current_council() AND d.id = ANY ($1::uuid[])`;

/**
 * The SQL of offers. Whoever writes an offer holds the lock of its line's household. Devices are locked in the order of their ids, and
 * before offers and slots.
 */
@Injectable()
export class OffersRepository {
  find(tx: Tx, schoolId: string | null, id: string): Promise<Offer | null> {
    return tx.one<Offer>(ONE, [id, schoolId]);
  }

  /** In the order of ids. Returns one more than `limit` when more follow. */
  list(tx: Tx, schoolId: string | null, filter: OfferFilter, after: string | null, limit: number): Promise<Offer[]> {
    const { state, lineId, deviceId, householdId } = filter;
    const where = new Conditions('o.council_id = current_council()')
      .and('o.id > ?', after)
      .and('o.state = ?', state)
      .and('o.line_id = ?', lineId)
      .and('o.device_id = ?', deviceId)
      .and('o.household_id = ?', householdId)
      .and(`o.household_id = ANY (${householdsOfSchool('?')})`, schoolId, schoolId);
    return tx.query<Offer>(
      `SELECT ${OFFER} FROM offers o WHERE ${where.text} ORDER BY o.id LIMIT ${where.bind('?', limit + 1)}`,
      where.values,
    );
  }

  lockLive(tx: Tx, id: string): Promise<Offer | null> {
    return tx.one<Offer>(LOCK_LIVE_BY_ID, [id]);
  }

  /** A line has at most one live offer. */
  lockLiveOfLine(tx: Tx, lineId: string): Promise<Offer | null> {
    return tx.one<Offer>(LOCK_LIVE_OF_LINE, [lineId]);
  }

  /** A device has at most one live offer. */
  lockLiveOfDevice(tx: Tx, deviceId: string): Promise<Offer | null> {
    return tx.one<Offer>(LOCK_LIVE_OF_DEVICE, [deviceId]);
  }

  /** The live offers of a household whose lock the caller has. */
  liveOfHousehold(tx: Tx, householdId: string): Promise<Offer[]> {
    return tx.query<Offer>(LIVE_OF_HOUSEHOLD, [householdId]);
  }

  /** The next live offers after an id, in the order of ids, of the whole council or for devices of one fund. */
  live(tx: Tx, fundId: string | null, after: string | null, limit: number): Promise<LiveOffer[]> {
    const values = [after ?? NIL_ID, limit];
    return fundId === null ? tx.query<LiveOffer>(LIVE_OF_ALL, values) : tx.query<LiveOffer>(LIVE_OF_FUND, [...values, fundId]);
  }

  /** Stores why a locked offer is about to be taken back. */
  async setWithdrawnFor(tx: Tx, id: string, codes: readonly string[]): Promise<void> {
    await tx.execute(SET_WITHDRAWN_FOR, [id, codes]);
  }

  /** The household of an offer; null when there is no such offer. */
  async householdOf(tx: Tx, id: string): Promise<string | null> {
    return (await tx.one<{ householdId: string }>(HOUSEHOLD_OF, [id]))?.householdId ?? null;
  }

  /** For each of these lines the actor who booked last, as the audit trail names them; null when nobody did. */
  async bookers(tx: Tx, lineIds: readonly string[]): Promise<ReadonlyMap<string, string | null>> {
    if (lineIds.length === 0) return new Map();
    const rows = await tx.query<{ lineId: string; actor: string | null }>(BOOKERS, [lineIds]);
    return new Map(rows.map(({ lineId, actor }) => [lineId, actor]));
  }

  /** The line to which an offer was made; it never changes. */
  async lineOf(tx: Tx, id: string): Promise<string | null> {
    return (await tx.one<{ lineId: string }>(LINE_OF, [id]))?.lineId ?? null;
  }

  /** The line for which a device is held. */
  async lineOfDevice(tx: Tx, deviceId: string): Promise<string | null> {
    return (await tx.one<{ lineId: string }>(LINE_OF_DEVICE, [deviceId]))?.lineId ?? null;
  }

  /** The id of the live offer that holds a device; it is not locked. */
  async liveOfDevice(tx: Tx, deviceId: string): Promise<string | null> {
    return (await tx.one<{ id: string }>(LIVE_ID_OF_DEVICE, [deviceId]))?.id ?? null;
  }

  /** For each of these devices that is held, the household that it is held for. */
  async holders(tx: Tx, deviceIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = await tx.query<{ deviceId: string; householdId: string }>(HOLDERS, [deviceIds]);
    return new Map(rows.map(({ deviceId, householdId }) => [deviceId, householdId]));
  }

  /** How many offers to a line were missed. */
  async missed(tx: Tx, lineId: string): Promise<number> {
    return (await tx.one<{ missed: number }>(MISSED, [lineId]))?.missed ?? 0;
  }

  async insert(tx: Tx, made: readonly NewOffer[], state: OfferState, now: Date): Promise<void> {
    await tx.execute(INSERT, [
      made.map(({ id }) => id),
      made.map(({ lineId }) => lineId),
      made.map(({ householdId }) => householdId),
      made.map(({ deviceId }) => deviceId),
      made.map(({ roundId }) => roundId),
      made.map(({ expiresAt }) => expiresAt),
      made.map(({ timeZone }) => timeZone),
      state,
      now,
    ]);
  }

  /** Writes the new values of a locked offer. Taking or giving back a place in a slot is part of it. */
  async change(tx: Tx, offer: Offer, { state, expiresAt, timeZone, pickupSlotId }: OfferChange, now: Date): Promise<Offer> {
    const changed = await tx.one<Offer>(CHANGE, [offer.id, offer.version, state, expiresAt, pickupSlotId, now, timeZone]);
    if (!changed) throw new Error('an offer changed although it was locked');
    return changed;
  }

  /** Stores that the first notice of a locked offer left, and until when the offer is held because of that. */
  async noticeLeft(tx: Tx, { id, expiresAt, timeZone }: OfferEndMoved, at: Date): Promise<void> {
    await tx.execute(NOTICE_LEFT, [id, at, expiresAt, timeZone]);
  }

  /** Stores since when no notice of a locked offer reaches the family; null when one does after all. */
  async setUndeliverable(tx: Tx, id: string, since: Date | null, now: Date): Promise<void> {
    await tx.execute(UNDELIVERABLE, [id, since, now]);
  }

  async households(tx: Tx, lineIds: readonly string[], today: Day): Promise<ReadonlyMap<string, LineHousehold>> {
    const rows = await tx.query<LineHousehold>(HOUSEHOLDS, [lineIds, today]);
    return new Map(rows.map((row) => [row.lineId, row]));
  }

  /** The same as `lockDevices`; in addition, the funds that paid for the devices cannot change before the transaction ends. */
  async lockDevicesToPromise(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, OfferDevice>> {
    await tx.execute(LOCK_DEVICES, [ids]);
    await tx.execute(KEEP_FUNDS, [ids]);
    return this.devices(tx, ids);
  }

  /** Locks those of these devices that exist, in the order of their ids. */
  async lockDevices(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, OfferDevice>> {
    await tx.execute(LOCK_DEVICES, [ids]);
    return this.devices(tx, ids);
  }

  /** The devices as they are now; they are not locked. */
  async devices(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, OfferDevice>> {
    const rows = await tx.query<OfferDevice>(DEVICES, [ids]);
    return new Map(rows.map((row) => [row.id, row]));
  }
}
