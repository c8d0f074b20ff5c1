import type { Log } from '../logging/log.js';
import { type PerLane, perLane, type LaneLimits, LANES } from './lanes.js';
import type { ClaimedRow, OutboxExecutor } from './outbox.executor.js';
import type { OutboxNotifier } from './outbox-notifier.js';
import { Rate } from './rate.js';
import { PollLoop } from './poll-loop.js';

/** The places of one lane in this process. */
class LanePlaces {
  readonly rate: Rate;
  taken = 0;
  /** Whether there were more due rows than places. */
  moreAreDue = false;

  constructor(private readonly limits: LaneLimits) {
    this.rate = new Rate(limits.perSecond ?? Infinity);
  }

  free(): number {
    return Math.min(this.limits.places - this.taken, this.rate.left(performance.now()));
  }

  /** Whether due rows wait only because of the rate. */
  get waitsForRate(): boolean {
    return this.moreAreDue && this.taken < this.limits.places;
  }
}

/**
 * Does due rows in this process, without Redis: when it is notified, and every `pollMs`. Each lane has its own places, so a slow job takes
 * one of them and does not hold up other lanes.
 */
export class InProcessRunner {
  private readonly loop: PollLoop;
  private readonly places: PerLane<LanePlaces>;
  private readonly running = new Set<Promise<unknown>>();
  private pause: NodeJS.Timeout | undefined;

  constructor(
    private readonly executor: OutboxExecutor,
    private readonly notifier: OutboxNotifier,
    private readonly log: Log,
    limits: PerLane<LaneLimits>,
    pollMs: number,
  ) {
    this.places = perLane((lane) => new LanePlaces(limits[lane]));
    this.loop = new PollLoop(pollMs, () => this.fillPlaces());
  }

  start(): void {
    this.notifier.onNotify(() => this.loop.wake());
    this.loop.wake();
  }

  /** Takes no new work and waits for running jobs. */
  async stop(): Promise<void> {
    clearTimeout(this.pause);
    await this.loop.stop();
    await Promise.all(this.running);
  }

  private async fillPlaces(): Promise<void> {
    const free = perLane((lane) => this.places[lane].free());
    for (const lane of LANES) this.places[lane].moreAreDue = true;
    if (this.loop.isStopped || LANES.every((lane) => free[lane] === 0)) return;
    try {
      const rows = await this.executor.claim(free);
      for (const lane of LANES) this.places[lane].moreAreDue = rows.filter((row) => row.lane === lane).length === free[lane];
      for (const row of rows) this.place(row);
      this.goOnWithTheRate();
    } catch (error) {
      for (const lane of LANES) this.places[lane].moreAreDue = false;
      this.log.warn('the outbox could not be read; trying again', { error: (error as Error).name });
    }
  }

  private place(row: ClaimedRow): void {
    const places = this.places[row.lane];
    places.taken += 1;
    places.rate.take(1, performance.now());
    const run = this.executor.run(row).finally(() => {
      places.taken -= 1;
      this.running.delete(run);
      if (places.moreAreDue) this.loop.wake();
    });
    this.running.add(run);
  }

  private goOnWithTheRate(): void {
    const waiting = LANES.map((lane) => this.places[lane]).filter(({ waitsForRate }) => waitsForRate);
    clearTimeout(this.pause);
    if (waiting.length === 0) return;
    const now = performance.now();
    this.pause = setTimeout(() => this.loop.wake(), Math.min(...waiting.map(({ rate }) => rate.pause(now)))).unref();
  }
}
