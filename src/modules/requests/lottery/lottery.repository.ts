import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import { hmacBlocks } from '../../../shared/hmac-blocks.js';
import type { CycleState } from '../domain/cycle.machine.js';

/** One cycle of a council's lottery. Its seed is secret until the cycle is closed. */
export interface Cycle {
  readonly id: string;
  readonly number: number;
  readonly state: CycleState;
  readonly seed: Buffer;
  readonly publicValueName: string;
  readonly publicValue: string | null;
  /** Why the tickets are drawn again; null for the first cycle. */
  readonly reason: string | null;
  readonly openedAt: Date | null;
  readonly closedAt: Date | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

const CYCLE = `
  id, number, state, seed, public_value_name AS "publicValueName", public_value AS "publicValue", reason, opened_at AS "openedAt",
  closed_at AS "closedAt", version, created_at AS "createdAt", updated_at AS "updatedAt"`;
const PAGE = `
  SELECT ${CYCLE} FROM lottery_cycles WHERE council_id = current_council() AND ($1::integer IS NULL OR number < $1) ORDER BY number DESC LIMIT $2`;
const FIND = `SELECT ${CYCLE} FROM lottery_cycles WHERE council_id = current_council() AND id = $1`;
const LOCK = `${FIND} FOR UPDATE`;
const INSERT = `
  INSERT INTO lottery_cycles (council_id, id, number, state, seed, public_value_name, reason, created_at, updated_at)
  VALUES (current_council(), $1, $2, 'announced', $3, $4, $5, $6, $6) RETURNING ${CYCLE}`;
const OPEN = `
  UPDATE lottery_cycles SET state = 'opened', public_value = $2, opened_at = $3, version = version + 1, updated_at = $3
  WHERE council_id = current_council() AND id = $1 RETURNING ${CYCLE}`;
const CLOSE = `
  UPDATE lottery_cycles SET state = 'closed', closed_at = $2, version = version + 1, updated_at = $2
  WHERE council_id = current_council() AND id = $1 RETURNING ${CYCLE}`;
const FIRST_KEY = 'SELECT first_key AS key FROM rankings WHERE council_id = current_council()';

const SET_KEY = `
  UPDATE rankings SET ticket_key = $1, inner_block = $2, outer_block = $3 WHERE council_id = current_council()`;
const DRAW_TICKETS = `
  UPDATE request_lines SET ticket = sha256($2 || sha256($1 || convert_to(household_id::text, 'UTF8'))), scorings = scorings + 1
  WHERE council_id = current_council() AND waiting_since IS NOT NULL`;

/** The SQL of the lottery. */
@Injectable()
export class LotteryRepository {
  /** Returns cycles, the latest first: one more than `limit`. */
  page(tx: Tx, before: number | null, limit: number): Promise<Cycle[]> {
    return tx.query<Cycle>(PAGE, [before, limit + 1]);
  }

  find(tx: Tx, id: string): Promise<Cycle | null> {
    return tx.one<Cycle>(FIND, [id]);
  }

  lock(tx: Tx, id: string): Promise<Cycle | null> {
    return tx.one<Cycle>(LOCK, [id]);
  }

  announce(tx: Tx, cycle: Pick<Cycle, 'id' | 'number' | 'seed' | 'publicValueName' | 'reason'>, now: Date): Promise<Cycle> {
    const { id, number, seed, publicValueName, reason } = cycle;
    return tx.row<Cycle>(INSERT, [id, number, seed, publicValueName, reason, now]);
  }

  open(tx: Tx, id: string, publicValue: string, now: Date): Promise<Cycle> {
    return tx.row<Cycle>(OPEN, [id, publicValue, now]);
  }

  close(tx: Tx, id: string, now: Date): Promise<Cycle> {
    return tx.row<Cycle>(CLOSE, [id, now]);
  }

  /** Returns the key of the tickets before the first cycle is opened; null while nobody has submitted a request. */
  async firstKey(tx: Tx): Promise<Buffer | null> {
    return (await tx.one<{ key: Buffer }>(FIRST_KEY))?.key ?? null;
  }

  /** Makes all tickets again from a key, in one statement. The caller holds the lock of the ranking, which must exist. */
  async drawTickets(tx: Tx, key: Buffer): Promise<void> {
    const { inner, outer } = hmacBlocks(key);
    await tx.execute(SET_KEY, [key, inner, outer]);
    await tx.execute(DRAW_TICKETS, [inner, outer]);
  }
}
