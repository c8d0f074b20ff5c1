import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import type { Day } from '../../../shared/day.js';
import { IS_LIVE, type Offer, OFFER, type OfferEndMoved } from './offers.repository.js';

const NEXT_OF_OTHER_ZONE = `
  SELECT o.id, o.line_id AS "lineId" FROM offers o
  WHERE o.council_id = current_council() AND ${IS_LIVE} AND o.time_zone <> $1 AND ($2::uuid IS NULL OR o.id > $2) ORDER BY o.id LIMIT $3`;
const LOCK_LIVE = `
  SELECT ${OFFER} FROM offers o WHERE o.council_id = current_council() AND o.id = ANY ($1::uuid[]) AND ${IS_LIVE} ORDER BY o.id FOR UPDATE`;
const SLOT_TIMES = `SELECT s.id, s.starts_at AS "startsAt" FROM pickup_slots s WHERE s.council_id = current_council() AND s.id = ANY ($1::uuid[])`;
/** The slots of one day after the other are found by the index of time, so that slots of other days are not read. */
const WITH_APPOINTMENT_ON = `
  SELECT o.id FROM (
    SELECT day::timestamp AT TIME ZONE $2 AS begins, (day + 1)::timestamp AT TIME ZONE $2 AS ends FROM unnest($1::date[]) AS day OFFSET 0) asked
  CROSS JOIN LATERAL (
    SELECT s.id FROM pickup_slots s
    WHERE s.council_id = current_council() AND s.starts_at >= asked.begins AND s.starts_at < asked.ends AND s.starts_at > $3 AND s.booked > 0 OFFSET 0) slot
  JOIN offers o ON o.council_id = current_council() AND o.pickup_slot_id = slot.id AND o.state = 'accepted'
  ORDER BY o.id`;
const MOVE_ENDS = `
  UPDATE offers o SET expires_at = m.expires_at, time_zone = m.time_zone, version = o.version + 1, updated_at = $4
  FROM unnest($1::uuid[], $2::timestamptz[], $3::text[]) AS m (id, expires_at, time_zone) WHERE o.council_id = current_council() AND o.id = m.id`;

/** Live offers, selected and changed by dates. */
@Injectable()
export class OffersInTimeRepository {
  /** The next live offers, in the order of their ids, whose end was computed in another time zone. */
  nextOfOtherZone(tx: Tx, timeZone: string, after: string | null, limit: number): Promise<Pick<Offer, 'id' | 'lineId'>[]> {
    return tx.query<Pick<Offer, 'id' | 'lineId'>>(NEXT_OF_OTHER_ZONE, [timeZone, after, limit]);
  }

  /** Locks those of these offers that are live. The caller holds the locks of their households. */
  lockLive(tx: Tx, ids: readonly string[]): Promise<Offer[]> {
    return tx.query<Offer>(LOCK_LIVE, [ids]);
  }

  /** The beginning of each of these slots. */
  async slotTimes(tx: Tx, slotIds: readonly string[]): Promise<ReadonlyMap<string, Date>> {
    const rows = await tx.query<{ id: string; startsAt: Date }>(SLOT_TIMES, [slotIds]);
    return new Map(rows.map(({ id, startsAt }) => [id, startsAt]));
  }

  /** The ids of the offers with a future appointment on one of these days. */
  async withAppointmentOn(tx: Tx, days: readonly Day[], timeZone: string, now: Date): Promise<string[]> {
    return (await tx.query<{ id: string }>(WITH_APPOINTMENT_ON, [days, timeZone, now])).map(({ id }) => id);
  }

  /** Writes the new ends of locked offers. */
  async moveEnds(tx: Tx, moved: readonly OfferEndMoved[], now: Date): Promise<void> {
    const columns = [moved.map(({ id }) => id), moved.map(({ expiresAt }) => expiresAt), moved.map(({ timeZone }) => timeZone)];
    await tx.execute(MOVE_ENDS, [...columns, now]);
  }
}
