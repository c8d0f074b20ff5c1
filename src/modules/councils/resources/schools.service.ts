import { Injectable } from '@nestjs/common';
import { Audit, Clock, Outbox, Transactions, type Tx, VersionedTable } from '../../../platform/index.js';
import { SCHOOL_INDEX_CHANGED } from '../councils.events.js';
import { School } from './entities/school.entity.js';
import { ResourceService } from './resource.service.js';

/** The schools of a council. */
@Injectable()
export class SchoolsService extends ResourceService<School> {
  protected readonly name = 'school';
  protected readonly table = new VersionedTable(School);
  protected override readonly unique = { schools_code: '/code' };

  constructor(
    transactions: Transactions,
    audit: Audit,
    clock: Clock,
    private readonly outbox: Outbox,
  ) {
    super(transactions, audit, clock);
  }

  protected override async wrote(tx: Tx, now: School, before: School | null): Promise<void> {
    if (before !== null && before.socialIndex !== now.socialIndex) await this.outbox.announce(tx, SCHOOL_INDEX_CHANGED, {});
  }
}
