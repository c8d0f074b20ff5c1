import { Injectable } from '@nestjs/common';
import { Audit, Clock, Transactions, type Tx, VersionedTable, whenDuplicate } from '../../../platform/index.js';
import { type Fault, forbidden, invalid, notFound, type Outcome, refusedFor, stale, unknownReference } from '../../../shared/denial.js';
import { cleanEmail, isEmail } from '../../../shared/email.js';
import { isUuid } from '../../../shared/ids.js';
import { cleanText, hasForbiddenCharacters } from '../../../shared/plain-text.js';
import { refusalsHolding } from '../../../shared/refusal.js';
import { ok } from '../../../shared/result.js';
import { type ExpectedVersion, isExpected } from '../../../shared/version.js';
import { type Actor, CouncilsRepository, CouncilsService, STAFF_ROLES, type StaffRole } from '../../councils/index.js';
import { AccessRegistry } from '../access/access-registry.js';
import { emailKey } from '../domain/email-key.js';
import { scopesOfRole } from '../domain/role-scopes.rules.js';
import { leavesNoManager, workplaceFaults, USER_REFUSALS } from '../domain/user.rules.js';
import { User } from './entities/user.entity.js';
import { InvitationsRepository } from './invitations.repository.js';
import { PasswordStrengthChecker } from '../passwords/password-strength-checker.js';
import { PasswordHasher } from '../passwords/password-hasher.js';
import { UsersRepository } from './users.repository.js';

type UserValues = Pick<User, 'name' | 'email' | 'role' | 'schoolId' | 'siteId' | 'active' | 'digest'>;

/** The values of an account as the operator gives them. */
export interface OperatorUser {
  readonly name: string;
  readonly email: string;
  readonly role: string;
  readonly schoolId?: string | undefined;
  readonly siteId?: string | undefined;
  /** If it is left out, the person is to be invited. */
  readonly password?: string | undefined;
}

const users = new VersionedTable(User);
const UNIQUE = { users_email: '/email' };

/** The accounts of the council's staff. */
@Injectable()
export class UsersService {
  constructor(
    private readonly transactions: Transactions,
    private readonly repository: UsersRepository,
    private readonly invitations: InvitationsRepository,
    private readonly councils: CouncilsRepository,
    private readonly allCouncils: CouncilsService,
    private readonly passwords: PasswordHasher,
    private readonly strength: PasswordStrengthChecker,
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
    return whenDuplicate(UNIQUE, () => this.transactions.write(actor, (tx) => this.insert(tx, actor.id, values)));
  }

  /** Changes an account. The last active manager cannot be ended. When an account is no longer active, all its sessions end at once. */
  update(actor: Actor, id: string, expected: ExpectedVersion, changes: Partial<UserValues>): Promise<Outcome<User>> {
    return whenDuplicate(UNIQUE, () =>
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
        const updated = await users.update(tx, id, expected, given, now, (row) => this.faultsOf(tx, row));
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

  /** Makes an account for the operator, in the council with this code. */
  async createForOperator(councilCode: string, { password, ...given }: OperatorUser): Promise<Outcome<User>> {
    const { schoolId = null, siteId = null } = given;
    const name = cleanText(given.name);
    const email = cleanEmail(given.email);
    const weak = password === undefined ? [] : await this.strength.faults(password, { email, name });
    const faults = [...operatorUserFaults({ ...given, name, email }), ...weak];
    if (faults.length > 0) return invalid(...faults);
    const councilId = await this.allCouncils.idOf(councilCode);
    if (councilId === null) return notFound();
    const passwordHash = password === undefined ? null : await this.passwords.hash(password);
    const values = { name, email, role: given.role as StaffRole, schoolId, siteId, active: true, digest: true };
    return whenDuplicate(UNIQUE, () =>
      this.transactions.write(councilId, async (tx) => {
        const made = await this.insert(tx, 'system', values);
        if (made.ok && passwordHash !== null) await this.repository.setPassword(tx, made.value.id, passwordHash);
        return made;
      }),
    );
  }

  /** A manager may give any role. A client may give only a role that can do no more than itself. */
  mayAppoint({ scopes }: Actor, role: StaffRole): boolean {
    return scopes === null || [...scopesOfRole(role, this.access.all())].every((scope) => scopes.has(scope));
  }

  private async insert(tx: Tx, by: string, values: UserValues): Promise<Outcome<User>> {
    const faults = await this.faultsOf(tx, values);
    if (faults.length > 0) return invalid(...faults);
    const user = await users.insert(tx, { ...values, emailKey: emailKey(values.email) }, this.clock.now());
    tx.made('user', user.id);
    await this.audit.record(tx, { actor: by, action: 'user.created', subject: user.id });
    return ok(user);
  }

  private async faultsOf(tx: Tx, values: Pick<User, 'role' | 'schoolId' | 'siteId'>): Promise<readonly Fault[]> {
    const { schoolId, siteId } = values;
    const schools = await this.councils.unknownSchools(tx, schoolId === null ? [] : [schoolId]);
    const sites = await this.councils.unknownSites(tx, siteId === null ? [] : [siteId]);
    return [
      ...workplaceFaults(values),
      ...(schools.size > 0 ? [unknownReference('/schoolId')] : []),
      ...(sites.size > 0 ? [unknownReference('/siteId')] : []),
    ];
  }
}

export const beyondRights = (role: StaffRole) =>
  forbidden(`an API client may manage a ${role} only if it holds every scope that the role is worth`);

/** Checks what the reader of HTTP bodies would have refused. */
function operatorUserFaults({ name, email, role, schoolId, siteId }: Omit<OperatorUser, 'password'>): Fault[] {
  const rules: [pointer: string, holds: boolean, message: string][] = [
    ['/name', name.length >= 1 && name.length <= 200 && !hasForbiddenCharacters(name), 'must be 1 to 200 characters of plain text'],
    ['/email', isEmail(email), 'must be an e-mail address'],
    ['/role', (STAFF_ROLES as readonly string[]).includes(role), `must be one of ${STAFF_ROLES.join(', ')}`],
    ['/schoolId', schoolId === undefined || isUuid(schoolId), 'must be a UUID'],
    ['/siteId', siteId === undefined || isUuid(siteId), 'must be a UUID'],
  ];
  return rules.flatMap(([pointer, holds, message]) => (holds ? [] : [{ pointer, code: 'INVALID', message }]));
}
