import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { Audit, Clock, Transactions, type Tx, VersionedTable } from '../../../platform/index.js';
import { type Fault, forbidden, invalid, notFound, type Outcome } from '../../../shared/denial.js';
import { ok } from '../../../shared/result.js';
import type { ExpectedVersion } from '../../../shared/version.js';
import { type Actor, CouncilsService, isScope, type Scope, SCOPES } from '../../councils/index.js';
import { tokenHash } from '../access/authenticator.js';
import { ApiClient } from './entities/api-client.entity.js';

type ClientValues = Pick<ApiClient, 'name' | 'scopes'>;

/** A client with its secret, which is shown only here. */
export interface ClientWithSecret {
  readonly client: ApiClient;
  readonly secret: string;
}

const clients = new VersionedTable(ApiClient);
const NOT_REVOKED = { revokedAt: IsNull() };
const LOCK = 'SELECT FROM api_clients WHERE council_id = current_council() AND id = $1 FOR UPDATE';
const END_TOKENS = 'DELETE FROM access_tokens WHERE council_id = current_council() AND client_id = $1';

/** The API clients of a council. */
@Injectable()
export class ClientsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly councils: CouncilsService,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  list(councilId: string, after: string | null, limit: number): Promise<ApiClient[]> {
    return this.transactions.read(councilId, (tx) => clients.page(tx, NOT_REVOKED, after, limit));
  }

  get(councilId: string, id: string): Promise<Outcome<ApiClient>> {
    return this.transactions.read(councilId, async (tx) => {
      const client = await clients.find(tx, id);
      return client && client.revokedAt === null ? ok(client) : notFound();
    });
  }

  /** Makes a client. If the caller is a client, it can give only the scopes that it has. */
  create(actor: Actor, values: ClientValues): Promise<Outcome<ClientWithSecret>> {
    const faults = scopesFaults(actor, values.scopes);
    if (faults.length > 0) return Promise.resolve(invalid(...faults));
    return this.transactions.write(actor, (tx) => this.insert(tx, actor.id, values));
  }

  /** Makes a client for the operator, in the council with this code. `*` stands for every scope. */
  async createForOperator(councilCode: string, name: string, scopes: string): Promise<Outcome<ClientWithSecret>> {
    const asked = scopes.trim() === '*' ? [...SCOPES] : scopes.trim().split(/\s+/);
    const unknown = asked.filter((scope) => !isScope(scope));
    if (unknown.length > 0) return invalid({ pointer: '/scopes', code: 'NOT_ONE_OF', message: `has no meaning: ${unknown.join(', ')}` });
    const councilId = await this.councils.idOf(councilCode);
    if (councilId === null) return notFound();
    return this.transactions.write(councilId, (tx) => this.insert(tx, 'system', { name, scopes: asked as Scope[] }));
  }

  update(actor: Actor, id: string, expected: ExpectedVersion, changes: Partial<ClientValues>): Promise<Outcome<ApiClient>> {
    const { scopes } = changes;
    const faults = scopesFaults(actor, scopes ?? []);
    if (faults.length > 0) return Promise.resolve(invalid(...faults));
    const each = { ...changes, ...(scopes && { scopes: [...new Set(scopes)] }) };
    return this.changing(actor, id, expected, each, 'client.changed', Object.keys(changes));
  }

  /**
   * Revokes the client and all its tokens at once. If the caller is a client, it can revoke only one that has no more scopes than itself.
   */
  async revoke(actor: Actor, id: string): Promise<Outcome<null>> {
    const revoked = await this.changing(actor, id, 'any', { revokedAt: this.clock.now() }, 'client.revoked', []);
    return revoked.ok ? ok(null) : revoked;
  }

  /**
   * Gives the client another secret. The old secret, and the tokens that were got with it, are no longer valid. Whoever gets the new secret
   * can do what the client may; so if the caller is a client, it can do this only for one that has no more scopes than itself.
   */
  async rotate(actor: Actor, id: string): Promise<Outcome<ClientWithSecret>> {
    const secret = newSecret();
    const rotated = await this.changing(actor, id, 'any', { secretHash: tokenHash(secret) }, 'client.rotated', []);
    return rotated.ok ? ok({ client: rotated.value, secret }) : rotated;
  }

  private async insert(tx: Tx, by: string, { name, scopes }: ClientValues): Promise<Outcome<ClientWithSecret>> {
    const secret = newSecret();
    const values = { name, scopes: [...new Set(scopes)], secretHash: tokenHash(secret), lastUsedAt: null, revokedAt: null };
    const client = await clients.insert(tx, values, this.clock.now());
    tx.made('client', client.id);
    await this.audit.record(tx, { actor: by, action: 'client.created', subject: client.id });
    return ok({ client, secret });
  }

  private changing(
    actor: Actor,
    id: string,
    expected: ExpectedVersion,
    changes: Partial<Omit<ApiClient, 'id' | 'councilId' | 'version' | 'createdAt' | 'updatedAt'>>,
    action: string,
    fields: string[],
  ): Promise<Outcome<ApiClient>> {
    return this.transactions.write(actor, async (tx) => {
      await tx.execute(LOCK, [id]);
      const client = await clients.find(tx, id);
      if (!client || client.revokedAt !== null) return notFound();
      // Whoever changes a client decides about its scopes, so nobody may change a client with scopes that they do not have.
      if (scopesFaults(actor, client.scopes).length > 0) return forbidden('that client holds scopes which you do not hold');
      const changed = await clients.update(tx, id, expected, changes, this.clock.now());
      if (!changed.ok) return changed;
      // After a change of the scopes or of the secret, and after a revocation, tokens that were given before are no longer valid.
      await tx.execute(END_TOKENS, [id]);
      await this.audit.record(tx, { actor: actor.id, action, subject: id, fields });
      return changed;
    });
  }
}

/** A secret of 256 random bits, in base64url. Nobody can guess it, so a plain hash of it is stored. */
const newSecret = (): string => randomBytes(32).toString('base64url');

function scopesFaults(actor: Actor, scopes: readonly Scope[]): Fault[] {
  const { scopes: held } = actor;
  if (held === null) return [];
  return scopes.flatMap((scope, index) =>
    held.has(scope)
      ? []
      : [{ pointer: `/scopes/${index}`, code: 'SCOPE_NOT_HELD', message: `you can't give ${scope}, which you don't have` }],
  );
}
