import { Injectable } from '@nestjs/common';
import { Audit, Clock, type Tx, VersionedTable } from '../../../platform/index.js';
import { type Fault, invalid, type Outcome, unknownReference } from '../../../shared/denial.js';
import { ok } from '../../../shared/result.js';
import { CouncilsRepository } from '../../councils/index.js';
import { emailKey } from '../domain/email-key.js';
import { workplaceFaults } from '../domain/user.rules.js';
import { User } from './entities/user.entity.js';

export type UserValues = Pick<User, 'name' | 'email' | 'role' | 'schoolId' | 'siteId' | 'active' | 'digest'>;

const users = new VersionedTable(User);

/** What the database refuses: an address that another account of the council has. */
export const UNIQUE_USER = { users_email: '/email' };

/** Records a new account, whoever makes it. */
@Injectable()
export class UserRecorder {
  constructor(
    private readonly councils: CouncilsRepository,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async insert(tx: Tx, by: string, values: UserValues): Promise<Outcome<User>> {
    const faults = await this.faultsOf(tx, values);
    if (faults.length > 0) return invalid(...faults);
    const user = await users.insert(tx, { ...values, emailKey: emailKey(values.email) }, this.clock.now());
    tx.made('user', user.id);
    await this.audit.record(tx, { actor: by, action: 'user.created', subject: user.id });
    return ok(user);
  }

  async faultsOf(tx: Tx, values: Pick<User, 'role' | 'schoolId' | 'siteId'>): Promise<readonly Fault[]> {
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
