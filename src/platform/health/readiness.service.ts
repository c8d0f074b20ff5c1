import { type BeforeApplicationShutdown, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { Settings } from '../config/settings.js';
import { Transactions } from '../database/index.js';
import { Log } from '../logging/log.js';
import { ClockMonitor } from './clock-monitor.js';

const PATIENCE_MS = 2000;

/** `apart` means that the clock is off, possibly by so much that the process is not ready. */
type DependencyState = 'up' | 'down' | 'stopping' | 'apart';

export interface ReadinessReport {
  readonly ready: boolean;
  readonly dependencies: Readonly<Record<string, DependencyState>>;
  /** How far the clock of this process is ahead of the database's, if that is too far. */
  readonly clockAheadSeconds?: number;
}

/**
 * Whether this process can do its work at present. Without Redis jobs are only delayed, so that is reported, but the API still counts as
 * ready.
 */
@Injectable()
export class ReadinessService implements OnModuleInit, BeforeApplicationShutdown, OnApplicationShutdown {
  private stopping = false;
  private redis: Redis | undefined;

  constructor(
    private readonly transactions: Transactions,
    private readonly clock: ClockMonitor,
    private readonly settings: Settings,
    private readonly log: Log,
  ) {}

  async onModuleInit(): Promise<void> {
    const { redisUrl } = this.settings;
    if (redisUrl === null) return;
    const { connectRedis } = await import('../redis/redis.js');
    if (this.stopping) return;
    this.redis = connectRedis(redisUrl, 'readiness', this.log, { enableOfflineQueue: false, maxRetriesPerRequest: 0 });
  }

  async check(): Promise<ReadinessReport> {
    const database = await answers(this.transactions.ping());
    const dependencies: Record<string, DependencyState> = { database };
    if (this.redis) dependencies.redis = await answers(this.redis.ping());
    if (this.stopping) dependencies.process = 'stopping';
    const ready = database === 'up' && !this.stopping && this.clock.state !== 'wrong';
    if (this.clock.state === 'right') return { ready, dependencies };
    dependencies.clock = 'apart';
    return { ready, dependencies, clockAheadSeconds: this.clock.offsetSeconds ?? 0 };
  }

  /** Whether the process was asked to stop and is finishing what runs. */
  get isStopping(): boolean {
    return this.stopping;
  }

  beforeApplicationShutdown(): void {
    this.stopping = true;
  }

  onApplicationShutdown(): void {
    this.redis?.disconnect();
  }
}

async function answers(question: Promise<unknown>): Promise<'up' | 'down'> {
  let timer: NodeJS.Timeout | undefined;
  const impatience = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer')), PATIENCE_MS);
  });
  return Promise.race([question, impatience])
    .then(
      () => 'up' as const,
      () => 'down' as const,
    )
    .finally(() => clearTimeout(timer));
}
