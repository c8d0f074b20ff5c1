import { Injectable } from '@nestjs/common';
import type { Outcome } from '../../shared/denial.js';
import { given } from '../../shared/given.js';
import type { ExpectedVersion } from '../../shared/version.js';
import type { Actor } from '../councils/index.js';
import type { Household } from './domain/household.js';
import { changeFaults, type Changes, schoolReferences } from './domain/household.rules.js';
import { EditHouseholdService } from './edit-household.service.js';

/** Changes what a family said about itself. */
@Injectable()
export class ChangeHouseholdService {
  constructor(private readonly editor: EditHouseholdService) {}

  change(actor: Actor, id: string, expected: ExpectedVersion, changes: Changes): Promise<Outcome<Household>> {
    return this.editor.edit(actor, id, expected, { action: 'household.changed', fields: Object.keys(given(changes)) }, (before) => ({
      changes,
      faults: changeFaults(changes, before),
      schools: schoolReferences(changes),
    }));
  }
}
