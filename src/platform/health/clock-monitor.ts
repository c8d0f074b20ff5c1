import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { SystemClock } from '../clock/clock.js';
import { Transactions } from '../database/index.js';
import { Log } from '../logging/log.js';
import { type ClockOffset, type ClockState, offsetOf, stateOf } from './clock-offset.rules.js';
import { Metrics } from './metrics.js';

const EVERY_MS = 10_000;

/**
 * Compares the machine's clock with the clock of the database: at the start, and then every ten seconds with one small query. Nothing is
 * ordered by clocks, but days, due times and the times that people read come from them.
 */
@Injectable()
export class ClockMonitor implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private last: ClockOffset | undefined;
  private said: ClockState = 'right';
  private timer: NodeJS.Timeout | undefined;
  private readonly gauge: Gauge;

  constructor(
    private readonly transactions: Transactions,
    private readonly machine: SystemClock,
    private readonly log: Log,
    metrics: Metrics,
  ) {
    this.gauge = new Gauge({
      name: 'clock_offset_seconds',
      help: "How far the clock of this process is ahead of the database's, when last compared; beyond 60 either way the process is not ready.",
      registers: [metrics.registry],
    });
  }

  /** The start waits for the first comparison, so that a process whose clock is wrong is never ready, not even for a moment. */
  async onApplicationBootstrap(): Promise<void> {
    await this.look();
    this.timer = setInterval(() => void this.look(), EVERY_MS).unref();
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  get state(): ClockState {
    return this.said;
  }

  /** The offset in seconds, to one decimal; null while the database has not answered yet. */
  get offsetSeconds(): number | null {
    return this.last ? Math.round(this.last.ms / 100) / 10 : null;
  }

  /** While the database cannot be reached, the last answer stands; other checks report that it cannot be reached. */
  private async look(): Promise<void> {
    const began = performance.now();
    const askedAtMs = this.machine.nowMs();
    const databaseMs = await this.transactions.presentMs().catch(() => null);
    if (databaseMs === null) return;
    this.last = offsetOf({ askedAtMs, tookMs: performance.now() - began, databaseMs });
    this.gauge.set(this.last.ms / 1000);
    this.say(stateOf(this.last));
  }

  private say(state: ClockState): void {
    if (state === this.said) return;
    this.said = state;
    const fields = { aheadSeconds: this.offsetSeconds };
    if (state === 'wrong')
      this.log.error("this process is not ready: its clock is a minute or more off the database's; set the clock", fields);
    else if (state === 'apart') this.log.warn("the clock of this process is more than 2 seconds off the database's; set the clock", fields);
    else this.log.info("the clock of this process agrees with the database's again", fields);
  }
}
