import { Injectable } from '@nestjs/common';
import { Audit, Clock, Transactions } from '../../../platform/index.js';
import type { Day } from '../../../shared/day.js';
import { type Fault, invalid, notFound, type Outcome, refusedFor, stale, unknownReference } from '../../../shared/denial.js';
import { newId } from '../../../shared/ids.js';
import { ok } from '../../../shared/result.js';
import { type ExpectedVersion, isExpected } from '../../../shared/version.js';
import { type Actor, COUNCIL_WIDE, reachOver } from '../../councils/index.js';
import { INCIDENT_KINDS, type IncidentKind, incidentRefusals } from '../domain/incident.rules.js';
import { type Incident, type IncidentFilter, IncidentsRepository } from './incidents.repository.js';
import { type ItemSettlement, LoanRecorder } from '../record/loan-recorder.js';
import { LoanReadingsRepository } from '../list/loan-readings.repository.js';
import { loanEvent } from '../record/loan-event.js';
import { LoansRepository } from '../record/loans.repository.js';

export interface IncidentReport {
  readonly itemId: string;
  readonly kind: IncidentKind;
  readonly reportedOn: Day;
  readonly description: string;
  readonly policeReportReference: string | null;
}

/** Records losses, thefts, breakages and claimed returns. */
@Injectable()
export class IncidentService {
  constructor(
    private readonly transactions: Transactions,
    private readonly loans: LoansRepository,
    private readonly incidents: IncidentsRepository,
    private readonly readings: LoanReadingsRepository,
    private readonly recorder: LoanRecorder,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Reports an incident. A loss or a theft changes the item and the device at once; for the other kinds somebody looks first. */
  report(
    actor: Actor,
    loanId: string,
    { itemId, kind, reportedOn, description, policeReportReference }: IncidentReport,
  ): Promise<Outcome<Incident>> {
    return this.transactions.write(actor, async (tx) => {
      const loan = await this.loans.lock(tx, await reachOver(actor, () => this.readings.householdOf(tx, loanId)), loanId);
      if (!loan) return notFound();
      const { timeZone } = await this.loans.settings(tx);
      const item = loan.items.find(({ id }) => id === itemId);
      const faults: Fault[] =
        reportedOn > this.clock.today(timeZone)
          ? [{ pointer: '/reportedOn', code: 'DAY_TO_COME', message: 'must not be later than today' }]
          : [];
      if (!item) faults.push(unknownReference('/itemId'));
      if (!item || faults.length > 0) return invalid(...faults);
      const reasons = incidentRefusals(kind, { state: item.state, open: item.incidents.map((incident) => incident.kind) });
      if (reasons.length > 0) return refusedFor(reasons);

      const id = newId();
      tx.made('incident', id);
      const { move } = INCIDENT_KINDS[kind];
      const settlements: ItemSettlement[] = move === null ? [] : [{ item, move, deviceMove: move, policeReportReference }];
      const entered = await this.recorder.enter(tx, actor, loan, {
        settlements,
        events: [loanEvent('incident_opened', { itemId, incidentId: id })],
      });
      if (!entered.ok) return entered;
      await this.incidents.insert(tx, { id, loanId, itemId, kind, reportedOn, description, policeReportReference }, this.clock.now());
      await this.audit.record(tx, { actor: actor.id, action: 'incident.opened', subject: id, fields: ['kind'], reason: description });
      return ok((await this.incidents.find(tx, COUNCIL_WIDE, id)) as Incident);
    });
  }

  /** Sets the reference of the police report, which may come days after the loss; undefined leaves it as it is. */
  amend(actor: Actor, id: string, expected: ExpectedVersion, reference: string | null | undefined): Promise<Outcome<Incident>> {
    return this.transactions.write(actor, async (tx) => {
      const found = await this.incidents.find(tx, actor.reach, id);
      if (!found) return notFound();
      if (!isExpected(expected, await this.incidents.lock(tx, id))) return stale();
      const { policeReportReference: before } = (await this.incidents.find(tx, COUNCIL_WIDE, id)) as Incident;
      await this.incidents.setPoliceReport(tx, id, reference === undefined ? before : reference, this.clock.now());
      const fields = reference === undefined ? [] : ['policeReportReference'];
      await this.audit.record(tx, { actor: actor.id, action: 'incident.changed', subject: id, fields });
      return ok((await this.incidents.find(tx, COUNCIL_WIDE, id)) as Incident);
    });
  }

  get(actor: Actor, id: string): Promise<Outcome<Incident>> {
    return this.transactions.read(actor.councilId, async (tx) => {
      const incident = await this.incidents.find(tx, await reachOver(actor, () => this.incidents.householdOf(tx, id)), id);
      return incident ? ok(incident) : notFound();
    });
  }

  /** Returns incidents in the order in which they were reported, one more than `limit`. */
  list(actor: Actor, filter: IncidentFilter, after: number | null, limit: number): Promise<Incident[]> {
    return this.transactions.read(actor.councilId, (tx) => this.incidents.page(tx, actor.reach, filter, after, limit));
  }
}
