import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Redis } from 'ioredis';
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { Settings } from '../config/settings.js';
import { Log } from '../logging/log.js';
import { Problem } from './problem.js';

const WINDOW_SECONDS = 60;
/** The longest time that a request waits until Redis has counted it. */
const PATIENCE_MS = 500;

/** Counts requests by caller. With Redis all processes share the count; without it each process counts for itself. */
@Injectable()
export class RateLimiter implements OnModuleInit, OnApplicationShutdown {
  private readonly inMemory: RateLimiterMemory;
  private limiter: RateLimiterAbstract;
  private redis: Redis | undefined;
  private isStopped = false;

  constructor(
    private readonly settings: Settings,
    private readonly log: Log,
  ) {
    this.inMemory = new RateLimiterMemory(this.counts);
    this.limiter = this.inMemory;
  }

  private get counts() {
    const { rateLimit: points, redisPrefix } = this.settings;
    return { points, duration: WINDOW_SECONDS, keyPrefix: `${redisPrefix}:rate` };
  }

  async onModuleInit(): Promise<void> {
    if (this.settings.redisUrl === null) return;
    const { connectRedis } = await import('../redis/redis.js');
    // A stop does not wait for a start that is not through.
    if (this.isStopped) return;
    this.redis = connectRedis(this.settings.redisUrl, 'rate limit', this.log, {
      enableOfflineQueue: false,
      maxRetriesPerRequest: 1,
      commandTimeout: PATIENCE_MS,
    });
    // While Redis cannot be reached, each process counts for itself, and no request is refused because of that.
    this.limiter = new RateLimiterRedis({ ...this.counts, storeClient: this.redis, insuranceLimiter: this.inMemory });
  }

  /**
   * Counts one request and writes the remaining number to the headers of the answer (draft-ietf-httpapi-ratelimit-headers-10). @throws
   * Problem RATE_LIMITED
   */
  async count(caller: string, reply: FastifyReply): Promise<void> {
    const counted = await this.limiter.consume(caller).catch((refusal: unknown) => refusal);
    if (!(counted instanceof RateLimiterRes)) throw counted;
    const seconds = Math.max(1, Math.ceil(counted.msBeforeNext / 1000));
    void reply.header('ratelimit-policy', `"caller";q=${this.settings.rateLimit};w=${WINDOW_SECONDS}`);
    void reply.header('ratelimit', `"caller";r=${Math.max(0, counted.remainingPoints)};t=${seconds}`);
    if (counted.consumedPoints > this.settings.rateLimit) throw Problem.of('RATE_LIMITED', { headers: { 'retry-after': String(seconds) } });
  }

  onApplicationShutdown(): void {
    this.isStopped = true;
    this.redis?.disconnect();
  }
}
