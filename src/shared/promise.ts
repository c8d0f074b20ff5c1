import type { Day } from './day.js';
import { fundAdmits, type Fund, type Learner } from './pool.js';
import { type Refusal, refusalsHolding, type RefusalTable } from './refusal.js';
import type { DeviceCategory, DeviceCondition } from './vocabulary.js';

/**
 * Why the desk refuses to hand over a device to a family, whichever device of that category it is. Rounds, proposals, placements, offers
 * and the answers to them check the same reasons, so that nobody is promised what the desk must refuse. Only the desk lets a person
 * override.
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

/** The limits that a loan policy sets. */
export interface LimitPolicy {
  readonly itemsPerHousehold: number;
  readonly itemsPerLearner: number;
}

/** The facts about a household that decide whether it may have one more item of a class. */
export interface PromisedHousehold {
  /** The number of its present learners. */
  readonly learners: number;
  /** The number of items of the class that it has on loan. */
  readonly itemsOut: number;
  /** The number of further items of the class that are promised to it. */
  readonly promised: number;
  readonly hasOverdueLoan: boolean;
}

/** The facts about a device and a line that decide about a promise. */
export interface PromiseFacts {
  readonly device: { readonly category: DeviceCategory; readonly fund: Fund | null };
  /** The line, with those of its learners who still belong to the household. */
  readonly line: { readonly acceptableCategories: readonly DeviceCategory[]; readonly learners: readonly Learner[] };
  readonly household: PromisedHousehold;
  readonly policy: LimitPolicy;
}

/**
 * Every reason against promising a device to a line on `today`, or against a promise that was made. The fund must still pay on the day on
 * which the family is to come; null when no day is agreed.
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

/** Whether `more` further items of a class would be more than a household may have on loan at the same time. */
export function isBeyondLimit({ itemsOut, learners }: Pick<PromisedHousehold, 'itemsOut' | 'learners'>, more: number, policy: LimitPolicy) {
  return itemsOut + more > itemLimit(policy, learners);
}

/** The most items of one class that a household may have on loan at the same time. */
export function itemLimit({ itemsPerHousehold, itemsPerLearner }: LimitPolicy, learners: number): number {
  return Math.min(itemsPerHousehold, itemsPerLearner * learners);
}

/** Why a line can have nothing at all at present, whatever the stock. A round gives these reasons for it. */
export const BARRING_REASONS = ['LINE_HAS_NO_LEARNER', 'HOUSEHOLD_HAS_OVERDUE_LOAN', 'HOUSEHOLD_LIMIT_REACHED'] as const;
export type BarringReason = (typeof BARRING_REASONS)[number];

/** The facts that decide whether anything can be promised to a line. */
export interface BarringFacts {
  readonly acceptableCategories: readonly DeviceCategory[];
  /** Whether one of its learners still belongs to the household. */
  readonly hasLearner: boolean;
  readonly household: PromisedHousehold;
}

/** The categories of which a line may be promised a device, as far as its family is concerned; or why there are none. */
export function promisableCategories(
  { acceptableCategories, hasLearner, household }: BarringFacts,
  policyOf: (category: DeviceCategory) => LimitPolicy,
): { readonly categories: readonly DeviceCategory[]; readonly barredFor: BarringReason | null } {
  if (!hasLearner) return { categories: [], barredFor: 'LINE_HAS_NO_LEARNER' };
  if (household.hasOverdueLoan) return { categories: [], barredFor: 'HOUSEHOLD_HAS_OVERDUE_LOAN' };
  const categories = acceptableCategories.filter((category) => !isBeyondLimit(household, household.promised + 1, policyOf(category)));
  return { categories, barredFor: categories.length === 0 ? 'HOUSEHOLD_LIMIT_REACHED' : null };
}

/** The conditions in which no device is to be given to a family. */
const BROKEN: readonly DeviceCondition[] = ['damaged', 'unusable'];

/** Whether a device changes to a condition in which it is not to be given to a family. */
export const isWrittenDown = (before: DeviceCondition, after: DeviceCondition): boolean => before !== after && BROKEN.includes(after);
