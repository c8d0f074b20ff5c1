import { Injectable } from '@nestjs/common';
import { Audit, Clock, Transactions, VersionedTable, whenDuplicate } from '../../../platform/index.js';
import { forbidden, notFound, type Outcome, refusedFor, stale } from '../../../shared/denial.js';
import { refusalsHolding } from '../../../shared/refusal.js';
import { ok } from '../../../shared/result.js';
import { type ExpectedVersion, isExpected } from '../../../shared/version.js';
import type { Actor, StaffRole } from '../../councils/index.js';
import { AccessRegistry } from '../access/access-registry.js';
import { emailKey } from '../domain/email-key.js';
import { scopesOfRole } from '../domain/role-scopes.rules.js';
import { leavesNoManager, USER_REFUSALS } from '../domain/user.rules.js';
import { User } from './entities/user.entity.js';
import { InvitationsRepository } from './invitations.repository.js';
import { UNIQUE_USER, UserRecorder, type UserValues } from './user-recorder.js';
import { UsersRepository } from './users.repository.js';

const users = new VersionedTable(User);

/** The accounts of the council's staff. */
@Injectable()
export class UsersService {
  constructor(
    private readonly transactions: Transactions,
    private readonly repository: UsersRepository,
    private readonly recorder: UserRecorder,
    private readonly invitations: InvitationsRepository,
    private readonly access: AccessRegistry,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** In the order of ids. Returns one more than `limit` when more follow. */
  list(councilId: string, after: string | null, limit: number): Promise<User[]> {
    return this.transactions.read(councilId, (tx) => users.page(tx, {}, after, limit));
  }

  get(councilId: string, id: string): Promise<Outcome<User>> {
    return this.transactions.read(councilId, async (tx) => {
      const user = await users.find(tx, id);
      return user ? ok(user) : notFound();
    });
  }

  /** Makes an account. Nobody can sign in to it before the person is invited and chooses a password. */
  create(actor: Actor, values: UserValues): Promise<Outcome<User>> {
    if (!this.mayAppoint(actor, values.role)) return Promise.resolve(beyondRights(values.role));
    return whenDuplicate(UNIQUE_USER, () => this.transactions.write(actor, (tx) => this.recorder.insert(tx, actor.id, values)));
  }

  /** Changes an account. The last active manager cannot be ended. When an account is no longer active, all its sessions end at once. */
  update(actor: Actor, id: string, expected: ExpectedVersion, changes: Partial<UserValues>): Promise<Outcome<User>> {
    return whenDuplicate(UNIQUE_USER, () =>
      this.transactions.write(actor, async (tx) => {
        const managers = await this.repository.lockActiveManagers(tx);
        const present = await this.repository.lock(tx, id);
        if (!present) return notFound();
        const role = changes.role ?? present.role;
        const beyond = [present.role, role].find((each) => !this.mayAppoint(actor, each));
        if (beyond !== undefined) return beyondRights(beyond);
        if (!isExpected(expected, present.version)) return stale();
        const next = { id, role, active: changes.active ?? present.active };
        const reasons = refusalsHolding(USER_REFUSALS, { LAST_MANAGER: leavesNoManager(present, next, managers) });
        if (reasons.length > 0) return refusedFor(reasons);

        const now = this.clock.now();
        const given = { ...changes, ...(changes.email !== undefined && { emailKey: emailKey(changes.email) }) };
        const updated = await users.update(tx, id, expected, given, now, (row) => this.recorder.faultsOf(tx, row));
        if (!updated.ok) return updated;
        const moved = updated.value.emailKey !== present.emailKey;
        if (!next.active) await this.repository.endSessions(tx, id, now);
        // A link that was sent to another address, or before the account was ended, must not admit anybody.
        if (!next.active || moved) await this.invitations.endOpen(tx, id, now);
        await this.audit.record(tx, { actor: actor.id, action: 'user.changed', subject: id, fields: Object.keys(changes) });
        return updated;
      }),
    );
  }

  /** A manager may give any role. A client may give only a role that can do no more than itself. */
  mayAppoint({ scopes }: Actor, role: StaffRole): boolean {
    return scopes === null || [...scopesOfRole(role, this.access.all())].every((scope) => scopes.has(scope));
  }
}

export const beyondRights = (role: StaffRole) =>
  forbidden(`an API client may manage a ${role} only if it holds every scope that the role is worth`);
