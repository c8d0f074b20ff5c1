import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import { placeInQueue, SERVED_AHEAD, servedAheadValues, type StockPool } from '../../requests/index.js';
import { LIVE_OFFER_STATES } from '../domain/offer.machine.js';

// Reads devices, sites, request_lines and what SERVED_AHEAD reads, beside the tables of this module.

/** A device that came back, with the pool that it is of. */
export interface DeviceBack extends Omit<StockPool, 'today'> {
  readonly id: string;
  /** The school where its site is. */
  readonly siteSchoolId: string | null;
  /** Whether it can be given out now. */
  readonly isFree: boolean;
}

const DEVICE = `
  SELECT d.id, d.category, d.site_id AS "siteId", d.fund_id AS "fundId", s.school_id AS "siteSchoolId",
    d.status = 'available' AND NOT EXISTS (
      SELECT FROM offers o WHERE o.council_id = current_council() AND o.device_id = d.id AND o.state IN ('${LIVE_OFFER_STATES.join("', '")}')) AS "isFree"
  FROM devices d JOIN sites s ON s.council_id = current_council() AND s.id = d.site_id
  WHERE d.council_id = current_council() AND d.id = $1`;

/** Whoever had this very device offered already, or waits for an answer about another one, is passed by; so is who was set aside. */
const FIRST_LINE = `
  SELECT l.id ${SERVED_AHEAD}
    AND NOT EXISTS (SELECT FROM offers o WHERE o.council_id = current_council() AND o.line_id = l.id AND o.device_id = $10)
    AND NOT EXISTS (
      SELECT FROM round_proposals p JOIN allocation_rounds r ON r.council_id = current_council() AND r.id = p.round_id AND r.solution = p.solution
      WHERE p.council_id = current_council() AND p.line_id = l.id AND p.pool IS NOT NULL
        AND r.state = 'draft' AND r.device_id IS NOT NULL AND r.device_id <> $10)
    AND NOT EXISTS (
      SELECT FROM round_exclusions x JOIN allocation_rounds r ON r.council_id = current_council() AND r.id = x.round_id
      WHERE x.council_id = current_council() AND x.line_id = l.id AND x.is_effective AND r.state = 'draft' AND r.device_id = $10)
  ORDER BY ${placeInQueue('l')} LIMIT 1`;
const DRAFT_OF_DEVICE = `
  SELECT id FROM allocation_rounds WHERE council_id = current_council() AND device_id = $1 AND state = 'draft'`;
/** Of no household: everybody's line counts. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

type Row<T> = T & Record<string, unknown>;

/** The SQL of proposing a device at once. */
@Injectable()
export class CameBackRepository {
  device(tx: Tx, id: string): Promise<DeviceBack | null> {
    return tx.one<Row<DeviceBack>>(DEVICE, [id]);
  }

  /** The first line in the queue that a device can serve. */
  async firstLine(tx: Tx, device: DeviceBack, today: StockPool['today']): Promise<string | null> {
    const values = [...servedAheadValues({ ...device, today }, NOBODY, null), device.id];
    return (await tx.one<{ id: string }>(FIRST_LINE, values))?.id ?? null;
  }

  /** The round in which a device is being proposed. */
  async draftOf(tx: Tx, deviceId: string): Promise<string | null> {
    return (await tx.one<{ id: string }>(DRAFT_OF_DEVICE, [deviceId]))?.id ?? null;
  }
}
