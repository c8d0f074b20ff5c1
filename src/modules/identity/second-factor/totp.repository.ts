import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';

/** The second factor of an account; its secrets are encrypted. `secret` is null when the account has none. */
export interface SecondFactor {
  readonly secret: string | null;
  /** The last step of which a code was accepted. */
  readonly lastStep: number | null;
}

export interface Enrolment extends SecondFactor {
  readonly email: string;
  /** A secret that was given and has not been confirmed yet. */
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

/** The SQL of second factors. Whoever changes one must have locked the account. */
@Injectable()
export class TotpRepository {
  lock(tx: Tx, userId: string): Promise<Enrolment | null> {
    return tx.one<Enrolment>(LOCK, [userId]);
  }

  async begin(tx: Tx, userId: string, sealed: string): Promise<void> {
    await tx.execute(BEGIN, [userId, sealed]);
  }

  /** Makes the pending secret the secret of the account. `step` belongs to the code that confirmed it. */
  async switchOn(tx: Tx, userId: string, step: number): Promise<void> {
    await tx.execute(SWITCH_ON, [userId, step]);
  }

  /** Records that the codes up to this step have been used. */
  async spend(tx: Tx, userId: string, step: number): Promise<void> {
    await tx.execute(SPEND, [userId, step]);
  }

  async switchOff(tx: Tx, userId: string): Promise<void> {
    await tx.execute(SWITCH_OFF, [userId]);
  }
}
