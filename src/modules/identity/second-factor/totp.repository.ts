import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';

/** The second factor of an account, sealed; no secret: it has none. */
export interface SecondFactor {
  readonly secret: string | null;
  /** The last step whose code was accepted. */
  readonly lastStep: number | null;
}

export interface Enrolment extends SecondFactor {
  readonly email: string;
  /** Asked for, and not confirmed yet. */
  readonly pending: string | null;
}

const LOCK = `
  SELECT email, totp_secret AS secret, totp_step AS "lastStep", totp_pending AS pending
  FROM users WHERE council_id = current_council() AND id = $1 FOR UPDATE`;
const BEGIN = 'UPDATE users SET totp_pending = $2 WHERE council_id = current_council() AND id = $1';
const SWITCH_ON = `
  UPDATE users SET totp_secret = totp_pending, totp_pending = NULL, totp_step = $2 WHERE council_id = current_council() AND id = $1`;
const SPEND = 'UPDATE users SET totp_step = $2 WHERE council_id = current_council() AND id = $1';
const SWITCH_OFF = 'UPDATE users SET totp_secret = NULL, totp_step = NULL WHERE council_id = current_council() AND id = $1';

/** The SQL of second factors. Whoever changes one holds the account's lock. */
@Injectable()
export class TotpRepository {
  lock(tx: Tx, userId: string): Promise<Enrolment | null> {
    return tx.one<Enrolment>(LOCK, [userId]);
  }

  async begin(tx: Tx, userId: string, sealed: string): Promise<void> {
    await tx.execute(BEGIN, [userId, sealed]);
  }

  /** The pending secret becomes the account's; `step` is that of the code which confirmed it. */
  async switchOn(tx: Tx, userId: string, step: number): Promise<void> {
    await tx.execute(SWITCH_ON, [userId, step]);
  }

  /** Codes up to this step are used up. */
  async spend(tx: Tx, userId: string, step: number): Promise<void> {
    await tx.execute(SPEND, [userId, step]);
  }

  async switchOff(tx: Tx, userId: string): Promise<void> {
    await tx.execute(SWITCH_OFF, [userId]);
  }
}
