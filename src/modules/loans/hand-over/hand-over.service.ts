import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Audit, Clock, Transactions, type Tx, violation } from '../../../platform/index.js';
import type { Day } from '../../../shared/day.js';
import { invalid, type Outcome, unknownReference } from '../../../shared/denial.js';
import { poolKey } from '../../../shared/pool.js';
import { newId } from '../../../shared/ids.js';
import { makeReference } from '../../../shared/reference.js';
import { ok } from '../../../shared/result.js';
import { classOf } from '../../../shared/vocabulary.js';
import { HeldDevicesService, PassedOverRecorder, QUEUE_BYPASS_ACTIONS } from '../../allocation/index.js';
import { type Actor, type LoanPolicy, mayOverride } from '../../councils/index.js';
import { HouseholdsRepository } from '../../households/index.js';
import { DeviceMover } from '../../inventory/index.js';
import { RequestLinesService } from '../../requests/index.js';
import type { Agreement } from '../domain/agreement.rules.js';
import { dueOnByPolicy, typedDueOnFaults } from '../domain/due-day.rules.js';
import { handOverRefusals, itemsPassingOver } from '../domain/hand-over.rules.js';
import { type OverriddenReasons, overrideOf } from '../domain/override.rules.js';
import { type AskedItem, HandOverItemResolver, queuePlaceOf, type ResolvedItem } from './hand-over-item-resolver.js';
import { HandOverRepository } from './hand-over.repository.js';
import { LoanRecorder } from '../record/loan-recorder.js';
import { schoolsOf } from '../record/loan-case.js';
import { loanEvent } from '../record/loan-event.js';
import { LoanReadingsRepository, type LoanRecord } from '../list/loan-readings.repository.js';
import { LoansRepository } from '../record/loans.repository.js';

/** What the desk asks for. */
export interface HandOver {
  readonly householdId: string;
  /** The site of the desk. */
  readonly siteId: string;
  readonly items: readonly AskedItem[];
  readonly agreement: Agreement | null;
  /** Null when the policy decides. */
  readonly dueOn: Day | null;
  readonly override: { readonly reason: string } | null;
}

const REFERENCE_PREFIX = 'L';
const REFERENCE_DRAWS = 5;

/** Hands devices over to a household. */
@Injectable()
export class HandOverService {
  constructor(
    private readonly transactions: Transactions,
    private readonly households: HouseholdsRepository,
    private readonly lines: RequestLinesService,
    private readonly held: HeldDevicesService,
    private readonly passedOver: PassedOverRecorder,
    private readonly devices: DeviceMover,
    private readonly stock: HandOverRepository,
    private readonly items: HandOverItemResolver,
    private readonly loans: LoansRepository,
    private readonly recorder: LoanRecorder,
    private readonly readings: LoanReadingsRepository,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * Hands all items over as one loan, or returns every reason against it. Items under several policies share the loan: it is due on the
   * earliest of their days, has the fewest grace days of them, and its agreement must be the text of each.
   */
  async handOver(actor: Actor, asked: HandOver): Promise<Outcome<LoanRecord>> {
    for (let draw = 1; ; draw++) {
      const reference = makeReference(REFERENCE_PREFIX, randomBytes(5));
      try {
        return await this.transactions.write(actor, (tx) => this.decide(tx, actor, asked, reference));
      } catch (error) {
        if (violation(error)?.constraint !== 'loans_reference' || draw === REFERENCE_DRAWS) throw error;
      }
    }
  }

  private async decide(tx: Tx, actor: Actor, asked: HandOver, reference: string): Promise<Outcome<LoanRecord>> {
    const settings = await this.loans.deskSettings(tx, actor.reach, asked.siteId);
    const today = this.clock.today(settings.timeZone);
    const household = await this.households.lock(tx, actor.reach, asked.householdId);
    const { devices, faults } = await this.items.namedDevices(tx, asked.items);
    if (!household) faults.push(unknownReference('/householdId'));
    if (!settings.isSiteInReach) faults.push(unknownReference('/siteId'));
    if (asked.dueOn !== null) faults.push(...typedDueOnFaults(asked.dueOn, today));
    if (!household || faults.length > 0) return invalid(...faults);
    const locked = await this.items.lock(tx, household, asked.items, devices, settings);
    if (!locked.ok) return locked;
    const handed = locked.value;

    const closedDays = new Set(settings.closedDays);
    const latestDueOn = dueOnByPolicy(handed.map(({ policy }) => policy) as [LoanPolicy, ...LoanPolicy[]], today, closedDays);
    const dueOn = asked.dueOn ?? latestDueOn;
    const items = await this.items.facts(tx, household, handed, today);
    const reasons = handOverRefusals({
      siteId: asked.siteId,
      today,
      agreement: { signed: asked.agreement?.termsVersion ?? null, wanted: handed.map(({ policy }) => policy.termsVersion) },
      dueOn,
      dueOnByPolicy: latestDueOn,
      household: {
        id: household.id,
        learners: household.learners.length,
        ...(await this.stock.loanCounts(tx, household.id, today)),
      },
      items,
    });
    const override = overrideOf(reasons, asked.override, mayOverride(actor, schoolsOf(household)));
    if (!override.ok) return override;
    const overridden = override.value;
    const id = newId();
    tx.made('loan', id);
    const passing = new Set(itemsPassingOver(items, household.id).map(({ deviceId }) => deviceId));
    const passedBy = handed.filter(({ device }) => passing.has(device.id));
    await this.passOver(tx, { id, householdId: household.id, today }, passedBy);
    return this.write(tx, actor, asked, { id, reference, dueOn, handed, overridden });
  }

  /** Records the lines that the override passed over; once for devices of one pool that go to one line. */
  private async passOver(
    tx: Tx,
    loan: { readonly id: string; readonly householdId: string; readonly today: Day },
    handed: readonly ResolvedItem[],
  ): Promise<void> {
    const { id: decisionId, householdId, today } = loan;
    for (const { device, line } of new Map(handed.map((each) => [`${poolKey(each.device)}/${each.line?.id}`, each])).values()) {
      const pool = { ...device, today };
      await this.passedOver.record(tx, { kind: 'override', decisionId, pool, householdId, place: queuePlaceOf(line) });
    }
  }

  private async write(
    tx: Tx,
    actor: Actor,
    { householdId, siteId, agreement }: HandOver,
    loan: { id: string; reference: string; dueOn: Day; handed: readonly ResolvedItem[]; overridden: OverriddenReasons | null },
  ): Promise<Outcome<LoanRecord>> {
    if (!agreement) throw new Error('no override stands in for an agreement');
    const { id, reference, dueOn, handed, overridden } = loan;
    const moved = await this.devices.moveLocked(
      tx,
      actor,
      handed.map(({ device }) => device),
      handed.map(({ device, conditionOut }) => ({ deviceId: device.id, move: 'hand_over', condition: conditionOut, householdId })),
    );
    if (!moved.ok) return moved;
    for (const { line } of handed) {
      if (!line) continue;
      await this.held.collected(tx, actor, line.id);
      await this.lines.fulfil(tx, actor.id, line);
    }

    const events = [loanEvent('handed_over', { dueOn }), ...(overridden ? [loanEvent('overridden', overridden)] : [])];
    const items = handed.map(({ device, line, conditionOut }, index) => ({
      id: newId(),
      deviceId: device.id,
      requestLineId: line?.id ?? null,
      class: classOf(device.category),
      number: index + 1,
      conditionOut,
    }));
    const graceDays = Math.min(...handed.map(({ policy }) => policy.graceDays));
    const now = this.clock.now();
    await this.stock.insertLoan(tx, { id, reference, householdId, siteId, dueOn, graceDays, agreement, items, events }, actor.id, now);
    await this.audit.record(tx, { actor: actor.id, action: 'loan.handed_over', subject: id });
    if (overridden) {
      await this.audit.record(tx, {
        actor: actor.id,
        action: QUEUE_BYPASS_ACTIONS.override,
        subject: id,
        fields: overridden.codes,
        reason: overridden.reason,
      });
    }
    await this.recorder.announce(tx, id, events);
    return ok(await this.readings.writtenLoan(tx, id));
  }
}
