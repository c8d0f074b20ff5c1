import { Injectable } from '@nestjs/common';
import { Clock, type Job, type JobOf, type Tx } from '../../../platform/index.js';
import type { AGREEMENT_SIGNED, AGREEMENTS_ASKED, DUE_DATE_CHANGED, HANDED_OVER, ITEM_SETTLED, LOAN_CLOSED } from '../../loans/index.js';
import { nothingOut } from '../domain/triggers/about-loans.js';
import { NO_EVENT_TIMES } from '../domain/triggers/trigger.js';
import { triggersEndingWith } from '../domain/triggers.js';
import { PlannedNoticesRepository } from './planned-notices.repository.js';
import { NoticePlanner, type NotifiableEvent } from './notice-planner.js';
import { remindersOf, signatureRemindersOf } from './notifiable-events.js';
import { type LoanHistoryEvent, type LoanToPlan, PlanningRepository } from './planning.repository.js';

/** Notices about a due day, which end when another day takes its place. */
const DUE_DAY_TRIGGERS = triggersEndingWith('due_day');
/** Notices about a loan that is open, which end with it. */
const OPEN_LOAN_TRIGGERS = triggersEndingWith('due_day', 'loan');

/** Plans the notices about loans, and drops planned ones at once that are no longer true. */
@Injectable()
export class PlanLoansService {
  constructor(
    private readonly planning: PlanningRepository,
    private readonly planned: PlannedNoticesRepository,
    private readonly planner: NoticePlanner,
    private readonly clock: Clock,
  ) {}

  handedOver(job: JobOf<typeof HANDED_OVER>): Promise<void> {
    const { loanId } = job.ids;
    return this.ofLoan(job, loanId, async (tx, loan) => {
      const told = { householdId: loan.householdId, loanId, about: null, id: loanId, times: NO_EVENT_TIMES };
      await this.planner.plan(
        tx,
        [...remindersOf(loan), { ...this.planner.happeningNow('loan_handed_over'), ...told }],
        await this.planner.settings(tx),
      );
    });
  }

  /** The due day of a loan has changed: reminders follow the new day, whatever led to the change. */
  dueDateChanged(job: JobOf<typeof DUE_DATE_CHANGED>): Promise<void> {
    const { loanId, eventId } = job.ids;
    return this.ofLoan(job, loanId, async (tx, loan) => {
      const event = await this.planning.loanEvent(tx, loanId, eventId);
      const told = event ? this.newDueDay(loanId, event, loan) : [];
      const drop = { triggers: DUE_DAY_TRIGGERS, reason: 'DUE_DAY_CHANGED', now: this.clock.now() } as const;
      await this.planner.plan(tx, [...remindersOf(loan), ...told], await this.planner.settings(tx), {
        next: () => this.planned.dropOfOtherDueDays(tx, [loanId], drop),
      });
    });
  }

  /** An item was settled. Items that came back together are told in one notice. */
  itemSettled(job: JobOf<typeof ITEM_SETTLED>): Promise<void> {
    const { loanId, eventId } = job.ids;
    return job.complete(async (tx) => {
      if (!(await this.planning.lockHouseholdOf(tx, 'loans', loanId))) return;
      const event = await this.planning.loanEvent(tx, loanId, eventId);
      if (event?.kind !== 'item_returned') return;
      const about = event.at.toISOString();
      const told = { householdId: event.householdId, loanId, about, id: `${loanId}:${about}`, times: NO_EVENT_TIMES };
      await this.planner.plan(tx, [{ ...this.planner.happeningNow('loan_returned'), ...told }], await this.planner.settings(tx));
    });
  }

  /** A loan was closed: its reminders are dropped. */
  loanClosed(job: JobOf<typeof LOAN_CLOSED>): Promise<void> {
    const { loanId } = job.ids;
    return job.complete(async (tx) => {
      if (!(await this.planning.lockHouseholdOf(tx, 'loans', loanId))) return;
      const reason = nothingOut(await this.planning.itemsOfClosed(tx, loanId));
      if (reason !== null) await this.planned.dropOfLoan(tx, loanId, { triggers: OPEN_LOAN_TRIGGERS, reason, now: this.clock.now() });
    });
  }

  /** Texts are to be signed for some loans, whose ids lie between the first and the last. */
  agreementsAsked(job: JobOf<typeof AGREEMENTS_ASKED>): Promise<void> {
    const { first, last } = job.ids;
    return job.complete(async (tx) => {
      const loans = await this.planning.unsignedLoans(tx, first, last);
      await this.planning.lockHouseholds(tx, loans);
      const open = await this.planning.openLoans(
        tx,
        loans.map(({ id }) => id),
      );
      await this.planner.plan(tx, open.flatMap(signatureRemindersOf), await this.planner.settings(tx));
    });
  }

  /** An agreement was signed. When another text is still to be signed, the reminders about that one go on. */
  agreementSigned(job: JobOf<typeof AGREEMENT_SIGNED>): Promise<void> {
    const { loanId } = job.ids;
    return this.ofLoan(job, loanId, async (tx, { unsignedSince }) => {
      const about = unsignedSince?.toISOString() ?? null;
      const drop = { triggers: ['agreement_unsigned'], reason: 'SIGNED', now: this.clock.now() } as const;
      await this.planned.dropOthersOfLoan(tx, loanId, about, drop);
    });
  }

  incident(job: Job<{ incidentId: string }>, trigger: 'incident_opened' | 'incident_closed'): Promise<void> {
    const { incidentId } = job.ids;
    return job.complete(async (tx) => {
      const incident = await this.planning.incident(tx, incidentId);
      if (!incident || !(await this.planning.lockHouseholdOf(tx, 'loans', incident.loanId))) return;
      const told = { ...incident, incidentId, about: null, id: incidentId, times: NO_EVENT_TIMES };
      await this.planner.plan(tx, [{ ...this.planner.happeningNow(trigger), ...told }], await this.planner.settings(tx));
    });
  }

  /** Plans for a loan under the lock of its household; does nothing when the loan is closed by then. */
  private ofLoan(job: Job, loanId: string, plan: (tx: Tx, loan: LoanToPlan) => Promise<void>): Promise<void> {
    return job.complete(async (tx) => {
      if (!(await this.planning.lockHouseholdOf(tx, 'loans', loanId))) return;
      const [loan] = await this.planning.openLoans(tx, [loanId]);
      if (loan) await plan(tx, loan);
    });
  }

  private newDueDay(loanId: string, { kind, householdId, dueOn }: LoanHistoryEvent, { overdueFrom }: LoanToPlan): NotifiableEvent[] {
    const trigger = kind === 'renewed' ? 'loan_renewed' : kind === 'recalled' ? 'loan_recalled' : null;
    if (trigger === null) return [];
    const times = { ...NO_EVENT_TIMES, dueOn, overdueFrom };
    return [{ ...this.planner.happeningNow(trigger), householdId, loanId, about: dueOn, id: `${loanId}:${dueOn}`, times }];
  }
}
