import { Injectable } from '@nestjs/common';
import { Clock, Every, Id, type Job, jobKind, Outbox, Transactions, type Tx } from '../../../platform/index.js';
import { dayIn } from '../../../shared/day.js';
import { newId } from '../../../shared/ids.js';
import { CouncilsRepository, CouncilsService } from '../../councils/index.js';
import { AvailableChannelsReader } from '../channels/available-channels-reader.js';
import { gather } from '../domain/gathering.rules.js';
import { GatheringRepository } from './gathering.repository.js';
import { NoticePoliciesRepository } from '../policies/notice-policies.repository.js';
import { SWEEP, SweepScheduler } from './sweep-scheduler.js';

/** Sends one message: the named notice, and those that are combined into it. */
export const DELIVERY = jobKind('notice.delivery', { noticeId: Id.text }, { lane: 'messages' });

const BATCH = 500;
const BUSY_MS = 2000;
/** A notice that is due for longer than this was missed, because a job was lost. */
const MISSED_MS = 60_000;

/**
 * Finds the notices that are due, makes messages of them and adds a job for each message: the work grows with what is due, not with what is
 * planned.
 */
@Injectable()
export class SweepNoticesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly gathering: GatheringRepository,
    private readonly policies: NoticePoliciesRepository,
    private readonly channels: AvailableChannelsReader,
    private readonly councils: CouncilsRepository,
    private readonly everyCouncil: CouncilsService,
    private readonly sweeps: SweepScheduler,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  sweep(job: Job): Promise<void> {
    return job.complete(async (tx) => {
      const now = this.clock.now();
      // The sweep that runs now began before this one, and may not see the notices for which this one was woken.
      if (!(await this.gathering.lock(tx))) return this.outbox.add(tx, SWEEP, {}, { at: new Date(now.getTime() + BUSY_MS) });
      if ((await this.batch(tx, now)) >= BATCH) await this.outbox.add(tx, SWEEP, {});
    });
  }

  /** Wakes the sweep of each council in which a job was lost. */
  @Every(30)
  async guard(): Promise<void> {
    const by = new Date(this.clock.now().getTime() - MISSED_MS);
    await this.everyCouncil.each('missed notices', (councilId) =>
      this.transactions.write(councilId, async (tx) => {
        if (await this.gathering.isDue(tx, by)) await this.sweeps.wakeAt(tx, [this.clock.now()]);
      }),
    );
  }

  private async batch(tx: Tx, now: Date): Promise<number> {
    const due = await this.gathering.due(tx, now, BATCH);
    if (due.length === 0) return 0;
    const { timeZone } = await this.councils.facts(tx);
    const { policy } = await this.policies.read(tx);
    const available = await this.channels.ofCouncil(tx);
    const today = dayIn(now, timeZone);
    const households = [...new Set(due.map(({ householdId }) => householdId))];
    const gathered = gather(due, await this.gathering.people(tx, households, today), newId, { now, timeZone, policy, available });
    await this.gathering.write(tx, gathered, today, now);
    const messages = gathered.handedOver.filter(({ combinedInto }) => combinedInto === null);
    await this.outbox.addEach(
      tx,
      DELIVERY,
      messages.map(({ id: noticeId }) => ({ ids: { noticeId }, at: now })),
    );
    await this.sweeps.wakeAt(
      tx,
      gathered.putOff.map(({ until }) => until),
    );
    return due.length;
  }
}
