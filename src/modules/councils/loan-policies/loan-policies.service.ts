import { Injectable } from '@nestjs/common';
import { Audit, Clock, Outbox, Transactions } from '../../../platform/index.js';
import { type Fault, invalid, type Outcome, stale, unknownReference } from '../../../shared/denial.js';
import { ok } from '../../../shared/result.js';
import { type ExpectedVersion, isExpected } from '../../../shared/version.js';
import type { Actor } from '../access/actor.js';
import { AGREEMENT_TEXTS_CHANGED, LOAN_POLICIES_CHANGED } from '../councils.events.js';
import { CouncilsRepository } from '../council/councils.repository.js';
import {
  type LoanPolicyRule,
  policyFaults,
  type PolicyScope,
  type ResolvedPolicy,
  resolvePolicy,
  SHIPPED_LOAN_POLICY,
  termsDiffer,
} from '../domain/loan-policy.rules.js';
import { LoanPoliciesRepository, type LoanPolicyTable } from './loan-policies.repository.js';

/** Reads and replaces a council's table of loan rules. */
@Injectable()
export class LoanPoliciesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly policies: LoanPoliciesRepository,
    private readonly councils: CouncilsRepository,
    private readonly audit: Audit,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  get(councilId: string): Promise<LoanPolicyTable> {
    return this.transactions.read(councilId, (tx) => this.policies.read(tx));
  }

  /** The policy for one scope, with the table of rules to which `from` refers. */
  async resolve(councilId: string, scope: PolicyScope): Promise<{ rules: readonly LoanPolicyRule[]; resolved: ResolvedPolicy }> {
    const { rules } = await this.get(councilId);
    return { rules, resolved: resolvePolicy(rules, SHIPPED_LOAN_POLICY, scope) };
  }

  /**
   * Replaces the whole table. Running loans keep the due day and the grace days that were signed; if their agreement text changes, the
   * families are asked to sign it.
   */
  replace(actor: Actor, expected: ExpectedVersion, rules: readonly LoanPolicyRule[]): Promise<Outcome<LoanPolicyTable>> {
    return this.transactions.write(actor, async (tx) => {
      await this.councils.lockSettings(tx);
      const present = await this.policies.lock(tx);
      if (!isExpected(expected, present.version)) return stale();

      const unknown = await this.councils.unknownSchools(tx, [...new Set(rules.flatMap(({ schoolId }) => schoolId ?? []))]);
      const faults = [...policyFaults(rules), ...schoolFaults(rules, unknown)];
      if (faults.length > 0) return invalid(...faults);

      const now = this.clock.now();
      if (present.version === null) {
        if (!(await this.policies.insert(tx, rules, now))) return stale();
      } else {
        await this.policies.replace(tx, rules, now);
      }
      await this.audit.record(tx, { actor: actor.id, action: 'loan_policies.replaced', subject: actor.councilId, fields: ['rules'] });
      await this.outbox.announce(tx, LOAN_POLICIES_CHANGED, {});
      if (termsDiffer(present.rules, rules)) await this.outbox.announce(tx, AGREEMENT_TEXTS_CHANGED, {});
      return ok({ rules, version: (present.version ?? 0) + 1, updatedAt: now });
    });
  }
}

function schoolFaults(rules: readonly LoanPolicyRule[], unknown: ReadonlySet<string>): Fault[] {
  return rules.flatMap(({ schoolId }, index) =>
    schoolId !== null && unknown.has(schoolId) ? [unknownReference(`/rules/${index}/schoolId`)] : [],
  );
}
