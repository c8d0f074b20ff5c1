import type { Log } from '../logging/log.js';
import type { ClaimedRow, OutboxExecutor } from './outbox.executor.js';
import type { OutboxBell } from './outbox-bell.js';
import { Rounds } from './rounds.js';

/** Jobs that run side by side: each holds at most one database connection at a time. */
const CONCURRENCY = 10;

/** Takes due rows in this process, without Redis: at every ring, and every `pollMs`. A slow job takes one place and holds up no other. */
export class InProcessRunner {
  private readonly rounds: Rounds;
  private readonly running = new Set<Promise<unknown>>();
  /** There were more due rows than places. */
  private moreAreDue = false;

  constructor(
    private readonly executor: OutboxExecutor,
    private readonly bell: OutboxBell,
    private readonly log: Log,
    pollMs: number,
  ) {
    this.rounds = new Rounds(pollMs, () => this.fillPlaces());
  }

  start(): void {
    this.bell.onRing(() => this.rounds.wake());
    this.rounds.wake();
  }

  /** No new work; waits for what runs. */
  async stop(): Promise<void> {
    await this.rounds.stop();
    await Promise.all(this.running);
  }

  private async fillPlaces(): Promise<void> {
    const free = CONCURRENCY - this.running.size;
    this.moreAreDue = true;
    if (free === 0 || this.rounds.isStopped) return;
    try {
      const rows = await this.executor.claim(free);
      this.moreAreDue = rows.length === free;
      for (const row of rows) this.place(row);
    } catch (error) {
      this.moreAreDue = false;
      this.log.warn('the outbox could not be read; trying again', { error: (error as Error).name });
    }
  }

  private place(row: ClaimedRow): void {
    const run = this.executor.run(row).finally(() => {
      this.running.delete(run);
      if (this.moreAreDue) this.rounds.wake();
    });
    this.running.add(run);
  }
}
