import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import type { Day } from '../../../shared/day.js';
import type { DeviceClass } from '../../../shared/vocabulary.js';

/** A decision that a person takes once: rounds of one returned device are published without asking again. */
export interface StandingDecision {
  readonly id: string;
  /** Its number among the council's decisions, in the order in which they were taken. */
  readonly ordinal: number;
  readonly name: string;
  /** Null means every class. */
  readonly class: DeviceClass | null;
  /** Null means the stock of every site. */
  readonly siteId: string | null;
  readonly reason: string;
  readonly from: Day;
  /** The last day; null means until it is revoked. */
  readonly until: Day | null;
  readonly decidedBy: string;
  readonly decidedAt: Date;
  readonly revokedBy: string | null;
  readonly revokedAt: Date | null;
  readonly version: number;
}

export type NewStandingDecision = Pick<StandingDecision, 'name' | 'class' | 'siteId' | 'reason' | 'from' | 'until'>;

/** The proposal for which a standing decision is looked up. */
export interface ProposalScope {
  readonly class: DeviceClass;
  readonly siteId: string;
}

const DECISION = `
  d.id, d.ordinal, d.name, d.class, d.site_id AS "siteId", d.reason, d.holds_from::text AS "from", d.holds_until::text AS "until", d.decided_by AS "decidedBy",
  d.decided_at AS "decidedAt", d.revoked_by AS "revokedBy", d.revoked_at AS "revokedAt", d.version`;
const ONE = `SELECT ${DECISION} FROM standing_decisions d WHERE d.council_id = current_council() AND d.id = $1`;
const LOCK = `${ONE} FOR UPDATE`;
const PAGE = `
  SELECT ${DECISION} FROM standing_decisions d WHERE d.council_id = current_council() AND ($1::bigint IS NULL OR d.ordinal > $1) ORDER BY d.ordinal LIMIT $2`;
const INSERT = `
  INSERT INTO standing_decisions AS d (council_id, id, name, class, site_id, reason, holds_from, holds_until, decided_by, decided_at)
  VALUES (current_council(), $1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING ${DECISION}`;
const REVOKE = `
  UPDATE standing_decisions d SET revoked_by = $2, revoked_at = $3, version = d.version + 1
  WHERE d.council_id = current_council() AND d.id = $1 AND d.revoked_at IS NULL RETURNING ${DECISION}`;

/**
 * If several hold, the one with the narrowest scope, and of those the latest. It is locked, so that nobody can revoke it before the
 * transaction has published under it.
 */
const HOLDING = `
  SELECT ${DECISION} FROM standing_decisions d
  WHERE d.council_id = current_council() AND d.revoked_at IS NULL AND (d.class IS NULL OR d.class = $1) AND (d.site_id IS NULL OR d.site_id = $2)
    AND d.holds_from <= $3 AND (d.holds_until IS NULL OR d.holds_until >= $3)
  ORDER BY (d.site_id IS NULL), (d.class IS NULL), d.ordinal DESC LIMIT 1 FOR SHARE`;

/** The SQL of standing decisions. */
@Injectable()
export class StandingDecisionsRepository {
  find(tx: Tx, id: string): Promise<StandingDecision | null> {
    return tx.one<StandingDecision>(ONE, [id]);
  }

  lock(tx: Tx, id: string): Promise<StandingDecision | null> {
    return tx.one<StandingDecision>(LOCK, [id]);
  }

  /** In the order in which they were taken. Returns one more than `limit` when more follow. */
  page(tx: Tx, after: number | null, limit: number): Promise<StandingDecision[]> {
    return tx.query<StandingDecision>(PAGE, [after, limit + 1]);
  }

  insert(tx: Tx, id: string, made: NewStandingDecision, by: string, now: Date): Promise<StandingDecision> {
    const values = [made.name, made.class, made.siteId, made.reason, made.from, made.until];
    return tx.row<StandingDecision>(INSERT, [id, ...values, by, now]);
  }

  /** The decision must be locked and must still hold. */
  async revoke(tx: Tx, id: string, by: string, now: Date): Promise<StandingDecision> {
    const revoked = await tx.one<StandingDecision>(REVOKE, [id, by, now]);
    if (!revoked) throw new Error('a standing decision was revoked although it was locked');
    return revoked;
  }

  holding(tx: Tx, { class: deviceClass, siteId }: ProposalScope, today: Day): Promise<StandingDecision | null> {
    return tx.one<StandingDecision>(HOLDING, [deviceClass, siteId, today]);
  }
}
