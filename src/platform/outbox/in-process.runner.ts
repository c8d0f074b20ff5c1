import { Log } from '../logging/log.js';
import type { OutboxExecutor } from './outbox.executor.js';
import type { OutboxBell } from './outbox-bell.js';

const BATCH = 20;

/** Takes due rows in this process, without Redis: at every ring, and every `pollMs`. */
export class InProcessRunner {
  private stopped = false;
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> = Promise.resolve();
  private wanted = false;
  private running = false;

  constructor(
    private readonly executor: OutboxExecutor,
    private readonly bell: OutboxBell,
    private readonly log: Log,
    private readonly pollMs: number,
  ) {}

  start(): void {
    this.bell.onRing(() => this.wake());
    this.wake();
  }

  /** No new work; waits for what runs. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.round;
  }

  private wake(): void {
    this.wanted = true;
    if (this.running || this.stopped) return;
    this.running = true;
    clearTimeout(this.timer);
    this.round = this.work().finally(() => {
      this.running = false;
      if (this.stopped) return;
      if (this.wanted) this.wake();
      else this.timer = setTimeout(() => this.wake(), this.pollMs).unref();
    });
  }

  private async work(): Promise<void> {
    this.wanted = false;
    try {
      for (;;) {
        if (this.stopped) return;
        const rows = await this.executor.claim(BATCH);
        await Promise.all(rows.map((row) => this.executor.run(row)));
        if (rows.length < BATCH) return;
      }
    } catch (error) {
      this.log.warn('the outbox could not be read; trying again', { error: (error as Error).name });
    }
  }
}
