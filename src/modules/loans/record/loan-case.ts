import type { Day } from '../../../shared/day.js';
import type { BorrowerCategory, DeviceCategory, DeviceClass, DeviceCondition } from '../../../shared/vocabulary.js';
import type { DeviceStatus } from '../../inventory/index.js';
import type { IncidentKind } from '../domain/incident.rules.js';
import type { AgreementFacts } from '../domain/agreement.rules.js';
import type { LoanItemState, LoanState } from '../domain/loan-item.machine.js';
import { borrowerOf, type LoanPolicyRule, type PolicyScope } from '../../councils/index.js';
import type { Fund, Learner } from '../../../shared/pool.js';

/** The settings of a council that decisions on loans read. */
export interface LoanSettings {
  readonly timeZone: string;
  readonly closedDays: readonly Day[];
  readonly rules: readonly LoanPolicyRule[];
}

/** A device as decisions on loans read it. */
export interface CaseDevice {
  readonly id: string;
  readonly assetTag: string;
  readonly category: DeviceCategory;
  readonly status: DeviceStatus;
  readonly siteId: string;
  readonly fundId: string | null;
  readonly fund: Fund | null;
}

export interface CaseLearner extends Learner {
  readonly id: string;
  readonly level: BorrowerCategory;
}

export interface OpenIncident {
  readonly id: string;
  readonly kind: IncidentKind;
}

export interface CaseItem {
  readonly id: string;
  readonly number: number;
  readonly class: DeviceClass;
  readonly state: LoanItemState;
  readonly conditionOut: DeviceCondition;
  /** The learners of the line that the item fulfilled; an empty list when it fulfilled none. */
  readonly lineLearnerIds: readonly string[];
  readonly device: CaseDevice;
  readonly incidents: readonly OpenIncident[];
}

export interface CaseHousehold {
  readonly schoolId: string | null;
  readonly learners: readonly CaseLearner[];
}

/** A locked loan with everything that a decision about it reads. */
export interface LoanCase extends AgreementFacts {
  readonly id: string;
  readonly householdId: string;
  readonly siteId: string;
  readonly state: LoanState;
  readonly dueOn: Day;
  readonly graceDays: number;
  readonly recalledOn: Day | null;
  readonly renewals: number;
  readonly version: number;
  readonly household: CaseHousehold;
  readonly items: readonly CaseItem[];
}

/** Returns the schools whose administrators may decide about the household. */
export function schoolsOf({ schoolId, learners }: LoanCase['household']): (string | null)[] {
  return [schoolId, ...learners.map((learner) => learner.schoolId)];
}

/** Returns the learners of the line that an item fulfilled who are still in the household; an empty list when it fulfilled none. */
export function learnersOf(
  { lineLearnerIds }: Pick<CaseItem, 'lineLearnerIds'>,
  { household }: Pick<LoanCase, 'household'>,
): CaseLearner[] {
  return lineLearnerIds.flatMap((id) => household.learners.find((learner) => learner.id === id) ?? []);
}

/** Returns the scope by which the policy of an item is found. */
export function scopeOf(
  item: Pick<CaseItem, 'lineLearnerIds'> & { readonly device: Pick<CaseDevice, 'category'> },
  loan: Pick<LoanCase, 'household'>,
): PolicyScope {
  return { category: item.device.category, ...borrowerOf(learnersOf(item, loan), loan.household) };
}
