import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { Audit, Clock, Transactions, type Tx, VersionedTable } from '../../../platform/index.js';
import type { Fault } from '../../../shared/denial.js';
import { CouncilsRepository, ResourceService } from '../../councils/index.js';
import { Kit } from './entities/kit.entity.js';
import { RecomputeNeedsService } from '../computing/recompute-needs.service.js';

/** Every need values every kit, and a longer catalogue would not help anybody to choose. */
export const MOST_KITS = 50;

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
    private readonly councils: CouncilsRepository,
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
    // Two users who add the last possible kit at once wait for each other at the council's lock.
    if (isNew) await this.councils.lock(tx);
    const isFull = isNew && (await this.table.page(tx, {}, null, MOST_KITS - 1)).length === MOST_KITS;
    return isFull ? [...repeated, { pointer: '', code: 'TOO_MANY', message: `a catalogue has at most ${MOST_KITS} kits` }] : repeated;
  }

  /** A kit's name changes no need. */
  protected override async wrote(tx: Tx, { components, costCents }: Kit, before: Kit | null): Promise<void> {
    const isSame = before?.costCents === costCents && isDeepStrictEqual(before.components, components);
    if (!isSame) await this.recomputation.askForAll(tx, null);
  }
}
