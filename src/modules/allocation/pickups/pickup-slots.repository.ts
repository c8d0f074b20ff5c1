import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import { Conditions } from '../../requests/index.js';
import type { SlotTimes } from '../domain/pickup-slot.rules.js';
import { IS_LIVE } from '../offers/offers.repository.js';

// Reads sites and devices beside the tables of this module.

/** A time at a site at which some families may collect the devices that are held for them. */
export interface PickupSlot extends SlotTimes {
  readonly id: string;
  readonly siteId: string;
  /** The most families that can book it. */
  readonly capacity: number;
  readonly booked: number;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export type NewSlot = Pick<PickupSlot, 'id' | 'siteId' | 'startsAt' | 'endsAt' | 'capacity'>;

export interface SlotFilter {
  readonly siteId?: string;
  /** Slots that begin at this instant or later. */
  readonly from?: Date;
  /** Slots that begin before this instant. */
  readonly to?: Date;
  /** The only site within the caller's reach; null means all. */
  readonly reach: string | null;
}

/** The facts about a site against which a new slot is checked. */
export interface SlotSite {
  readonly openingHours: readonly { readonly weekday: number; readonly from: string; readonly to: string }[] | null;
}

const SLOT = `
  s.id, s.site_id AS "siteId", s.starts_at AS "startsAt", s.ends_at AS "endsAt", s.capacity, s.booked, s.version,
  s.created_at AS "createdAt", s.updated_at AS "updatedAt"`;
const ONE = `SELECT ${SLOT} FROM pickup_slots s WHERE s.council_id = current_council() AND s.id = $1`;
const LOCK = `SELECT ${SLOT} FROM pickup_slots s WHERE s.council_id = current_council() AND s.id = ANY ($1::uuid[]) ORDER BY s.id FOR UPDATE`;
const INSERT = `
  INSERT INTO pickup_slots AS s (council_id, id, site_id, starts_at, ends_at, capacity, created_at, updated_at)
  VALUES (current_council(), $1, $2, $3, $4, $5, $6, $6) RETURNING ${SLOT}`;
const SITES_WITH_OFFERS = `
  SELECT DISTINCT d.site_id AS "siteId" FROM offers o JOIN devices d ON d.council_id = o.council_id AND d.id = o.device_id
  WHERE o.council_id = current_council() AND o.household_id = $1 AND ${IS_LIVE}`;
const SITE_OF_OFFER = `
  SELECT d.site_id AS "siteId" FROM offers o JOIN devices d ON d.council_id = o.council_id AND d.id = o.device_id
  WHERE o.council_id = current_council() AND o.id = $1 AND o.household_id = $2 AND ${IS_LIVE}`;
const SITE = `
  SELECT opening_hours AS "openingHours" FROM sites
  WHERE council_id = current_council() AND id = $1 AND ($2::uuid IS NULL OR school_id = $2) AND ($3::uuid IS NULL OR id = $3)`;

/** The SQL of collection slots. The database itself counts the places that offers take in a slot. */
@Injectable()
export class PickupSlotsRepository {
  /** In the order in which they begin. Returns one more than `limit` when more follow. */
  list(tx: Tx, { siteId, from, to, reach }: SlotFilter, after: readonly [string, string] | null, limit: number): Promise<PickupSlot[]> {
    const where = new Conditions('s.council_id = current_council()')
      .and('s.site_id = ?', siteId)
      .and('s.site_id = ?', reach)
      .and('s.starts_at >= ?', from)
      .and('s.starts_at < ?', to)
      .and('(s.starts_at, s.id) > (?, ?)', ...(after ?? [null]));
    const text = `SELECT ${SLOT} FROM pickup_slots s WHERE ${where.text} ORDER BY s.starts_at, s.id LIMIT ${where.bind('?', limit + 1)}`;
    return tx.query<PickupSlot>(text, where.values);
  }

  find(tx: Tx, id: string): Promise<PickupSlot | null> {
    return tx.one<PickupSlot>(ONE, [id]);
  }

  /** Locks those of these slots that exist, in the order of their ids. */
  async lock(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, PickupSlot>> {
    if (ids.length === 0) return new Map();
    const rows = await tx.query<PickupSlot>(LOCK, [ids]);
    return new Map(rows.map((slot) => [slot.id, slot]));
  }

  /** The sites where a device is held for the household. */
  async sitesWithOffers(tx: Tx, householdId: string): Promise<string[]> {
    return (await tx.query<{ siteId: string }>(SITES_WITH_OFFERS, [householdId])).map(({ siteId }) => siteId);
  }

  /** The site where the device of an offer is held for the household; null when none is. */
  async siteOfOffer(tx: Tx, householdId: string, offerId: string): Promise<string | null> {
    return (await tx.one<{ siteId: string }>(SITE_OF_OFFER, [offerId, householdId]))?.siteId ?? null;
  }

  insert(tx: Tx, { id, siteId, startsAt, endsAt, capacity }: NewSlot, now: Date): Promise<PickupSlot> {
    return tx.row<PickupSlot>(INSERT, [id, siteId, startsAt, endsAt, capacity, now]);
  }

  /** The site, if it is within reach. */
  site(
    tx: Tx,
    { schoolId, siteId }: { readonly schoolId: string | null; readonly siteId: string | null },
    id: string,
  ): Promise<SlotSite | null> {
    return tx.one<SlotSite>(SITE, [id, schoolId, siteId]);
  }
}
