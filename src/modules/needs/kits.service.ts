import { Injectable } from '@nestjs/common';
import { Audit, Clock, Transactions, type Tx, VersionedTable } from '../../platform/index.js';
import type { Fault } from '../../shared/denial.js';
import { ResourceService } from '../councils/index.js';
import { Kit } from './entities/kit.entity.js';
import { RecomputeNeedsService } from './recompute-needs.service.js';

/** A need values every kit: a catalogue that cannot be read through helps nobody choose. */
const MOST_KITS = 50;

/** The kits of a council's catalogue. */
@Injectable()
export class KitsService extends ResourceService<Kit> {
  protected readonly name = 'kit';
  protected readonly table = new VersionedTable(Kit);
  protected override readonly unique = { kits_name: '/name' };

  constructor(
    transactions: Transactions,
    audit: Audit,
    clock: Clock,
    private readonly recomputation: RecomputeNeedsService,
  ) {
    super(transactions, audit, clock);
  }

  protected override async faultsOf(tx: Tx, { components }: Pick<Kit, 'components'>, isNew: boolean): Promise<readonly Fault[]> {
    const categories = components.map(({ category }) => category);
    const repeated = categories.flatMap((category, i) =>
      categories.indexOf(category) < i
        ? [{ pointer: `/components/${i}/category`, code: 'REPEATED', message: 'stands in the list twice; raise its count' }]
        : [],
    );
    const isFull = isNew && (await this.table.page(tx, {}, null, MOST_KITS - 1)).length === MOST_KITS;
    return isFull ? [...repeated, { pointer: '', code: 'TOO_MANY', message: `a catalogue has at most ${MOST_KITS} kits` }] : repeated;
  }

  protected override wrote(tx: Tx): Promise<void> {
    return this.recomputation.askForAll(tx, null);
  }
}
