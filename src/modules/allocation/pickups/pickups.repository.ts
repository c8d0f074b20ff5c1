import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import type { DeviceCategory } from '../../../shared/vocabulary.js';
import type { Reach } from '../../councils/index.js';

// Reads sites and devices beside the tables of this module.

/** The states of an offer in which its family comes to the desk, or came. */
export const PICKUP_STATES = ['accepted', 'collected'] as const;

/** What a family comes to collect. Without a slot it may come on any day until the offer expires. */
export interface Pickup {
  readonly offerId: string;
  readonly lineId: string;
  readonly householdId: string;
  readonly deviceId: string;
  readonly assetTag: string;
  readonly category: DeviceCategory;
  readonly state: (typeof PICKUP_STATES)[number];
  readonly pickupSlotId: string | null;
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
  readonly expiresAt: Date;
  /** The sort key: the beginning of the slot as text; pickups without a slot come last. */
  readonly begins: string;
}

/** One day at one desk. */
export interface DeskDay {
  readonly siteId: string;
  readonly from: Date;
  readonly before: Date;
}

/** A sort key behind every time, as PostgreSQL writes it. */
const NO_TIME = 'infinity';
const PICKUP = `
  o.id AS "offerId", o.line_id AS "lineId", o.household_id AS "householdId", o.device_id AS "deviceId", d.asset_tag AS "assetTag",
  d.category, o.state, o.pickup_slot_id AS "pickupSlotId", o.expires_at AS "expiresAt"`;

/**
 * $1 is the site, $2 and $3 are the beginning and the end of the day, $4 and $5 the last row of the page before, $6 is the number of rows,
 * $7 and $8 are the school and the site within reach.
 */
const OF_DAY = `
  WITH desk AS MATERIALIZED (
    SELECT id FROM sites
    WHERE council_id = current_council() AND id = $1 AND ($7::uuid IS NULL OR school_id = $7) AND ($8::uuid IS NULL OR id = $8)
  ), pickups AS (
    SELECT ${PICKUP}, s.starts_at AS "startsAt", s.ends_at AS "endsAt", s.starts_at AS begins
    FROM pickup_slots s
    JOIN offers o ON o.council_id = current_council() AND o.pickup_slot_id = s.id AND o.state IN ('accepted', 'collected')
    JOIN devices d ON d.council_id = current_council() AND d.id = o.device_id
    WHERE s.council_id = current_council() AND s.site_id = (SELECT id FROM desk) AND s.starts_at >= $2 AND s.starts_at < $3
    UNION ALL
    SELECT ${PICKUP}, NULL, NULL, '${NO_TIME}'
    FROM devices d
    JOIN offers o ON o.council_id = current_council() AND o.device_id = d.id AND o.state = 'accepted' AND o.pickup_slot_id IS NULL
    WHERE d.council_id = current_council() AND d.site_id = (SELECT id FROM desk) AND d.status = 'reserved' AND o.expires_at > $2
  )
  SELECT p."offerId", p."lineId", p."householdId", p."deviceId", p."assetTag", p.category, p.state, p."pickupSlotId", p."expiresAt",
    p."startsAt", p."endsAt", p.begins::text AS begins
  FROM pickups p WHERE $4::timestamptz IS NULL OR (p.begins, p."offerId") > ($4, $5)
  ORDER BY p.begins, p."offerId" LIMIT $6`;

/** The SQL of the families who come to a desk. */
@Injectable()
export class PickupsRepository {
  /**
   * In the order of their times, those without one last. Returns one more than `limit` when more follow, and nothing when the site is out
   * of reach.
   */
  ofDay(
    tx: Tx,
    { siteId, from, before }: DeskDay,
    reach: Reach,
    after: readonly [begins: string, offerId: string] | null,
    limit: number,
  ): Promise<Pickup[]> {
    const [begins, offerId] = after ?? [null, null];
    return tx.query<Pickup>(OF_DAY, [siteId, from, before, begins, offerId, limit + 1, reach.schoolId, reach.siteId]);
  }
}
