import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import type { StaffRole } from '../../councils/index.js';
import type { SecondFactor } from '../second-factor/totp.repository.js';

export interface Account {
  readonly id: string;
  readonly councilId: string;
  readonly passwordHash: string | null;
  readonly active: boolean;
}

/** The person or the client that a session or a token belongs to. */
export interface Identity {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly role: StaffRole | null;
  readonly schoolId: string | null;
  readonly siteId: string | null;
  /** Whether the person signs in with a second factor. */
  readonly totp: boolean;
}

const ACCOUNT = `
  SELECT id, council_id AS "councilId", password_hash AS "passwordHash", active FROM users WHERE email_key = $1`;
/** Reads the account again and locks it, because it may have been ended, or given another password, while the password was checked. */
const LOCK_IF_UNCHANGED = `
  SELECT totp_secret AS secret, totp_step AS "lastStep"
  FROM users WHERE council_id = current_council() AND id = $1 AND active AND password_hash = $2 FOR UPDATE`;
const INSERT = `
  INSERT INTO sessions (council_id, id, user_id, token_hash, created_at, expires_at) VALUES (current_council(), $1, $2, $3, $4, $5)`;
const END = 'UPDATE sessions SET ended_at = $2 WHERE council_id = current_council() AND id = $1 AND ended_at IS NULL';
const USER = `
  SELECT id, name, email, role, school_id AS "schoolId", site_id AS "siteId", totp_secret IS NOT NULL AS totp
  FROM users WHERE council_id = current_council() AND id = $1`;
const CLIENT = `
  SELECT id, name, NULL AS email, NULL AS role, NULL AS "schoolId", NULL AS "siteId", false AS totp
  FROM api_clients WHERE council_id = current_council() AND id = $1`;
const FORGET_SESSIONS = "DELETE FROM sessions WHERE expires_at < now() - interval '1 day'";

/** All SQL of signing in. Accounts are found across councils; the methods that do so need a system transaction. */
@Injectable()
export class SessionsRepository {
  account(tx: Tx, emailKey: string): Promise<Account | null> {
    return tx.one<Account>(ACCOUNT, [emailKey]);
  }

  /** Locks the account and returns its second factor; null when the account was ended or got another password meanwhile. */
  lock(tx: Tx, account: Account): Promise<SecondFactor | null> {
    return tx.one<SecondFactor>(LOCK_IF_UNCHANGED, [account.id, account.passwordHash]);
  }

  async open(tx: Tx, userId: string, session: { id: string; tokenHash: string; createdAt: Date; expiresAt: Date }): Promise<void> {
    await tx.execute(INSERT, [session.id, userId, session.tokenHash, session.createdAt, session.expiresAt]);
  }

  async end(tx: Tx, sessionId: string, now: Date): Promise<void> {
    await tx.execute(END, [sessionId, now]);
  }

  /** The person or the client with this id. */
  identity(tx: Tx, kind: 'user' | 'client', id: string): Promise<Identity | null> {
    return tx.one<Identity>(kind === 'user' ? USER : CLIENT, [id]);
  }

  async forgetOld(tx: Tx): Promise<void> {
    await tx.execute(FORGET_SESSIONS);
  }
}
