import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Audit, Clock, Outbox, Transactions, type Tx } from '../../../platform/index.js';
import { invalid, type Outcome } from '../../../shared/denial.js';
import { newId } from '../../../shared/ids.js';
import { HOUSEHOLD_PREFIX, makeReference } from '../../../shared/reference.js';
import { ok } from '../../../shared/result.js';
import type { Actor } from '../../councils/index.js';
import { HOUSEHOLD_CHANGED } from '../households.events.js';
import { PossibleDuplicatesService, type WrittenHousehold } from '../duplicates/possible-duplicates.service.js';
import type { Household, HouseholdContent, HouseholdDraft } from '../domain/household.js';
import { changeFaults, declaredFacts, merged, openingFaults, schoolReferences } from '../domain/household.rules.js';
import { HouseholdsRepository } from './households.repository.js';
import { SchoolReferenceChecker } from './school-reference-checker.js';

const EMPTY_CONTENT: HouseholdContent = {
  schoolId: null,
  homeAlone: null,
  bursaryLevel: null,
  contacts: [],
  learners: [],
  equipment: [],
  connectivity: null,
};

/** About one new reference in a few hundred is taken already, so that so many in a row never are. */
const MOST_DRAWS = 10;

/** Opens a household's file. */
@Injectable()
export class RegisterHouseholdService {
  constructor(
    private readonly transactions: Transactions,
    private readonly households: HouseholdsRepository,
    private readonly schools: SchoolReferenceChecker,
    private readonly duplicates: PossibleDuplicatesService,
    private readonly audit: Audit,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  register(actor: Actor, draft: HouseholdDraft): Promise<Outcome<WrittenHousehold>> {
    return this.transactions.write(actor, async (tx) => {
      const unknown = await this.schools.faults(tx, schoolReferences(draft));
      const faults = [...changeFaults(draft, null), ...unknown, ...(unknown.length > 0 ? [] : openingFaults(draft, actor.reach.schoolId))];
      if (faults.length > 0) return invalid(...faults);

      const now = this.clock.now();
      const household = await this.insert(tx, {
        ...merged(EMPTY_CONTENT, draft, newId),
        id: newId(),
        facts: declaredFacts(now),
        version: 1,
        createdAt: now,
        updatedAt: now,
      });
      tx.made('household', household.id);
      await this.audit.record(tx, { actor: actor.id, action: 'household.created', subject: household.id });
      await this.outbox.announce(tx, HOUSEHOLD_CHANGED, { householdId: household.id });
      return ok({ household, possibleDuplicates: await this.duplicates.look(tx, actor, household, null) });
    });
  }

  private async insert(tx: Tx, file: Omit<Household, 'reference'>): Promise<Household> {
    for (let draw = 1; draw <= MOST_DRAWS; draw++) {
      const household = { ...file, reference: makeReference(HOUSEHOLD_PREFIX, randomBytes(5)) };
      if (await this.households.insert(tx, household)) return household;
    }
    throw new Error(`${MOST_DRAWS} household references in a row were taken`);
  }
}
