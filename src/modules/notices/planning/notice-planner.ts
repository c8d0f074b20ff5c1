import { Injectable } from '@nestjs/common';
import { Clock, type Tx } from '../../../platform/index.js';
import { dayIn, instantAt, timeIn } from '../../../shared/day.js';
import { CouncilsRepository } from '../../councils/index.js';
import { type Anchor, type NoticePolicy, plannedNotices, slotOf } from '../domain/notice-policy.rules.js';
import type { EventTimes } from '../domain/triggers/trigger.js';
import { firstLookAt, usefulUntil } from '../domain/timeliness.rules.js';
import { type TriggerName, triggerOf } from '../domain/triggers.js';
import { NoticePoliciesRepository } from '../policies/notice-policies.repository.js';
import { SweepScheduler } from '../sending/sweep-scheduler.js';
import { type NewNotice, type NoticeSubject, PlannedNoticesRepository } from './planned-notices.repository.js';

/** An event that families are to be told of, and the time that its notices count from. */
export interface NotifiableEvent extends NoticeSubject {
  readonly trigger: TriggerName;
  readonly anchor: Anchor;
  readonly about: string | null;
  /** Names the thing that it is about, so that one thing is planned once, whatever led to it. */
  readonly id: string;
  /** The times of the events that its notices announce. */
  readonly times: EventTimes;
}

/** The council's settings that planning needs. They are read after the lock of the household, as the events are. */
export interface NoticeSettings {
  readonly policy: NoticePolicy;
  readonly timeZone: string;
}

interface PlanningOptions {
  /** Done after the notices are written and before the sweep is woken: it may drop some of them. */
  readonly next?: () => Promise<void>;
  /** Leaves out notices that would be sent now. */
  readonly laterOnly?: boolean;
}

/**
 * Writes the notices that events ask for. The caller holds the lock of the event's household, and has read the event under that lock: so of
 * two who plan for one thing, the later one sees what the other has planned.
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

  /** Returns the trigger and the anchor of an event that happens now. */
  happeningNow<Name extends TriggerName>(trigger: Name): { trigger: Name; anchor: Anchor } {
    return { trigger, anchor: { moment: this.clock.now() } };
  }

  async settings(tx: Tx): Promise<NoticeSettings> {
    const { timeZone } = await this.councils.facts(tx);
    return { timeZone, policy: (await this.policies.read(tx)).policy };
  }

  /** Plans the notices of events. Notices that were planned before stay as they are. */
  async plan(
    tx: Tx,
    events: readonly NotifiableEvent[],
    settings: NoticeSettings,
    { next, laterOnly = false }: PlanningOptions = {},
  ): Promise<void> {
    const now = this.clock.now();
    const notices = events
      .flatMap((event) => noticesOf(event, settings, now))
      .filter((notice) => isToCome(notice, now) && (!laterOnly || notice.lookedAt > now));
    await this.planned.insert(tx, notices, now);
    await next?.();
    await this.wake(tx, notices);
  }

  /**
   * Plans the notices of events, and gives notices that were planned before and still wait the times that hold now. `moved`: further instants
   * at which the sweep is to be woken, of notices that were moved before.
   */
  async planAgain(tx: Tx, events: readonly NotifiableEvent[], settings: NoticeSettings, moved: readonly Date[] = []): Promise<void> {
    const now = this.clock.now();
    const notices = events.flatMap((event) => noticesOf(event, settings, now));
    const toCome = notices.filter((notice) => isToCome(notice, now));
    await this.planned.insert(tx, toCome, now);
    await this.planned.move(tx, notices);
    await this.wake(tx, notices, moved);
  }

  /**
   * Moves planned notices of these households for which no event can be made again: those that follow a moment that has passed, and copies for
   * one person. Each keeps its day in `zone`, and gets the reminder hour that holds now. Returns the new times, at which the caller must wake
   * the sweep.
   */
  async moveToHour(
    tx: Tx,
    householdIds: readonly string[],
    zone: string,
    { policy: { reminderTime }, timeZone }: NoticeSettings,
  ): Promise<Date[]> {
    const ahead = await this.planned.waitingWithoutEvent(tx, householdIds, this.clock.now());
    const moved = ahead
      .filter(({ at }) => timeIn(at, timeZone) !== reminderTime)
      .map(({ id, at }) => ({ id, at: instantAt(dayIn(at, zone), reminderTime, timeZone) }));
    if (moved.length > 0) await this.planned.moveTo(tx, moved);
    return moved.map(({ at }) => at);
  }

  /**
   * Wakes the sweep, as the last step: a sweep that adds the same job waits for this transaction, and may itself hold notices that we would
   * change.
   */
  private async wake(tx: Tx, notices: readonly NewNotice[], moved: readonly Date[] = []): Promise<void> {
    const instants = notices.map(({ lookedAt }) => lookedAt);
    await this.sweeps.wakeAt(tx, [...instants, ...moved]);
  }
}

/** A notice that is planned for a day is not planned any more once that day has passed. */
function isToCome({ trigger, at }: NewNotice, now: Date): boolean {
  return triggerOf(trigger).timing.from === 'moment' || at >= now;
}

function noticesOf(
  { trigger, anchor, about, id, times, ...subject }: NotifiableEvent,
  { policy, timeZone }: NoticeSettings,
  now: Date,
): NewNotice[] {
  const by = usefulUntil(trigger, times, timeZone);
  return plannedNotices(policy, trigger, anchor, timeZone).map(({ rule, number, at }) => ({
    ...subject,
    trigger,
    slot: slotOf(rule),
    number,
    about,
    at,
    lookedAt: firstLookAt({ trigger, at, by, mayBeSms: rule.channels.includes('sms') }, now, timeZone, policy),
    key: `${trigger}:${id}:${slotOf(rule)}:${number}`,
  }));
}
