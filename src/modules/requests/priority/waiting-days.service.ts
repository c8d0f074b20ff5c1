import { Injectable } from '@nestjs/common';
import { Clock, Every, Transactions } from '../../../platform/index.js';
import { CouncilsRepository, CouncilsService } from '../../councils/index.js';
import { RankingRepository } from './ranking.repository.js';

/** Counts one more day of waiting, each night in each council's own time zone. */
@Injectable()
export class WaitingDaysService {
  constructor(
    private readonly transactions: Transactions,
    private readonly councils: CouncilsRepository,
    private readonly allCouncils: CouncilsService,
    private readonly ranking: RankingRepository,
    private readonly clock: Clock,
  ) {}

  /** Counts the day in every council in which a new one has begun. */
  @Every(60)
  countAll(): Promise<void> {
    return this.allCouncils.each('waiting days', (councilId) => this.count(councilId));
  }

  private count(councilId: string): Promise<boolean> {
    return this.transactions.write(councilId, async (tx) => {
      const ranking = await this.ranking.find(tx);
      const today = this.clock.today((await this.councils.facts(tx)).timeZone);
      if (ranking === null || ranking.countedOn >= today) return false;
      await this.ranking.hold(tx);
      return this.ranking.countDays(tx, today);
    });
  }
}
