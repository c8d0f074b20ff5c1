import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Settings } from '../config/settings.js';
import { Transactions } from '../database/index.js';
import { Log } from '../logging/log.js';
import { IdempotencyKeysRepository } from './idempotency-keys.repository.js';

/** A lease is renewed this often before it would end, so that one late or failed renewal ends no claim. */
const RENEWALS = 5;

/** Renews the claims of the requests that run in this process, by the database's clock, until they end. */
@Injectable()
export class LeaseRenewer implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly running = new Set<string>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly transactions: Transactions,
    private readonly keys: IdempotencyKeysRepository,
    private readonly settings: Settings,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.schedule();
  }

  onApplicationShutdown(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  add(claim: string): void {
    this.running.add(claim);
  }

  drop(claim: string): void {
    this.running.delete(claim);
  }

  private schedule(): void {
    this.timer = setTimeout(() => void this.renew(), (this.settings.idempotencyLeaseSeconds * 1000) / RENEWALS).unref();
  }

  private async renew(): Promise<void> {
    const claims = [...this.running];
    try {
      if (claims.length > 0) await this.transactions.system((tx) => this.keys.renew(tx, claims));
    } catch (error) {
      this.log.warn('the leases of running requests could not be renewed; it will be tried again', { error: (error as Error).name });
    } finally {
      if (this.timer) this.schedule();
    }
  }
}
