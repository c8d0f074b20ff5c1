import { Injectable } from '@nestjs/common';
import { Clock, jobKind, LONGEST_TRANSACTION_MS, Outbox, type Tx } from '../../../platform/index.js';

/** Something of the council is due: what it is, the sweep finds by index. */
export const SWEEP = jobKind('notices.sweep', {});

/** Wakes the sweep of a council when something is due there: one job an instant, however many notices are due at it. */
@Injectable()
export class SweepScheduler {
  constructor(
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** For notices that are due at these instants. */
  async wakeAt(tx: Tx, instants: readonly Date[]): Promise<void> {
    const now = this.clock.now().getTime();
    // In one order: who adds the same wakes at once waits, and for nobody who waits for them.
    const times = [...new Set(instants.map((instant) => Math.max(instant.getTime(), now)))].sort((one, other) => one - other);
    const wakes = times.map((time) => {
      const at = new Date(time);
      // A sweep that is about to run may not see this transaction any more: what is due soon has a wake of its own.
      const isSoon = time - now < LONGEST_TRANSACTION_MS;
      return { ids: {}, at, ...(!isSoon && { key: at.toISOString() }) };
    });
    await this.outbox.addEach(tx, SWEEP, wakes);
  }
}
