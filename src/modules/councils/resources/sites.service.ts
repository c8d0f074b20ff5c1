import { Injectable } from '@nestjs/common';
import { Audit, Clock, Transactions, type Tx, VersionedTable } from '../../../platform/index.js';
import { type Fault, unknownReference } from '../../../shared/denial.js';
import { CouncilsRepository } from '../council/councils.repository.js';
import { openingHoursFaults } from '../domain/opening-hours.rules.js';
import { Site } from './entities/site.entity.js';
import { ResourceService } from './resource.service.js';

/** The sites of a council. */
@Injectable()
export class SitesService extends ResourceService<Site> {
  protected readonly name = 'site';
  protected readonly table = new VersionedTable(Site);

  constructor(
    transactions: Transactions,
    audit: Audit,
    clock: Clock,
    private readonly councils: CouncilsRepository,
  ) {
    super(transactions, audit, clock);
  }

  protected override async faultsOf(
    tx: Tx,
    { schoolId, openingHours, servedSchoolIds }: Pick<Site, 'schoolId' | 'openingHours' | 'servedSchoolIds'>,
  ): Promise<readonly Fault[]> {
    const served = servedSchoolIds ?? [];
    const unknown = await this.councils.unknownSchools(tx, [...(schoolId === null ? [] : [schoolId]), ...served]);
    return [
      ...(schoolId !== null && unknown.has(schoolId) ? [unknownReference('/schoolId')] : []),
      ...openingHoursFaults(openingHours ?? [], '/openingHours'),
      ...served.flatMap((id, index) => (unknown.has(id) ? [unknownReference(`/servedSchoolIds/${index}`)] : [])),
    ];
  }
}
