import { Injectable } from '@nestjs/common';
import { Audit, Clock, Transactions } from '../../../platform/index.js';
import { invalid, type Outcome, stale, unknownReference } from '../../../shared/denial.js';
import { ok } from '../../../shared/result.js';
import { type ExpectedVersion, isExpected } from '../../../shared/version.js';
import { type Actor, CouncilsRepository } from '../../councils/index.js';
import { type AllocationPolicy, reserveFaults } from '../domain/allocation-policy.rules.js';
import { AllocationPoliciesRepository, type StoredAllocationPolicy } from './allocation-policies.repository.js';

/** Reads and replaces a council's allocation policy. */
@Injectable()
export class AllocationPoliciesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly policies: AllocationPoliciesRepository,
    private readonly councils: CouncilsRepository,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  get(councilId: string): Promise<StoredAllocationPolicy> {
    return this.transactions.read(councilId, (tx) => this.policies.read(tx));
  }

  /** Replaces the whole policy. */
  replace(actor: Actor, expected: ExpectedVersion, policy: AllocationPolicy): Promise<Outcome<StoredAllocationPolicy>> {
    return this.transactions.write(actor, async (tx) => {
      const present = await this.policies.lock(tx);
      if (!isExpected(expected, present.version)) return stale();

      const { reserves } = policy;
      const unknown = await this.councils.unknownSites(tx, [...new Set(reserves.flatMap(({ siteId }) => siteId ?? []))]);
      const unknownSites = reserves.flatMap(({ siteId }, index) =>
        siteId !== null && unknown.has(siteId) ? [unknownReference(`/reserves/${index}/siteId`)] : [],
      );
      const faults = [...reserveFaults(reserves), ...unknownSites];
      if (faults.length > 0) return invalid(...faults);

      const now = this.clock.now();
      if (present.version === null) {
        if (!(await this.policies.insert(tx, policy, now))) return stale();
      } else {
        await this.policies.replace(tx, policy, now);
      }
      const fields = ['reserves', 'maximumWaitingDays', 'nextRoundOn'];
      await this.audit.record(tx, { actor: actor.id, action: 'allocation_policy.replaced', subject: actor.councilId, fields });
      return ok({ ...policy, version: (present.version ?? 0) + 1, updatedAt: now });
    });
  }
}
