import { test } from '@fast-check/jest';
import { describe, expect } from '@jest/globals';
import fc from 'fast-check';
import { day } from '../../../shared/day.js';
import {
  POLICY_VALUES,
  SHIPPED_LOAN_POLICY,
  borrowerOf,
  policyFaults,
  resolvePolicy,
  termsDiffer,
  type LoanPolicyRule,
  type PolicyScope,
  type PolicyValueName,
} from './loan-policy.rules.js';

const EVERYWHERE: PolicyScope = { schoolId: null, category: null, borrowerCategory: null };
const rule = (facts: Partial<LoanPolicyRule>): LoanPolicyRule => ({ ...EVERYWHERE, ...facts });
const resolve = (rules: LoanPolicyRule[], scope: Partial<PolicyScope>) =>
  resolvePolicy(rules, SHIPPED_LOAN_POLICY, { ...EVERYWHERE, ...scope });

const maybe = <T>(...values: T[]) => fc.option(fc.constantFrom(...values), { nil: null });
const scope = fc.record<PolicyScope>({
  schoolId: maybe('jean-moulin', 'jean-jaures'),
  category: maybe('laptop' as const, 'router' as const),
  borrowerCategory: maybe('college' as const, 'staff' as const),
});
const length = fc.constantFrom(
  {},
  { loanDays: 30 },
  { loanDays: 60 },
  { fixedDueOn: day('2027-07-02') },
  { loanDays: null, fixedDueOn: null },
);
const values = fc.record({ renewals: maybe(0, 1, 5), graceDays: maybe(0, 7), closedDay: maybe('keep' as const) });
const rules = fc
  .uniqueArray(scope, { selector: (one) => JSON.stringify(one), maxLength: 12 })
  .chain((scopes) => fc.tuple(...scopes.map((one) => fc.tuple(length, values).map(([l, v]): LoanPolicyRule => ({ ...one, ...l, ...v })))));

describe('whether texts differ', () => {
  const texts = fc
    .uniqueArray(scope, { selector: (one) => JSON.stringify(one), maxLength: 6 })
    .chain((scopes) =>
      fc.tuple(...scopes.map((one) => fc.tuple(maybe('A', 'B'), values).map(([termsVersion, v]) => ({ ...one, ...v, termsVersion })))),
    );

  test.prop([texts, texts, scope])('whatever gives some scope another text is seen', (one, other, asked) => {
    const [before, after] = [one, other].map((table) => resolve(table, asked).values.termsVersion);
    if (before !== after) expect(termsDiffer(one, other)).toBe(true);
  });

  test.prop([texts])('neither their order nor their other values matter', (table) => {
    expect(
      termsDiffer(
        table,
        table.toReversed().map((one) => ({ ...one, loanDays: 12 })),
      ),
    ).toBe(false);
    expect(termsDiffer(table, [...table, rule({ schoolId: 'jean-bart', termsVersion: 'A' })])).toBe(true);
  });
});

describe('resolving', () => {
  /**
   * The index of the rule that gives a value, found as the design describes it: the scopes are tried one by one, from the most specific on.
   */
  function expected(table: readonly LoanPolicyRule[], asked: PolicyScope, names: readonly PolicyValueName[]): number | 'shipped' {
    for (const schoolId of [asked.schoolId, null]) {
      for (const category of [asked.category, null]) {
        for (const borrowerCategory of [asked.borrowerCategory, null]) {
          const found = table.findIndex(
            (one) =>
              one.schoolId === schoolId &&
              one.category === category &&
              one.borrowerCategory === borrowerCategory &&
              names.some((name) => one[name] !== undefined && one[name] !== null),
          );
          if (found >= 0) return found;
        }
      }
    }
    return 'shipped';
  }

  test.prop([rules, scope])('each value comes from the most specific rule that sets it, and is what that rule says', (table, asked) => {
    const resolved = resolve([...table], asked);
    for (const name of Object.keys(POLICY_VALUES) as PolicyValueName[]) {
      const together: PolicyValueName[] = name === 'loanDays' || name === 'fixedDueOn' ? ['loanDays', 'fixedDueOn'] : [name];
      const from = expected(table, asked, together);
      expect(resolved.from[name]).toBe(from);
      expect(resolved.values[name]).toBe((from === 'shipped' ? SHIPPED_LOAN_POLICY : table[from]!)[name] ?? null);
    }
  });

  test.prop([rules, scope])('the order of the rules does not matter', (table, asked) => {
    expect(resolve([...table].reverse(), asked).values).toEqual(resolve([...table], asked).values);
  });

  test.prop([rules, scope])('a loan has a number of days or a fixed end, never both, never neither', (table, asked) => {
    const { loanDays, fixedDueOn } = resolve([...table], asked).values;
    expect((loanDays === null) !== (fixedDueOn === null)).toBe(true);
  });

  test('a rule for the school beats one for the category and the borrower', () => {
    const table = [
      rule({ category: 'laptop', borrowerCategory: 'college', loanDays: 90, renewals: 1 }),
      rule({ schoolId: 's', loanDays: 30 }),
    ];
    const { values: policy, from } = resolve(table, { schoolId: 's', category: 'laptop', borrowerCategory: 'college' });
    expect([policy.loanDays, from.loanDays]).toEqual([30, 1]);
    expect([policy.renewals, from.renewals]).toEqual([1, 0]);
    expect([policy.graceDays, from.graceDays]).toEqual([3, 'shipped']);
  });

  test("a school's fixed end takes the place of the council's days", () => {
    const { values: policy, from } = resolve([rule({ loanDays: 90 }), rule({ schoolId: 's', fixedDueOn: day('2027-07-02') })], {
      schoolId: 's',
    });
    expect(policy).toMatchObject({ loanDays: null, fixedDueOn: '2027-07-02' });
    expect([from.loanDays, from.fixedDueOn]).toEqual([1, 1]);
  });

  test('no rules: what is shipped', () => {
    expect(resolve([], { schoolId: 's', category: 'sim' }).values).toEqual(SHIPPED_LOAN_POLICY);
  });
});

describe('for whom', () => {
  const amal = { schoolId: 'college', level: 'college' as const };
  const idris = { schoolId: 'primary', level: 'primary' as const };

  test("the line's first learner, else the household's, else the household", () => {
    expect(borrowerOf([idris], { learners: [amal], schoolId: 'h' })).toEqual({ schoolId: 'primary', borrowerCategory: 'primary' });
    expect(borrowerOf([], { learners: [amal, idris], schoolId: 'h' })).toEqual({ schoolId: 'college', borrowerCategory: 'college' });
    expect(borrowerOf([], { learners: [], schoolId: 'h' })).toEqual({ schoolId: 'h', borrowerCategory: null });
  });
});

describe('faults', () => {
  const faults = (...table: Parameters<typeof policyFaults>[0]) => policyFaults(table).map(({ code, pointer }) => `${code} ${pointer}`);

  test.prop([rules])('a table with one rule a scope has none', (table) => {
    expect(policyFaults(table)).toEqual([]);
  });

  test.prop([scope, fc.nat({ max: 5 })])('a second rule of one scope is refused where it stands', (one, between) => {
    const others = Array.from({ length: between }, (_, index) => ({ schoolId: `other ${index}` }));
    expect(faults(one, ...others, { ...one, renewals: 3 })).toEqual([`DUPLICATE_SCOPE /rules/${between + 1}`]);
  });

  test.prop([fc.constantFrom(...(Object.keys(POLICY_VALUES) as PolicyValueName[])), fc.integer()])(
    'a number is in its range, and stands only where numbers do',
    (name, number) => {
      const value = POLICY_VALUES[name];
      const right = value.is === 'number' && value.min <= number && number <= value.max;
      expect(policyFaults([{ [name]: number }])).toHaveLength(right ? 0 : 1);
    },
  );

  test('left out, null and a scope for all are the same', () => {
    expect(faults({}, { schoolId: null, category: null })).toEqual(['DUPLICATE_SCOPE /rules/1']);
    expect(faults({ loanDays: null, fixedDueOn: '2027-07-02', renewals: null })).toEqual([]);
  });

  test('every fault at once', () => {
    expect(
      faults(
        { category: 'toaster', borrowerCategory: 'uncle', loanDays: 0, renewals: 1.5, renewWhenWaited: 'perhaps', termsVersion: ' ' },
        { loanDays: 90, fixedDueOn: '2027-02-30', closedDay: 'sunday' },
        { category: 'sim', fixedDueOn: '9999-12-31', termsVersion: 2026 },
      ),
    ).toEqual([
      'NOT_ONE_OF /rules/0/category',
      'NOT_ONE_OF /rules/0/borrowerCategory',
      'OUT_OF_RANGE /rules/0/loanDays',
      'WRONG_TYPE /rules/0/renewals',
      'NOT_ONE_OF /rules/0/renewWhenWaited',
      'TOO_SHORT /rules/0/termsVersion',
      'INVALID_DAY /rules/1/fixedDueOn',
      'NOT_ONE_OF /rules/1/closedDay',
      'TWO_LENGTHS /rules/1/fixedDueOn',
      'OUT_OF_RANGE /rules/2/fixedDueOn',
      'WRONG_TYPE /rules/2/termsVersion',
    ]);
  });
});
