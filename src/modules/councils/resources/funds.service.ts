import { Injectable } from '@nestjs/common';
import { Audit, Clock, Outbox, Transactions, type Tx, VersionedTable } from '../../../platform/index.js';
import { type Fault, unknownReference } from '../../../shared/denial.js';
import { FUND_CHANGED } from '../councils.events.js';
import { CouncilsRepository } from '../council/councils.repository.js';
import { Fund } from './entities/fund.entity.js';
import { ResourceService } from './resource.service.js';

/** The funds of a council. */
@Injectable()
export class FundsService extends ResourceService<Fund> {
  protected readonly name = 'fund';
  protected readonly table = new VersionedTable(Fund);

  constructor(
    transactions: Transactions,
    audit: Audit,
    clock: Clock,
    private readonly councils: CouncilsRepository,
    private readonly outbox: Outbox,
  ) {
    super(transactions, audit, clock);
  }

  /** The change may concern which learners may have the fund's devices, and so what was promised to them. */
  protected override async wrote(tx: Tx, { id: fundId }: Fund, before: Fund | null): Promise<void> {
    if (before !== null) await this.outbox.announce(tx, FUND_CHANGED, { fundId });
  }

  protected override async faultsOf(
    tx: Tx,
    { eligibleSchoolIds, startsOn, endsOn }: Pick<Fund, 'eligibleSchoolIds' | 'startsOn' | 'endsOn'>,
  ): Promise<readonly Fault[]> {
    const schoolIds = eligibleSchoolIds ?? [];
    const unknown = await this.councils.unknownSchools(tx, schoolIds);
    const faults = schoolIds.flatMap((id, index) => (unknown.has(id) ? [unknownReference(`/eligibleSchoolIds/${index}`)] : []));
    if (startsOn !== null && endsOn !== null && endsOn < startsOn) {
      faults.push({ pointer: '/endsOn', code: 'OUT_OF_RANGE', message: 'must not be before startsOn' });
    }
    return faults;
  }
}
