import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import { type Fault, unknownReference } from '../../../shared/denial.js';
import { CouncilsRepository } from '../../councils/index.js';
import type { SchoolReference } from '../domain/household.rules.js';

/** Checks that named schools belong to the council. The children of a family may be in several schools, so any of these may be named. */
@Injectable()
export class SchoolReferenceChecker {
  constructor(private readonly councils: CouncilsRepository) {}

  async faults(tx: Tx, references: readonly SchoolReference[]): Promise<Fault[]> {
    const unknown = await this.councils.unknownSchools(tx, [...new Set(references.map(({ id }) => id))]);
    return references.filter(({ id }) => unknown.has(id)).map(({ pointer }) => unknownReference(pointer));
  }
}
