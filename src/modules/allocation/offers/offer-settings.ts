import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import {
  borrowerOf,
  CouncilsRepository,
  LoanPoliciesRepository,
  type LoanPolicy,
  type LoanPolicyRule,
  resolvePolicy,
  SHIPPED_LOAN_POLICY,
} from '../../councils/index.js';
import type { RequestLine } from '../../requests/index.js';
import type { Calendar } from '../domain/offer.rules.js';
import type { LineHousehold, OfferDevice, OfferLearner } from './offers.repository.js';

/** The settings of a council that all its offers depend on. */
export interface OfferSettings extends Calendar {
  readonly rules: readonly LoanPolicyRule[];
}

/** Reads the council's settings for offers. */
@Injectable()
export class OfferSettingsReader {
  constructor(
    private readonly councils: CouncilsRepository,
    private readonly policies: LoanPoliciesRepository,
  ) {}

  async read(tx: Tx): Promise<OfferSettings> {
    const { timeZone, closedDays } = await this.councils.facts(tx);
    const { rules } = await this.policies.read(tx);
    return { timeZone, closedDays, rules };
  }

  /**
   * The same, and nobody can change them before the transaction ends. Whoever changes them later then sees, and judges, the offers that
   * this transaction makes.
   */
  async readKept(tx: Tx): Promise<OfferSettings> {
    await this.councils.lockSettingsShared(tx);
    return this.read(tx);
  }
}

/** The line's learners who still belong to the household. */
export function learnersOf({ learnerIds }: Pick<RequestLine, 'learnerIds'>, { learners }: LineHousehold): OfferLearner[] {
  return learnerIds.flatMap((id) => learners.find((learner) => learner.id === id) ?? []);
}

/** The same as `policyFor`, but it computes the policy once for all lines to which the same rules apply, as is the case for most. */
export function policiesFor(
  settings: OfferSettings,
): (line: Pick<RequestLine, 'learnerIds'>, household: LineHousehold, device: Pick<OfferDevice, 'category'>) => LoanPolicy {
  const found = new Map<string, LoanPolicy>();
  return (line, household, { category }) => {
    const { schoolId, borrowerCategory } = borrowerOf(learnersOf(line, household), household);
    const alike = [category, schoolId, borrowerCategory].join('/');
    const policy = found.get(alike) ?? policyFor(settings, line, household, { category });
    found.set(alike, policy);
    return policy;
  };
}

/** The loan policy for a device that is held for a line. */
export function policyFor(
  { rules }: OfferSettings,
  line: Pick<RequestLine, 'learnerIds'>,
  household: LineHousehold,
  { category }: Pick<OfferDevice, 'category'>,
): LoanPolicy {
  return resolvePolicy(rules, SHIPPED_LOAN_POLICY, { category, ...borrowerOf(learnersOf(line, household), household) }).values;
}
