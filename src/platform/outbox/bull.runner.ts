import Bull from 'bull';
import type { Redis, RedisOptions } from 'ioredis';
import type { Log } from '../logging/log.js';
import { connectRedis } from '../redis/redis.js';
import type { OutboxExecutor } from './outbox.executor.js';
import type { OutboxBell } from './outbox-bell.js';
import { Rounds } from './rounds.js';

const BATCH = 200;
const CONCURRENCY = 10;
/** No more is handed over while this many jobs wait in Redis: a backlog stays in the table. */
const MOST_WAITING = 2000;
/** A Redis that takes connections and answers nothing must hold up neither the relay nor the stop. */
const PATIENCE_MS = 3000;

// Bull's blocking and subscribing connections must neither give up nor probe.
const WAITING: RedisOptions = { maxRetriesPerRequest: null, enableReadyCheck: false };
const ASKING: RedisOptions = { maxRetriesPerRequest: 1, commandTimeout: PATIENCE_MS };

/** Hands due rows to Bull (job id = row id) and works them off: Redis spreads the work and holds nothing that the table lacks. */
export class BullRunner {
  private readonly queue: Bull.Queue<Record<string, never>>;
  private readonly connections: Redis[] = [];
  private readonly running = new Set<Promise<void>>();
  private readonly rounds: Rounds;

  constructor(
    private readonly executor: OutboxExecutor,
    private readonly bell: OutboxBell,
    private readonly log: Log,
    options: { redisUrl: string; prefix: string; pollMs: number },
  ) {
    this.queue = new Bull('outbox', {
      prefix: options.prefix,
      // A job whose worker died is taken up again soon, and however often: the table counts the tries, and sets aside.
      settings: { maxStalledCount: Number.MAX_SAFE_INTEGER, stalledInterval: 5000, lockDuration: 15_000 },
      createClient: (type) => {
        const connection = connectRedis(options.redisUrl, `queue ${type}`, log, type === 'client' ? ASKING : WAITING);
        this.connections.push(connection);
        return connection;
      },
    });
    // Faults of connections are told by the connections themselves; what is left is Bull trying again.
    this.queue.on('error', () => undefined);
    this.rounds = new Rounds(options.pollMs, () => this.handOver());
  }

  start(): void {
    this.queue
      .process(CONCURRENCY, (job) => this.work(String(job.id)))
      .catch((error: unknown) => {
        if (!this.rounds.isStopped) this.log.error('the queue stopped', { error: (error as Error).name });
      });
    this.bell.onRing(() => this.rounds.wake());
    this.rounds.wake();
  }

  /** No new work; waits for what runs, and not for Redis. */
  async stop(): Promise<void> {
    await this.rounds.stop();
    const closed = this.queue.close().catch(() => undefined);
    await Promise.all(this.running);
    let timer: NodeJS.Timeout | undefined;
    const impatience = new Promise((resolve) => {
      timer = setTimeout(resolve, PATIENCE_MS);
    });
    await Promise.race([closed, impatience]);
    clearTimeout(timer);
    for (const connection of this.connections) connection.disconnect();
  }

  private work(id: string): Promise<void> {
    // Between stop and close Bull may still bring a job: its row is handed over again once its lease has run out.
    if (this.rounds.isStopped) return Promise.resolve();
    const run = this.executor.runById(id).finally(() => this.running.delete(run));
    this.running.add(run);
    return run;
  }

  private async handOver(): Promise<void> {
    try {
      while (!this.rounds.isStopped) {
        // Without Redis this fails first, and nothing is leased: the rows wait in the table.
        if ((await this.queue.getWaitingCount()) >= MOST_WAITING) return;
        const ids = await this.executor.lease(BATCH);
        // A row that Redis still has is not added twice: its job does it.
        await this.queue.addBulk(ids.map((id) => ({ data: {}, opts: { jobId: id, removeOnComplete: true, removeOnFail: true } })));
        if (ids.length < BATCH) return;
      }
    } catch (error) {
      this.log.warn('due jobs could not be handed over; trying again', { error: (error as Error).name });
    }
  }
}
