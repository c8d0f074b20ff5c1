import { Injectable } from '@nestjs/common';
import { Audit, Clock, Transactions } from '../../../platform/index.js';
import { notFound, type Outcome, refusedFor } from '../../../shared/denial.js';
import { ok } from '../../../shared/result.js';
import { type Actor, COUNCIL_WIDE } from '../../councils/index.js';
import { DeviceMover } from '../../inventory/index.js';
import { closeIncident, type IncidentOutcome } from '../domain/incident.rules.js';
import { type Incident, IncidentsRepository } from './incidents.repository.js';
import { LoanRecorder } from '../record/loan-recorder.js';
import type { CaseItem, LoanCase } from '../record/loan-case.js';
import { loanEvent } from '../record/loan-event.js';
import { LoansRepository } from '../record/loans.repository.js';

export interface IncidentClosure {
  readonly outcome: IncidentOutcome;
  readonly reason: string;
}

/** Closes incidents, and moves the item and its device as the outcome requires. */
@Injectable()
export class IncidentClosureService {
  constructor(
    private readonly transactions: Transactions,
    private readonly loans: LoansRepository,
    private readonly incidents: IncidentsRepository,
    private readonly recorder: LoanRecorder,
    private readonly devices: DeviceMover,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  close(actor: Actor, id: string, { outcome, reason }: IncidentClosure): Promise<Outcome<Incident>> {
    return this.transactions.write(actor, async (tx) => {
      const found = await this.incidents.find(tx, actor.reach, id);
      const loan = found && (await this.loans.lock(tx, actor.reach, found.loanId));
      // It is read again, since somebody may have closed it before we had the lock.
      const incident = loan && (await this.incidents.find(tx, actor.reach, id));
      if (!loan || !incident) return notFound();
      const item = itemOf(loan, incident);
      const effects = closeIncident({ ...incident, item: item.state, device: item.device.status }, outcome);
      if (!effects.ok) return refusedFor(effects.reason);

      const { item: move, device: deviceMove } = effects.value;
      if (move === null && deviceMove !== null) {
        const moved = await this.devices.move(tx, { actor, deviceId: item.device.id, move: deviceMove });
        if (!moved.ok) return moved;
      }
      const entered = await this.recorder.enter(tx, actor, loan, {
        settlements: move === null ? [] : [{ item, move, deviceMove }],
        events: [loanEvent('incident_closed', { itemId: item.id, incidentId: id, reason })],
      });
      if (!entered.ok) return entered;
      await this.incidents.close(tx, id, outcome, reason, this.clock.now());
      await this.audit.record(tx, { actor: actor.id, action: 'incident.closed', subject: id, fields: ['state', 'outcome'], reason });
      return ok((await this.incidents.find(tx, COUNCIL_WIDE, id)) as Incident);
    });
  }
}

/** Returns the item of an incident. Of its open incidents, which its return may close, the one that is being closed is left out. */
function itemOf(loan: LoanCase, incident: Incident): CaseItem {
  const item = loan.items.find(({ id }) => id === incident.itemId);
  if (!item) throw new Error('an incident is about an item of its loan');
  return { ...item, incidents: item.incidents.filter(({ id }) => id !== incident.id) };
}
