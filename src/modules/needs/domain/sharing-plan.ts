import { demandOf, fairShares } from './fair-shares.js';
import { householdWeek } from './household-week.js';
import type { PlanInput } from './plan-input.js';
import { readableWeek } from './readable-week.js';
import { minutesOf, timeOf } from './time-of-day.js';

/** One learner on one device for a while. */
export interface PlanBlock {
  readonly learner: string;
  readonly device: string;
  readonly kind: 'live' | 'work';
  readonly weekday: number;
  readonly from: string;
  readonly to: string;
}

/** Minutes, which are always whole slots. */
export interface ServedMinutes {
  readonly demanded: number;
  readonly served: number;
}

export interface LearnerShare {
  readonly id: string;
  readonly liveMinutes: ServedMinutes;
  readonly workMinutes: ServedMinutes;
  readonly uncoveredMinutes: number;
}

/** What each learner gets, and what stays uncovered. */
export interface Coverage {
  readonly learners: readonly LearnerShare[];
  readonly uncoveredMinutes: number;
}

/** How a household can share what it has in a week (engines.md, 1). */
export interface SharingPlan extends Coverage {
  /** The blocks, sorted by weekday, from, learner. */
  readonly blocks: readonly PlanBlock[];
}

/** Returns the plan of an input without faults. What is served is exact, and the same input gives the same plan everywhere. */
export function sharingPlan(input: PlanInput): SharingPlan {
  const week = householdWeek(input);
  const demand = demandOf(week);
  const shares = fairShares(week, demand);
  const start = minutesOf(input.day.from);
  const time = (slot: number) => timeOf(start + slot * input.slotMinutes);
  const blocks = readableWeek(week, shares).map(({ learner, device, isLive, from, to }): PlanBlock => {
    const day = Math.floor(from / week.slotsADay);
    return {
      learner: input.learners[learner]?.id ?? '',
      device: input.equipment[device]?.id ?? '',
      kind: isLive ? 'live' : 'work',
      weekday: day + 1,
      from: time(from - day * week.slotsADay),
      to: time(to - day * week.slotsADay),
    };
  });
  return { blocks: blocks.sort(inOrder), ...coverageFrom(input, demand, shares) };
}

/** Returns only what is served, which is all that the need reads. */
export function coverage(input: PlanInput): Coverage {
  const week = householdWeek(input);
  const demand = demandOf(week);
  return coverageFrom(input, demand, fairShares(week, demand));
}

type SlotCounts = Readonly<Record<'live' | 'work', readonly number[]>>;

function coverageFrom({ learners, slotMinutes }: PlanInput, demand: SlotCounts, served: SlotCounts): Coverage {
  const minutes = (kind: 'live' | 'work', learner: number): ServedMinutes => ({
    demanded: (demand[kind][learner] ?? 0) * slotMinutes,
    served: (served[kind][learner] ?? 0) * slotMinutes,
  });
  const shares = learners.map(({ id }, learner): LearnerShare => {
    const [liveMinutes, workMinutes] = [minutes('live', learner), minutes('work', learner)];
    const uncoveredMinutes = liveMinutes.demanded - liveMinutes.served + workMinutes.demanded - workMinutes.served;
    return { id, liveMinutes, workMinutes, uncoveredMinutes };
  });
  return { learners: shares, uncoveredMinutes: shares.reduce((total, { uncoveredMinutes }) => total + uncoveredMinutes, 0) };
}

const byText = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

function inOrder(one: PlanBlock, other: PlanBlock): number {
  return (
    one.weekday - other.weekday || byText(one.from, other.from) || byText(one.learner, other.learner) || byText(one.device, other.device)
  );
}
