import { randomBytes, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, Every, Transactions } from '../../../platform/index.js';
import { isUuid } from '../../../shared/ids.js';
import { ok, refused, type Result } from '../../../shared/result.js';
import type { Scope } from '../../councils/index.js';
import { tokenHash } from '../access/authenticator.js';

export const TOKEN_SECONDS = 3600;

/** Why no token was given (RFC 6749, 5.2). */
export type TokenRefusal = 'invalid_client' | 'invalid_scope';

export interface Token {
  readonly accessToken: string;
  readonly scopes: readonly Scope[];
}

const FIND = 'SELECT council_id, secret_hash, scopes, revoked_at FROM api_clients WHERE id = $1';
const INSERT =
  'INSERT INTO access_tokens (council_id, token_hash, client_id, scopes, expires_at) VALUES (current_council(), $1, $2, $3, $4)';
const USED = `
  UPDATE api_clients SET last_used_at = $2
  WHERE council_id = current_council() AND id = $1 AND (last_used_at IS NULL OR last_used_at < $2::timestamptz - interval '1 minute')`;
/**
 * Reads the client again and locks it, because it may have been revoked, or given another secret, since it was looked up. FOR SHARE would
 * not do: two transactions that share the row would wait for each other when both record its use.
 */
const LOCK_IF_UNCHANGED =
  'SELECT scopes FROM api_clients WHERE council_id = current_council() AND id = $1 AND secret_hash = $2 AND revoked_at IS NULL FOR NO KEY UPDATE';
const FORGET = 'DELETE FROM access_tokens WHERE expires_at < now()';

interface ClientRow {
  council_id: string;
  secret_hash: string;
  scopes: Scope[];
  revoked_at: Date | null;
}

/** Gives access tokens to clients (RFC 6749, 4.4). */
@Injectable()
export class TokenService {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** Gives a token that is valid for an hour. If `asked` is null, it has all scopes of the client. */
  async issue(clientId: string, secret: string, asked: readonly string[] | null): Promise<Result<Token, TokenRefusal>> {
    const client = isUuid(clientId) ? await this.transactions.system((tx) => tx.one<ClientRow>(FIND, [clientId])) : null;
    // The same work is done when the client does not exist, so that the time of the answer does not tell.
    const isRight = sameHash(client?.secret_hash ?? tokenHash(''), tokenHash(secret));
    if (!client || !isRight || client.revoked_at !== null) return refused('invalid_client');

    return this.transactions.write(client.council_id, async (tx) => {
      const still = await tx.one<{ scopes: Scope[] }>(LOCK_IF_UNCHANGED, [clientId, client.secret_hash]);
      if (!still) return refused('invalid_client');
      const scopes = asked === null ? still.scopes : still.scopes.filter((scope) => asked.includes(scope));
      if (asked !== null && scopes.length < new Set(asked).size) return refused('invalid_scope');
      const accessToken = randomBytes(32).toString('base64url');
      const now = this.clock.now();
      await tx.execute(INSERT, [tokenHash(accessToken), clientId, scopes, new Date(now.getTime() + TOKEN_SECONDS * 1000)]);
      await tx.execute(USED, [clientId, now]);
      return ok({ accessToken, scopes });
    });
  }

  @Every(600)
  forgetExpired(): Promise<number> {
    return this.transactions.system((tx) => tx.execute(FORGET));
  }
}

function sameHash(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
