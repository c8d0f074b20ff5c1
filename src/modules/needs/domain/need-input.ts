import type { BorrowerCategory, DeviceCategory } from '../../../shared/vocabulary.js';
import type { Connectivity, Equipment, TimeRange, Timetable } from '../../households/index.js';
import { PLAN_DEFAULTS, type PlanConnectivity, type PlanInput } from './plan-input.js';
import { minutesOf, timeOf } from './time-of-day.js';

/** A learner with the timetable that holds. */
export interface NeedLearner {
  readonly id: string;
  readonly level: BorrowerCategory;
  readonly timetable: Timetable;
}

/** The devices and the connection at home, and the learners who need them. Devices on loan are at home. */
export interface NeedHousehold {
  readonly learners: readonly NeedLearner[];
  readonly equipment: readonly Pick<Equipment, 'id' | 'category' | 'available'>[];
  readonly lent: readonly { readonly id: string; readonly category: DeviceCategory }[];
  /** Null when the family has not said it. */
  readonly connectivity: Connectivity | null;
}

/** Devices that are added to a household to see what they would change. */
export type ExtraDevices = readonly { readonly id: string; readonly category: DeviceCategory }[];

const CONNECTS: readonly DeviceCategory[] = ['router', 'sim'];

/**
 * Returns the household in a week of school at home, as the engine takes it. A connection that the family has not stated counts as present, so
 * that nobody gains by leaving it out.
 * @param lentStreams live lessons at once over a router or SIM that is lent
 */
export function needInput(
  { learners, equipment, lent, connectivity }: NeedHousehold,
  lentStreams: number,
  extra: ExtraDevices = [],
): PlanInput {
  const given = [...lent, ...extra];
  const day = dayAround(learners.flatMap(({ timetable }) => timetable.live));
  // The lessons alone decide: devices at home, or that might be added, must not change how work is rounded.
  const slotMinutes = learners.every(({ timetable: { live } }) => live.every(isOnHalfHours)) ? 30 : 15;
  const within = (ranges: readonly TimeRange[] | null) => ranges && clipped(ranges, day, slotMinutes);
  const connection: PlanConnectivity = connectivity ?? { kind: 'fixed', simultaneousLive: null, available: null };
  const isLent = given.some(({ category }) => CONNECTS.includes(category));
  const { kind, simultaneousLive, available } = isLent ? withLent(connection, lentStreams) : connection;
  return {
    day,
    slotMinutes,
    learners: learners.map(({ id, level, timetable: { live, work } }) => ({ id, level, live, work })),
    equipment: [
      ...equipment.map((device) => ({ id: device.id, category: device.category, available: within(device.available) })),
      ...given.map(({ id, category }) => ({ id, category, available: null })),
    ],
    connectivity: { kind, simultaneousLive, available: within(available) },
    suitability: PLAN_DEFAULTS.suitability,
    offlineWorkShare: PLAN_DEFAULTS.offlineWorkShare,
  };
}

/** Adds a lent router or SIM: the connection is then always available, and carries at least what it carried before. */
function withLent({ kind, simultaneousLive }: PlanConnectivity, lentStreams: number): PlanConnectivity {
  if (kind === 'fixed') return { kind, simultaneousLive, available: null };
  const before = kind === 'none' ? 0 : (simultaneousLive ?? 1);
  return { kind: 'mobile', simultaneousLive: Math.max(before, lentStreams), available: null };
}

/** Returns the ordinary day, longer by whole hours when a lesson lies outside it. */
function dayAround(live: readonly TimeRange[]): PlanInput['day'] {
  const { from, to } = PLAN_DEFAULTS.day;
  const first = Math.min(minutesOf(from), ...live.map((lesson) => minutesOf(lesson.from)));
  const last = Math.max(minutesOf(to), ...live.map((lesson) => minutesOf(lesson.to)));
  return { from: timeOf(Math.floor(first / 60) * 60), to: timeOf(Math.ceil(last / 60) * 60) };
}

function isOnHalfHours({ from, to }: TimeRange): boolean {
  return minutesOf(from) % 30 === 0 && minutesOf(to) % 30 === 0;
}

/** Returns the whole slots of the ranges that lie in the day, which begins on a whole hour. */
function clipped(ranges: readonly TimeRange[], day: PlanInput['day'], slotMinutes: number): TimeRange[] {
  const [first, last] = [minutesOf(day.from), minutesOf(day.to)];
  return ranges
    .map(({ weekday, from, to }) => ({
      weekday,
      from: Math.max(first, Math.ceil(minutesOf(from) / slotMinutes) * slotMinutes),
      to: Math.min(last, Math.floor(minutesOf(to) / slotMinutes) * slotMinutes),
    }))
    .filter(({ from, to }) => from < to)
    .map(({ weekday, from, to }) => ({ weekday, from: timeOf(from), to: timeOf(to) }));
}
