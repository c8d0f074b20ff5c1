import { Injectable } from '@nestjs/common';
import { Clock, Transactions } from '../../../platform/index.js';
import { type Day, endOfDay, startOfDay } from '../../../shared/day.js';
import { invalid, type Outcome } from '../../../shared/denial.js';
import { ok } from '../../../shared/result.js';
import { type Actor, CouncilsRepository } from '../../councils/index.js';
import { HouseholdCardsService, type WithHousehold } from '../../households/index.js';
import { type Pickup, PickupsRepository } from './pickups.repository.js';

export interface PickupsFilter {
  readonly siteId?: string;
  readonly day?: Day;
}

/** Reads the day of a desk. */
@Injectable()
export class PickupsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly pickups: PickupsRepository,
    private readonly households: HouseholdCardsService,
    private readonly councils: CouncilsRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * Returns one more than `limit` when more follow. A desk agent sees the own site, a school administrator the sites of the school; other
   * sites are empty for them.
   */
  ofDay(
    actor: Actor,
    filter: PickupsFilter,
    after: readonly [string, string] | null,
    limit: number,
  ): Promise<Outcome<(Pickup & WithHousehold)[]>> {
    const siteId = filter.siteId ?? actor.reach.siteId;
    if (siteId === null) return Promise.resolve(invalid({ pointer: '/siteId', code: 'REQUIRED', message: 'must be given: the site' }));
    return this.transactions.read(actor.councilId, async (tx) => {
      const { timeZone } = await this.councils.facts(tx);
      const day = filter.day ?? this.clock.today(timeZone);
      const desk = { siteId, from: startOfDay(day, timeZone), before: endOfDay(day, timeZone) };
      const rows = await this.pickups.ofDay(tx, desk, actor.reach, after, limit);
      return ok(await this.households.attachAtDesk(tx, actor, rows));
    });
  }
}
