import { Injectable } from '@nestjs/common';
import { Transactions } from '../../../platform/index.js';
import { type PickupSite, PickupSitesRepository } from './pickup-sites.repository.js';

/** More than anybody reads through. */
const MOST_SITES = 40;

/** Where a family may collect. */
@Injectable()
export class PickupSitesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly sites: PickupSitesRepository,
  ) {}

  /** The sites that are everybody's, and those of the children's schools. */
  list(councilId: string, schoolIds: readonly string[]): Promise<PickupSite[]> {
    return this.transactions.read(councilId, (tx) => this.sites.of(tx, schoolIds, MOST_SITES));
  }
}
