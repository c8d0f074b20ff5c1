import { Injectable } from '@nestjs/common';
import { Audit, Clock, Transactions } from '../../../platform/index.js';
import { invalid, notFound, type Outcome } from '../../../shared/denial.js';
import { ok } from '../../../shared/result.js';
import type { Actor } from '../../councils/index.js';
import type { FactName, Household } from '../domain/household.js';
import { verificationFaults, verified } from '../domain/household.rules.js';
import { HouseholdsRepository } from './households.repository.js';

/** Records that somebody has seen proof of facts of a household. */
@Injectable()
export class VerifyFactsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly households: HouseholdsRepository,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  verify(actor: Actor, id: string, names: readonly FactName[]): Promise<Outcome<Household>> {
    return this.transactions.write(actor, async (tx) => {
      const before = await this.households.readLocked(tx, actor.reach, id);
      if (!before) return notFound();
      const faults = verificationFaults(before, names);
      if (faults.length > 0) return invalid(...faults);

      const now = this.clock.now();
      const after = { ...before, facts: verified(before.facts, names, actor.id, now), version: before.version + 1, updatedAt: now };
      await this.households.setFacts(tx, id, after.version, after.facts, now);
      await this.audit.record(tx, { actor: actor.id, action: 'household.verified', subject: id, fields: names });
      return ok(after);
    });
  }
}
