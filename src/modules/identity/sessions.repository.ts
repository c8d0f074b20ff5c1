import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/index.js';
import type { StaffRole } from '../councils/index.js';
import type { Failures } from './domain/sign-in-delay.rules.js';
import type { SecondFactor } from './totp.repository.js';

export interface Account {
  readonly id: string;
  readonly councilId: string;
  readonly passwordHash: string | null;
  readonly active: boolean;
}

/** Who a session or a token stands for. */
export interface Identity {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly role: StaffRole | null;
  readonly schoolId: string | null;
  readonly siteId: string | null;
  /** Signs in with a second factor. */
  readonly totp: boolean;
}

/** Failures older than this are forgotten. */
const REMEMBERED_MINUTES = 30;

const ACCOUNT = `
  SELECT id, council_id AS "councilId", password_hash AS "passwordHash", active FROM users WHERE email_key = $1`;
const FAILURES = `
  SELECT coalesce(sum(failures) FILTER (WHERE email_key = $1), 0)::integer AS account, max(last_at) FILTER (WHERE email_key = $1) AS "accountAt",
    coalesce(sum(failures), 0)::integer AS address, max(last_at) AS "addressAt"
  FROM sign_in_failures WHERE address = $2 AND last_at > $3::timestamptz - interval '${REMEMBERED_MINUTES} minutes'`;
const FAILED = `
  INSERT INTO sign_in_failures AS f (email_key, address, failures, last_at) VALUES ($1, $2, 1, $3)
  ON CONFLICT (email_key, address) DO UPDATE SET last_at = excluded.last_at,
    failures = CASE WHEN f.last_at > excluded.last_at - interval '${REMEMBERED_MINUTES} minutes' THEN f.failures + 1 ELSE 1 END`;
/** Tries of one account at one address are let in one after the other, so that a burst counts as many. */
const IN_TURN = 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))';
const NOT_MADE = 'UPDATE sign_in_failures SET failures = failures - 1 WHERE email_key = $1 AND address = $2 AND failures > 0';
const SUCCEEDED = 'DELETE FROM sign_in_failures WHERE email_key = $1 AND address = $2';
/** The account again, under lock: it may have been ended, or given another password, while the password was checked. */
const STILL = `
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
const FORGET_FAILURES = `DELETE FROM sign_in_failures WHERE last_at < now() - interval '${REMEMBERED_MINUTES} minutes'`;

/** All SQL of signing in. Accounts are found across councils: those calls need a system transaction. */
@Injectable()
export class SessionsRepository {
  account(tx: Tx, emailKey: string): Promise<Account | null> {
    return tx.one<Account>(ACCOUNT, [emailKey]);
  }

  /** Failures of an account at an address, and of the address on all accounts. */
  async failures(tx: Tx, emailKey: string, address: string, now: Date): Promise<{ ofAccount: Failures; ofAddress: Failures }> {
    const row = await tx.one<{ account: number; accountAt: Date | null; address: number; addressAt: Date | null }>(FAILURES, [
      emailKey,
      address,
      now,
    ]);
    return {
      ofAccount: { count: row?.account ?? 0, lastAt: row?.accountAt ?? null },
      ofAddress: { count: row?.address ?? 0, lastAt: row?.addressAt ?? null },
    };
  }

  /** Waits for other tries of this account at this address, until the transaction ends. */
  async inTurn(tx: Tx, emailKey: string, address: string): Promise<void> {
    await tx.execute(IN_TURN, [`sign-in ${emailKey} ${address}`]);
  }

  /** Counts a try as failed; one that succeeds takes it back. */
  async failed(tx: Tx, emailKey: string, address: string, now: Date): Promise<void> {
    await tx.execute(FAILED, [emailKey, address, now]);
  }

  /** Takes one try back that was not made after all. */
  async notMade(tx: Tx, emailKey: string, address: string): Promise<void> {
    await tx.execute(NOT_MADE, [emailKey, address]);
  }

  async succeeded(tx: Tx, emailKey: string, address: string): Promise<void> {
    await tx.execute(SUCCEEDED, [emailKey, address]);
  }

  /** Locks the account and gives its second factor; null when it has ended or changed its password meanwhile. */
  lock(tx: Tx, account: Account): Promise<SecondFactor | null> {
    return tx.one<SecondFactor & Record<string, unknown>>(STILL, [account.id, account.passwordHash]);
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
    await tx.execute(FORGET_FAILURES);
  }
}
