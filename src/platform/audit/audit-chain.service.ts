import { Injectable } from '@nestjs/common';
import { Secrets } from '../config/secrets.js';
import { Transactions, type Tx } from '../database/index.js';
import { Log } from '../logging/log.js';
import { Every } from '../outbox/index.js';
import { CHAIN_START, eventMac, linkHash, reasonHash, type AuditEvent } from './audit-event.js';

const BATCH = 2000;

interface EventRow {
  id: string;
  ordinal: number;
  council_id: string;
  at: Date;
  actor: string;
  action: string;
  subject: string;
  fields: string[];
  reason_hash: string | null;
  mac: string;
}

const COLUMNS = 'e.id, e.ordinal, e.council_id, e.at, e.actor, e.action, e.subject, e.fields, e.reason_hash, e.mac';
/** Finds the councils by steps along the key, so that one row of each council is read, however many of its events wait. */
const WAITING_COUNCILS = `
  WITH RECURSIVE waiting AS (
    (SELECT council_id FROM audit_unsealed ORDER BY council_id LIMIT 1)
    UNION ALL
    SELECT next.council_id FROM waiting CROSS JOIN LATERAL (
      SELECT u.council_id FROM audit_unsealed u WHERE u.council_id > waiting.council_id ORDER BY u.council_id LIMIT 1) next)
  SELECT council_id FROM waiting`;
const COUNCILS = 'SELECT DISTINCT council_id FROM audit_events UNION SELECT DISTINCT council_id FROM audit_chain';
const HEAD = 'SELECT position, hash FROM audit_chain WHERE council_id = current_council() ORDER BY position DESC LIMIT 1';
/**
 * In the order of their ordinals. An event whose transaction is still open is not visible yet, and is sealed after those that were
 * committed meanwhile. Two events about the same thing never change their order, since whoever writes one holds the lock of that thing
 * until the transaction ends.
 */
const UNSEALED = `
  SELECT ${COLUMNS} FROM audit_unsealed u JOIN audit_events e USING (council_id)
  WHERE u.council_id = current_council() AND e.id = u.event_id ORDER BY u.ordinal LIMIT ${BATCH}`;
const SEAL = `
  WITH sealed AS (DELETE FROM audit_unsealed WHERE council_id = current_council() AND event_id = ANY($2::uuid[]))
  INSERT INTO audit_chain (council_id, position, event_id, hash, ordinal)
  SELECT current_council(), * FROM unnest($1::bigint[], $2::uuid[], $3::text[], $4::bigint[])`;
/** A chain grows at one place at a time. If another process is sealing this council's events, there is nothing to do here. */
const TRY_LOCK = `SELECT pg_try_advisory_xact_lock(hashtextextended('audit-chain' || current_council()::text, 0)) AS locked`;

const LINKS = `
  SELECT c.position, c.hash, c.event_id, c.ordinal AS sealed_ordinal, ${COLUMNS}, r.salt, r.reason
  FROM audit_chain c
  LEFT JOIN audit_events e ON e.council_id = c.council_id AND e.id = c.event_id
  LEFT JOIN audit_reasons r ON r.council_id = c.council_id AND r.event_id = c.event_id
  WHERE c.council_id = current_council() AND c.position > $1 ORDER BY c.position LIMIT ${BATCH}`;
const UNCHAINED = `
  SELECT ${COLUMNS}, u.event_id IS NOT NULL AS awaits_seal
  FROM audit_events e LEFT JOIN audit_unsealed u ON u.council_id = e.council_id AND u.event_id = e.id
  WHERE e.council_id = current_council() AND e.ordinal > $1
    AND NOT EXISTS (SELECT FROM audit_chain c WHERE c.council_id = e.council_id AND c.event_id = e.id)
  ORDER BY e.ordinal LIMIT ${BATCH}`;

const VANISHED = `
  SELECT event_id FROM audit_unsealed u WHERE council_id = current_council()
    AND NOT EXISTS (SELECT FROM audit_events e WHERE e.council_id = u.council_id AND e.id = u.event_id)`;
const LINK_AT = 'SELECT hash FROM audit_chain WHERE council_id = current_council() AND position = $1';

export interface ChainFault {
  readonly councilId: string;
  /** Null when the whole end of the chain is missing. */
  readonly eventId: string | null;
  readonly fault: 'changed' | 'removed' | 'put_in' | 'chain_broken' | 'reason_changed' | 'cut_off';
}

/** Where a council's chain ended at some time. Whoever keeps it elsewhere can show later that nothing was cut off since. */
export interface ChainHead {
  readonly councilId: string;
  readonly position: number;
  readonly hash: string;
}

export interface ChainReport {
  readonly events: number;
  readonly unsealed: number;
  readonly heads: readonly ChainHead[];
  readonly faults: readonly ChainFault[];
}

interface Findings {
  events: number;
  unsealed: number;
  readonly heads: ChainHead[];
  readonly faults: ChainFault[];
}

interface LinkRow extends Omit<EventRow, 'id'> {
  /** Null when the event is missing. */
  id: string | null;
  position: number;
  hash: string;
  event_id: string;
  /** The ordinal of the event when it was sealed; null when events had none yet. */
  sealed_ordinal: number | null;
  salt: string | null;
  reason: string | null;
}

/** Seals audit events onto the hash chain of their council, and verifies the chains. */
@Injectable()
export class AuditChainService {
  private readonly key: Buffer;

  constructor(
    private readonly transactions: Transactions,
    private readonly log: Log,
    secrets: Secrets,
  ) {
    this.key = secrets.key('audit');
  }

  /**
   * Seals the events that were written since the last time. It runs apart from the writers, so that they never wait for each other. Returns
   * the number of events.
   */
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
      const { id, ordinal } = row;
      hash = linkHash(this.key, hash, { position, ordinal }, asEvent(row));
      return { position, id, hash, ordinal };
    });
    if (links.length > 0) {
      const column = <T>(value: (link: (typeof links)[number]) => T) => links.map(value);
      const values = [
        column(({ position }) => position),
        column(({ id }) => id),
        column((link) => link.hash),
        column(({ ordinal }) => ordinal),
      ];
      await tx.execute(SEAL, values);
    }
    return links.length;
  }

  /** Writes the end of each chain to the log, from which it cannot be taken back. */
  @Every(3600)
  async logHeads(): Promise<void> {
    for (const councilId of await this.councils()) {
      const [head] = await this.transactions.tenantRead<{ position: number; hash: string }>(councilId, HEAD);
      if (head) this.log.info('audit chain', { council: councilId, position: head.position, hash: head.hash });
    }
  }

  /**
   * Reads every chain and every event, and finds whatever was changed, removed or inserted without the program. If the newest events were
   * removed together with their links, only a head that was kept elsewhere shows it.
   */
  async verify(keptHeads: readonly ChainHead[] = []): Promise<ChainReport> {
    const findings: Findings = { events: 0, unsealed: 0, heads: [], faults: [] };
    const councils = new Set([...(await this.councils()), ...keptHeads.map((head) => head.councilId)]);
    for (const councilId of councils) {
      await this.transactions.read(councilId, async (tx) => {
        await this.verifyChain(tx, findings);
        await this.verifyUnchained(tx, findings);
        for (const head of keptHeads.filter((each) => each.councilId === councilId)) {
          const link = await tx.one<{ hash: string }>(LINK_AT, [head.position]);
          if (link?.hash !== head.hash) findings.faults.push({ councilId, eventId: null, fault: 'cut_off' });
        }
      });
    }
    return findings;
  }

  private async councils(): Promise<string[]> {
    const rows = await this.transactions.system((tx) => tx.query<{ council_id: string }>(COUNCILS));
    return rows.map(({ council_id }) => council_id);
  }

  private async verifyChain(tx: Tx, report: Findings): Promise<void> {
    let previous = CHAIN_START;
    let expected = 1;
    for (;;) {
      const links = await tx.query<LinkRow>(LINKS, [expected - 1]);
      for (const link of links) {
        report.events += 1;
        for (const fault of this.faultsOf(link, previous, expected)) {
          report.faults.push({ councilId: tx.councilId, eventId: link.event_id, fault });
        }
        previous = link.hash;
        expected = link.position + 1;
      }
      if (links.length < BATCH) {
        if (expected > 1) report.heads.push({ councilId: tx.councilId, position: expected - 1, hash: previous });
        return;
      }
    }
  }

  private faultsOf(link: LinkRow, previous: string, expected: number): ChainFault['fault'][] {
    const { id, position, salt, reason, ordinal, sealed_ordinal: sealed } = link;
    if (id === null) return position === expected ? ['removed'] : ['removed', 'chain_broken'];
    const event = asEvent({ ...link, id });
    const words: ChainFault['fault'][] =
      salt !== null && reason !== null && reasonHash(salt, reason) !== event.reasonHash ? ['reason_changed'] : [];
    const isMoved = sealed !== null && sealed !== ordinal;
    if (isMoved || eventMac(this.key, event) !== link.mac) return ['changed', ...words];
    const follows = position === expected && linkHash(this.key, previous, { position, ordinal: sealed }, event) === link.hash;
    return follows ? words : ['chain_broken', ...words];
  }

  private async verifyUnchained(tx: Tx, report: Findings): Promise<void> {
    for (const { event_id: eventId } of await tx.query<{ event_id: string }>(VANISHED)) {
      report.faults.push({ councilId: tx.councilId, eventId, fault: 'removed' });
    }
    let after = 0;
    for (;;) {
      const rows = await tx.query<EventRow & { awaits_seal: boolean }>(UNCHAINED, [after]);
      for (const row of rows) {
        report.events += 1;
        report.unsealed += 1;
        after = row.ordinal;
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
