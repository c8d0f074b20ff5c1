import { Injectable } from '@nestjs/common';
import { Secrets, type Tx } from '../../../platform/index.js';
import { open, seal } from '../../../shared/sealed.js';
import { type SmsGateway, storedGateway } from '../domain/sms-gateway.rules.js';

export interface StoredGateway {
  readonly gateway: SmsGateway;
  readonly version: number;
  readonly updatedAt: Date;
}

const READ = `SELECT sealed, version, updated_at AS "updatedAt" FROM sms_gateways WHERE council_id = current_council()`;
const LOCK = `${READ} FOR UPDATE`;
const IS_SET = 'SELECT EXISTS (SELECT FROM sms_gateways WHERE council_id = current_council()) AS "isSet"';
const INSERT = `
  INSERT INTO sms_gateways (council_id, sealed, version, updated_at) VALUES (current_council(), $1, 1, $2) ON CONFLICT (council_id) DO NOTHING`;
const REPLACE = 'UPDATE sms_gateways SET sealed = $1, version = version + 1, updated_at = $2 WHERE council_id = current_council()';

interface Row {
  readonly sealed: string;
  readonly version: number;
  readonly updatedAt: Date;
}

/**
 * Reads and writes the SMS gateways of councils. A gateway contains secrets, in its headers or its address, so the whole row is encrypted with
 * a key of its council.
 */
@Injectable()
export class SmsGatewaysRepository {
  private readonly key: Buffer;

  constructor(secrets: Secrets) {
    this.key = secrets.key('sms');
  }

  async read(tx: Tx): Promise<StoredGateway | null> {
    return this.opened(tx, await tx.one<Row>(READ));
  }

  async isSet(tx: Tx): Promise<boolean> {
    return (await tx.one<{ isSet: boolean }>(IS_SET))?.isSet === true;
  }

  async lock(tx: Tx): Promise<StoredGateway | null> {
    return this.opened(tx, await tx.one<Row>(LOCK));
  }

  /** Writes the council's first gateway; returns false when somebody else was quicker. */
  async insert(tx: Tx, gateway: SmsGateway, now: Date): Promise<boolean> {
    return (await tx.execute(INSERT, [this.sealed(tx, gateway), now])) === 1;
  }

  async replace(tx: Tx, gateway: SmsGateway, now: Date): Promise<void> {
    await tx.execute(REPLACE, [this.sealed(tx, gateway), now]);
  }

  /** Decrypts a gateway that another statement has read. */
  openFor(councilId: string, sealed: string): SmsGateway {
    return storedGateway(JSON.parse(open(this.key, councilId, sealed)));
  }

  private sealed({ councilId }: Tx, gateway: SmsGateway): string {
    return seal(this.key, councilId, JSON.stringify(gateway));
  }

  private opened({ councilId }: Tx, row: Row | null): StoredGateway | null {
    return row && { gateway: this.openFor(councilId, row.sealed), version: row.version, updatedAt: row.updatedAt };
  }
}
