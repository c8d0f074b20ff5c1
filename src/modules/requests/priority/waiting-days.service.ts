import { Injectable } from '@nestjs/common';
import { Clock, Every, Transactions } from '../../../platform/index.js';
import { CouncilsRepository, CouncilsService } from '../../councils/index.js';
import { RankingRepository } from './ranking.repository.js';

/** Counts one day of waiting more, each night in each council's own time zone. */
@Injectable()
export class WaitingDaysService {
  constructor(
    private readonly transactions: Transactions,
    private readonly councils: CouncilsRepository,
    private readonly allCouncils: CouncilsService,
    private readonly ranking: RankingRepository,
    private readonly clock: Clock,
  ) {}

  /** Does what is due, in every council; one that is being ranked this instant has its turn the next time. */
  @Every(60)
  async countAll(): Promise<void> {
    for (const councilId of await this.allCouncils.ids()) await this.count(councilId);
  }

  private count(councilId: string): Promise<boolean> {
    return this.transactions.write(councilId, async (tx) => {
      const ranking = await this.ranking.find(tx);
      const today = this.clock.today((await this.councils.facts(tx)).timeZone);
      if (ranking === null || ranking.countedOn >= today || !(await this.ranking.hold(tx))) return false;
      return this.ranking.countDays(tx, today);
    });
  }
}
