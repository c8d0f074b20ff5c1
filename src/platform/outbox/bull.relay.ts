import type { Queue } from 'bull';
import { type PerLane, perLane, LANES } from './lanes.js';
import type { OutboxExecutor } from './outbox.executor.js';

/** The most rows of one lane that one statement and one command hand over. */
const BATCH = 500;
/** A lane is filled again when this share of its places is free. */
const REFILL = 1 / 4;

/** Hands due rows to Bull, each to the queue of its lane. The job id is the row id. */
export class BullRelay {
  constructor(
    private readonly executor: Pick<OutboxExecutor, 'lease'>,
    private readonly queues: PerLane<Queue>,
    /** The most jobs of each lane that wait in Redis. Further rows stay in the table. */
    private readonly mostWaiting: PerLane<number>,
  ) {}

  /**
   * Hands over one batch of each lane. Returns how many rows it handed over, whether more are due and there is room for them, and whether a
   * lane was full.
   */
  async handOver(): Promise<{ handedOver: number; moreAreDue: boolean; isFull: boolean }> {
    // Without Redis this line fails, and no row is leased: the rows wait in the table.
    const waiting = await Promise.all(LANES.map((lane) => this.queues[lane].getJobCounts()));
    const room = perLane((lane) => {
      const counts = waiting[LANES.indexOf(lane)];
      const batch = Math.min(BATCH, Math.ceil(this.mostWaiting[lane] * REFILL));
      // Bull counts jobs that wait because of the rate as delayed.
      const places = this.mostWaiting[lane] - (counts?.waiting ?? 0) - (counts?.delayed ?? 0);
      // Only whole batches are handed over: one statement for every few jobs that Redis has finished would cost more than the jobs.
      return places < batch ? 0 : batch;
    });
    const isFull = LANES.some((lane) => room[lane] === 0);
    if (LANES.every((lane) => room[lane] === 0)) return { handedOver: 0, moreAreDue: false, isFull };
    const ids = await this.executor.lease(room);
    const filled = LANES.filter((lane) => ids[lane].length > 0);
    await Promise.all(
      filled.map((lane) =>
        // Bull ignores a job whose id is still in Redis, so no row is done twice.
        this.queues[lane].addBulk(ids[lane].map((id) => ({ data: {}, opts: { jobId: id, removeOnComplete: true, removeOnFail: true } }))),
      ),
    );
    return {
      handedOver: filled.reduce((sum, lane) => sum + ids[lane].length, 0),
      moreAreDue: filled.some((lane) => ids[lane].length === room[lane]),
      isFull,
    };
  }
}
