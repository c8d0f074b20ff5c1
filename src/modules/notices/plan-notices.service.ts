import { Injectable } from '@nestjs/common';
import { Clock, type Job, jobKind, Outbox, type Tx } from '../../platform/index.js';
import { dayIn } from '../../shared/day.js';
import { OfferNotice } from '../allocation/index.js';
import { CouncilsRepository } from '../councils/index.js';
import { type Anchor, type NoticePolicy, plannedNotices, slotOf, TIMING } from './domain/notice-policy.rules.js';
import { settled } from './domain/relevance.rules.js';
import type { AppealDecision, TriggerName } from './domain/triggers.js';
import { NoticePoliciesRepository } from './notice-policies.repository.js';
import { type HouseholdToPlan, type LoanToPlan, type NewNotice, PlanningRepository, type Subject } from './planning.repository.js';
import { SweepWakes } from './sweep-wakes.js';

/** Plans what a changed policy asks for of the next open loans. */
export const PLAN_LOANS = jobKind('notices.plan_loans');
/** The same of the next families' files. */
export const PLAN_REVIEWS = jobKind('notices.plan_reviews');

const BATCH = 500;
const REMINDERS = ['loan_due', 'loan_overdue'] as const;
/** What is said of a loan as long as something of it is out. */
const OF_OPEN_LOANS = [...REMINDERS, 'loan_handed_over', 'loan_renewed', 'loan_recalled', 'agreement_unsigned'] as const;

const APPEAL_DECISIONS: ReadonlyMap<string, AppealDecision> = new Map([
  ['uphold_appeal', 'upheld'],
  ['dismiss_appeal', 'dismissed'],
]);

/** What is to be told: of which thing, counted from when. */
interface Occasion extends Subject {
  readonly trigger: TriggerName;
  readonly anchor: Anchor;
  readonly about: string | null;
  /** Tells it from every other occasion of its trigger. */
  readonly id: string;
}

interface Setting {
  readonly policy: NoticePolicy;
  readonly timeZone: string;
}

/** Writes the notices that follow from what happened, as the council's policy has them; what was planned and is overtaken is dropped at once. */
@Injectable()
export class PlanNoticesService {
  constructor(
    private readonly planning: PlanningRepository,
    private readonly policies: NoticePoliciesRepository,
    private readonly councils: CouncilsRepository,
    private readonly offers: OfferNotice,
    private readonly wakes: SweepWakes,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  handedOver(job: Job): Promise<void> {
    const { loanId } = job.ids as { loanId: string };
    return job.complete(async (tx) => {
      const loans = await this.planning.openLoans(tx, [loanId]);
      await this.plan(tx, [
        ...loans.flatMap(remindersOf),
        ...loans.map(({ householdId }) => ({ ...this.now('loan_handed_over'), householdId, loanId, about: null, id: loanId })),
      ]);
    });
  }

  dueDateChanged(job: Job): Promise<void> {
    const { loanId, eventId } = job.ids as { loanId: string; eventId: string };
    return job.complete(async (tx) => {
      const loans = await this.planning.openLoans(tx, [loanId]);
      await this.planning.dropOfOtherDueDays(tx, [loanId], REMINDERS, 'DUE_DAY_CHANGED', this.clock.now());
      const moment = await this.planning.loanMoment(tx, loanId, eventId);
      const trigger = moment?.kind === 'renewed' ? 'loan_renewed' : moment?.kind === 'recalled' ? 'loan_recalled' : null;
      await this.plan(tx, [
        ...loans.flatMap(remindersOf),
        ...(moment && trigger ? [{ ...this.now(trigger), householdId: moment.householdId, loanId, about: moment.dueOn, id: eventId }] : []),
      ]);
    });
  }

  /** Items that came back in one go are told of in one notice. */
  itemSettled(job: Job): Promise<void> {
    const { loanId, eventId } = job.ids as { loanId: string; eventId: string };
    return job.complete(async (tx) => {
      const moment = await this.planning.loanMoment(tx, loanId, eventId);
      if (moment?.kind !== 'item_returned') return;
      const about = moment.at.toISOString();
      await this.plan(tx, [{ ...this.now('loan_returned'), householdId: moment.householdId, loanId, about, id: `${loanId}:${about}` }]);
    });
  }

  /** Nobody waits for the reminders of a loan that is over. */
  loanClosed(job: Job): Promise<void> {
    const { loanId } = job.ids as { loanId: string };
    return job.complete(async (tx) => {
      const reason = settled(await this.planning.itemsOfClosed(tx, loanId));
      if (reason !== null) await this.planning.dropOfLoan(tx, loanId, OF_OPEN_LOANS, reason, this.clock.now());
    });
  }

  /** Of the loans from one to another, those whose agreement is to be signed now. */
  agreementsAsked(job: Job): Promise<void> {
    const { first, last } = job.ids as { first: string; last: string };
    return job.complete(async (tx) => {
      await this.plan(tx, (await this.planning.unsignedLoans(tx, first, last)).flatMap(signatureOf));
    });
  }

  /** Where a second text is to be signed, its notices go on. */
  agreementSigned(job: Job): Promise<void> {
    const { loanId } = job.ids as { loanId: string };
    return job.complete(async (tx) => {
      const isSigned = (await this.planning.openLoans(tx, [loanId])).every(({ unsignedSince }) => unsignedSince === null);
      if (isSigned) await this.planning.dropOfLoan(tx, loanId, ['agreement_unsigned'], 'SIGNED', this.clock.now());
    });
  }

  incident(job: Job, trigger: 'incident_opened' | 'incident_closed'): Promise<void> {
    const { incidentId } = job.ids as { incidentId: string };
    return job.complete(async (tx) => {
      const incident = await this.planning.incident(tx, incidentId);
      if (incident) await this.plan(tx, [{ ...this.now(trigger), ...incident, incidentId, about: null, id: incidentId }]);
    });
  }

  lineMoved(job: Job): Promise<void> {
    const { lineId, eventId } = job.ids as { lineId: string; eventId: string };
    return job.complete(async (tx) => {
      const moment = await this.planning.lineMoment(tx, lineId, eventId);
      if (!moment) return;
      const { householdId, move, toState } = moment;
      const told = { householdId, lineId, about: null, id: eventId };
      if (move === 'submit') await this.plan(tx, [{ ...this.now('request_received'), ...told }]);
      if (move === 'refuse') await this.plan(tx, [{ ...this.now('request_refused'), ...told }]);
      const decision = APPEAL_DECISIONS.get(move);
      if (decision) await this.plan(tx, [{ ...this.now('appeal_decided'), ...told, about: decision }]);
      if (toState === 'suspended') await this.plan(tx, [{ ...this.now('request_suspended'), ...told }]);
      if (move === 'expire_offer' || move === 'expire_pickup') {
        const offer = await this.planning.lastOfferOfLine(tx, lineId);
        if (offer) await this.plan(tx, [{ ...this.now('offer_expired'), ...told, offerId: offer.id }]);
      }
      if (move === 'accept' || move === 'rebook') await this.pickup(tx, lineId, eventId);
    });
  }

  offerMade(job: Job): Promise<void> {
    const { offerId } = job.ids as { offerId: string };
    return job.complete(async (tx) => {
      const offer = await this.planning.offer(tx, offerId);
      if (!offer) return;
      const { householdId, lineId } = offer;
      const { rules } = (await this.policies.read(tx)).policy;
      // A council that tells families of offers in its own way tells them as it makes them.
      if (!rules.some(({ trigger }) => trigger === 'offer_made')) await this.offers.left(tx, offerId, offer.createdAt, { byLetter: false });
      await this.plan(tx, [{ ...this.now('offer_made'), householdId, lineId, offerId, about: null, id: offerId }]);
      await this.offerEnds(tx, offerId);
    });
  }

  /** An offer ends at another time than was planned for. */
  async offerEnds(tx: Tx, offerId: string): Promise<void> {
    const offer = await this.planning.offer(tx, offerId);
    if (!offer) return;
    const { householdId, lineId, expiresAt } = offer;
    const { timeZone } = await this.councils.facts(tx);
    const about = expiresAt.toISOString();
    const anchor = { day: dayIn(new Date(expiresAt.getTime() - 1), timeZone) };
    await this.planning.dropOfOffer(tx, offerId, ['offer_expiring'], 'DUE_DAY_CHANGED', about, this.clock.now());
    await this.plan(tx, [{ trigger: 'offer_expiring', anchor, householdId, lineId, offerId, about, id: `${offerId}:${about}` }]);
  }

  householdChanged(job: Job): Promise<void> {
    const { householdId } = job.ids as { householdId: string };
    return job.complete(async (tx) => {
      const changedAt = await this.planning.householdChangedAt(tx, householdId);
      if (changedAt === null) return;
      const { timeZone } = await this.councils.facts(tx);
      const about = dayIn(changedAt, timeZone);
      await this.planning.dropOfHousehold(tx, householdId, 'need_review_due', 'DUE_DAY_CHANGED', about, this.clock.now());
      await this.plan(tx, [reviewOf({ id: householdId, changedAt }, timeZone)]);
    });
  }

  /** The policy has changed: loans that run are reminded of as it says now, and families are asked about their files. */
  async planAgain(tx: Tx): Promise<void> {
    await this.outbox.add(tx, PLAN_LOANS, {});
    await this.outbox.add(tx, PLAN_REVIEWS, {});
  }

  planLoans(job: Job): Promise<void> {
    const { after = null } = job.ids as { after?: string };
    return job.complete(async (tx) => {
      const loans = await this.planning.nextLoans(tx, after, BATCH);
      const occasions = loans.flatMap((loan) => [...remindersOf(loan), ...signatureOf(loan)]);
      await this.planning.move(tx, await this.plan(tx, occasions));
      const last = loans.at(-1);
      if (last && loans.length === BATCH) await this.outbox.add(tx, PLAN_LOANS, { after: last.id });
    });
  }

  planReviews(job: Job): Promise<void> {
    const { after = null } = job.ids as { after?: string };
    return job.complete(async (tx) => {
      const { rules } = (await this.policies.read(tx)).policy;
      if (!rules.some(({ trigger }) => trigger === 'need_review_due')) return;
      const { timeZone } = await this.councils.facts(tx);
      const households = await this.planning.nextHouseholds(tx, after, BATCH);
      const reviews = households.map((household) => reviewOf(household, timeZone));
      await this.planning.move(tx, await this.plan(tx, reviews));
      const last = households.at(-1);
      if (last && households.length === BATCH) await this.outbox.add(tx, PLAN_REVIEWS, { after: last.id });
    });
  }

  private async pickup(tx: Tx, lineId: string, eventId: string): Promise<void> {
    const offer = await this.planning.lastOfferOfLine(tx, lineId);
    if (!offer) return;
    const { id: offerId, householdId, pickupSlotId: about, pickupAt } = offer;
    await this.planning.dropOfOffer(tx, offerId, ['pickup_booked', 'pickup_tomorrow'], 'PICKUP_CHANGED', about, this.clock.now());
    if (about === null || pickupAt === null) return;
    const { timeZone } = await this.councils.facts(tx);
    const told = { householdId, lineId, offerId, about, id: `${offerId}:${eventId}` };
    await this.plan(tx, [
      { ...this.now('pickup_booked'), ...told },
      { trigger: 'pickup_tomorrow', anchor: { day: dayIn(pickupAt, timeZone) }, ...told },
    ]);
  }

  private now<Name extends TriggerName>(trigger: Name): { trigger: Name; anchor: Anchor } {
    return { trigger, anchor: { moment: this.clock.now() } };
  }

  /** What is to be told of them; what was planned before stays as it is. */
  private async plan(tx: Tx, occasions: readonly Occasion[]): Promise<NewNotice[]> {
    if (occasions.length === 0) return [];
    const { timeZone } = await this.councils.facts(tx);
    const setting = { timeZone, policy: (await this.policies.read(tx)).policy };
    const now = this.clock.now();
    const notices = occasions.flatMap((occasion) => noticesOf(occasion, setting, now));
    await this.planning.insert(tx, notices, now);
    await this.wakes.at(
      tx,
      notices.map(({ at }) => at),
    );
    return notices;
  }
}

function remindersOf({ id: loanId, householdId, dueOn, overdueFrom }: LoanToPlan): Occasion[] {
  const told = { householdId, loanId, about: dueOn, id: `${loanId}:${dueOn}` };
  return [
    { trigger: 'loan_due', anchor: { day: dueOn }, ...told },
    { trigger: 'loan_overdue', anchor: { day: overdueFrom }, ...told },
  ];
}

function reviewOf({ id: householdId, changedAt }: HouseholdToPlan, timeZone: string): Occasion {
  const about = dayIn(changedAt, timeZone);
  return { trigger: 'need_review_due', anchor: { day: about }, householdId, about, id: `${householdId}:${about}` };
}

function signatureOf({ id: loanId, householdId, unsignedSince: since }: LoanToPlan): Occasion[] {
  if (since === null) return [];
  const about = since.toISOString();
  return [{ trigger: 'agreement_unsigned', anchor: { since }, householdId, loanId, about, id: `${loanId}:${about}` }];
}

/** What has a day of its own is not planned any more once that has passed. */
function noticesOf({ trigger, anchor, about, id, ...subject }: Occasion, { policy, timeZone }: Setting, now: Date): NewNotice[] {
  return plannedNotices(policy, trigger, anchor, timeZone)
    .filter(({ at }) => TIMING[trigger].from === 'moment' || at >= now)
    .map(({ rule, number, at }) => ({
      ...subject,
      trigger,
      slot: slotOf(rule),
      number,
      about,
      at,
      key: `${trigger}:${id}:${slotOf(rule)}:${number}`,
    }));
}
