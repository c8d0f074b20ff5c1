import type { Day } from './day.js';
import { fundAdmits, type Fund, type Learner } from './pool.js';
import { type Refusal, refusalsHolding, type RefusalTable } from './refusal.js';
import type { DeviceCategory, DeviceCondition } from './vocabulary.js';

/**
 * What the desk refuses to hand over to a family, whichever device of a kind it is. Rounds, proposals, placements, offers and their answers
 * ask the same, so that nobody is promised what the counter must refuse; only the desk lets a person override.
 */
export const PROMISE_REFUSALS = {
  CATEGORY_NOT_ACCEPTABLE: { overridable: false, message: 'The family did not ask for a device of this category; take another.' },
  FUND_NOT_ELIGIBLE: { overridable: false, message: 'The fund that paid for the device is for none of the line’s learners today.' },
  LINE_HAS_NO_LEARNER: {
    overridable: false,
    message: 'Every learner for whom the device was asked has left the household; withdraw the line, and make another request.',
  },
  HOUSEHOLD_LIMIT_REACHED: {
    overridable: false,
    message: 'The household would have more items of this kind than the policy allows; have one returned first.',
  },
  HOUSEHOLD_HAS_OVERDUE_LOAN: { overridable: false, message: 'The household has an overdue loan; have it returned or renewed first.' },
} as const satisfies RefusalTable;
export type PromiseRefusal = keyof typeof PROMISE_REFUSALS;

/** The limits of a loan policy. */
export interface LimitPolicy {
  readonly itemsPerHousehold: number;
  readonly itemsPerLearner: number;
}

/** What decides, beside the device, whether a household may have one more item of a class. */
export interface PromisedHousehold {
  /** Its present learners. */
  readonly learners: number;
  /** Items of the class that it has on loan. */
  readonly itemsOut: number;
  /** Further items of the class that are promised to it. */
  readonly promised: number;
  readonly hasOverdueLoan: boolean;
}

/** What the decision reads of a device and of the line that it is for. */
export interface PromiseFacts {
  readonly device: { readonly category: DeviceCategory; readonly fund: Fund | null };
  /** With those of its learners who are still of the household. */
  readonly line: { readonly acceptableCategories: readonly DeviceCategory[]; readonly learners: readonly Learner[] };
  readonly household: PromisedHousehold;
  readonly policy: LimitPolicy;
}

/**
 * Every reason against promising a device to a line on `today`, or against a promise that was made. Its fund must still pay on the day on
 * which the family is to come; null: none is settled.
 */
export function promiseRefusals(
  { device, line, household, policy }: PromiseFacts,
  today: Day,
  comesOn: Day | null = null,
): Refusal<PromiseRefusal>[] {
  const pays = (day: Day) => fundAdmits(device.fund, line.learners, day);
  return refusalsHolding(PROMISE_REFUSALS, {
    CATEGORY_NOT_ACCEPTABLE: !line.acceptableCategories.includes(device.category),
    FUND_NOT_ELIGIBLE: !pays(today) || (comesOn !== null && !pays(comesOn)),
    LINE_HAS_NO_LEARNER: line.learners.length === 0,
    HOUSEHOLD_LIMIT_REACHED: isBeyondLimit(household, household.promised + 1, policy),
    HOUSEHOLD_HAS_OVERDUE_LOAN: household.hasOverdueLoan,
  });
}

/** Whether so many items more of a class would be more than a household may have out at once. */
export function isBeyondLimit({ itemsOut, learners }: Pick<PromisedHousehold, 'itemsOut' | 'learners'>, more: number, policy: LimitPolicy) {
  return itemsOut + more > itemLimit(policy, learners);
}

/** How many items of one class a household may have out at once. */
export function itemLimit({ itemsPerHousehold, itemsPerLearner }: LimitPolicy, learners: number): number {
  return Math.min(itemsPerHousehold, itemsPerLearner * learners);
}

/** Why a line can have nothing at all now, whatever the stock: the reasons that stand in a round for it. */
export const BARRING_REASONS = ['LINE_HAS_NO_LEARNER', 'HOUSEHOLD_HAS_OVERDUE_LOAN', 'HOUSEHOLD_LIMIT_REACHED'] as const;
export type BarringReason = (typeof BARRING_REASONS)[number];

/** What decides whether a line can be promised anything. */
export interface BarringFacts {
  readonly acceptableCategories: readonly DeviceCategory[];
  /** Whether one of its learners is still of the household. */
  readonly hasLearner: boolean;
  readonly household: PromisedHousehold;
}

/** The categories of which a line may be promised a device as far as its family goes; none, with why. */
export function promisableCategories(
  { acceptableCategories, hasLearner, household }: BarringFacts,
  policyOf: (category: DeviceCategory) => LimitPolicy,
): { readonly categories: readonly DeviceCategory[]; readonly barredFor: BarringReason | null } {
  if (!hasLearner) return { categories: [], barredFor: 'LINE_HAS_NO_LEARNER' };
  if (household.hasOverdueLoan) return { categories: [], barredFor: 'HOUSEHOLD_HAS_OVERDUE_LOAN' };
  const categories = acceptableCategories.filter((category) => !isBeyondLimit(household, household.promised + 1, policyOf(category)));
  return { categories, barredFor: categories.length === 0 ? 'HOUSEHOLD_LIMIT_REACHED' : null };
}

/** In which nobody is to be given a device. */
const BROKEN: readonly DeviceCondition[] = ['damaged', 'unusable'];

/** Whether a device becomes one that nobody is to be given. */
export const isWrittenDown = (before: DeviceCondition, after: DeviceCondition): boolean => before !== after && BROKEN.includes(after);
