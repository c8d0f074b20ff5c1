import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import { forbidden, invalid, type Outcome, refusedFor } from '../../../shared/denial.js';
import { ok } from '../../../shared/result.js';
import type { Actor, Scope } from '../../councils/index.js';
import {
  decisionFaults,
  type DepartureDecision,
  departureRefusals,
  type LeftBehindDecision,
  type LeftBehindRecord,
} from '../domain/departure.rules.js';

/** The learners who leave a household that the transaction has locked, and those who stay. */
export interface Departure {
  readonly householdId: string;
  readonly leaving: readonly string[];
  readonly staying: readonly string[];
}

/**
 * A higher module that keeps something for learners implements this: it finds what leaving learners leave behind, and does what is decided
 * about it.
 */
export interface DepartureHandler {
  /** The scope that an API client needs to decide about it. A user who may change a household's file may decide. */
  readonly scope: Scope;
  left(tx: Tx, departure: Departure): Promise<LeftBehindRecord[]>;
  settle(tx: Tx, actor: Actor, departure: Departure, thing: LeftBehindRecord, decision: DepartureDecision): Promise<Outcome<void>>;
}

/** Lets learners leave when it is decided what becomes of every line and loan for them. */
@Injectable()
export class DeparturesService {
  private readonly handlers: DepartureHandler[] = [];

  /** Each handler calls it when the program starts. */
  join(handler: DepartureHandler): void {
    this.handlers.push(handler);
  }

  /** Lets learners leave. `pointer` is the place of the decisions in what the client sent. */
  async leave(tx: Tx, actor: Actor, departure: Departure, decided: readonly LeftBehindDecision[], pointer: string): Promise<Outcome<void>> {
    if (departure.leaving.length === 0 && decided.length === 0) return ok(undefined);
    const found: (readonly [DepartureHandler, LeftBehindRecord])[] = [];
    for (const handler of departure.leaving.length === 0 ? [] : this.handlers) {
      for (const thing of await handler.left(tx, departure)) found.push([handler, thing]);
    }
    const left = found.map(([, thing]) => thing);
    const faults = decisionFaults(left, decided, departure.staying.length, pointer);
    if (faults.length > 0) return invalid(...faults);
    const reasons = departureRefusals(left, decided);
    if (reasons.length > 0) return refusedFor(reasons);
    const missing = found.find(([{ scope }]) => actor.scopes?.has(scope) === false);
    if (missing) return forbidden(`to decide about ${missing[1].name} takes the scope ${missing[0].scope}`);
    for (const [handler, thing] of found) {
      const decision = decided.find(({ id }) => id === thing.id)?.decision as DepartureDecision;
      const settled = await handler.settle(tx, actor, departure, thing, decision);
      // A refusal here would leave half of the work done. It cannot happen, since whatever is open can be kept, withdrawn and recalled.
      if (!settled.ok) throw new Error('what a learner leaves behind could not be settled');
    }
    return ok(undefined);
  }
}
