import { Injectable } from '@nestjs/common';
import { Audit, Clock, Transactions } from '../../../platform/index.js';
import { invalid, type Outcome, stale } from '../../../shared/denial.js';
import { ok } from '../../../shared/result.js';
import { type ExpectedVersion, isExpected } from '../../../shared/version.js';
import type { Actor } from '../../councils/index.js';
import { type NoticePolicy, noticePolicyFaults } from '../domain/notice-policy.rules.js';
import { NoticePoliciesRepository, type StoredPolicy } from './notice-policies.repository.js';
import { PlanAgainService } from '../planning/plan-again.service.js';

/** Reads and replaces the notice policy of a council. */
@Injectable()
export class NoticePoliciesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly policies: NoticePoliciesRepository,
    private readonly planning: PlanAgainService,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  get(councilId: string): Promise<StoredPolicy> {
    return this.transactions.read(councilId, (tx) => this.policies.read(tx));
  }

  /** Replaces the whole policy, and has the notices of open loans and offers planned again by it. */
  replace(actor: Actor, expected: ExpectedVersion, policy: NoticePolicy): Promise<Outcome<StoredPolicy>> {
    const faults = noticePolicyFaults(policy);
    return this.transactions.write(actor, async (tx) => {
      const present = await this.policies.lock(tx);
      if (!isExpected(expected, present.version)) return stale();
      if (faults.length > 0) return invalid(...faults);
      const now = this.clock.now();
      if (present.version === null) {
        if (!(await this.policies.insert(tx, policy, now))) return stale();
      } else {
        await this.policies.replace(tx, policy, now);
      }
      await this.planning.planAll(tx);
      await this.audit.record(tx, { actor: actor.id, action: 'notice_policies.replaced', subject: actor.councilId, fields: ['policy'] });
      return ok({ policy, version: (present.version ?? 0) + 1, updatedAt: now });
    });
  }
}
