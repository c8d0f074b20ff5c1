import type { Queue } from 'bull';
import { type EachLane, eachLane, LANES } from './lanes.js';
import type { OutboxExecutor } from './outbox.executor.js';

/** Rows of one lane that are handed over in one statement and one command, at most. */
const BATCH = 500;
/** A lane is filled again when it has room for this share of what it takes. */
const REFILL = 1 / 4;

/** Hands due rows to Bull (job id = row id), each to the queue of its lane. */
export class BullRelay {
  constructor(
    private readonly executor: Pick<OutboxExecutor, 'lease'>,
    private readonly queues: EachLane<Queue>,
    /** No more is handed over while this many jobs of a lane wait in Redis: a backlog stays in the table. */
    private readonly mostWaiting: EachLane<number>,
  ) {}

  /** Hands over one batch of each lane. Returns how many rows; whether more are due and have room; whether a lane had none. */
  async handOver(): Promise<{ handedOver: number; moreAreDue: boolean; isFull: boolean }> {
    // Without Redis this fails first, and nothing is leased: the rows wait in the table.
    const waiting = await Promise.all(LANES.map((lane) => this.queues[lane].getJobCounts()));
    const room = eachLane((lane) => {
      const counts = waiting[LANES.indexOf(lane)];
      const batch = Math.min(BATCH, Math.ceil(this.mostWaiting[lane] * REFILL));
      // Those that wait for the rate are delayed, in Bull's words.
      const places = this.mostWaiting[lane] - (counts?.waiting ?? 0) - (counts?.delayed ?? 0);
      // Whole batches only: a statement for each few jobs that Redis got rid of would cost more than the jobs.
      return places < batch ? 0 : batch;
    });
    const isFull = LANES.some((lane) => room[lane] === 0);
    if (LANES.every((lane) => room[lane] === 0)) return { handedOver: 0, moreAreDue: false, isFull };
    const ids = await this.executor.lease(room);
    const filled = LANES.filter((lane) => ids[lane].length > 0);
    await Promise.all(
      filled.map((lane) =>
        // A row that Redis still has is not added twice: its job does it.
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
