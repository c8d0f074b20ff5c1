import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { newId } from '../../shared/ids.js';
import { Clock } from '../clock/clock.js';
import { Secrets } from '../config/secrets.js';
import type { Tx } from '../database/index.js';
import { eventMac, reasonHash, type AuditEvent } from './audit-event.js';

/** What was done, by whom, to what. */
export interface AuditEntry {
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  /** Names of the fields that changed; never their values. */
  readonly fields?: readonly string[];
  /** Somebody's own words; kept apart, where they can be erased. */
  readonly reason?: string | null;
}

const INSERT = `
  INSERT INTO audit_events (id, council_id, at, actor, action, subject, fields, reason_hash, mac)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`;
const INSERT_REASON = 'INSERT INTO audit_reasons (council_id, event_id, salt, reason) VALUES ($1, $2, $3, $4)';

/** Writes the audit trail, in the transaction of the change that it tells of. */
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
    const event: AuditEvent = {
      id: newId(),
      councilId: tx.councilId,
      at: this.clock.now(),
      actor,
      action,
      subject,
      fields,
      reasonHash: reason ? reasonHash(salt, reason) : null,
    };
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
}
