import Bull from 'bull';
import { Redis } from 'ioredis';
import { Log } from '../logging/log.js';
import type { OutboxExecutor } from './outbox.executor.js';
import type { OutboxBell } from './outbox-bell.js';

const BATCH = 200;
const CONCURRENCY = 10;

/** Hands due rows to Bull (job id = row id) and works them off: Redis spreads the work and holds nothing that the table lacks. */
export class BullRunner {
  private readonly queue: Bull.Queue<Record<string, never>>;
  private readonly connections: Redis[] = [];
  private stopped = false;
  private timer: NodeJS.Timeout | undefined;
  private relaying: Promise<void> = Promise.resolve();

  constructor(
    private readonly executor: OutboxExecutor,
    private readonly bell: OutboxBell,
    private readonly log: Log,
    private readonly options: { redisUrl: string; prefix: string; pollMs: number },
  ) {
    this.queue = new Bull('outbox', {
      prefix: options.prefix,
      createClient: (type) => {
        // Bull's blocking and subscribing connections must neither give up nor probe.
        const connection = new Redis(options.redisUrl, type === 'client' ? { maxRetriesPerRequest: 1 } : { maxRetriesPerRequest: null, enableReadyCheck: false });
        connection.on('error', (error: Error) => this.log.warn('redis', { error: error.name }));
        this.connections.push(connection);
        return connection;
      },
    });
    this.queue.on('error', (error: Error) => this.log.warn('queue', { error: error.name }));
  }

  start(): void {
    void this.queue.process(CONCURRENCY, (job) => this.executor.runById(String(job.id))).catch((error: unknown) => {
      if (!this.stopped) this.log.error('the queue stopped', { error: (error as Error).name });
    });
    this.bell.onRing(() => this.relay());
    this.relay();
  }

  /** No new work; waits for what runs. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.relaying;
    await this.queue.close().catch(() => undefined);
    for (const connection of this.connections) connection.disconnect();
  }

  private relay(): void {
    if (this.stopped) return;
    clearTimeout(this.timer);
    this.relaying = this.relaying.then(() => this.handOver()).finally(() => {
      clearTimeout(this.timer);
      if (!this.stopped) this.timer = setTimeout(() => this.relay(), this.options.pollMs).unref();
    });
  }

  private async handOver(): Promise<void> {
    try {
      for (;;) {
        if (this.stopped) return;
        // Without Redis nothing is claimed, so no attempt is spent: the rows wait in the table.
        await this.queue.client.ping();
        const rows = await this.executor.claim(BATCH);
        await this.queue.addBulk(rows.map(({ id }) => ({ data: {}, opts: { jobId: id, removeOnComplete: true, removeOnFail: true } })));
        if (rows.length < BATCH) return;
      }
    } catch (error) {
      this.log.warn('due jobs could not be handed over; trying again', { error: (error as Error).name });
    }
  }
}
