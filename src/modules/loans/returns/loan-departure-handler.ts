import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import type { Outcome } from '../../../shared/denial.js';
import { ok } from '../../../shared/result.js';
import type { Actor } from '../../councils/index.js';
import {
  type Departure,
  type DepartureDecision,
  type DepartureHandler,
  DeparturesService,
  type LeftBehindRecord,
} from '../../households/index.js';
import { DeviceClaimRegistry } from '../../inventory/index.js';
import { DueDateService } from '../renewals/due-date.service.js';
import { LoanReadingsRepository } from '../list/loan-readings.repository.js';

/** Decides about the loans for a learner who leaves: the household keeps them, or they are recalled. */
@Injectable()
export class LoanDepartureHandler implements DepartureHandler, OnModuleInit {
  readonly scope = 'loans:write';

  constructor(
    private readonly departures: DeparturesService,
    private readonly dueDates: DueDateService,
    private readonly readings: LoanReadingsRepository,
    private readonly claims: DeviceClaimRegistry,
  ) {}

  onModuleInit(): void {
    this.departures.join(this);
    this.claims.join(async (tx, deviceId) => {
      const loan = await this.readings.ofDevice(tx, deviceId);
      return loan && `Loan ${loan.reference} (${loan.id}).`;
    });
  }

  /** Returns the open loans for the leaving learners. An item for no line is for all learners, so it is left behind by the last of them. */
  async left(tx: Tx, { householdId, leaving, staying }: Departure): Promise<LeftBehindRecord[]> {
    const loans = await this.readings.openFor(tx, householdId, leaving, staying.length === 0);
    return loans.map(({ id, reference }) => ({ kind: 'loan', id, name: `loan ${reference} (${id})` }));
  }

  async settle(tx: Tx, actor: Actor, _departure: Departure, { id }: LeftBehindRecord, decision: DepartureDecision): Promise<Outcome<void>> {
    if (decision === 'keep') return ok(undefined);
    const recalled = await this.dueDates.recallForDeparture(tx, actor, id);
    return recalled.ok ? ok(undefined) : recalled;
  }
}
