import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { newId } from '../../shared/ids.js';
import { Clock } from '../clock/clock.js';
import { Secrets } from '../config/secrets.js';
import type { Tx } from '../database/index.js';
import { eventMac, reasonHash, type AuditEvent } from './audit-event.js';

/** What was done, by whom, and to what. */
export interface AuditEntry {
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  /** Names of the fields that changed; never their values. */
  readonly fields?: readonly string[];
  /** What a person wrote as the reason. It is stored apart, where it can be erased. */
  readonly reason?: string | null;
}

const INSERT = `
  INSERT INTO audit_events (id, council_id, at, actor, action, subject, fields, reason_hash, mac)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`;
const INSERT_EACH = `
  INSERT INTO audit_events (id, council_id, at, actor, action, subject, fields, reason_hash, mac)
  SELECT e.id, e."councilId", e.at, e.actor, e.action, e.subject, e.fields, NULL, e.mac
  FROM ROWS FROM (
    jsonb_to_recordset($1::jsonb) AS (id uuid, "councilId" uuid, at timestamptz, actor text, action text, subject uuid, fields text[], mac text)
  ) WITH ORDINALITY AS e (id, "councilId", at, actor, action, subject, fields, mac, place)
  ORDER BY e.place`;
const INSERT_REASON = 'INSERT INTO audit_reasons (council_id, event_id, salt, reason) VALUES ($1, $2, $3, $4)';

/** Writes the audit trail, in the transaction of the change that it records. */
@Injectable()
export class Audit {
  private readonly key: Buffer;

  constructor(
    private readonly clock: Clock,
    secrets: Secrets,
  ) {
    this.key = secrets.key('audit');
  }

  async record(tx: Tx, { actor, action, subject, fields = [], reason }: AuditEntry): Promise<void> {
    const salt = randomBytes(16).toString('hex');
    const event = this.event(tx, { actor, action, subject, fields }, reason ? reasonHash(salt, reason) : null);
    await tx.execute(INSERT, [
      event.id,
      event.councilId,
      event.at,
      actor,
      action,
      subject,
      fields,
      event.reasonHash,
      eventMac(this.key, event),
    ]);
    if (reason) await tx.execute(INSERT_REASON, [event.councilId, event.id, salt, reason]);
  }

  /** Records many entries with one statement; none of them has a reason. */
  async recordEach(tx: Tx, entries: readonly Omit<AuditEntry, 'reason'>[]): Promise<void> {
    if (entries.length === 0) return;
    const events = entries.map((entry) => this.event(tx, entry, null));
    await tx.execute(INSERT_EACH, [JSON.stringify(events.map((event) => ({ ...event, mac: eventMac(this.key, event) })))]);
  }

  private event(tx: Tx, { actor, action, subject, fields = [] }: Omit<AuditEntry, 'reason'>, hash: string | null): AuditEvent {
    return { id: newId(), councilId: tx.councilId, at: this.clock.now(), actor, action, subject, fields, reasonHash: hash };
  }
}
