import { Injectable } from '@nestjs/common';
import type { Outcome } from '../../../shared/denial.js';
import { withoutUndefined } from '../../../shared/without-undefined.js';
import type { ExpectedVersion } from '../../../shared/version.js';
import type { Actor } from '../../councils/index.js';
import type { WrittenHousehold } from '../duplicates/possible-duplicates.service.js';
import type { LeftBehindDecision } from '../domain/departure.rules.js';
import type { HouseholdChanges } from '../domain/household.js';
import { changeFaults, schoolReferences } from '../domain/household.rules.js';
import { completedChanges } from '../domain/parts.rules.js';
import { EditHouseholdService } from './edit-household.service.js';

/** Changes what a family said about itself. */
@Injectable()
export class ChangeHouseholdService {
  constructor(private readonly editor: EditHouseholdService) {}

  /** Changes a household. `decided`: what becomes of each line and loan of learners who are left out. */
  change(
    actor: Actor,
    id: string,
    expected: ExpectedVersion,
    sent: HouseholdChanges,
    decided: readonly LeftBehindDecision[] = [],
  ): Promise<Outcome<WrittenHousehold>> {
    return this.editor.edit(actor, id, expected, { action: 'household.changed', fields: Object.keys(withoutUndefined(sent)) }, (before) => {
      const { changes, faults } = completedChanges(before, sent);
      // Missing fields are reported first, since no rule can be checked without them.
      return { changes, faults: faults.length > 0 ? faults : changeFaults(changes, before), schools: schoolReferences(changes), decided };
    });
  }
}
