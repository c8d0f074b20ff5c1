import Bull from 'bull';
import type { Redis, RedisOptions } from 'ioredis';
import type { Log } from '../logging/log.js';
import { connectRedis } from '../redis/redis.js';
import { BullRelay } from './bull.relay.js';
import { type EachLane, eachLane, type Lane, type LaneLimits, LANES } from './lanes.js';
import type { OutboxExecutor } from './outbox.executor.js';
import type { OutboxNotifier } from './outbox-notifier.js';
import { PollLoop } from './poll-loop.js';

const MOST_WAITING = 2000;
/** A full lane has room again long before it is empty; its backlog does not wait for the next poll. */
const FULL_PAUSE_MS = 100;
/** A Redis that takes connections and answers nothing must hold up neither the relay nor the stop. */
const PATIENCE_MS = 3000;

// Bull's blocking and subscribing connections must neither give up nor probe.
const WAITING: RedisOptions = { maxRetriesPerRequest: null, enableReadyCheck: false };
const ASKING: RedisOptions = { maxRetriesPerRequest: 1, commandTimeout: PATIENCE_MS };

interface Options {
  readonly redisUrl: string;
  readonly prefix: string;
  readonly limits: EachLane<LaneLimits>;
  readonly pollMs: number;
  readonly leaseSeconds: number;
}

/** Hands due rows to Bull, a queue for each lane, and works them off: Redis spreads the work and holds nothing that the table lacks. */
export class BullRunner {
  private readonly queues: EachLane<Bull.Queue>;
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
    this.queues = eachLane((lane) => this.openQueue(lane));
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

  /** No new work; waits for what runs, and not for Redis. */
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
    // Bull would open the second and the third when it first needs them: that may be after the stop, when nobody would close them.
    const connections = {
      client: connect('client', ASKING),
      bclient: connect('bclient', WAITING),
      subscriber: connect('subscriber', WAITING),
    };
    this.connections.push(...Object.values(connections));
    const queue = new Bull(lane, {
      prefix: `${prefix}:outbox`,
      // A job whose worker died is taken up again soon, and however often: the table counts the tries, and sets aside.
      settings: { maxStalledCount: Number.MAX_SAFE_INTEGER, stalledInterval: 5000, lockDuration: 15_000 },
      ...(perSecond !== null && { limiter: { max: perSecond, duration: 1000 } }),
      createClient: (type) => connections[type],
    });
    // Bull names the connections of a worker for those who list workers, which nobody does here, and looks at no answer: one that a stop or a
    // Redis that is away cuts off would be a rejection without a handler, which ends the process.
    queue.setWorkerName = () => Promise.resolve();
    // Faults of connections are told by the connections themselves; what is left is Bull trying again.
    queue.on('error', () => undefined);
    return queue;
  }

  private work(id: string): Promise<void> {
    // Between stop and close Bull may still bring a job: its row is handed over again once its lease has run out.
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

/** Of a lane with a rate no more than goes out while the leases last. */
function mostWaiting({ limits, leaseSeconds }: Options): EachLane<number> {
  return eachLane((lane) => Math.min(MOST_WAITING, Math.max(1, Math.floor(((limits[lane].perSecond ?? Infinity) * leaseSeconds) / 2))));
}
