import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { SetClock } from '../platform/clock/clock.js';
import { AnnotatedMethodFinder } from '../platform/outbox/annotated-method-finder.js';
import { EVERY } from '../platform/outbox/every.js';
import { OutboxExecutor } from '../platform/outbox/index.js';
import type { ClaimedRow } from '../platform/outbox/outbox.executor.js';
import { perLane } from '../platform/outbox/lanes.js';
import { addDays, type Day } from '../shared/day.js';
import type { RestClient } from './rest-client.js';
import type { Timeline } from './timeline.js';

/** When something happens on a day of the past: whoever can be written to at all can be written to then. */
const HOUR = '10:00';
/** How much later each thing happens than the one before. */
const STEP_MS = 11_000;
/** While PostgreSQL works for one, the process works for others. */
const AT_ONCE = 4;
/** How many due jobs of each lane are claimed together. */
const CLAIMED = 100;

/** Does something for each, some of them at once. The results are in the order of what was given. */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  work: (item: Item, place: number) => Promise<Result>,
): Promise<Result[]> {
  const results = new Array<Result>(items.length);
  const left = items.entries();
  const worker = async () => {
    for (const [place, item] of left) results[place] = await work(item, place);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}

const namesNothing = ({ ids }: ClaimedRow) => Object.keys(ids as object).length === 0;

/**
 * Lets the time of the demonstration pass. What happens goes over the API while the clock shows when it happened, and the jobs that come due
 * are done then, so the history has its true times, and the messages of the past left in the past.
 */
export class Past {
  private reached: Day;

  constructor(
    private readonly app: NestFastifyApplication,
    private readonly clock: SetClock,
    readonly rest: RestClient,
    readonly timeline: Timeline,
    /** Has the database look at what it holds by now. */
    readonly analyse: () => Promise<void>,
    begin: Day,
  ) {
    this.reached = begin;
  }

  /** Lives through the days until then, and begins the morning of this one. */
  async until(day: Day): Promise<void> {
    while (this.reached < day) {
      this.reached = addDays(this.reached, 1);
      this.clock.moveTo(this.timeline.at(this.reached, HOUR));
      await this.doDueJobs();
    }
    await this.rest.signIn();
  }

  /** Lets everything happen until an instant after the last day. */
  async untilNow(now: Date): Promise<void> {
    this.clock.moveTo(now);
    await this.doDueJobs();
    await this.doRecurringWork();
  }

  /** Does the same for each, each a little later than the one before. */
  each<Item, Result>(items: readonly Item[], work: (item: Item, place: number) => Promise<Result>): Promise<Result[]> {
    return inParallel(items, (item, place) => {
      this.clock.moveTo(new Date(this.clock.now().getTime() + STEP_MS));
      return work(item, place);
    });
  }

  /** Does every job that is due, and those that follow from them. */
  async doDueJobs(): Promise<void> {
    const executor = this.app.get(OutboxExecutor);
    for (;;) {
      const rows = await executor.claim(perLane(() => CLAIMED));
      if (rows.length === 0) return;
      // A job that names nothing looks at the whole council, and others of its kind would find it at work and come back later.
      const [general, own] = [rows.filter(namesNothing), rows.filter((row) => !namesNothing(row))];
      await inParallel(own, (row) => executor.run(row));
      for (const row of general) await executor.run(row);
    }
  }

  /** Does once what the program does every minute or so, so that its first minute changes nothing. */
  async doRecurringWork(): Promise<void> {
    for (const { call } of this.app.get(AnnotatedMethodFinder).find<number, () => Promise<unknown>>(EVERY)) await call();
    await this.doDueJobs();
    // Tokens that the database's clock takes for old were cleared away.
    await this.rest.signIn();
  }
}
