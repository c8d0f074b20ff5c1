import { isDay, type ClosedDayRule, type Day } from '../../../shared/day.js';
import type { Fault } from '../../../shared/denial.js';
import { BORROWER_CATEGORIES, DEVICE_CATEGORIES, type BorrowerCategory, type DeviceCategory } from '../../../shared/vocabulary.js';
import { isObject, listOf, membersOf, type Reader, textOr } from '../../../shared/stored-json.js';

type ValueRule =
  | { readonly is: 'number'; readonly min: number; readonly max: number }
  | { readonly is: 'day'; readonly max: string }
  | { readonly is: 'word'; readonly of: readonly string[] }
  | { readonly is: 'text'; readonly max: number };

/** The values of a loan policy. The checks, the types, the fields of the body and the document are all made from this table. */
export const POLICY_VALUES = {
  loanDays: { is: 'number', min: 1, max: 3650 },
  fixedDueOn: { is: 'day', max: '2199-12-31' },
  renewals: { is: 'number', min: 0, max: 100 },
  renewalDays: { is: 'number', min: 1, max: 3650 },
  renewWhenWaited: { is: 'word', of: ['refuse', 'shorten', 'allow'] },
  shortenedDays: { is: 'number', min: 1, max: 3650 },
  itemsPerHousehold: { is: 'number', min: 0, max: 1000 },
  itemsPerLearner: { is: 'number', min: 0, max: 1000 },
  graceDays: { is: 'number', min: 0, max: 365 },
  closedDay: { is: 'word', of: ['keep', 'day_before', 'day_after'] satisfies ClosedDayRule[] },
  offerHoldDays: { is: 'number', min: 1, max: 365 },
  pickupHoldDays: { is: 'number', min: 1, max: 365 },
  missedOffers: { is: 'number', min: 1, max: 100 },
  termsVersion: { is: 'text', max: 100 },
} as const satisfies Record<string, ValueRule>;

type ValueOf<Rule> = Rule extends { is: 'number' }
  ? number
  : Rule extends { is: 'day' }
    ? Day
    : Rule extends { of: readonly (infer Word)[] }
      ? Word
      : string;

export type PolicyValueName = keyof typeof POLICY_VALUES;
type Values = { readonly [Name in PolicyValueName]: ValueOf<(typeof POLICY_VALUES)[Name]> };

/** The scope of a rule, in which null means all. In a question, null means not known; then only rules for all apply. */
export interface PolicyScope {
  readonly schoolId: string | null;
  readonly category: DeviceCategory | null;
  readonly borrowerCategory: BorrowerCategory | null;
}

/** A value that is left out or null is inherited from a less specific rule. */
export type LoanPolicyRule = PolicyScope & { readonly [Name in PolicyValueName]?: Values[Name] | null };

/** Either a number of days or a fixed due day. */
export type LoanLength = { readonly loanDays: number; readonly fixedDueOn: null } | { readonly loanDays: null; readonly fixedDueOn: Day };
export type LoanPolicy = Omit<Values, keyof LoanLength> & LoanLength;

/** Where a value comes from: the index of the rule in the council's table, or the shipped policy. */
export type PolicySource = number | 'shipped';

export interface ResolvedPolicy {
  readonly values: LoanPolicy;
  readonly from: Readonly<Record<PolicyValueName, PolicySource>>;
}

/** The policy of a council that has no rules (api.md, "Shipped loan policy"). */
export const SHIPPED_LOAN_POLICY: LoanPolicy = {
  loanDays: 180,
  fixedDueOn: null,
  renewals: 2,
  renewalDays: 60,
  renewWhenWaited: 'refuse',
  shortenedDays: 30,
  itemsPerHousehold: 2,
  itemsPerLearner: 1,
  graceDays: 3,
  closedDay: 'day_after',
  offerHoldDays: 5,
  pickupHoldDays: 7,
  missedOffers: 2,
  termsVersion: '2026-09',
};

/**
 * From the strongest to the weakest. A rule that names a school wins over one that does not, whatever else they name; then the same for the
 * category, then for the borrower category.
 */
const SCOPE = ['schoolId', 'category', 'borrowerCategory'] as const satisfies (keyof PolicyScope)[];
const NAMES = Object.keys(POLICY_VALUES) as PolicyValueName[];
const LENGTH: readonly PolicyValueName[] = ['loanDays', 'fixedDueOn'];

/** Each value from the most specific rule that sets it, and the rule that set it. */
export function resolvePolicy(rules: readonly LoanPolicyRule[], shipped: LoanPolicy, scope: PolicyScope): ResolvedPolicy {
  const strongestFirst: { values: Partial<Record<PolicyValueName, unknown>>; from: PolicySource }[] = rules
    .map((rule, from) => ({ values: rule, from, specificity: specificityOf(rule) }))
    .filter(({ values: rule }) => SCOPE.every((part) => rule[part] === null || rule[part] === scope[part]))
    .sort((one, other) => other.specificity - one.specificity);
  strongestFirst.push({ values: shipped, from: 'shipped' });

  const resolved = NAMES.map((name) => {
    const setTogether = LENGTH.includes(name) ? LENGTH : [name];
    const source = strongestFirst.find(({ values }) => setTogether.some((one) => isSet(values[one])));
    return { name, value: source?.values[name] ?? null, from: source?.from ?? 'shipped' };
  });
  return {
    values: Object.fromEntries(resolved.map(({ name, value }) => [name, value])) as LoanPolicy,
    from: Object.fromEntries(resolved.map(({ name, from }) => [name, from])) as ResolvedPolicy['from'],
  };
}

/** Whether there may be a scope for which two tables of rules name different agreement texts. */
export function termsDiffer(one: readonly LoanPolicyRule[], other: readonly LoanPolicyRule[]): boolean {
  const named = (rules: readonly LoanPolicyRule[]) =>
    rules
      .filter(({ termsVersion }) => isSet(termsVersion))
      .map((rule) => JSON.stringify([...SCOPE.map((part) => rule[part]), rule.termsVersion]))
      .sort();
  return JSON.stringify(named(one)) !== JSON.stringify(named(other));
}

interface Learner {
  readonly schoolId: string | null;
  readonly level: BorrowerCategory;
}

/**
 * The school and borrower category for which a policy is resolved: those of the line's first learner, else of the household's first
 * learner, else of the household.
 */
export function borrowerOf(
  lineLearners: readonly Learner[],
  household: { readonly learners: readonly Learner[]; readonly schoolId: string | null },
): Pick<PolicyScope, 'schoolId' | 'borrowerCategory'> {
  const [ofLine] = lineLearners;
  const [ofHousehold] = household.learners;
  return {
    schoolId: ofLine?.schoolId ?? ofHousehold?.schoolId ?? household.schoolId,
    borrowerCategory: (ofLine ?? ofHousehold)?.level ?? null,
  };
}

/** Everything that is wrong with a table of rules as it was sent: first with single values, then within a rule or between two rules. */
export function policyFaults(rules: readonly { readonly [Name in keyof LoanPolicyRule]?: unknown }[]): Fault[] {
  const scopes = new Set<string>();
  return rules.flatMap((rule, index) => {
    const at = `/rules/${index}`;
    const scope = JSON.stringify(SCOPE.map((part) => rule[part] ?? null));
    const faults = [
      ...wordFaults(rule.category, DEVICE_CATEGORIES, `${at}/category`),
      ...wordFaults(rule.borrowerCategory, BORROWER_CATEGORIES, `${at}/borrowerCategory`),
      ...NAMES.flatMap((name) => valueFaults(rule[name], POLICY_VALUES[name], `${at}/${name}`)),
    ];
    if (isSet(rule.loanDays) && isSet(rule.fixedDueOn)) {
      faults.push({
        pointer: `${at}/fixedDueOn`,
        code: 'TWO_LENGTHS',
        message: 'must be left out where loanDays is given: they are one value',
      });
    }
    if (scopes.has(scope)) faults.push({ pointer: at, code: 'DUPLICATE_SCOPE', message: 'must not have the scope of a rule before it' });
    scopes.add(scope);
    return faults;
  });
}

function specificityOf(scope: PolicyScope): number {
  return SCOPE.reduce((weight, part) => weight * 2 + (scope[part] === null ? 0 : 1), 0);
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function wordFaults(value: unknown, words: readonly string[], pointer: string): Fault[] {
  if (!isSet(value) || (words as readonly unknown[]).includes(value)) return [];
  return [{ pointer, code: 'NOT_ONE_OF', message: `must be one of ${words.join(', ')}` }];
}

function valueFaults(value: unknown, rule: ValueRule, pointer: string): Fault[] {
  if (!isSet(value)) return [];
  switch (rule.is) {
    case 'number':
      if (!Number.isInteger(value)) return [{ pointer, code: 'WRONG_TYPE', message: 'must be a whole number' }];
      if (rule.min <= (value as number) && (value as number) <= rule.max) return [];
      return [{ pointer, code: 'OUT_OF_RANGE', message: `must be from ${rule.min} to ${rule.max}` }];
    case 'day':
      if (typeof value !== 'string' || !isDay(value))
        return [{ pointer, code: 'INVALID_DAY', message: 'must be a day such as 2026-11-02' }];
      return value > rule.max ? [{ pointer, code: 'OUT_OF_RANGE', message: `must not be after ${rule.max}` }] : [];
    case 'word':
      return wordFaults(value, rule.of, pointer);
    case 'text':
      if (typeof value !== 'string') return [{ pointer, code: 'WRONG_TYPE', message: 'must be text' }];
      if (value.trim() === '') return [{ pointer, code: 'TOO_SHORT', message: 'must not be empty' }];
      return value.length > rule.max ? [{ pointer, code: 'TOO_LONG', message: `must have at most ${rule.max} characters` }] : [];
  }
}

const storedRule: Reader<LoanPolicyRule | null> = (stored) => {
  if (!isObject(stored)) return null;
  const rule = membersOf(stored);
  const scope = { schoolId: scopeOr(rule.schoolId), category: scopeOr(rule.category), borrowerCategory: scopeOr(rule.borrowerCategory) };
  // A rule whose scope cannot be read is left out. Otherwise a rule for some would become a rule for all.
  if (Object.values(scope).includes(undefined)) return null;
  if (wordFaults(scope.category, DEVICE_CATEGORIES, '').length + wordFaults(scope.borrowerCategory, BORROWER_CATEGORIES, '').length > 0)
    return null;
  const values = NAMES.flatMap((name) => {
    const value = rule[name];
    return isSet(value) && valueFaults(value, POLICY_VALUES[name], '').length === 0 ? [[name, value] as const] : [];
  });
  return { ...scope, ...Object.fromEntries(values) } as LoanPolicyRule;
};

/** Null means all; undefined means that the value cannot be read. */
function scopeOr(stored: unknown): string | null | undefined {
  return stored === undefined || stored === null ? null : textOr(undefined)(stored);
}

/** Reads a stored table of rules. Values that are unknown or invalid are inherited. */
export const storedLoanRules: Reader<LoanPolicyRule[]> = listOf(storedRule);
