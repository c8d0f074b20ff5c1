import { Injectable } from '@nestjs/common';
import { Transactions } from '../../platform/index.js';

export interface AuditEventFilter {
  readonly actor?: string;
  readonly action?: string;
  readonly subject?: string;
  readonly from?: string;
  readonly to?: string;
}

/** Where a page begins: after the event of this moment and id. */
export interface AuditEventPlace {
  readonly at: string;
  readonly id: string;
}

export interface AuditEventRow {
  readonly id: string;
  readonly at: Date;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly fields: string[];
  readonly reason: string | null;
  readonly sealed: boolean;
}

// Newest first. Reads the platform's tables: audit_events, audit_reasons, audit_chain.
const PAGE = `
  SELECT e.id, e.at, e.actor, e.action, e.subject, e.fields, r.reason,
    EXISTS (SELECT FROM audit_chain c WHERE c.council_id = e.council_id AND c.event_id = e.id) AS sealed
  FROM audit_events e LEFT JOIN audit_reasons r ON r.council_id = e.council_id AND r.event_id = e.id
  WHERE e.council_id = current_council()
    AND ($1::text IS NULL OR e.actor = $1) AND ($2::text IS NULL OR e.action = $2) AND ($3::uuid IS NULL OR e.subject = $3)
    AND ($4::timestamptz IS NULL OR e.at >= $4) AND ($5::timestamptz IS NULL OR e.at < $5)
    AND ($6::timestamptz IS NULL OR (e.at, e.id) < ($6, $7::uuid))
  ORDER BY e.at DESC, e.id DESC LIMIT $8`;

/** All SQL of the audit trail's readers. */
@Injectable()
export class AuditEventsRepository {
  constructor(private readonly transactions: Transactions) {}

  /** One more than `limit`, newest first. */
  page(councilId: string, filter: AuditEventFilter, after: AuditEventPlace | null, limit: number): Promise<AuditEventRow[]> {
    const { actor = null, action = null, subject = null, from = null, to = null } = filter;
    const values = [actor, action, subject, from, to, after?.at ?? null, after?.id ?? null, limit + 1];
    return this.transactions.tenantRead<AuditEventRow>(councilId, PAGE, values);
  }
}
