import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import { wholeIn } from '../../../shared/stored-json.sql.js';
import { classOf, DEVICE_CLASSES } from '../../../shared/vocabulary.js';
import { placeInQueue, type QueuePlace, SERVED_AHEAD, servedAheadValues, type StockPool } from '../../requests/index.js';
import { LIVE_OFFER_STATES } from '../domain/offer.machine.js';
import type { PromisableLines } from './promisable-lines.js';
import { BEFORE_ALL, LINE_FAMILY, LINE_KEY, LINE_STANDING } from './round-line.sql.js';
import type { SolutionKey } from './round-solutions.repository.js';
import { NIL_ID } from '../../../shared/ids.js';

// Reads devices, sites, request_lines, households, learners and what SERVED_AHEAD reads, beside the tables of this module.

/** A returned device, with its pool. */
export interface ReturnedDevice extends Omit<StockPool, 'today'> {
  readonly id: string;
  /** Whether it can be given out now. */
  readonly isFree: boolean;
  /** Whether it is on its way to another site. */
  readonly isOnItsWay: boolean;
}

/** The number of lines that one statement reads. */
const LOOKED_AT = 50;

const IS_FREE = `(d.status = 'available' AND NOT EXISTS (
  SELECT FROM offers o WHERE o.council_id = current_council() AND o.device_id = d.id AND o.state IN ('${LIVE_OFFER_STATES.join("', '")}')))`;
const DEVICE = `
  SELECT d.id, d.category, d.site_id AS "siteId", d.fund_id AS "fundId", ${IS_FREE} AS "isFree",
    d.status = 'in_transit' AS "isOnItsWay"
  FROM devices d JOIN sites s ON s.council_id = current_council() AND s.id = d.site_id
  WHERE d.council_id = current_council() AND d.id = $1`;

/**
 * What rounds `r` of one device propose by `p`, as long as no person has decided about it. A round that is being solved again proposes
 * nothing.
 */
const PROPOSED = `
  FROM round_proposals p JOIN allocation_rounds r ON r.council_id = current_council() AND r.id = p.round_id AND r.solution = p.solution
  WHERE p.council_id = current_council() AND p.pool IS NOT NULL AND r.state = 'draft' AND r.device_id IS NOT NULL AND r.solution = r.asked`;

/**
 * Lines that are passed by: those to which this very device was offered before, those that wait for an answer about another device, and
 * those that were set aside.
 */
const FIRST_LINES = `
  SELECT l.id, l.score, encode(l.ticket, 'hex') AS ticket, key, standing FROM (
  SELECT l.* ${SERVED_AHEAD}
    AND NOT EXISTS (SELECT FROM offers o WHERE o.council_id = current_council() AND o.line_id = l.id AND o.device_id = $10)
    AND NOT EXISTS (SELECT ${PROPOSED} AND p.line_id = l.id AND r.device_id <> $10)
    AND NOT EXISTS (
      SELECT FROM round_exclusions x JOIN allocation_rounds r ON r.council_id = current_council() AND r.id = x.round_id
      WHERE x.council_id = current_council() AND x.line_id = l.id AND x.is_effective AND r.state = 'draft' AND r.device_id = $10)
    AND (${placeInQueue('l')}) > (-($11::integer), decode($12, 'hex'), $13::uuid)
  ORDER BY ${placeInQueue('l')} LIMIT ${LOOKED_AT}
  ) l ${LINE_FAMILY} CROSS JOIN LATERAL (SELECT ${LINE_KEY} AS key, ${LINE_STANDING('$14::text[]', '$9')} AS standing) told
  ORDER BY ${placeInQueue('l')}`;
/** Of the free devices of a pool, those that other rounds propose, one each. */
const PROPOSED_OF_POOL = `
  SELECT count(DISTINCT d.id)::integer AS devices FROM allocation_rounds r JOIN devices d ON d.council_id = current_council() AND d.id = r.device_id
  WHERE r.council_id = current_council() AND r.state = 'draft' AND r.solution = r.asked AND ${wholeIn("r.stats -> 'served'")} > 0
    AND d.id <> $1 AND d.category = $2 AND d.site_id = $3 AND d.fund_id IS NOT DISTINCT FROM $4 AND ${IS_FREE}`;
const PROPOSED_TO = `
  SELECT p.line_id AS id FROM round_proposals p
  WHERE p.council_id = current_council() AND p.round_id = $1 AND p.solution = $2 AND p.pool IS NOT NULL`;
/** Rounds of one device are settled one after the other, because what one proposes changes what another may propose. */
const SETTLE_ALONE = `SELECT pg_advisory_xact_lock(hashtextextended('proposals at once ' || current_council()::text, 0))`;
const OWNER = `
  SELECT s.school_id AS "schoolId" FROM sites s WHERE s.council_id = current_council() AND s.id = $3 AND NOT EXISTS (
    SELECT FROM (
      SELECT e.line_id FROM round_explanations e WHERE e.council_id = current_council() AND e.round_id = $1 AND e.solution = $2
      UNION ALL
      SELECT x.line_id FROM round_exclusions x WHERE x.council_id = current_council() AND x.round_id = $1 OFFSET 0) told
    CROSS JOIN LATERAL (SELECT l.household_id FROM request_lines l WHERE l.council_id = current_council() AND l.id = told.line_id OFFSET 0) l
    JOIN households h ON h.council_id = current_council() AND h.id = l.household_id
    WHERE h.school_id IS DISTINCT FROM s.school_id AND NOT EXISTS (
      SELECT FROM learners c WHERE c.council_id = current_council() AND c.household_id = h.id AND c.school_id = s.school_id AND c.left_at IS NULL))`;
const DRAFT_OF_DEVICE = `
  SELECT id FROM allocation_rounds WHERE council_id = current_council() AND device_id = $1 AND state = 'draft'`;

/** The SQL of proposing a device at once. */
@Injectable()
export class ReturnedDevicesRepository {
  device(tx: Tx, id: string): Promise<ReturnedDevice | null> {
    return tx.one<ReturnedDevice>(DEVICE, [id]);
  }

  /** The first line in the queue that a device can serve and whose family may be promised one more. The lines are read some at a time. */
  async firstLine(tx: Tx, device: ReturnedDevice, today: StockPool['today'], promisable: PromisableLines): Promise<string | null> {
    // The nil id excludes no household, so every line counts.
    const pool = servedAheadValues({ ...device, today }, NIL_ID, null);
    for (let after = BEFORE_ALL; ;) {
      const values = [...pool, device.id, after.score, after.ticket, after.id, DEVICE_CLASSES[classOf(device.category)]];
      const lines = await tx.query<QueuePlace & { key: string; standing: string }>(FIRST_LINES, values);
      const first = lines.find(({ key, standing }) => promisable.of(key, standing).line.acceptableCategories.includes(device.category));
      const last = lines.at(-1);
      if (first || !last || lines.length < LOOKED_AT) return first?.id ?? null;
      after = last;
    }
  }

  /** How many other devices of its pool are free but already proposed to a line. */
  async proposedBeside(tx: Tx, { id, category, siteId, fundId }: ReturnedDevice): Promise<number> {
    return (await tx.one<{ devices: number }>(PROPOSED_OF_POOL, [id, category, siteId, fundId]))?.devices ?? 0;
  }

  /** From here to the end of the transaction no other transaction settles the round of a device. */
  async settleAlone(tx: Tx): Promise<void> {
    await tx.query(SETTLE_ALONE);
  }

  /** The line to which a solution of a device's round proposes the device; null when there is none. */
  async proposedTo(tx: Tx, { roundId, solution }: SolutionKey): Promise<string | null> {
    return (await tx.one<{ id: string }>(PROPOSED_TO, [roundId, solution]))?.id ?? null;
  }

  /**
   * The school whose administrators may see a proposal: the school of the device's site, if every line that the proposal names is within
   * its reach.
   */
  async owner(tx: Tx, { roundId, solution }: SolutionKey, siteId: string): Promise<string | null> {
    return (await tx.one<{ schoolId: string | null }>(OWNER, [roundId, solution, siteId]))?.schoolId ?? null;
  }

  /** The draft round that proposes a device. */
  async draftOf(tx: Tx, deviceId: string): Promise<string | null> {
    return (await tx.one<{ id: string }>(DRAFT_OF_DEVICE, [deviceId]))?.id ?? null;
  }
}
