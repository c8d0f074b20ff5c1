import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Log } from '../logging/log.js';
import { AnnotatedMethodFinder } from './annotated-method-finder.js';
import { EVERY } from './every.js';
import { JobsSwitch } from './jobs-switch.js';

type Task = () => Promise<unknown>;

/** Calls the recurring work of the application, such as upkeep that belongs to no single change. */
@Injectable()
export class RecurringScheduler implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly running = new Set<Promise<unknown>>();
  private stopped = false;

  constructor(
    private readonly methods: AnnotatedMethodFinder,
    private readonly jobs: JobsSwitch,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.jobs.on) return;
    for (const { name, metadata: seconds, call } of this.methods.find<number, Task>(EVERY)) this.schedule(name, seconds, call);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    for (const timer of this.timers) clearTimeout(timer);
    await Promise.allSettled(this.running);
  }

  private schedule(name: string, seconds: number, task: Task): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      if (this.stopped) return;
      const run = task()
        .catch((error: unknown) =>
          this.log.warn('recurring work failed; it will be tried again', { task: name, error: (error as Error).name }),
        )
        .finally(() => {
          this.running.delete(run);
          if (!this.stopped) this.schedule(name, seconds, task);
        });
      this.running.add(run);
    }, seconds * 1000);
    this.timers.add(timer);
  }
}
