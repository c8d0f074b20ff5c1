import { Injectable } from '@nestjs/common';
import { Clock, jobKind, LONGEST_TRANSACTION_MS, Outbox, type Tx } from '../../../platform/index.js';

/** Something of the council is due; the sweep finds out what it is by an index. */
export const SWEEP = jobKind('notices.sweep', {});

/** Adds the job that sweeps a council when something is due there: one job for each instant, however many notices are due then. */
@Injectable()
export class SweepScheduler {
  constructor(
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Wakes the sweep for notices that are due at these instants. */
  async wakeAt(tx: Tx, instants: readonly Date[]): Promise<void> {
    const now = this.clock.now().getTime();
    // In the order of time: transactions that add the same jobs then wait for each other in one direction only.
    const times = [...new Set(instants.map((instant) => Math.max(instant.getTime(), now)))].sort((one, other) => one - other);
    const wakes = times.map((time) => {
      const at = new Date(time);
      // A sweep that is about to run may not see this transaction, so what is due soon gets a job of its own.
      const isSoon = time - now < LONGEST_TRANSACTION_MS;
      return { ids: {}, at, ...(!isSoon && { key: at.toISOString() }) };
    });
    await this.outbox.addEach(tx, SWEEP, wakes);
  }
}
