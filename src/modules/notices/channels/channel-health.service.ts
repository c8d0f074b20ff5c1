import { Injectable } from '@nestjs/common';
import { Clock, Id, jobKind, Log, Outbox, Transactions, type Tx } from '../../../platform/index.js';
import { afterRefusal, afterSuccess, isInDoubt, TRIAL_MINUTES } from '../domain/channel-health.rules.js';
import { SweepScheduler } from '../sending/sweep-scheduler.js';
import { ChannelHealthRepository, SENDING_CHANNELS, type SendingChannel, type StoredHealth } from './channel-health.repository.js';

/** A channel was paused, and staff must be told at once. */
export const CHANNEL_PAUSED_JOB = jobKind('notices.channel_paused', { channel: Id.word(SENDING_CHANNELS) });

/** The channels that refused a message, each with how many pauses it had had by then. */
export type RefusedBy = ReadonlyMap<SendingChannel, number>;

/** What was recorded of a refusal. */
export interface RecordedRefusal {
  /** Whether the message itself is to blame. */
  readonly isForGood: boolean;
  /** How many pauses the channel had had by then. */
  readonly pauseCount: number;
}

/**
 * Finds out when the settings of a channel make the provider refuse every message. It pauses that channel before messages are lost, and uses
 * it again once it works.
 */
@Injectable()
export class ChannelHealthService {
  constructor(
    private readonly transactions: Transactions,
    private readonly health: ChannelHealthRepository,
    private readonly sweeps: SweepScheduler,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** Returns whether a message may use a channel now: the channel is not paused, or this message is the one that tries it. */
  async mayTry(councilId: string, { channel, pausedAt }: Pick<StoredHealth, 'channel' | 'pausedAt'>): Promise<boolean> {
    if (pausedAt === null) return true;
    const now = this.clock.now();
    return this.transactions.write(councilId, (tx) => this.health.claimTrial(tx, channel, now, this.nextTrial(now)));
  }

  /**
   * Records that a message was taken. `before` is what was known of the channel when the message left. It is part of the transaction that
   * records the message, so that both are recorded or neither.
   */
  async recordTaken(tx: Tx, channel: SendingChannel, before: StoredHealth | undefined): Promise<void> {
    const isNews = !before?.isProven || before.pausedAt !== null;
    // Other messages may have been refused since `before` was read. They are no longer in a row, so a pause that they caused ends.
    if (isNews || (await this.health.endRow(tx, channel))) await this.recordWorking(tx, channel);
  }

  /** Records that a message was refused. */
  async recordRefused(councilId: string, channel: SendingChannel, problem: string): Promise<RecordedRefusal> {
    return this.transactions.write(councilId, async (tx) => {
      const now = this.clock.now();
      const present = await this.health.lock(tx, channel);
      const { health, isForGood, pauses } = afterRefusal(present, now);
      const trialAt = pauses ? this.nextTrial(now) : present.trialAt;
      await this.health.write(tx, { ...health, channel, trialAt, problem }, null);
      if (pauses && trialAt) await this.pause(tx, channel, trialAt, problem, now);
      return { isForGood, pauseCount: health.pauseCount };
    });
  }

  /** Records that a channel works: notices that waited for it leave now. */
  async recordWorking(tx: Tx, channel: SendingChannel): Promise<void> {
    const now = this.clock.now();
    const present = await this.health.lock(tx, channel);
    await this.health.write(tx, { ...afterSuccess(present), channel, trialAt: null, problem: null }, now);
    if (present.pausedAt !== null) await this.wake(tx, now);
  }

  /**
   * Returns the channels that were paused since they refused a message, even where the pause has ended. They are locked, so that no pause begins
   * or ends before the end of the transaction.
   */
  async pausedSince(tx: Tx, refusedBy: RefusedBy): Promise<SendingChannel[]> {
    const paused: SendingChannel[] = [];
    for (const channel of [...refusedBy.keys()].sort())
      if (isInDoubt(await this.health.lock(tx, channel), refusedBy.get(channel) as number)) paused.push(channel);
    return paused;
  }

  /**
   * Returns when a message that waits for one of these channels is tried again. It is at once when a channel began to work meanwhile: that
   * woke only the notices that waited then.
   */
  async nextChance(tx: Tx, channels: readonly SendingChannel[], now: Date): Promise<Date> {
    for (const channel of [...channels].sort()) {
      const { isProven, pausedAt } = await this.health.lock(tx, channel);
      if (isProven && pausedAt === null) return now;
    }
    return this.nextTrial(now);
  }

  /** Forgets what is known of a channel whose new settings were saved; they are tried at once. */
  async forget(tx: Tx, channel: SendingChannel): Promise<void> {
    await this.health.forget(tx, channel);
    await this.wake(tx, this.clock.now());
  }

  private async pause(tx: Tx, channel: SendingChannel, trialAt: Date, problem: string, now: Date): Promise<void> {
    await this.health.revive(tx, channel, trialAt, now);
    await this.sweeps.wakeAt(tx, [trialAt]);
    await this.outbox.add(tx, CHANNEL_PAUSED_JOB, { channel });
    this.log.warn('a channel is paused: its settings refuse every message', { channel, problem });
  }

  private async wake(tx: Tx, now: Date): Promise<void> {
    await this.health.wake(tx, now);
    await this.sweeps.wakeAt(tx, [now]);
  }

  private nextTrial(now: Date): Date {
    return new Date(now.getTime() + TRIAL_MINUTES * 60_000);
  }
}
