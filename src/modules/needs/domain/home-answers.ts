import type { Connectivity, Equipment, TimeRange } from '../../households/index.js';
import { type Availability, type DayHours, rangesOfAvailability, type ReadyTime } from './ready-times.js';

/** The levels of school among which families choose. */
export const LEVELS = ['primary', 'college', 'lycee'] as const;
export type Level = (typeof LEVELS)[number];

/** What a family may have at home to learn with, the commonest first. */
export const HOME_DEVICES = ['smartphone', 'tablet', 'laptop', 'desktop'] as const;
export type HomeDevice = (typeof HOME_DEVICES)[number];

/** How a home is connected; `phone` is a parent's telephone that shares its connection, and takes it along. */
export const HOME_CONNECTIONS = ['fixed', 'mobile', 'phone', 'none'] as const;
export type HomeConnection = (typeof HOME_CONNECTIONS)[number];

export const MOST_CHILDREN = 8;
export const MOST_OF_A_KIND = 4;

/** One thing at home, and when children may have it. */
export interface HomeDeviceAnswer {
  readonly category: HomeDevice;
  /** Null until it is answered. */
  readonly time: ReadyTime | null;
  /** Null where none are needed, or none were given yet. */
  readonly hours: DayHours | null;
}

/** What a family answers about its home; null until it is answered. */
export interface HomeAnswers {
  readonly devices: readonly HomeDeviceAnswer[] | null;
  readonly connection: HomeConnection | null;
  readonly alone: boolean | null;
}

/** Whether a ready answer asks for hours besides. */
export const needsHours = (time: ReadyTime | null): time is 'not_at_work' | 'hours' => time === 'not_at_work' || time === 'hours';

/** When children may have a device; null where that is not wholly answered. */
export function availabilityOf({ time, hours }: Pick<HomeDeviceAnswer, 'time' | 'hours'>): Availability | null {
  if (time === null) return null;
  if (!needsHours(time)) return { time };
  return hours && { time, hours };
}

const QUARTER = 15;
/** A file has times of day only: the last quarter of an hour of a day is nobody's hour of learning. */
const LAST_TIME = '23:45';

/** An answered availability as a file has it: on quarters of an hour, those that are wholly within it. Null for always. */
export function filedRanges(when: Availability): TimeRange[] | null {
  const ranges = rangesOfAvailability(when);
  return (
    ranges &&
    ranges
      .map(({ weekday, from, to }) => ({ weekday, from: onQuarter(from, Math.ceil), to: onQuarter(to, Math.floor) }))
      .filter(({ from, to }) => from < to)
  );
}

function onQuarter(time: string, round: (quarters: number) => number): string {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const rounded = round((hours * 60 + minutes) / QUARTER) * QUARTER;
  const text = `${String(Math.floor(rounded / 60)).padStart(2, '0')}:${String(rounded % 60).padStart(2, '0')}`;
  return text > LAST_TIME ? LAST_TIME : text;
}

/** The answer that gives such ranges; null where none does, so that it must be asked. */
export function answerOfRanges(ranges: readonly TimeRange[] | null): Pick<HomeDeviceAnswer, 'time' | 'hours'> | null {
  if (ranges === null) return { time: 'always', hours: null };
  if (isSame(ranges, filedRanges({ time: 'evenings' }))) return { time: 'evenings', hours: null };
  const [first] = ranges;
  if (!first) return null;
  const own = { weekdays: daysOf(ranges), from: first.from, to: first.to };
  if (isSame(ranges, filedRanges({ time: 'hours', hours: own }))) return { time: 'hours', hours: own };
  const cut = ranges.find(({ from, to }) => from !== '00:00' || to !== LAST_TIME);
  if (!cut) return null;
  const ofDay = ranges.filter(({ weekday }) => weekday === cut.weekday);
  const before = ofDay.find(({ from }) => from === '00:00');
  const after = ofDay.find(({ to }) => to === LAST_TIME);
  const isCut = (weekday: number) => !ranges.some((each) => each.weekday === weekday && each.from === '00:00' && each.to === LAST_TIME);
  const work = {
    weekdays: [1, 2, 3, 4, 5, 6, 7].filter(isCut),
    from: before?.to ?? '00:00',
    to: after?.from ?? '24:00',
  };
  return isSame(ranges, filedRanges({ time: 'not_at_work', hours: work })) ? { time: 'not_at_work', hours: work } : null;
}

const daysOf = (ranges: readonly TimeRange[]) => [...new Set(ranges.map(({ weekday }) => weekday))].sort();

/** In any order of days. */
function isSame(ranges: readonly TimeRange[], others: readonly TimeRange[] | null): boolean {
  const texts = (of: readonly TimeRange[]) =>
    of
      .map(({ weekday, from, to }) => `${weekday} ${from} ${to}`)
      .sort()
      .join();
  return others !== null && texts(ranges) === texts(others);
}

/** What a file says of a connection, as families answer it; null where it says nothing. */
export function answerOfConnectivity(connectivity: Connectivity | null): HomeConnection | null {
  if (connectivity === null) return null;
  return connectivity.kind === 'mobile' && connectivity.available !== null ? 'phone' : connectivity.kind;
}

/** The connection as a file has it. A parent's telephone takes it along: it is there when one of the telephones of the list is. */
export function filedConnectivity(connection: HomeConnection, equipment: readonly Omit<Equipment, 'id'>[]): Connectivity {
  if (connection !== 'phone') return { kind: connection, simultaneousLive: null, available: null };
  const ranges = equipment.filter(({ category }) => category === 'smartphone').map(({ available }) => available);
  // Nobody said which telephone shares it: any that is there may. Without a telephone in the list it is somebody's who always is.
  const isAlways = ranges.length === 0 || ranges.includes(null);
  return { kind: 'mobile', simultaneousLive: null, available: isAlways ? null : ranges.flatMap((each) => each ?? []) };
}
