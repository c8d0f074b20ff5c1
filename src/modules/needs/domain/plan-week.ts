import type { Day } from '../../../shared/day.js';
import type { DeviceCategory } from '../../../shared/vocabulary.js';
import type { SharingPlan } from './sharing-plan.js';

/** A household's sharing plan with what is needed to show it: names, language, and the weeks for which it holds. */
export interface PlanWeek {
  readonly householdId: string;
  readonly councilName: string;
  /** IANA. */
  readonly timeZone: string;
  /** BCP 47. */
  readonly language: string;
  readonly from: Day;
  /** The last day, included. */
  readonly until: Day;
  readonly learners: readonly { readonly id: string; readonly name: string }[];
  /** A device without a name is called by its category, in the plan's language. */
  readonly devices: readonly { readonly id: string; readonly name: string | null; readonly category: DeviceCategory }[];
  readonly plan: SharingPlan;
}
