import { type BeforeApplicationShutdown, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { Settings } from '../config/settings.js';
import { Transactions } from '../database/index.js';
import { Log } from '../logging/log.js';
import { connectRedis } from '../redis/redis.js';

const PATIENCE_MS = 2000;

export interface ReadinessReport {
  readonly ready: boolean;
  readonly dependencies: Readonly<Record<string, 'up' | 'down' | 'stopping'>>;
}

/** Whether this process can do its work now. Redis away only delays jobs, so it is told and does not count against an API. */
@Injectable()
export class Readiness implements BeforeApplicationShutdown, OnApplicationShutdown {
  private stopping = false;
  private readonly redis: Redis | undefined;

  constructor(
    private readonly transactions: Transactions,
    settings: Settings,
    log: Log,
  ) {
    if (settings.redisUrl !== null) {
      this.redis = connectRedis(settings.redisUrl, 'readiness', log, { enableOfflineQueue: false, maxRetriesPerRequest: 0 });
    }
  }

  async check(): Promise<ReadinessReport> {
    const database = await answers(this.transactions.ping());
    const dependencies: Record<string, 'up' | 'down' | 'stopping'> = { database };
    if (this.redis) dependencies.redis = await answers(this.redis.ping());
    if (this.stopping) dependencies.process = 'stopping';
    return { ready: database === 'up' && !this.stopping, dependencies };
  }

  /** The process was asked to stop, and ends what runs. */
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
