import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import { forbidden, invalid, type Outcome, refusedFor } from '../../../shared/denial.js';
import { ok } from '../../../shared/result.js';
import type { Actor, Scope } from '../../councils/index.js';
import {
  type LeftBehindDecision,
  decisionFaults,
  type DepartureDecision,
  departureRefusals,
  type LeftBehind,
} from '../domain/departure.rules.js';

/** Learners who leave a household whose lock the transaction holds. */
export interface Departure {
  readonly householdId: string;
  readonly leaving: readonly string[];
  readonly staying: readonly string[];
}

/** Whoever keeps something for learners, above households: finds what they leave behind, and does what is decided about it. */
export interface DepartureHandler {
  /** What an API client needs to decide about it; people who change a household's file may. */
  readonly scope: Scope;
  left(tx: Tx, departure: Departure): Promise<LeftBehind[]>;
  settle(tx: Tx, actor: Actor, departure: Departure, thing: LeftBehind, decision: DepartureDecision): Promise<Outcome<void>>;
}

/** Lets learners leave once it is decided what becomes of everything that is asked or lent for them. */
@Injectable()
export class DeparturesService {
  private readonly keepers: DepartureHandler[] = [];

  /** At the start, by each keeper. */
  join(keeper: DepartureHandler): void {
    this.keepers.push(keeper);
  }

  /** `pointer`: where the decisions stand in what was sent. */
  async leave(tx: Tx, actor: Actor, departure: Departure, decided: readonly LeftBehindDecision[], pointer: string): Promise<Outcome<void>> {
    if (departure.leaving.length === 0 && decided.length === 0) return ok(undefined);
    const found: (readonly [DepartureHandler, LeftBehind])[] = [];
    for (const keeper of departure.leaving.length === 0 ? [] : this.keepers) {
      for (const thing of await keeper.left(tx, departure)) found.push([keeper, thing]);
    }
    const left = found.map(([, thing]) => thing);
    const faults = decisionFaults(left, decided, departure.staying.length, pointer);
    if (faults.length > 0) return invalid(...faults);
    const reasons = departureRefusals(left, decided);
    if (reasons.length > 0) return refusedFor(reasons);
    const missing = found.find(([{ scope }]) => actor.scopes?.has(scope) === false);
    if (missing) return forbidden(`to decide about ${missing[1].name} takes the scope ${missing[0].scope}`);
    for (const [keeper, thing] of found) {
      const decision = decided.find(({ id }) => id === thing.id)?.decision as DepartureDecision;
      const settled = await keeper.settle(tx, actor, departure, thing, decision);
      // What was done before would stay: what is open can be kept, withdrawn and recalled.
      if (!settled.ok) throw new Error('what a learner leaves behind could not be settled');
    }
    return ok(undefined);
  }
}
