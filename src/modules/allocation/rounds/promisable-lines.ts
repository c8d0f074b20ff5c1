import type { Learner, WaitingLine } from '../../../shared/pool.js';
import type { BorrowerCategory, DeviceCategory } from '../../../shared/vocabulary.js';
import { type BarringReason, type LimitPolicy, promisableCategories } from '../../../shared/promise.js';
import { type LoanPolicyRule, resolvePolicy, SHIPPED_LOAN_POLICY } from '../../councils/index.js';

/** A line, with the categories of which its family may be promised a device. Its pools are chosen by these. */
export interface PromisableLine {
  /** Lines with the same key may be served from the same stock. */
  readonly key: string;
  readonly line: WaitingLine;
  /** Why nothing can be promised to the family, whatever the stock; null when something can. */
  readonly barredFor: BarringReason | null;
}

/** Finds the categories of which lines may be promised a device, by the rule of the desk. Families with the same facts are checked once. */
export class PromisableLines {
  private readonly lines = new Map<string, WaitingLine>();
  private readonly families = new Map<string, ReturnType<typeof promisableCategories>>();
  private readonly policies = new Map<string, LimitPolicy>();

  constructor(private readonly rules: readonly LoanPolicyRule[]) {}

  /** `key` and `standing` are the texts that `LINE_KEY` and `LINE_STANDING` produce. */
  of(key: string, standing: string): PromisableLine {
    const line = this.lines.get(key) ?? seekingLine(key);
    this.lines.set(key, line);
    const kind = `${standing}|${line.schoolId}|${line.learners.length > 0}|${line.acceptableCategories.join()}`;
    const found = this.families.get(kind) ?? this.judge(line, standing);
    this.families.set(kind, found);
    const { categories, barredFor } = found;
    if (categories.length === line.acceptableCategories.length) return { key, line, barredFor };
    return { key: `${key}#${barredFor ?? categories.join()}`, line: { ...line, acceptableCategories: categories }, barredFor };
  }

  private judge({ acceptableCategories, learners, schoolId }: WaitingLine, standing: string): ReturnType<typeof promisableCategories> {
    const [count, level, itemsOut, promised, isOverdue] = standing.split('|');
    const borrowerCategory = (level || null) as BorrowerCategory | null;
    const household = {
      learners: Number(count),
      itemsOut: Number(itemsOut),
      promised: Number(promised),
      hasOverdueLoan: isOverdue === '1',
    };
    return promisableCategories({ acceptableCategories, hasLearner: learners.length > 0, household }, (category) =>
      this.policyOf(category, schoolId, borrowerCategory),
    );
  }

  private policyOf(category: DeviceCategory, schoolId: string | null, borrowerCategory: BorrowerCategory | null): LimitPolicy {
    const scope = `${category}/${schoolId}/${borrowerCategory}`;
    const policy =
      this.policies.get(scope) ?? resolvePolicy(this.rules, SHIPPED_LOAN_POLICY, { category, schoolId, borrowerCategory }).values;
    this.policies.set(scope, policy);
    return policy;
  }
}

/** The waiting line that the text of a key describes. */
function seekingLine(key: string): WaitingLine {
  const [categories = '', site = '', school = '', learners = ''] = key.split('|');
  return {
    acceptableCategories: categories.split(',') as DeviceCategory[],
    pickupSiteId: site || null,
    schoolId: school || null,
    learners: learners === '' ? [] : learners.split(',').map(learner),
  };
}

function learner(text: string): Learner {
  const [level, schoolId] = text.split(':');
  return { level: level as Learner['level'], schoolId: schoolId || null };
}
