import type { PlanInput, WeekRange } from './plan-input.js';
import { minutesOf } from './time-of-day.js';

export const DAYS = 7;

/** A household's week in slots, for the engine. Its tables are by number of learner, device, day (0 is Monday) and slot of the week. */
export interface HouseholdWeek {
  readonly slotsADay: number;
  /** Slots of the week; slot `s` is on day `floor(s / slotsADay)`. */
  readonly slots: number;
  readonly learners: number;
  readonly devices: number;
  /** By learner: 1 in slots of a live lesson. */
  readonly lesson: readonly Uint8Array[];
  /** By learner: slots of other work demanded on each day. */
  readonly work: readonly Uint16Array[];
  /** By learner: slots of a day's work that may be done without a connection. */
  readonly offline: readonly Uint16Array[];
  /** By device: 1 in slots in which it is at home. */
  readonly available: readonly Uint8Array[];
  /** 1 in slots with a connection. */
  readonly online: Uint8Array;
  /** How many live lessons can run at once. */
  readonly streams: number;
  /** By device: whether a lesson can be followed on it. */
  readonly suitsLive: readonly boolean[];
  /** By learner, by device: whether that learner's work can be done on it. */
  readonly suitsWork: readonly (readonly boolean[])[];
}

/** Divides an input without faults into slots. */
export function householdWeek(input: PlanInput): HouseholdWeek {
  const { day, slotMinutes, learners, equipment, connectivity, suitability, offlineWorkShare } = input;
  const start = minutesOf(day.from);
  const slotsADay = (minutesOf(day.to) - start) / slotMinutes;
  const slots = DAYS * slotsADay;

  const marked = (ranges: readonly WeekRange[] | null): Uint8Array => {
    const marks = new Uint8Array(slots);
    if (ranges === null) return marks.fill(1);
    for (const { weekday, from, to } of ranges) {
      const dayStart = (weekday - 1) * slotsADay;
      marks.fill(1, dayStart + (minutesOf(from) - start) / slotMinutes, dayStart + (minutesOf(to) - start) / slotMinutes);
    }
    return marks;
  };
  const work = learners.map((learner) => {
    const minutes = new Float64Array(DAYS);
    for (const each of learner.work) minutes[each.weekday - 1] = (minutes[each.weekday - 1] ?? 0) + each.minutes;
    return Uint16Array.from(minutes, (total) => Math.ceil(total / slotMinutes));
  });

  return {
    slotsADay,
    slots,
    learners: learners.length,
    devices: equipment.length,
    lesson: learners.map(({ live }) => marked(live)),
    work,
    offline: work.map((days) => days.map((demanded) => shareOf(demanded, offlineWorkShare))),
    available: equipment.map(({ available }) => marked(available)),
    online: connectivity.kind === 'none' ? new Uint8Array(slots) : marked(connectivity.available),
    streams: connectivity.simultaneousLive ?? (connectivity.kind === 'fixed' ? learners.length : 1),
    suitsLive: equipment.map(({ category }) => suitability.live.includes(category)),
    suitsWork: learners.map(({ level }) => equipment.map(({ category }) => suitability.work[level].includes(category))),
  };
}

/** Returns the whole slots of a share. Decimal shares are not exact in binary: 0.29 of 100 is 29, not 28. */
function shareOf(slots: number, share: number): number {
  return Math.floor(slots * share + 1e-9);
}
