import { Injectable } from '@nestjs/common';
import { Clock, Outbox, type Tx } from '../../../platform/index.js';
import type { Day } from '../../../shared/day.js';
import { newId } from '../../../shared/ids.js';
import type { Outcome } from '../../../shared/denial.js';
import { attempt } from '../../../shared/machine.js';
import { ok } from '../../../shared/result.js';
import { classOf, type DeviceCondition } from '../../../shared/vocabulary.js';
import type { Actor } from '../../councils/index.js';
import { type DeviceMove, DeviceMover } from '../../inventory/index.js';
import { termsOf } from '../agreements/agreement-terms.js';
import { type Agreement, askedAgreement, type AskedAgreement, isNewlyAsked, NO_ASKED_AGREEMENT } from '../domain/agreement.rules.js';
import { INCIDENT_KINDS } from '../domain/incident.rules.js';
import { loanItemMachine, type LoanItemMove, type LoanItemState, type LoanState, loanStateOf } from '../domain/loan-item.machine.js';
import { IncidentsRepository } from '../incidents/incidents.repository.js';
import { type CaseDevice, type CaseItem, type LoanCase, scopeOf } from './loan-case.js';
import { LOAN_EVENTS, loanEvent, type NewLoanEvent } from './loan-event.js';
import { AGREEMENTS_ASKED } from '../loans.events.js';
import { LoansRepository } from './loans.repository.js';

/** How one item of a loan is settled: its move, and that of its device. */
export interface ItemSettlement {
  readonly item: CaseItem;
  readonly move: LoanItemMove;
  /** Null when the device does not move, because it was moved before. */
  readonly deviceMove: DeviceMove | null;
  /** The condition in which it came back. */
  readonly condition?: DeviceCondition;
  /** The site at which it came back. */
  readonly siteId?: string;
  readonly missingAccessories?: readonly string[];
  readonly reason?: string | null;
  readonly policeReportReference?: string | null;
}

/** The changes of a loan; what is left out stays as it is. */
export interface LoanEntry {
  readonly dueOn?: Day;
  readonly recalledOn?: Day;
  readonly renewals?: number;
  /** The agreement that was signed now. */
  readonly agreement?: Agreement;
  readonly settlements?: readonly ItemSettlement[];
  /** A device that is handed over on the same loan, for no line. */
  readonly added?: { readonly device: CaseDevice; readonly conditionOut: DeviceCondition; readonly reason: string };
  readonly events?: readonly NewLoanEvent[];
}

/**
 * Records what happened to a locked loan, in the caller's transaction: the moves of devices and items, the loan's state and history, incidents
 * that a return closes, and the announcements. The caller has made the decision, and writes the audit event.
 */
@Injectable()
export class LoanRecorder {
  constructor(
    private readonly loans: LoansRepository,
    private readonly incidents: IncidentsRepository,
    private readonly devices: DeviceMover,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Records an entry. INVALID_MOVE, and nothing is written, when a device is not where the loan says. */
  async enter(tx: Tx, actor: Actor, loan: LoanCase, entry: LoanEntry): Promise<Outcome<void>> {
    const { settlements = [], added } = entry;
    const moved = await this.moveDevices(tx, actor, loan, entry);
    if (!moved.ok) return moved;

    const now = this.clock.now();
    const items = settlements.map(({ item, move, condition }) => ({
      id: item.id,
      from: item.state,
      to: stateAfter(item, move),
      condition,
    }));
    const ends = new Map(items.map(({ id, to }) => [id, to]));
    const states = loan.items.map((item) => ends.get(item.id) ?? item.state);
    const state = loanStateOf(added ? [...states, 'on_loan'] : states);
    const addedId = newId();
    const ended = endedByReturn(settlements);
    const events = [
      ...(entry.events ?? []),
      ...settlements.map(({ item, move, missingAccessories, reason }) =>
        loanEvent(`item_${stateAfter(item, move)}`, { itemId: item.id, missingAccessories, reason }),
      ),
      ...(added ? [loanEvent('item_added', { itemId: addedId, reason: added.reason })] : []),
      ...ended.map(({ itemId, incidentId }) => loanEvent('incident_closed', { itemId, incidentId })),
      ...(state === 'closed' && loan.state === 'open' ? [loanEvent('closed')] : []),
    ];
    const { dueOn = loan.dueOn, recalledOn = loan.recalledOn, renewals = loan.renewals } = entry;
    const asked = await this.askedAgreementAfter(tx, loan, entry, state, ends);
    const agreement = entry.agreement ?? null;
    await this.loans.change(tx, loan, { ...asked, state, dueOn, recalledOn, renewals, agreement, items, events }, actor.id, now);
    if (added) await this.addItem(tx, loan, addedId, added);
    if (ended.length > 0)
      await this.incidents.closeAsFound(
        tx,
        ended.map(({ incidentId }) => incidentId),
        now,
      );
    await this.announce(tx, loan.id, events);
    if (isNewlyAsked(loan, asked)) await this.outbox.announce(tx, AGREEMENTS_ASKED, { first: loan.id, last: loan.id });
    return ok(undefined);
  }

  /** Announces what was written into a loan's history. */
  async announce(tx: Tx, loanId: string, events: readonly NewLoanEvent[]): Promise<void> {
    const announced = new Set(events.flatMap(({ kind }) => LOAN_EVENTS[kind]));
    for (const event of announced) {
      const told = events.filter(({ kind }) => LOAN_EVENTS[kind].includes(event));
      await this.outbox.announceEach(
        tx,
        event,
        told.map(({ id: eventId, itemId, incidentId }) => ({
          loanId,
          eventId,
          ...(itemId !== undefined && { itemId }),
          ...(incidentId !== undefined && { incidentId }),
        })),
      );
    }
  }

  /**
   * Returns the signatures that are asked for after the entry. A device that is added may need another text, an item that came back may be the
   * last that needed one, and a signature settles its own text.
   */
  private async askedAgreementAfter(
    tx: Tx,
    loan: LoanCase,
    { added, agreement }: LoanEntry,
    state: LoanState,
    ends: ReadonlyMap<string, LoanItemState>,
  ): Promise<AskedAgreement> {
    if (state === 'closed') return NO_ASKED_AGREEMENT;
    const mayChange = added !== undefined || agreement !== undefined || (loan.agreementUnsignedSince !== null && ends.size > 0);
    if (!mayChange) return { agreementUnsignedSince: loan.agreementUnsignedSince, agreementTermsAsked: loan.agreementTermsAsked };
    const out = [
      ...loan.items.filter((item) => (ends.get(item.id) ?? item.state) === 'on_loan'),
      ...(added ? [{ device: added.device, lineLearnerIds: [] }] : []),
    ];
    const termsFor = termsOf((await this.loans.settings(tx)).rules);
    const signedTerms = agreement ? [...loan.signedTerms, agreement.termsVersion] : loan.signedTerms;
    const inForce = out.map((item) => termsFor(scopeOf(item, loan)));
    return askedAgreement({ ...loan, state, signedTerms }, inForce, this.clock.now());
  }

  /** Moves the devices, which were locked with the loan. */
  private async moveDevices(tx: Tx, actor: Actor, loan: LoanCase, { settlements = [], added }: LoanEntry): Promise<Outcome<unknown>> {
    const orders = settlements.flatMap(({ item, deviceMove: move, condition, siteId, policeReportReference }) =>
      move === null ? [] : [{ deviceId: item.device.id, move, condition, siteId, policeReportReference }],
    );
    const handedOver = added
      ? [{ deviceId: added.device.id, move: 'hand_over' as const, condition: added.conditionOut, householdId: loan.householdId }]
      : [];
    if (orders.length + handedOver.length === 0) return ok(undefined);
    const locked = [...loan.items.map(({ device }) => device), ...(added ? [added.device] : [])];
    return this.devices.moveLocked(tx, actor, locked, [...orders, ...handedOver]);
  }

  private addItem(tx: Tx, loan: LoanCase, id: string, { device, conditionOut }: NonNullable<LoanEntry['added']>): Promise<void> {
    const number = Math.max(...loan.items.map((item) => item.number)) + 1;
    return this.loans.addItem(tx, loan, {
      id,
      deviceId: device.id,
      requestLineId: null,
      class: classOf(device.category),
      number,
      conditionOut,
    });
  }
}

/** Returns the incidents that a return closes: an item that came back is no longer lost, stolen or claimed to be returned. */
function endedByReturn(settlements: readonly ItemSettlement[]): { itemId: string; incidentId: string }[] {
  return settlements
    .filter(({ move }) => move === 'return')
    .flatMap(({ item }) =>
      item.incidents.filter(({ kind }) => INCIDENT_KINDS[kind].closedByReturn).map(({ id }) => ({ itemId: item.id, incidentId: id })),
    );
}

/** Returns the state of an item after a move. Throws when the machine does not allow the move. */
function stateAfter(item: CaseItem, move: LoanItemMove) {
  const to = attempt(loanItemMachine, item.state, move);
  if (!to.ok) throw new Error(`an item that is ${item.state} cannot ${move}`);
  return to.value;
}
