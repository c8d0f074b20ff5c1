import { Injectable } from '@nestjs/common';
import { Clock, Transactions } from '../../../platform/index.js';
import { CouncilsRepository } from '../../councils/index.js';
import { NoticesRepository, type RunCounts } from '../list/notices.repository.js';
import { SweepNoticesService } from './sweep-notices.service.js';

export interface RunReport extends RunCounts {
  readonly due: number;
}

/** Sends everything that is due now, once, and reports the result. */
@Injectable()
export class RunNoticesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly councils: CouncilsRepository,
    private readonly notices: NoticesRepository,
    private readonly sweeping: SweepNoticesService,
    private readonly clock: Clock,
  ) {}

  /**
   * `drain` runs every job that is due. The clock must stand still, because the run is recognised by its instant: everything that was settled
   * then was settled by this run.
   */
  async run(drain: () => Promise<unknown>): Promise<RunReport> {
    await drain();
    await this.sweeping.guard();
    await drain();
    const at = this.clock.now();
    const total = { sent: 0, dropped: 0, waiting: 0, dead: 0 };
    for (const councilId of await this.transactions.system((tx) => this.councils.ids(tx))) {
      const counts = await this.transactions.read(councilId, (tx) => this.notices.counts(tx, at));
      for (const name of Object.keys(total) as (keyof RunCounts)[]) total[name] += counts[name];
    }
    return { due: total.sent + total.dropped + total.waiting + total.dead, ...total };
  }
}
