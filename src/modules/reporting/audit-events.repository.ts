import { Injectable } from '@nestjs/common';
import { Transactions } from '../../platform/index.js';

export interface AuditEventFilter {
  readonly actor?: string;
  readonly action?: string;
  readonly subject?: string;
  readonly from?: string;
  readonly to?: string;
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
  /** Its place among the council's events, as the database took them in: the times are those of several clocks. */
  readonly ordinal: number;
}

// Newest first. Reads the platform's tables: audit_events, audit_reasons, audit_chain.
const PAGE = `
  SELECT e.id, e.at, e.actor, e.action, e.subject, e.fields, e.ordinal, r.reason,
    EXISTS (SELECT FROM audit_chain c WHERE c.council_id = e.council_id AND c.event_id = e.id) AS sealed
  FROM audit_events e LEFT JOIN audit_reasons r ON r.council_id = e.council_id AND r.event_id = e.id
  WHERE e.council_id = current_council()
    AND ($1::text IS NULL OR e.actor = $1) AND ($2::text IS NULL OR e.action = $2) AND ($3::uuid IS NULL OR e.subject = $3)
    AND ($4::timestamptz IS NULL OR e.at >= $4) AND ($5::timestamptz IS NULL OR e.at < $5)
    AND ($6::bigint IS NULL OR e.ordinal < $6)
  ORDER BY e.ordinal DESC LIMIT $7`;

/** All SQL of the audit trail's readers. */
@Injectable()
export class AuditEventsRepository {
  constructor(private readonly transactions: Transactions) {}

  /** One more than `limit`, newest first. */
  page(councilId: string, filter: AuditEventFilter, before: number | null, limit: number): Promise<AuditEventRow[]> {
    const { actor = null, action = null, subject = null, from = null, to = null } = filter;
    const values = [actor, action, subject, from, to, before, limit + 1];
    return this.transactions.tenantRead<AuditEventRow>(councilId, PAGE, values);
  }
}
