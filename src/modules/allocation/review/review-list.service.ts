import { Injectable } from '@nestjs/common';
import { Transactions } from '../../../platform/index.js';
import { type Actor, CouncilsRepository } from '../../councils/index.js';
import { HouseholdCardsService, type WithHousehold } from '../../households/index.js';
import { AllocationPoliciesRepository } from '../policy/allocation-policies.repository.js';
import { type ReviewFilter, type ReviewItem, type ReviewKey, ReviewListRepository } from './review-list.repository.js';

/** Lists the lines that a person should look at. It changes nothing. */
@Injectable()
export class ReviewListService {
  constructor(
    private readonly transactions: Transactions,
    private readonly list: ReviewListRepository,
    private readonly policies: AllocationPoliciesRepository,
    private readonly councils: CouncilsRepository,
    private readonly households: HouseholdCardsService,
  ) {}

  /** The lines that have waited longest come first. Returns one more than `limit` when more follow. */
  page(actor: Actor, filter: Omit<ReviewFilter, 'reach'>, after: ReviewKey | null, limit: number): Promise<(ReviewItem & WithHousehold)[]> {
    return this.transactions.read(actor.councilId, async (tx) => {
      const countedOn = await this.list.countedOn(tx);
      if (countedOn === null) return [];
      const { maximumWaitingDays } = await this.policies.read(tx);
      const { timeZone } = await this.councils.facts(tx);
      const narrowed = { ...filter, reach: actor.reach.schoolId };
      const items = await this.list.page(tx, narrowed, { maximumWaitingDays, countedOn, timeZone }, after, limit);
      return this.households.attach(tx, actor, items);
    });
  }
}
