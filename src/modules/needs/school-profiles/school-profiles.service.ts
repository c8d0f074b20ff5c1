import { Injectable } from '@nestjs/common';
import { Audit, Clock, Transactions, type Tx, VersionedTable } from '../../../platform/index.js';
import { type Fault, unknownReference } from '../../../shared/denial.js';
import { type Actor, CouncilsRepository, ResourceService } from '../../councils/index.js';
import { timetableFaults } from '../../households/index.js';
import { SchoolProfileRow } from './entities/school-profile.entity.js';
import { RecomputeNeedsService } from '../computing/recompute-needs.service.js';

/** The timetables of school at home that schools and the council have set. */
@Injectable()
export class SchoolProfilesService extends ResourceService<SchoolProfileRow> {
  protected readonly name = 'school_profile';
  protected readonly table = new VersionedTable(SchoolProfileRow);
  protected override readonly unique = { school_profiles_scope: '/level' };

  constructor(
    transactions: Transactions,
    audit: Audit,
    clock: Clock,
    private readonly councils: CouncilsRepository,
    private readonly recomputation: RecomputeNeedsService,
  ) {
    super(transactions, audit, clock);
  }

  /** A school administrator sets the profiles of their own school. */
  protected override isInReach({ reach }: Actor, { schoolId }: Pick<SchoolProfileRow, 'schoolId'>): boolean {
    return reach.schoolId === null || reach.schoolId === schoolId;
  }

  protected override async faultsOf(tx: Tx, { schoolId, className, live, work }: Omit<SchoolProfileRow, 'id'>): Promise<readonly Fault[]> {
    const unknown = schoolId !== null && (await this.councils.unknownSchools(tx, [schoolId])).size > 0;
    const faults = [...(unknown ? [unknownReference('/schoolId')] : []), ...timetableFaults({ live, work }, '')];
    if (className !== null && schoolId === null)
      faults.push({ pointer: '/schoolId', code: 'REQUIRED', message: 'must be given: a class is one of a school' });
    return faults;
  }

  protected override wrote(tx: Tx, now: SchoolProfileRow, before: SchoolProfileRow | null): Promise<void> {
    const isOfOneSchool = before === null || before.schoolId === now.schoolId;
    return this.recomputation.askForAll(tx, isOfOneSchool ? now.schoolId : null);
  }
}
