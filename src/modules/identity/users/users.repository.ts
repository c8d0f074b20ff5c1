import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import type { User } from './entities/user.entity.js';

export type LockedUser = Pick<User, 'id' | 'email' | 'emailKey' | 'role' | 'schoolId' | 'siteId' | 'active' | 'version'>;

/**
 * Locks the managers first, in the order of ids, then the account. Two transactions that together would leave a council without a manager
 * meet at these locks.
 */
const LOCK_MANAGERS = `
  SELECT id FROM users WHERE council_id = current_council() AND role = 'council_manager' AND active ORDER BY id FOR UPDATE`;
const LOCK = `
  SELECT id, email, email_key AS "emailKey", role, school_id AS "schoolId", site_id AS "siteId", active, version
  FROM users WHERE council_id = current_council() AND id = $1 FOR UPDATE`;
const END_SESSIONS = `
  UPDATE sessions SET ended_at = $2 WHERE council_id = current_council() AND user_id = $1 AND ended_at IS NULL AND expires_at > $2`;
const SET_PASSWORD = `
  UPDATE users SET password_hash = $2, totp_secret = NULL, totp_step = NULL, totp_pending = NULL
  WHERE council_id = current_council() AND id = $1`;

/** The SQL of accounts beyond their plain values: locks, and deletions that belong to a change. */
@Injectable()
export class UsersRepository {
  async lockActiveManagers(tx: Tx): Promise<string[]> {
    return (await tx.query<{ id: string }>(LOCK_MANAGERS)).map(({ id }) => id);
  }

  lock(tx: Tx, id: string): Promise<LockedUser | null> {
    return tx.one<LockedUser>(LOCK, [id]);
  }

  async endSessions(tx: Tx, id: string, now: Date): Promise<void> {
    await tx.execute(END_SESSIONS, [id, now]);
  }

  /** Also deletes the second factor, since a person who is invited again may have lost it together with the password. */
  async setPassword(tx: Tx, id: string, passwordHash: string): Promise<void> {
    await tx.execute(SET_PASSWORD, [id, passwordHash]);
  }
}
