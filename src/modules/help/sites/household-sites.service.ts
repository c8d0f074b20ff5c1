import { Injectable } from '@nestjs/common';
import { Transactions } from '../../../platform/index.js';
import { notFound, type Outcome } from '../../../shared/denial.js';
import { ok } from '../../../shared/result.js';
import { type Actor, reachInto } from '../../councils/index.js';
import { HouseholdsRepository, SharedFilesService } from '../../households/index.js';
import { type HouseholdSite, HouseholdSitesRepository } from './household-sites.repository.js';

/** The sites that concern a household: where something is held for it, where it brings back what it has, and where it wants to collect. */
@Injectable()
export class HouseholdSitesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly households: HouseholdsRepository,
    private readonly shared: SharedFilesService,
    private readonly sites: HouseholdSitesRepository,
  ) {}

  /** Returns one more than `limit` when more follow. Where a contact wants to collect is not shown to another contact of the file. */
  list(actor: Actor, householdId: string, after: string | null, limit: number): Promise<Outcome<HouseholdSite[]>> {
    return this.transactions.read(actor.councilId, async (tx) => {
      if (!(await this.households.inReach(tx, reachInto(actor, householdId), householdId))) return notFound();
      const withChosen = await this.shared.one(tx, actor, true, () => false);
      return ok(await this.sites.list(tx, householdId, { withChosen }, after, limit));
    });
  }
}
