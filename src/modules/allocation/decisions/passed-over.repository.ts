import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import { type QueuePlace, SERVED_AHEAD, servedAheadValues, type StockPool } from '../../requests/index.js';
import type { LineDecision, QueueBypassKind } from '../domain/decision.texts.js';

// Reads request_lines, sites, funds, learners, audit_events and audit_reasons beside the table of this module.

/**
 * The action of the audit event of each kind of decision. The event's subject is the id of the decision; its reason is what the person
 * wrote.
 */
export const QUEUE_BYPASS_ACTIONS = {
  placement: 'offer.placed_by_hand',
  override: 'loan.hand_over_overridden',
} as const satisfies Record<QueueBypassKind, string>;

/** A device that goes to a household although others may wait ahead of it. */
export interface QueueBypass {
  readonly kind: QueueBypassKind;
  /** The id of the offer (a placement) or of the loan (an override). */
  readonly decisionId: string;
  readonly pool: StockPool;
  readonly householdId: string;
  /** The household's own place in the queue; null when the household does not wait. */
  readonly place: QueuePlace | null;
}

/** The most decisions that are listed for one line, the newest first. Nobody reads more. */
const MOST = 100;

/** Lines are stored as bits: one row for a block of this many ordinals, and in it one bit for each ordinal. */
const BLOCK = 1024;
const blockOf = (line: string) => `${line}.ordinal / ${BLOCK}`;
const bitOf = (line: string) => `(${line}.ordinal % ${BLOCK})::integer`;

/** The devices of one decision may belong to several pools, so the lines of each are added to those that are stored already. */
const RECORD = `
  INSERT INTO passed_over_blocks AS b (council_id, block, decision_id, kind, at, lines)
  SELECT current_council(), ${blockOf('l')}, $10::uuid, $11::text, $12::timestamptz, bit_or(set_bit(0::bit(${BLOCK}), ${bitOf('l')}, 1))
  ${SERVED_AHEAD} GROUP BY 2
  ON CONFLICT (council_id, block, decision_id) DO UPDATE SET lines = b.lines | excluded.lines`;

const OF_LINE = `
  WITH line AS MATERIALIZED (
    SELECT ${blockOf('l')} AS block, ${bitOf('l')} AS bit FROM request_lines l WHERE l.council_id = current_council() AND l.id = $1
  ), newest AS MATERIALIZED (
    SELECT b.decision_id, b.kind, b.at, b.ordinal FROM passed_over_blocks b
    WHERE b.council_id = current_council() AND b.block = (SELECT block FROM line) AND get_bit(b.lines, (SELECT bit FROM line)) = 1
    ORDER BY b.ordinal DESC LIMIT ${MOST}
  )
  SELECT n.kind, n.at, r.reason
  FROM newest n
  LEFT JOIN audit_events e ON e.council_id = current_council() AND e.subject = n.decision_id
    AND e.action = CASE n.kind WHEN 'placement' THEN '${QUEUE_BYPASS_ACTIONS.placement}' ELSE '${QUEUE_BYPASS_ACTIONS.override}' END
  LEFT JOIN audit_reasons r ON r.council_id = current_council() AND r.event_id = e.id
  ORDER BY n.ordinal DESC`;

/** The SQL of who was passed over. */
@Injectable()
export class PassedOverRepository {
  /**
   * Records every waiting line ahead that the device could have served. It reads all of them, however many wait, but writes only one row
   * for up to a thousand.
   */
  async record(tx: Tx, { kind, decisionId, pool, householdId, place }: QueueBypass, now: Date): Promise<void> {
    await tx.execute(RECORD, [...servedAheadValues(pool, householdId, place), decisionId, kind, now]);
  }

  /** The decisions that passed a line over, the newest first. */
  ofLine(tx: Tx, lineId: string): Promise<LineDecision[]> {
    return tx.query<LineDecision>(OF_LINE, [lineId]);
  }
}
