import Bull from 'bull';
import type { Redis, RedisOptions } from 'ioredis';
import type { Log } from '../logging/log.js';
import { connectRedis } from '../redis/redis.js';
import { BullRelay } from './bull.relay.js';
import { type PerLane, perLane, type Lane, type LaneLimits, LANES } from './lanes.js';
import type { OutboxExecutor } from './outbox.executor.js';
import type { OutboxNotifier } from './outbox-notifier.js';
import { PollLoop } from './poll-loop.js';

const MOST_WAITING = 2000;
/** How soon a full lane is checked again. It has room long before it is empty, and its rows should not wait for the next poll. */
const FULL_PAUSE_MS = 100;
/** How long the relay and the stop wait for a Redis that accepts connections and does not answer. */
const PATIENCE_MS = 3000;

// Bull's blocking and subscribing connections must neither give up nor check whether Redis is ready.
const WAITING: RedisOptions = { maxRetriesPerRequest: null, enableReadyCheck: false };
const ASKING: RedisOptions = { maxRetriesPerRequest: 1, commandTimeout: PATIENCE_MS };

interface Options {
  readonly redisUrl: string;
  readonly prefix: string;
  readonly limits: PerLane<LaneLimits>;
  readonly pollMs: number;
  readonly leaseSeconds: number;
}

/**
 * Hands due rows to Bull, with one queue for each lane, and does the jobs. Redis distributes the work and holds nothing that the table
 * lacks.
 */
export class BullRunner {
  private readonly queues: PerLane<Bull.Queue>;
  private readonly relay: BullRelay;
  private readonly connections: Redis[] = [];
  private readonly running = new Set<Promise<void>>();
  private readonly loop: PollLoop;
  private pause: NodeJS.Timeout | undefined;

  constructor(
    private readonly executor: OutboxExecutor,
    private readonly notifier: OutboxNotifier,
    private readonly log: Log,
    private readonly options: Options,
  ) {
    this.loop = new PollLoop(options.pollMs, () => this.handOver());
    this.queues = perLane((lane) => this.openQueue(lane));
    this.relay = new BullRelay(executor, this.queues, mostWaiting(options));
  }

  start(): void {
    for (const lane of LANES) {
      this.queues[lane]
        .process(this.options.limits[lane].places, (job) => this.work(String(job.id)))
        .catch((error: unknown) => {
          if (!this.loop.isStopped) this.log.error('a queue stopped', { lane, error: (error as Error).name });
        });
    }
    this.notifier.onNotify(() => this.loop.wake());
    this.loop.wake();
  }

  /** Takes no new work and waits for running jobs, but not for Redis. */
  async stop(): Promise<void> {
    await this.loop.stop();
    clearTimeout(this.pause);
    const closed = Promise.all(LANES.map((lane) => this.queues[lane].close().catch(() => undefined)));
    await Promise.all(this.running);
    let timer: NodeJS.Timeout | undefined;
    const impatience = new Promise((resolve) => {
      timer = setTimeout(resolve, PATIENCE_MS);
    });
    await Promise.race([closed, impatience]);
    clearTimeout(timer);
    for (const connection of this.connections) connection.disconnect();
  }

  private openQueue(lane: Lane): Bull.Queue {
    const { redisUrl, prefix, limits } = this.options;
    const { perSecond } = limits[lane];
    const connect = (type: string, options: RedisOptions) => connectRedis(redisUrl, `queue ${lane} ${type}`, this.log, options);
    // Bull would open the second and the third connection when it first needs them. That may be after the stop, when nobody would close
    // them.
    const connections = {
      client: connect('client', ASKING),
      bclient: connect('bclient', WAITING),
      subscriber: connect('subscriber', WAITING),
    };
    this.connections.push(...Object.values(connections));
    const queue = new Bull(lane, {
      prefix: `${prefix}:outbox`,
      // A job whose worker died is soon started again, however often: the table counts the attempts and sets the job aside.
      settings: { maxStalledCount: Number.MAX_SAFE_INTEGER, stalledInterval: 5000, lockDuration: 15_000 },
      ...(perSecond !== null && { limiter: { max: perSecond, duration: 1000 } }),
      createClient: (type) => connections[type],
    });
    // Bull names the connections of a worker for programs that list workers, which none does here. It also ignores the outcome, so that a
    // command which a stop or a lost Redis interrupts would become an unhandled rejection and end the process.
    queue.setWorkerName = () => Promise.resolve();
    // The connections report their own errors. The other errors are about attempts that Bull repeats by itself.
    queue.on('error', () => undefined);
    return queue;
  }

  private work(id: string): Promise<void> {
    // Between stop and close Bull may still start a job. Its row is handed over again once the lease has ended.
    if (this.loop.isStopped) return Promise.resolve();
    const run = this.executor.runById(id).finally(() => this.running.delete(run));
    this.running.add(run);
    return run;
  }

  private async handOver(): Promise<void> {
    try {
      let round = { moreAreDue: true, isFull: false };
      while (!this.loop.isStopped && round.moreAreDue) round = await this.relay.handOver();
      clearTimeout(this.pause);
      if (round.isFull) this.pause = setTimeout(() => this.loop.wake(), FULL_PAUSE_MS).unref();
    } catch (error) {
      this.log.warn('due jobs could not be handed over; trying again', { error: (error as Error).name });
    }
  }
}

/**
 * How many jobs of each lane may wait in Redis. In a lane with a rate, these are at most as many as can be sent before their leases end.
 */
function mostWaiting({ limits, leaseSeconds }: Options): PerLane<number> {
  return perLane((lane) => Math.min(MOST_WAITING, Math.max(1, Math.floor(((limits[lane].perSecond ?? Infinity) * leaseSeconds) / 2))));
}
