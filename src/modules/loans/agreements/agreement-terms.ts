import { type LoanPolicyRule, type PolicyScope, resolvePolicy, SHIPPED_LOAN_POLICY } from '../../councils/index.js';

/** Returns a function that says which agreement text a council's rules name for a scope; each scope is resolved once. */
export function termsOf(rules: readonly LoanPolicyRule[]): (scope: PolicyScope) => string {
  const known = new Map<string, string>();
  return (scope) => {
    const key = `${scope.schoolId} ${scope.category} ${scope.borrowerCategory}`;
    const terms = known.get(key) ?? resolvePolicy(rules, SHIPPED_LOAN_POLICY, scope).values.termsVersion;
    known.set(key, terms);
    return terms;
  };
}
