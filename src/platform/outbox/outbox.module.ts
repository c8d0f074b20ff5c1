import { type BeforeApplicationShutdown, Global, Injectable, Module, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Settings } from '../config/settings.js';
import { Log } from '../logging/log.js';
import { AnnotatedMethodFinder } from './annotated-method-finder.js';
import type { BullRunner } from './bull.runner.js';
import { HandlerCollector } from './handler-collector.js';
import { HandlerRegistry } from './handlers.js';
import { JobsSwitch } from './jobs-switch.js';
import { InProcessRunner } from './in-process.runner.js';
import { LaneCounter } from './lane-counter.js';
import { laneLimits } from './lanes.js';
import { Outbox } from './outbox.js';
import { OutboxNotifier } from './outbox-notifier.js';
import { OutboxExecutor } from './outbox.executor.js';
import { OutboxCleaner } from './outbox.cleaner.js';
import { RecurringScheduler } from './recurring-scheduler.js';

/** Does jobs in this process if they are switched on: through Bull when there is a Redis, else directly. */
@Injectable()
class OutboxRunner implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private runner: BullRunner | InProcessRunner | undefined;
  private isStopped = false;

  constructor(
    private readonly jobs: JobsSwitch,
    private readonly settings: Settings,
    private readonly executor: OutboxExecutor,
    private readonly notifier: OutboxNotifier,
    private readonly log: Log,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (!this.jobs.on) return;
    const { redisUrl, redisPrefix: prefix, outboxPollMs: pollMs, outboxLeaseSeconds: leaseSeconds } = this.settings;
    const limits = laneLimits(this.settings);
    if (redisUrl === null) this.runner = new InProcessRunner(this.executor, this.notifier, this.log, limits, pollMs);
    else {
      const { BullRunner } = await import('./bull.runner.js');
      // A stop does not wait for a start that is not through.
      if (this.isStopped) return;
      this.runner = new BullRunner(this.executor, this.notifier, this.log, { redisUrl, prefix, limits, pollMs, leaseSeconds });
    }
    this.runner.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    await this.runner?.stop();
  }
}

@Global()
@Module({
  imports: [DiscoveryModule],
  providers: [
    AnnotatedMethodFinder,
    HandlerCollector,
    HandlerRegistry,
    LaneCounter,
    Outbox,
    OutboxNotifier,
    OutboxExecutor,
    OutboxRunner,
    OutboxCleaner,
    RecurringScheduler,
  ],
  exports: [Outbox, OutboxExecutor, HandlerRegistry, LaneCounter, OutboxNotifier],
})
export class OutboxModule {}
