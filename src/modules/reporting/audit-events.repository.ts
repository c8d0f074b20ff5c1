import { Injectable } from '@nestjs/common';
import { Transactions } from '../../platform/index.js';
import { Conditions } from '../requests/index.js';

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
  /** Its number among the council's events, in the order in which the database stored them. The times come from several clocks. */
  readonly ordinal: number;
}

// Newest first. Reads the platform's tables: audit_events, audit_reasons, audit_chain.
const EVENTS = `
  SELECT e.id, e.at, e.actor, e.action, e.subject, e.fields, e.ordinal, r.reason,
    EXISTS (SELECT FROM audit_chain c WHERE c.council_id = e.council_id AND c.event_id = e.id) AS sealed
  FROM audit_events e LEFT JOIN audit_reasons r ON r.council_id = e.council_id AND r.event_id = e.id
  WHERE`;

/**
 * No running process is further than this from the clocks of the others. So events whose times are further apart have the same order by
 * time and by ordinal.
 */
const CLOCKS_APART = "interval '1 hour'";
const FIRST_FROM = (instant: string) =>
  `(SELECT f.ordinal FROM audit_events f WHERE f.council_id = current_council() AND f.at >= ${instant} ORDER BY f.at LIMIT 1)`;
const FROM = `e.ordinal >= ${FIRST_FROM(`?::timestamptz - ${CLOCKS_APART}`)}`;
const BEFORE = `e.ordinal < coalesce(${FIRST_FROM(`?::timestamptz + ${CLOCKS_APART}`)}, 9223372036854775807)`;

/** All SQL that reads the audit trail. */
@Injectable()
export class AuditEventsRepository {
  constructor(private readonly transactions: Transactions) {}

  /** Newest first. Returns one more than `limit` when more follow. */
  page(councilId: string, filter: AuditEventFilter, before: number | null, limit: number): Promise<AuditEventRow[]> {
    const where = new Conditions('e.council_id = current_council()')
      .and('e.actor = ?', filter.actor)
      .and('e.action = ?', filter.action)
      .and('e.subject = ?', filter.subject)
      .and('e.at >= ?', filter.from)
      .and(FROM, filter.from)
      .and('e.at < ?', filter.to)
      .and(BEFORE, filter.to)
      .and('e.ordinal < ?', before);
    const text = `${EVENTS} ${where.text} ORDER BY e.ordinal DESC LIMIT ${where.bind('?', limit + 1)}`;
    return this.transactions.tenantRead<AuditEventRow>(councilId, text, where.values);
  }
}
