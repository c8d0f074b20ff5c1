import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import { type QueuePlace, SERVED_AHEAD, servedAheadValues, type StockPool } from '../../requests/index.js';
import type { LineDecision, QueueBypassKind } from '../domain/decision.texts.js';

// Reads request_lines, sites, funds, learners, audit_events and audit_reasons beside the table of this module.

/** By which audit event a decision is known: its subject is the decision, and its reason the person's words. */
export const QUEUE_BYPASS_ACTIONS = {
  placement: 'offer.placed_by_hand',
  override: 'loan.hand_over_overridden',
} as const satisfies Record<QueueBypassKind, string>;

/** A device that goes to a household although others may wait ahead of it. */
export interface QueueBypass {
  readonly kind: QueueBypassKind;
  /** The offer or the loan by which it goes. */
  readonly decisionId: string;
  readonly actor: string;
  readonly pool: StockPool;
  readonly householdId: string;
  /** The household's own place in the queue; null where it does not wait. */
  readonly place: QueuePlace | null;
}

/** More than anybody reads; the newest. */
const MOST = 100;

const RECORD = `
  INSERT INTO passed_over_lines (council_id, line_id, decision_id, kind, at, actor, category, site_id, fund_id)
  SELECT current_council(), l.id, $10::uuid, $11::text, $12::timestamptz, $13::text, $2::text, $3::uuid, $8::uuid ${SERVED_AHEAD}
  ON CONFLICT (council_id, line_id, decision_id) DO NOTHING`;

const OF_LINE = `
  SELECT p.kind, p.at, r.reason
  FROM passed_over_lines p
  LEFT JOIN audit_events e ON e.council_id = current_council() AND e.subject = p.decision_id
    AND e.action = CASE p.kind WHEN 'placement' THEN '${QUEUE_BYPASS_ACTIONS.placement}' ELSE '${QUEUE_BYPASS_ACTIONS.override}' END
  LEFT JOIN audit_reasons r ON r.council_id = current_council() AND r.event_id = e.id
  WHERE p.council_id = current_council() AND p.line_id = $1
  ORDER BY p.ordinal DESC LIMIT ${MOST}`;

/** The SQL of who was passed over. */
@Injectable()
export class PassedOverRepository {
  /** Records every line ahead that the device could have served, in one statement however many there are. */
  async record(tx: Tx, { kind, decisionId, actor, pool, householdId, place }: QueueBypass, now: Date): Promise<void> {
    await tx.execute(RECORD, [...servedAheadValues(pool, householdId, place), decisionId, kind, now, actor]);
  }

  /** What passed a line over, the newest first. */
  ofLine(tx: Tx, lineId: string): Promise<LineDecision[]> {
    return tx.query<LineDecision & Record<string, unknown>>(OF_LINE, [lineId]);
  }
}
