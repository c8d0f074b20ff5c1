import type { NeedHousehold } from './need-input.js';
import { needInput } from './need-input.js';
import type { KitContent } from './need.rules.js';
import { type PlanInput, type PlanRequest, withDefaults } from './plan-input.js';
import { minutesOf } from './time-of-day.js';

/** With up to so many learners times devices times slots of the week, the engine takes some hundredths of a second. */
const SMALL_SIZE = 2000;
/** With up to so many ranges of time, comparing them takes little time. */
const FEW_RANGES = 300;
const WEEK = 7;

/** Whether a plan is made so fast that other requests are not delayed noticeably. */
export function isSmallPlan(request: PlanRequest): boolean {
  const input = withDefaults(request);
  return sizeOf(input) <= SMALL_SIZE && rangesOf(input) <= FEW_RANGES;
}

/** The same for each run of the engine that a need takes: for the devices at home and the largest kit twice. */
export function isSmallNeed(household: NeedHousehold, kits: readonly KitContent[], lentStreams: number): boolean {
  const input = needInput(household, lentStreams);
  const counts = kits.map(({ components }) => components.reduce((sum, { count }) => sum + count, 0));
  return sizeOf(input, 2 * Math.max(0, ...counts)) <= SMALL_SIZE && rangesOf(input) <= FEW_RANGES;
}

function sizeOf({ day, slotMinutes, learners, equipment }: PlanInput, more = 0): number {
  const slots = (WEEK * (minutesOf(day.to) - minutesOf(day.from))) / slotMinutes;
  return learners.length * (equipment.length + more + 1) * slots;
}

function rangesOf({ learners, equipment }: PlanInput): number {
  const ofLearners = learners.reduce((sum, { live }) => sum + live.length, 0);
  return equipment.reduce((sum, { available }) => sum + (available?.length ?? 0), ofLearners);
}
