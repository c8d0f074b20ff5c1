import { Injectable } from '@nestjs/common';
import type { Outcome } from '../../../shared/denial.js';
import { withoutUndefined } from '../../../shared/without-undefined.js';
import type { ExpectedVersion } from '../../../shared/version.js';
import type { Actor } from '../../councils/index.js';
import type { WrittenHousehold } from '../duplicates/possible-duplicates.service.js';
import type { LeftBehindDecision } from '../domain/departure.rules.js';
import type { Draft, Learner } from '../domain/household.js';
import { learnerFaults, roomFaults, schoolReferences } from '../domain/household.rules.js';
import { EditHouseholdService } from '../files/edit-household.service.js';

/** Adds, changes and removes single learners of a household. */
@Injectable()
export class LearnersService {
  constructor(private readonly editor: EditHouseholdService) {}

  /** Adds a learner, and returns the household, in which the new learner is the last. */
  add(actor: Actor, householdId: string, learner: Draft<Learner>): Promise<Outcome<WrittenHousehold>> {
    return this.editor.edit(actor, householdId, 'any', { action: 'household.learner_added', fields: ['learners'] }, ({ learners }) => ({
      changes: { learners: [...learners, learner] },
      faults: [...roomFaults(learners), ...learnerFaults(learner, '')],
      schools: schoolReferences({ schoolId: learner.schoolId }),
    }));
  }

  change(
    actor: Actor,
    householdId: string,
    learnerId: string,
    expected: ExpectedVersion,
    sent: Partial<Draft<Learner>>,
  ): Promise<Outcome<WrittenHousehold>> {
    const changes = withoutUndefined(sent);
    const audited = { action: 'household.learner_changed', fields: Object.keys(changes) };
    return this.editor.edit(actor, householdId, expected, audited, ({ learners }) => {
      const found = learners.find(({ id }) => id === learnerId);
      if (!found) return null;
      const learner = { ...found, ...changes, id: learnerId };
      return {
        changes: { learners: learners.map((one) => (one === found ? learner : one)) },
        faults: learnerFaults(learner, ''),
        schools: schoolReferences({ schoolId: sent.schoolId }),
      };
    });
  }

  /** Records that a learner has left the household; nothing is deleted. `decided`: what becomes of each line and loan that is left behind. */
  leave(
    actor: Actor,
    householdId: string,
    learnerId: string,
    expected: ExpectedVersion,
    decided: readonly LeftBehindDecision[],
  ): Promise<Outcome<WrittenHousehold>> {
    return this.editor.edit(actor, householdId, expected, { action: 'household.learner_left', fields: ['learners'] }, ({ learners }) =>
      learners.some(({ id }) => id === learnerId)
        ? { changes: { learners: learners.filter(({ id }) => id !== learnerId) }, faults: [], schools: [], decided }
        : null,
    );
  }
}
