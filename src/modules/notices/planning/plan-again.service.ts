import { Injectable } from '@nestjs/common';
import { Clock, Id, jobKind, type JobOf, Outbox, type Tx } from '../../../platform/index.js';
import type { HOUSEHOLD_CHANGED } from '../../households/index.js';
import { PlannedNoticesRepository } from './planned-notices.repository.js';
import { NoticePlanner } from './notice-planner.js';
import { appointmentRemindersOf, endReminderOf, remindersOf, reviewOf, signatureRemindersOf } from './notifiable-events.js';
import { type OwnedRow, PlanningRepository } from './planning.repository.js';

/** Plans the notices of the next open loans again, by a changed policy or time zone. */
export const PLAN_LOANS = jobKind('notices.plan_loans', { after: Id.optional(Id.text) }, { lane: 'bulk' });
/** Plans the notices of the next offers that hold a device again. */
export const PLAN_OFFERS = jobKind('notices.plan_offers', { after: Id.optional(Id.text) }, { lane: 'bulk' });
/** Plans the reviews of the next families' files again. */
export const PLAN_REVIEWS = jobKind('notices.plan_reviews', { after: Id.optional(Id.text), zone: Id.optional(Id.text) }, { lane: 'bulk' });

/** So many households are locked at once, for some hundredths of a second. */
const BATCH = 200;

/** Plans notices again, in batches, when the council's notice policy or time zone has changed. */
@Injectable()
export class PlanAgainService {
  constructor(
    private readonly planning: PlanningRepository,
    private readonly planned: PlannedNoticesRepository,
    private readonly planner: NoticePlanner,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * Plans the notices of open loans, of offers that hold a device and of families' files again. `from` is the time zone in which they were
   * planned; without it, it is the present one.
   */
  async planAll(tx: Tx, from?: string): Promise<void> {
    const zone = from ?? (await this.planner.settings(tx)).timeZone;
    for (const kind of [PLAN_LOANS, PLAN_OFFERS]) await this.outbox.add(tx, kind, {});
    await this.outbox.add(tx, PLAN_REVIEWS, { zone });
  }

  planLoans(job: JobOf<typeof PLAN_LOANS>): Promise<void> {
    const { after = null } = job.ids;
    return job.complete(async (tx) => {
      const ofHouseholds = await this.planning.nextLoans(tx, after, BATCH);
      await this.planning.lockHouseholds(tx, ofHouseholds);
      const loans = await this.planning.openLoans(
        tx,
        ofHouseholds.map(({ id }) => id),
      );
      const settings = await this.planner.settings(tx);
      await this.planner.planAgain(
        tx,
        loans.flatMap((loan) => [...remindersOf(loan), ...signatureRemindersOf(loan)]),
        settings,
      );
      await this.goOn(ofHouseholds, (after) => this.outbox.add(tx, PLAN_LOANS, { after }));
    });
  }

  planOffers(job: JobOf<typeof PLAN_OFFERS>): Promise<void> {
    const { after = null } = job.ids;
    return job.complete(async (tx) => {
      const ofHouseholds = await this.planning.nextOffers(tx, after, BATCH);
      await this.planning.lockHouseholds(tx, ofHouseholds);
      const offers = await this.planning.offers(
        tx,
        ofHouseholds.map(({ id }) => id),
      );
      const settings = await this.planner.settings(tx);
      const open = offers.filter(({ state }) => state === 'open').map((offer) => endReminderOf(offer, settings.timeZone));
      const accepted = offers
        .filter(({ state }) => state === 'accepted')
        .flatMap((offer) => appointmentRemindersOf(offer, settings.timeZone));
      await this.planner.planAgain(tx, [...open, ...accepted], settings);
      await this.goOn(ofHouseholds, (after) => this.outbox.add(tx, PLAN_OFFERS, { after }));
    });
  }

  /**
   * Plans the reviews of the next families' files. Besides, notices whose time has come but that still wait (for the morning, a Monday, the
   * end of holidays) are looked at again; and notices that follow something that happened, or are for one person, keep their day and get the
   * reminder hour that holds now.
   */
  planReviews(job: JobOf<typeof PLAN_REVIEWS>): Promise<void> {
    const { after = null, zone } = job.ids;
    return job.complete(async (tx) => {
      const households = await this.planning.nextHouseholds(tx, after, BATCH);
      const settings = await this.planner.settings(tx);
      const now = this.clock.now();
      const ids = households.map(({ id }) => id);
      const drop = { triggers: ['need_review_due'], reason: 'DUE_DAY_CHANGED', now } as const;
      const reviews = households.map((household) => reviewOf(household, settings.timeZone));
      await this.planned.dropOtherReviews(tx, reviews, drop);
      const waits = await this.planned.lookAgain(tx, ids, now);
      const moved = await this.planner.moveToHour(tx, ids, zone ?? settings.timeZone, settings);
      await this.planner.planAgain(tx, reviews, settings, waits ? [...moved, now] : moved);
      await this.goOn(
        households.map(({ id }) => ({ id, householdId: id })),
        (after) => this.outbox.add(tx, PLAN_REVIEWS, { zone, after }),
      );
    });
  }

  householdChanged(job: JobOf<typeof HOUSEHOLD_CHANGED>): Promise<void> {
    const { householdId } = job.ids;
    return job.complete(async (tx) => {
      const changedAt = await this.planning.householdChangedAt(tx, householdId);
      if (changedAt === null) return;
      const settings = await this.planner.settings(tx);
      const review = reviewOf({ id: householdId, changedAt }, settings.timeZone);
      const drop = { triggers: ['need_review_due'], reason: 'DUE_DAY_CHANGED', now: this.clock.now() } as const;
      await this.planned.dropOtherReviews(tx, [review], drop);
      await this.planner.plan(tx, [review], settings);
    });
  }

  private async goOn(batch: readonly OwnedRow[], behind: (after: string) => Promise<void>): Promise<void> {
    const last = batch.at(-1);
    if (last && batch.length === BATCH) await behind(last.id);
  }
}
