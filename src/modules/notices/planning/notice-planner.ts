import { Injectable } from '@nestjs/common';
import { Clock, type Tx } from '../../../platform/index.js';
import { dayIn, instantAt, timeIn } from '../../../shared/day.js';
import { CouncilsRepository } from '../../councils/index.js';
import { type Anchor, type NoticePolicy, plannedNotices, slotOf } from '../domain/notice-policy.rules.js';
import type { EventTimes } from '../domain/triggers/trigger.js';
import { leavesBy, lookedAtFrom } from '../domain/timeliness.rules.js';
import { type TriggerName, triggerOf } from '../domain/triggers.js';
import { NoticePoliciesRepository } from '../policies/notice-policies.repository.js';
import { SweepScheduler } from '../sending/sweep-scheduler.js';
import { type NewNotice, PlannedNoticesRepository, type Subject } from './planned-notices.repository.js';

/** What is to be told: of which thing, counted from when. */
export interface NotifiableEvent extends Subject {
  readonly trigger: TriggerName;
  readonly anchor: Anchor;
  readonly about: string | null;
  /** Tells it from every other event of its trigger: what it is about, whatever led to it. */
  readonly id: string;
  /** Of what it speaks of. */
  readonly times: EventTimes;
}

/** Events are made of what is read under the lock of their household; the council's settings, which are read after it, are part of them. */
export interface NoticeSettings {
  readonly policy: NoticePolicy;
  readonly timeZone: string;
}

interface How {
  /** Done between writing and waking: it may drop what was written. */
  readonly next?: () => Promise<void>;
  /** Without what would leave now. */
  readonly laterOnly?: boolean;
}

/**
 * Writes the notices that events ask for. Whoever plans holds the lock of the household that the event is of, and has read it under
 * that lock: of two who plan for one thing the later one sees what the other has planned.
 */
@Injectable()
export class NoticePlanner {
  constructor(
    private readonly planned: PlannedNoticesRepository,
    private readonly policies: NoticePoliciesRepository,
    private readonly councils: CouncilsRepository,
    private readonly sweeps: SweepScheduler,
    private readonly clock: Clock,
  ) {}

  /** Of something that happens now. */
  now<Name extends TriggerName>(trigger: Name): { trigger: Name; anchor: Anchor } {
    return { trigger, anchor: { moment: this.clock.now() } };
  }

  async settings(tx: Tx): Promise<NoticeSettings> {
    const { timeZone } = await this.councils.facts(tx);
    return { timeZone, policy: (await this.policies.read(tx)).policy };
  }

  /** What was planned before stays as it is. */
  async plan(tx: Tx, events: readonly NotifiableEvent[], settings: NoticeSettings, { next, laterOnly = false }: How = {}): Promise<void> {
    const now = this.clock.now();
    const notices = events
      .flatMap((event) => noticesOf(event, settings, now))
      .filter((notice) => isToCome(notice, now) && (!laterOnly || notice.lookedAt > now));
    await this.planned.insert(tx, notices, now);
    await next?.();
    await this.wake(tx, notices);
  }

  /** The same, and what was planned before and still waits has the times that hold now. `moved`: for when something else was moved before. */
  async planAgain(tx: Tx, events: readonly NotifiableEvent[], settings: NoticeSettings, moved: readonly Date[] = []): Promise<void> {
    const now = this.clock.now();
    const notices = events.flatMap((event) => noticesOf(event, settings, now));
    const toCome = notices.filter((notice) => isToCome(notice, now));
    await this.planned.insert(tx, toCome, now);
    await this.planned.move(tx, notices);
    await this.wake(tx, notices, moved);
  }

  /**
   * Has what was planned of these households for a later day, in a zone, leave on that day at the hour of now: what no event can be made
   * of again, for it follows a moment that has passed, or is the copy for one person. Returns when it leaves, which whoever wakes the
   * sweep wakes it for.
   */
  async moveToHour(
    tx: Tx,
    householdIds: readonly string[],
    zone: string,
    { policy: { reminderTime }, timeZone }: NoticeSettings,
  ): Promise<Date[]> {
    const ahead = await this.planned.aheadAlone(tx, householdIds, this.clock.now());
    const moved = ahead
      .filter(({ at }) => timeIn(at, timeZone) !== reminderTime)
      .map(({ id, at }) => ({ id, at: instantAt(dayIn(at, zone), reminderTime, timeZone) }));
    if (moved.length > 0) await this.planned.moveTo(tx, moved);
    return moved.map(({ at }) => at);
  }

  /** Last of all: a sweep that adds the same wake waits for us, and may hold notices that we change. */
  private async wake(tx: Tx, notices: readonly NewNotice[], moved: readonly Date[] = []): Promise<void> {
    const instants = notices.map(({ lookedAt }) => lookedAt);
    await this.sweeps.wakeAt(tx, [...instants, ...moved]);
  }
}

/** What has a day of its own is not planned any more once that has passed. */
function isToCome({ trigger, at }: NewNotice, now: Date): boolean {
  return triggerOf(trigger).timing.from === 'moment' || at >= now;
}

function noticesOf(
  { trigger, anchor, about, id, times, ...subject }: NotifiableEvent,
  { policy, timeZone }: NoticeSettings,
  now: Date,
): NewNotice[] {
  const by = leavesBy(trigger, times, timeZone);
  return plannedNotices(policy, trigger, anchor, timeZone).map(({ rule, number, at }) => ({
    ...subject,
    trigger,
    slot: slotOf(rule),
    number,
    about,
    at,
    lookedAt: lookedAtFrom({ trigger, at, by, mayBeSms: rule.channels.includes('sms') }, now, timeZone, policy),
    key: `${trigger}:${id}:${slotOf(rule)}:${number}`,
  }));
}
