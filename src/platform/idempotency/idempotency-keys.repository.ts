import { Injectable } from '@nestjs/common';
import { Settings } from '../config/settings.js';
import type { Tx } from '../database/index.js';
import { storedHeaders } from './kept-headers.js';

const KEPT_HOURS = 24;

/** Whose key it is, and for which operation it was sent. */
export interface KeyName {
  readonly caller: string;
  /** The method and the path. */
  readonly operation: string;
  readonly key: string;
}

/** What is stored when a key is claimed. */
export interface NewClaim {
  readonly claim: string;
  /** Null while it is not known, because a file is read later. */
  readonly bodyHash: string | null;
}

/** What is stored under a key. */
export interface KeyRow {
  readonly claim: string;
  /** Null when the body has not been read to its end yet. */
  readonly bodyHash: string | null;
  /** The key is older than a day, and so it is free again. */
  readonly isPast: boolean;
  /** Nobody renews its lease any more. */
  readonly isAbandoned: boolean;
  readonly madeKind: string | null;
  readonly madeId: string | null;
  readonly status: number | null;
  /** Empty while there is no answer. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** What is stored of an answer. */
export interface KeptAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly bodyHash: string | null;
}

const WHICH = 'council_id = current_council() AND caller = $1 AND operation = $2 AND key = $3';
const LEASE = 'clock_timestamp() + make_interval(secs => $5)';
/** By the database's clock, like the lease, since the clocks of processes may differ. */
const IS_PAST = `created_at < clock_timestamp() - interval '${KEPT_HOURS} hours'`;
/** The condition avoids a conflict with an existing row: the insert would wait for the transaction of that row's request. */
const TAKE = `
  INSERT INTO idempotency_keys (council_id, caller, operation, key, claim, created_at, leased_until, body_hash)
  SELECT current_council(), $1::text, $2::text, $3::text, $4::uuid, clock_timestamp(), ${LEASE}, $6::text
  WHERE NOT EXISTS (SELECT FROM idempotency_keys WHERE ${WHICH})
  ON CONFLICT (council_id, caller, operation, key) DO NOTHING`;
const READ = `
  SELECT claim, body_hash AS "bodyHash", ${IS_PAST} AS "isPast", leased_until < clock_timestamp() AS "isAbandoned",
    made_kind AS "madeKind", made_id AS "madeId", status, headers, body
  FROM idempotency_keys WHERE ${WHICH}`;
/** A locked row belongs to a transaction that still runs. Its request is alive, whatever its lease says. */
const TAKE_OVER = `
  UPDATE idempotency_keys SET claim = $4, created_at = clock_timestamp(), leased_until = ${LEASE}, body_hash = $6,
    made_at = NULL, made_kind = NULL, made_id = NULL, answered_at = NULL, status = NULL, headers = NULL, body = NULL
  WHERE (council_id, caller, operation, key) IN (
    SELECT council_id, caller, operation, key FROM idempotency_keys
    WHERE ${WHICH} AND claim = $7
      AND (${IS_PAST} OR (made_at IS NULL AND answered_at IS NULL AND leased_until < clock_timestamp()))
    FOR UPDATE SKIP LOCKED)`;
const HOLD = 'SELECT FROM idempotency_keys WHERE council_id = current_council() AND claim = $1 AND answered_at IS NULL FOR UPDATE';
const SETTLE = `
  UPDATE idempotency_keys
  SET made_at = clock_timestamp(), made_kind = $2, made_id = $3, body_hash = coalesce($4, body_hash)
  WHERE council_id = current_council() AND claim = $1 AND made_at IS NULL`;
/** A refusal is not stored as the answer of a request that had an effect. */
const KEEP = `
  UPDATE idempotency_keys SET answered_at = $2, status = $3, headers = $4, body = $5, body_hash = coalesce($6, body_hash)
  WHERE council_id = current_council() AND claim = $1 AND answered_at IS NULL AND ($3 < 400 OR made_at IS NULL)`;
const RELEASE = `
  DELETE FROM idempotency_keys WHERE council_id = current_council() AND claim = $1 AND answered_at IS NULL AND made_at IS NULL`;
const RENEW = `
  UPDATE idempotency_keys SET leased_until = clock_timestamp() + make_interval(secs => $2)
  WHERE claim IN (SELECT claim FROM idempotency_keys WHERE claim = ANY($1::uuid[]) FOR UPDATE SKIP LOCKED)`;
const FORGET = `DELETE FROM idempotency_keys WHERE ${IS_PAST}`;

/** The SQL of idempotency keys. */
@Injectable()
export class IdempotencyKeysRepository {
  constructor(private readonly settings: Settings) {}

  /** Whether the key was free and now belongs to this claim. */
  async take(tx: Tx, name: KeyName, taking: NewClaim): Promise<boolean> {
    return (await tx.execute(TAKE, this.valuesOf(name, taking))) === 1;
  }

  async find(tx: Tx, { caller, operation, key }: KeyName): Promise<KeyRow | null> {
    const row = await tx.one<KeyRow>(READ, [caller, operation, key]);
    return row && { ...row, headers: storedHeaders(row.headers) };
  }

  /** Claims a key that is older than a day, or whose request died before it had an effect. */
  async takeOver(tx: Tx, name: KeyName, from: string, taking: NewClaim): Promise<boolean> {
    return (await tx.execute(TAKE_OVER, [...this.valuesOf(name, taking), from])) === 1;
  }

  /** Locks the key until the transaction ends. Returns false when another request has taken the key over. */
  async hold(tx: Tx, claim: string): Promise<boolean> {
    return (await tx.execute(HOLD, [claim])) === 1;
  }

  /** Records once what the request made. When a request works in several transactions, the first one counts. */
  async settle(tx: Tx, claim: string, made: { readonly kind: string; readonly id: string }, bodyHash: string | null): Promise<void> {
    await tx.execute(SETTLE, [claim, made.kind, made.id, bodyHash]);
  }

  async keep(tx: Tx, claim: string, { status, headers, body, bodyHash }: KeptAnswer, now: Date): Promise<void> {
    await tx.execute(KEEP, [claim, now, status, headers, JSON.stringify(body ?? null), bodyHash]);
  }

  /** Frees the key, unless something was made under it. */
  async release(tx: Tx, claim: string): Promise<void> {
    await tx.execute(RELEASE, [claim]);
  }

  /** Renews the leases of running requests. Needs the platform's own transaction. */
  async renew(tx: Tx, claims: readonly string[]): Promise<void> {
    await tx.execute(RENEW, [claims, this.leaseSeconds]);
  }

  /** Deletes keys that are older than a day and returns their number. Needs the platform's own transaction. */
  forget(tx: Tx): Promise<number> {
    return tx.execute(FORGET);
  }

  private valuesOf({ caller, operation, key }: KeyName, { claim, bodyHash }: NewClaim): unknown[] {
    return [caller, operation, key, claim, this.leaseSeconds, bodyHash];
  }

  private get leaseSeconds(): number {
    return this.settings.idempotencyLeaseSeconds;
  }
}
