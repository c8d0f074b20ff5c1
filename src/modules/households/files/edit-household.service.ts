import { Injectable } from '@nestjs/common';
import { Audit, Clock, Outbox, Transactions, type Tx } from '../../../platform/index.js';
import { type Fault, invalid, notFound, type Outcome, stale } from '../../../shared/denial.js';
import { newId } from '../../../shared/ids.js';
import { ok } from '../../../shared/result.js';
import { type ExpectedVersion, isExpected } from '../../../shared/version.js';
import { type Actor, reachInto } from '../../councils/index.js';
import { HOUSEHOLD_CHANGED } from '../households.events.js';
import { PossibleDuplicatesService, type WrittenHousehold } from '../duplicates/possible-duplicates.service.js';
import { type Departure, DeparturesService } from '../learners/departures.service.js';
import type { LeftBehindDecision } from '../domain/departure.rules.js';
import type { Household, HouseholdContent } from '../domain/household.js';
import { type DraftChanges, factsAfter, merged, type SchoolReference } from '../domain/household.rules.js';
import { HouseholdsRepository } from './households.repository.js';
import { SchoolReferenceChecker } from './school-reference-checker.js';

/** A change of a household, which is worked out from its stored content. */
export interface HouseholdEdit {
  readonly changes: DraftChanges;
  readonly faults: readonly Fault[];
  readonly schools: readonly SchoolReference[];
  /** The decisions about the lines and loans of learners who leave. */
  readonly decided?: readonly LeftBehindDecision[];
  /** The JSON pointer of these decisions in what the client sent. */
  readonly decidedAt?: string;
}

/** What the audit trail says of an edit. */
export interface AuditedAction {
  readonly action: string;
  readonly fields: readonly string[];
}

/** Changes a household's file. Every change is made under the household's lock, and raises its version. */
@Injectable()
export class EditHouseholdService {
  constructor(
    private readonly transactions: Transactions,
    private readonly households: HouseholdsRepository,
    private readonly schools: SchoolReferenceChecker,
    private readonly duplicates: PossibleDuplicatesService,
    private readonly departures: DeparturesService,
    private readonly audit: Audit,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Makes the change that `edit` returns; null from `edit` means that the household has no such part. */
  edit(
    actor: Actor,
    id: string,
    expected: ExpectedVersion,
    audited: AuditedAction,
    edit: (before: Household) => HouseholdEdit | null,
  ): Promise<Outcome<WrittenHousehold>> {
    return this.transactions.write(actor, (tx) => this.editIn(tx, actor, id, expected, audited, edit));
  }

  /** The same in a transaction that does more. When it refuses, it has written nothing. */
  async editIn(
    tx: Tx,
    actor: Actor,
    id: string,
    expected: ExpectedVersion,
    { action, fields }: AuditedAction,
    edit: (before: Household) => HouseholdEdit | null,
  ): Promise<Outcome<WrittenHousehold>> {
    const before = await this.households.readLocked(tx, reachInto(actor, id), id);
    const asked = before && edit(before);
    if (!before || !asked) return notFound();
    if (!isExpected(expected, before.version)) return stale();
    const faults = [...asked.faults, ...(await this.schools.faults(tx, asked.schools))];
    if (faults.length > 0) return invalid(...faults);

    const now = this.clock.now();
    const content = merged(before, asked.changes, newId);
    const left = await this.departures.leave(tx, actor, departureOf(before, content), asked.decided ?? [], asked.decidedAt ?? '/then');
    if (!left.ok) return left;
    const added = content.learners.find(({ id: one }) => before.learners.every((learner) => learner.id !== one));
    if (added) tx.made('learner', added.id);
    const facts = factsAfter(before.facts, before, content, now);
    const after = { ...before, ...content, facts, version: before.version + 1, updatedAt: now };
    await this.households.update(tx, after);
    await this.audit.record(tx, { actor: actor.id, action, subject: id, fields });
    await this.outbox.announce(tx, HOUSEHOLD_CHANGED, { householdId: id });
    return ok({ household: after, possibleDuplicates: await this.duplicates.look(tx, actor, after, before) });
  }
}

/** Returns which learners leave, and which stay; new learners stay. */
function departureOf({ id, learners }: Household, after: Pick<HouseholdContent, 'learners'>): Departure {
  const staying = after.learners.map((learner) => learner.id);
  const leaving = learners.map((learner) => learner.id).filter((learnerId) => !staying.includes(learnerId));
  return { householdId: id, leaving, staying };
}
