import { Injectable } from '@nestjs/common';
import { Secrets } from '../config/secrets.js';
import { Transactions, type Tx } from '../database/index.js';
import { Every } from '../outbox/index.js';
import { CHAIN_START, eventMac, linkHash, reasonHash, type AuditEvent } from './audit-event.js';

const BATCH = 2000;

interface EventRow {
  id: string;
  council_id: string;
  at: Date;
  actor: string;
  action: string;
  subject: string;
  fields: string[];
  reason_hash: string | null;
  mac: string;
}

const COLUMNS = 'e.id, e.council_id, e.at, e.actor, e.action, e.subject, e.fields, e.reason_hash, e.mac';
const WAITING_COUNCILS = 'SELECT DISTINCT council_id FROM audit_unsealed';
const COUNCILS = 'SELECT DISTINCT council_id FROM audit_events UNION SELECT DISTINCT council_id FROM audit_chain';
const HEAD = 'SELECT position, hash FROM audit_chain WHERE council_id = current_council() ORDER BY position DESC LIMIT 1';
const UNSEALED = `
  SELECT ${COLUMNS} FROM audit_unsealed u JOIN audit_events e USING (council_id)
  WHERE u.council_id = current_council() AND e.id = u.event_id ORDER BY e.id LIMIT ${BATCH}`;
const SEAL = `
  WITH sealed AS (DELETE FROM audit_unsealed WHERE council_id = current_council() AND event_id = ANY($2::uuid[]))
  INSERT INTO audit_chain (council_id, position, event_id, hash)
  SELECT current_council(), * FROM unnest($1::bigint[], $2::uuid[], $3::text[])`;
/** One chain grows at one place at a time; another process that is at it already does this work. */
const TRY_LOCK = `SELECT pg_try_advisory_xact_lock(hashtextextended('audit-chain' || current_council()::text, 0)) AS locked`;

const LINKS = `
  SELECT c.position, c.hash, c.event_id, ${COLUMNS}, r.salt, r.reason
  FROM audit_chain c
  LEFT JOIN audit_events e ON e.council_id = c.council_id AND e.id = c.event_id
  LEFT JOIN audit_reasons r ON r.council_id = c.council_id AND r.event_id = c.event_id
  WHERE c.council_id = current_council() AND c.position > $1 ORDER BY c.position LIMIT ${BATCH}`;
const UNCHAINED = `
  SELECT ${COLUMNS}, u.event_id IS NOT NULL AS awaits_seal
  FROM audit_events e LEFT JOIN audit_unsealed u ON u.council_id = e.council_id AND u.event_id = e.id
  WHERE e.council_id = current_council() AND e.id > $1
    AND NOT EXISTS (SELECT FROM audit_chain c WHERE c.council_id = e.council_id AND c.event_id = e.id)
  ORDER BY e.id LIMIT ${BATCH}`;

export interface ChainFault {
  readonly councilId: string;
  readonly eventId: string;
  readonly fault: 'changed' | 'removed' | 'put_in' | 'chain_broken' | 'reason_changed';
}

export interface ChainReport {
  readonly events: number;
  readonly unsealed: number;
  readonly faults: readonly ChainFault[];
}

/** Seals audit events onto their council's hash chain, and checks the chains. */
@Injectable()
export class AuditChain {
  private readonly key: Buffer;

  constructor(
    private readonly transactions: Transactions,
    secrets: Secrets,
  ) {
    this.key = secrets.key('audit');
  }

  /** Seals what was written since the last time: apart from the writers, so that they never wait for each other. Returns how many. */
  @Every(3)
  async seal(): Promise<number> {
    const councils = await this.transactions.system((tx) => tx.query<{ council_id: string }>(WAITING_COUNCILS));
    let sealed = 0;
    for (const { council_id: councilId } of councils) {
      for (let batch = BATCH; batch === BATCH; sealed += batch) {
        batch = await this.transactions.write(councilId, (tx) => this.sealBatch(tx));
      }
    }
    return sealed;
  }

  private async sealBatch(tx: Tx): Promise<number> {
    const lock = await tx.one<{ locked: boolean }>(TRY_LOCK);
    if (!lock?.locked) return 0;
    const head = await tx.one<{ position: number; hash: string }>(HEAD);
    let position = head?.position ?? 0;
    let hash = head?.hash ?? CHAIN_START;
    const links = (await tx.query<EventRow>(UNSEALED)).map((row) => {
      position += 1;
      hash = linkHash(this.key, hash, position, asEvent(row));
      return { position, id: row.id, hash };
    });
    if (links.length > 0) {
      await tx.execute(SEAL, [links.map((link) => link.position), links.map((link) => link.id), links.map((link) => link.hash)]);
    }
    return links.length;
  }

  /** Walks every chain and every event: finds whatever was changed, removed or put in behind the program's back. */
  async verify(): Promise<ChainReport> {
    const councils = await this.transactions.system((tx) => tx.query<{ council_id: string }>(COUNCILS));
    const report = { events: 0, unsealed: 0, faults: [] as ChainFault[] };
    for (const { council_id: councilId } of councils) {
      await this.transactions.read(councilId, async (tx) => {
        await this.verifyChain(tx, report);
        await this.verifyUnchained(tx, report);
      });
    }
    return report;
  }

  private async verifyChain(tx: Tx, report: { events: number; faults: ChainFault[] }): Promise<void> {
    type Link = Partial<EventRow> & { position: number; hash: string; event_id: string; salt: string | null; reason: string | null };
    let previous = CHAIN_START;
    let expected = 1;
    for (;;) {
      const links = await tx.query<Link>(LINKS, [expected - 1]);
      for (const link of links) {
        const fault = (kind: ChainFault['fault']) => report.faults.push({ councilId: tx.councilId, eventId: link.event_id, fault: kind });
        report.events += 1;
        if (link.position !== expected) fault('chain_broken');
        if (link.id == null) fault('removed');
        else {
          const event = asEvent(link as EventRow);
          if (eventMac(this.key, event) !== link.mac) fault('changed');
          else if (linkHash(this.key, previous, link.position, event) !== link.hash) fault('chain_broken');
          if (link.salt !== null && link.reason !== null && reasonHash(link.salt, link.reason) !== event.reasonHash) fault('reason_changed');
        }
        previous = link.hash;
        expected = link.position + 1;
      }
      if (links.length < BATCH) return;
    }
  }

  private async verifyUnchained(tx: Tx, report: { events: number; unsealed: number; faults: ChainFault[] }): Promise<void> {
    let after = '00000000-0000-0000-0000-000000000000';
    for (;;) {
      const rows = await tx.query<EventRow & { awaits_seal: boolean }>(UNCHAINED, [after]);
      for (const row of rows) {
        report.events += 1;
        report.unsealed += 1;
        after = row.id;
        const genuine = row.awaits_seal && eventMac(this.key, asEvent(row)) === row.mac;
        if (!genuine) report.faults.push({ councilId: tx.councilId, eventId: row.id, fault: 'put_in' });
      }
      if (rows.length < BATCH) return;
    }
  }
}

function asEvent(row: EventRow): AuditEvent {
  const { id, council_id: councilId, at, actor, action, subject, fields, reason_hash: hash } = row;
  return { id, councilId, at, actor, action, subject, fields, reasonHash: hash };
}
