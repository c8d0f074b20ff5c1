import { Example, Field, orNull, Parameter } from '../../../../platform/http/index.js';
import type { Day } from '../../../../shared/day.js';
import { BORROWER_CATEGORIES, type BorrowerCategory, DEVICE_CATEGORIES, type DeviceCategory } from '../../../../shared/vocabulary.js';
import {
  type LoanPolicy,
  type LoanPolicyRule,
  POLICY_VALUES,
  type PolicyScope,
  type PolicySource,
  type PolicyValueName,
  type ResolvedPolicy,
} from '../../domain/loan-policy.rules.js';
import type { LoanPolicyTable } from '../loan-policies.repository.js';

const { renewWhenWaited, closedDay, termsVersion } = POLICY_VALUES;

/** One rule: its scope, in which null is all, and the values that it sets; the others are inherited. */
export class LoanPolicyRuleBody {
  @Field.uuid({ ...orNull, about: 'null: every school' })
  schoolId?: string | null;

  @Field.oneOf(DEVICE_CATEGORIES, { ...orNull, example: 'laptop' })
  category?: DeviceCategory | null;

  @Field.oneOf(BORROWER_CATEGORIES, { ...orNull, example: null, about: 'level of the learner, or staff' })
  borrowerCategory?: BorrowerCategory | null;

  @Field.integer({ ...POLICY_VALUES.loanDays, ...orNull, example: 90, about: 'length in days; or fixedDueOn' })
  loanDays?: number | null;

  @Field.day({ ...orNull, example: null, about: 'fixed end of every loan; or loanDays' })
  fixedDueOn?: Day | null;

  @Field.integer({ ...POLICY_VALUES.renewals, ...orNull, example: 1, about: 'renewals allowed' })
  renewals?: number | null;

  @Field.integer({ ...POLICY_VALUES.renewalDays, ...orNull, example: 30, about: 'days that a renewal adds to the due day' })
  renewalDays?: number | null;

  @Field.oneOf(renewWhenWaited.of, {
    ...orNull,
    example: 'shorten',
    about: 'what a renewal does when a waiting line could be served by the device',
  })
  renewWhenWaited?: LoanPolicy['renewWhenWaited'] | null;

  @Field.integer({ ...POLICY_VALUES.shortenedDays, ...orNull, example: 14, about: 'days that a shortened renewal adds' })
  shortenedDays?: number | null;

  @Field.integer({ ...POLICY_VALUES.itemsPerHousehold, ...orNull, example: 1, about: 'items of one class' })
  itemsPerHousehold?: number | null;

  @Field.integer({ ...POLICY_VALUES.itemsPerLearner, ...orNull, example: 1, about: 'items of one class for each learner' })
  itemsPerLearner?: number | null;

  @Field.integer({ ...POLICY_VALUES.graceDays, ...orNull, example: 3, about: 'days after the due day before a loan is overdue' })
  graceDays?: number | null;

  @Field.oneOf(closedDay.of, { ...orNull, example: 'day_after', about: 'what becomes of a computed due day that is closed' })
  closedDay?: LoanPolicy['closedDay'] | null;

  @Field.integer({ ...POLICY_VALUES.offerHoldDays, ...orNull, example: 5, about: 'open days that an offer is held' })
  offerHoldDays?: number | null;

  @Field.integer({ ...POLICY_VALUES.pickupHoldDays, ...orNull, example: 7, about: 'days that a pickup is held' })
  pickupHoldDays?: number | null;

  @Field.integer({ ...POLICY_VALUES.missedOffers, ...orNull, example: 2, about: 'missed offers before suspension' })
  missedOffers?: number | null;

  @Field.text({ max: termsVersion.max, ...orNull, example: '2026-09', about: 'which agreement text is signed' })
  termsVersion?: string | null;

  /** Without what is inherited. */
  static toRule({ schoolId = null, category = null, borrowerCategory = null, ...values }: LoanPolicyRuleBody): LoanPolicyRule {
    const set = Object.fromEntries(Object.entries(values).filter(([, value]) => (value ?? null) !== null));
    return { schoolId, category, borrowerCategory, ...set };
  }
}

@Example({ rules: [{ category: 'laptop', loanDays: 90, renewals: 1, renewalDays: 30, renewWhenWaited: 'shorten', shortenedDays: 14 }] })
export class LoanPolicyTableBody {
  @Field.nestedList(() => LoanPolicyRuleBody, {
    max: 1000,
    about: 'the whole table: of the rules that hold, the most specific gives each value, the school before category and borrower',
  })
  rules: LoanPolicyRuleBody[];
}

export class LoanPolicyTableView {
  @Field.nestedList(() => LoanPolicyRuleBody, { max: 1000, about: 'empty while the shipped values hold' })
  rules: LoanPolicyRuleBody[];

  @Field.integer({ min: 1, nullable: true, example: 1, about: 'the ETag names it; null before the first PUT' })
  version: number | null;

  @Field.instant({ nullable: true })
  updatedAt: string | null;

  static of({ rules, version, updatedAt }: LoanPolicyTable): LoanPolicyTableView {
    return { rules: [...rules], version, updatedAt: updatedAt?.toISOString() ?? null };
  }
}

export class PolicyScopeQuery {
  @Parameter.uuid({ about: 'school of the line’s first learner, else of the household’s first learner, else of the household' })
  schoolId?: string;

  @Parameter.oneOf(DEVICE_CATEGORIES)
  category?: DeviceCategory;

  @Parameter.oneOf(BORROWER_CATEGORIES)
  borrowerCategory?: BorrowerCategory;

  static toScope({ schoolId, category, borrowerCategory }: PolicyScopeQuery): PolicyScope {
    return { schoolId: schoolId ?? null, category: category ?? null, borrowerCategory: borrowerCategory ?? null };
  }
}

/** Which rule gave a value: its place in the council's table, from 0, and its scope. */
class PolicyRuleReference {
  @Field.integer({ example: 0, about: 'place of the rule in the table; 0 is the first' })
  index: number;

  @Field.uuid({ nullable: true, about: 'null: every school' })
  schoolId: string | null;

  @Field.oneOf(DEVICE_CATEGORIES, { nullable: true, example: 'laptop' })
  category: DeviceCategory | null;

  @Field.oneOf(BORROWER_CATEGORIES, { nullable: true, example: null })
  borrowerCategory: BorrowerCategory | null;
}

abstract class ResolvedValue {
  @Field.nested(() => PolicyRuleReference, { nullable: true, about: 'null: no rule sets it, so the shipped value holds' })
  rule: PolicyRuleReference | null;
}

export class ResolvedNumber extends ResolvedValue {
  @Field.integer({ nullable: true, example: 90, about: 'null for loanDays where the end is fixed' })
  value: number | null;
}

export class ResolvedText extends ResolvedValue {
  @Field.text({ nullable: true, example: 'shorten', about: 'null for fixedDueOn where the length is in days' })
  value: string | null;
}

/** Every value that holds for a scope, with the rule that gave it. */
export class ResolvedPolicyView {
  @Field.nested(() => ResolvedNumber)
  loanDays: ResolvedNumber;

  @Field.nested(() => ResolvedText)
  fixedDueOn: ResolvedText;

  @Field.nested(() => ResolvedNumber)
  renewals: ResolvedNumber;

  @Field.nested(() => ResolvedNumber)
  renewalDays: ResolvedNumber;

  @Field.nested(() => ResolvedText)
  renewWhenWaited: ResolvedText;

  @Field.nested(() => ResolvedNumber)
  shortenedDays: ResolvedNumber;

  @Field.nested(() => ResolvedNumber)
  itemsPerHousehold: ResolvedNumber;

  @Field.nested(() => ResolvedNumber)
  itemsPerLearner: ResolvedNumber;

  @Field.nested(() => ResolvedNumber)
  graceDays: ResolvedNumber;

  @Field.nested(() => ResolvedText)
  closedDay: ResolvedText;

  @Field.nested(() => ResolvedNumber)
  offerHoldDays: ResolvedNumber;

  @Field.nested(() => ResolvedNumber)
  pickupHoldDays: ResolvedNumber;

  @Field.nested(() => ResolvedNumber)
  missedOffers: ResolvedNumber;

  @Field.nested(() => ResolvedText)
  termsVersion: ResolvedText;

  static of({ values, from }: ResolvedPolicy, rules: readonly LoanPolicyRule[]): ResolvedPolicyView {
    const names = Object.keys(from) as PolicyValueName[];
    const entries = names.map((name) => [name, { value: values[name], rule: reference(from[name], rules) }] as const);
    return Object.fromEntries(entries) as { [Name in PolicyValueName]: ResolvedPolicyView[Name] };
  }
}

function reference(source: PolicySource, rules: readonly LoanPolicyRule[]): PolicyRuleReference | null {
  const rule = source === 'shipped' ? undefined : rules[source];
  if (source === 'shipped' || rule === undefined) return null;
  const { schoolId, category, borrowerCategory } = rule;
  return { index: source, schoolId, category, borrowerCategory };
}
