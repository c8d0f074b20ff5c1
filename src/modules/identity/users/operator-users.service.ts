import { Injectable } from '@nestjs/common';
import { Transactions, whenDuplicate } from '../../../platform/index.js';
import { type Fault, invalid, notFound, type Outcome } from '../../../shared/denial.js';
import { cleanEmail, isEmail } from '../../../shared/email.js';
import { isUuid } from '../../../shared/ids.js';
import { cleanText, hasForbiddenCharacters } from '../../../shared/plain-text.js';
import { CouncilsService, STAFF_ROLES, type StaffRole } from '../../councils/index.js';
import { PasswordHasher } from '../passwords/password-hasher.js';
import { PasswordStrengthChecker } from '../passwords/password-strength-checker.js';
import type { User } from './entities/user.entity.js';
import { UNIQUE_USER, UserRecorder } from './user-recorder.js';
import { UsersRepository } from './users.repository.js';

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

/** Makes accounts of staff for the operator, from whom no rights are asked. */
@Injectable()
export class OperatorUsersService {
  constructor(
    private readonly transactions: Transactions,
    private readonly repository: UsersRepository,
    private readonly recorder: UserRecorder,
    private readonly councils: CouncilsService,
    private readonly passwords: PasswordHasher,
    private readonly strength: PasswordStrengthChecker,
  ) {}

  /** Makes an account for the operator, in the council with this code. */
  async create(councilCode: string, { password, ...given }: OperatorUser): Promise<Outcome<User>> {
    const { schoolId = null, siteId = null } = given;
    const name = cleanText(given.name);
    const email = cleanEmail(given.email);
    const weak = password === undefined ? [] : await this.strength.faults(password, { email, name });
    const faults = [...operatorUserFaults({ ...given, name, email }), ...weak];
    if (faults.length > 0) return invalid(...faults);
    const councilId = await this.councils.idOf(councilCode);
    if (councilId === null) return notFound();
    const passwordHash = password === undefined ? null : await this.passwords.hash(password);
    const values = { name, email, role: given.role as StaffRole, schoolId, siteId, active: true, digest: true };
    return whenDuplicate(UNIQUE_USER, () =>
      this.transactions.write(councilId, async (tx) => {
        const made = await this.recorder.insert(tx, 'system', values);
        if (made.ok && passwordHash !== null) await this.repository.setPassword(tx, made.value.id, passwordHash);
        return made;
      }),
    );
  }
}

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
